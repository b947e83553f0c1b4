"""Keep sentence vectors of offers and of answers to the assessment in one table."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row per text. The vectors of offers are made again when the knowledge is loaded."""
    op.drop_table("offer_vectors")
    op.create_table(
        "sentence_vectors",
        sa.Column("kind", sa.String(30), primary_key=True),
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """As it was, without the vectors."""
    op.drop_table("sentence_vectors")
    op.create_table(
        "offer_vectors",
        sa.Column("offer", sa.String(100), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
