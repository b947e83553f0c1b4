"""Create the tables of the handover: requests, the outbox, and the attempts to send."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("state IN ('waiting', 'claimed')")


def upgrade() -> None:
    """A request may outlive its conversation; its row in the outbox and the attempts go with it."""
    op.create_table(
        "handovers",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("reference", sa.String(11), nullable=False, unique=True),
        sa.Column(
            "conversation_id",
            sa.String(36),
            sa.ForeignKey("conversations.id", ondelete="SET NULL"),
            nullable=True,
            index=True,
        ),
        sa.Column("draft", sa.String(64), nullable=False),
        sa.Column("partner", sa.String(60), nullable=False),
        sa.Column("topic", sa.String(80), nullable=True),
        sa.Column("dossier", sa.JSON, nullable=False),
        sa.Column("contact", sa.Text, nullable=True),
        sa.Column("consent_text", sa.Text, nullable=False),
        sa.Column("consent_version", sa.String(64), nullable=False),
        sa.Column("consented_at", sa.DateTime, nullable=False),
        sa.Column("state", sa.String(10), nullable=False, index=True),
        sa.Column("reason", sa.String(500), nullable=True),
        sa.Column("next_partner", sa.String(60), nullable=True),
        sa.Column("created_at", sa.DateTime, nullable=False, index=True),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("conversation_id", "draft"),
        sa.CheckConstraint("consent_text <> ''", name="with_consent"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column(
            "handover_id",
            sa.String(36),
            sa.ForeignKey("handovers.id", ondelete="CASCADE"),
            nullable=False,
            unique=True,
        ),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("idempotency_key", sa.String(60), nullable=False, unique=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due_at", sa.DateTime, nullable=False),
        sa.Column("claimed_until", sa.DateTime, nullable=True),
        sa.Column("claimed_by", sa.String(100), nullable=True),
    )
    op.create_index("ix_outbox_due", "outbox", ["due_at"], sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
    op.create_table(
        "attempts",
        sa.Column("outbox_id", sa.String(36), sa.ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime, nullable=True),
        sa.Column("outcome", sa.String(10), nullable=True),
        sa.Column("detail", sa.String(200), nullable=True),
    )


def downgrade() -> None:
    """Requests that were not sent yet go with it."""
    op.drop_table("attempts")
    op.drop_table("outbox")
    op.drop_table("handovers")
