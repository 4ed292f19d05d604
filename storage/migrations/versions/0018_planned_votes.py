"""Votes outside a meeting that open by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0015"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ALONE = {"resolve_fks": False}
"""SQLite makes the table anew from what it says of itself; the tables that it refers to are not read."""


def upgrade() -> None:
    with op.batch_alter_table("outside_votes", reflect_kwargs=_ALONE) as votes:
        votes.add_column(sa.Column("opens_at", sa.DateTime(timezone=True)))
        votes.add_column(sa.Column("opens_by", IDENTIFIER))
        votes.create_foreign_key("fk_outside_votes_opens_by", "people", ["opens_by"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("outside_votes", reflect_kwargs=_ALONE) as votes:
        votes.drop_constraint("fk_outside_votes_opens_by", type_="foreignkey")
        votes.drop_column("opens_by")
        votes.drop_column("opens_at")
