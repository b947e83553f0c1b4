"""Create the table of the reports that visitors kept."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row per report; it may outlive the conversation that it came from."""
    op.create_table(
        "reports",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column(
            "conversation_id",
            sa.String(36),
            sa.ForeignKey("conversations.id", ondelete="SET NULL"),
            nullable=True,
            index=True,
        ),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("expires_on", sa.Date, nullable=False, index=True),
        sa.Column("blocks", sa.JSON, nullable=False),
    )


def downgrade() -> None:
    """The reports go with it."""
    op.drop_table("reports")
