"""Keep with a turn what the engine was asked, and titles of buttons of any length."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A pressed button asks the engine something else than its title says."""
    op.add_column("turns", sa.Column("message", sa.Text, nullable=False, server_default=""))
    with op.batch_alter_table("buttons") as buttons:
        buttons.alter_column("title", type_=sa.Text, existing_type=sa.String(200), existing_nullable=False)


def downgrade() -> None:
    """Forgets what was asked of the engine."""
    with op.batch_alter_table("buttons") as buttons:
        buttons.alter_column("title", type_=sa.String(200), existing_type=sa.Text, existing_nullable=False)
    op.drop_column("turns", "message")
