"""Create the tables of the knowledge."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables: the records, and which files they are of."""
    op.create_table(
        "knowledge_version",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("checksum", sa.String(64), nullable=False),
    )
    op.create_table(
        "knowledge_records",
        sa.Column("kind", sa.String(30), primary_key=True),
        sa.Column("id", sa.String(100), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("record", sa.JSON, nullable=False),
    )


def downgrade() -> None:
    """The files hold everything that these tables do."""
    op.drop_table("knowledge_records")
    op.drop_table("knowledge_version")
