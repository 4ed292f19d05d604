"""Votes outside a meeting that open by themselves, and votes before an assembly that are withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ALONE = {"resolve_fks": False}
"""SQLite makes the table anew from what it says of itself; the tables that it refers to are not read."""


def upgrade() -> None:
    with op.batch_alter_table("outside_votes", reflect_kwargs=_ALONE) as votes:
        votes.add_column(sa.Column("opens_at", MOMENT))
        votes.add_column(sa.Column("opens_by", IDENTIFIER))
        votes.create_foreign_key("fk_outside_votes_opens_by", "people", ["opens_by"], ["id"])
    with op.batch_alter_table("advance_ballots", reflect_kwargs=_ALONE) as ballots:
        ballots.add_column(sa.Column("withdrawn_at", MOMENT))
        # Unchanged; it lets SQLite make the table anew, with the column where the program's tables have it.
        ballots.alter_column("text_sha256", existing_type=sa.String(64), nullable=False)


def downgrade() -> None:
    op.execute("DELETE FROM advance_ballots WHERE withdrawn_at IS NOT NULL")  # to the version before they would stand
    with op.batch_alter_table("advance_ballots", reflect_kwargs=_ALONE) as ballots:
        ballots.drop_column("withdrawn_at")
    with op.batch_alter_table("outside_votes", reflect_kwargs=_ALONE) as votes:
        votes.drop_constraint("fk_outside_votes_opens_by", type_="foreignkey")
        votes.drop_column("opens_by")
        votes.drop_column("opens_at")
