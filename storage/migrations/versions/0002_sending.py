"""The outbox tells which update caused a message and when it was tried; indexes for what is being sent or due later."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SENDING = sa.text("state = 'sending'")
LATER = sa.text("not_before IS NOT NULL AND state IN ('queued', 'sending')")


def upgrade() -> None:
    with op.batch_alter_table("outbox", reflect_kwargs={"resolve_fks": False}) as outbox:
        outbox.add_column(sa.Column("update_id", sa.BigInteger()))
        outbox.add_column(sa.Column("tried_at", sa.Float()))
        outbox.add_column(sa.Column("silent_until", sa.Float()))
        # Unchanged; SQLite, which makes the table anew, would otherwise write its default another way.
        outbox.alter_column("may_have_arrived", server_default=sa.text("false"))
    op.create_index("ix_outbox_sending", "outbox", ["chat_id"], sqlite_where=SENDING, postgresql_where=SENDING)
    op.create_index("ix_outbox_later", "outbox", ["not_before"], sqlite_where=LATER, postgresql_where=LATER)


def downgrade() -> None:
    op.drop_index("ix_outbox_later", "outbox")
    op.drop_index("ix_outbox_sending", "outbox")
    op.execute("UPDATE outbox SET state = 'failed', error = 'held after a restore' WHERE state = 'held'")
    with op.batch_alter_table("outbox", reflect_kwargs={"resolve_fks": False}) as outbox:
        outbox.drop_column("silent_until")
        outbox.drop_column("tried_at")
        outbox.drop_column("update_id")
