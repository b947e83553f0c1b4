"""Create the table of the sentence vectors of offers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row per offer."""
    op.create_table(
        "offer_vectors",
        sa.Column("offer", sa.String(100), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """They can be made again from the offers."""
    op.drop_table("offer_vectors")
