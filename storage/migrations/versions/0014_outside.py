"""Statements with ballots, keys of receipts, votes outside a meeting, and votes before one."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
_ALONE = {"resolve_fks": False}
"""SQLite makes the table anew from what it says of itself; the tables that it refers to are not read."""


_CURRENT = "state IN ('draft', 'convened', 'open')"


def _index(where: str) -> None:
    """Make the index by which at most one assembly is at hand."""
    condition = sa.text(where)
    op.create_index(
        "uq_meetings_current",
        "meetings",
        [sa.text("(closed_at IS NULL)")],
        unique=True,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def upgrade() -> None:
    op.drop_index("uq_meetings_current", "meetings")
    with op.batch_alter_table("meetings", reflect_kwargs=_ALONE) as meetings:
        meetings.add_column(sa.Column("kind", sa.String(32), nullable=False, server_default="assembly"))
        # Unchanged; it lets SQLite make the table anew, with the column where the program's tables have it.
        meetings.alter_column("place", existing_type=sa.String(300), nullable=False)
    _index(f"{_CURRENT} AND kind = 'assembly'")
    op.create_table(
        "outside_votes",
        sa.Column("meeting_id", IDENTIFIER, nullable=False, autoincrement=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("knowledge", sa.Text(), nullable=False),
        sa.Column("prepared_by", IDENTIFIER, nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", name="pk_outside_votes"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_outside_votes_meeting_id"),
        sa.ForeignKeyConstraint(["prepared_by"], ["people.id"], name="fk_outside_votes_prepared_by"),
    )
    with op.batch_alter_table("motions", reflect_kwargs=_ALONE) as motions:
        motions.add_column(sa.Column("receipt_key", sa.String(64)))
        motions.add_column(sa.Column("held", sa.String(32), nullable=False, server_default="assembly"))
        # Unchanged; it lets SQLite make the table anew, with the columns where the program's tables have them, and with
        # this default as it is written there: what SQLite says of it has brackets more.
        motions.alter_column("reason", existing_type=sa.Text(), existing_nullable=False, server_default="")
    op.create_table(
        "statements",
        sa.Column("motion_id", IDENTIFIER, nullable=False),
        sa.Column("member_id", IDENTIFIER, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_by", IDENTIFIER, nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("motion_id", "member_id", name="pk_statements"),
        sa.ForeignKeyConstraint(["motion_id"], ["motions.id"], name="fk_statements_motion_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_statements_member_id"),
        sa.ForeignKeyConstraint(["given_by"], ["people.id"], name="fk_statements_given_by"),
        sa.ForeignKeyConstraint(
            ["motion_id", "member_id"], ["ballots.motion_id", "ballots.member_id"], name="fk_statements_ballot"
        ),
    )
    op.create_table(
        "advance_ballots",
        sa.Column("item_id", IDENTIFIER, nullable=False),
        sa.Column("member_id", IDENTIFIER, nullable=False),
        sa.Column("choice", sa.String(32), nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("cast_at", MOMENT, nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("lapsed_at", MOMENT),
        sa.PrimaryKeyConstraint("item_id", "member_id", name="pk_advance_ballots"),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name="fk_advance_ballots_item_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_advance_ballots_member_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_advance_ballots_person_id"),
    )


def downgrade() -> None:
    op.drop_table("advance_ballots")
    # The version before knows no votes outside a meeting: to it they are assemblies that were called off.
    op.execute("UPDATE motions SET state = 'voided' WHERE held <> 'assembly' AND state = 'open'")
    op.execute("UPDATE meetings SET state = 'cancelled' WHERE kind <> 'assembly'")
    op.drop_table("outside_votes")
    op.drop_table("statements")
    with op.batch_alter_table("motions", reflect_kwargs=_ALONE) as motions:
        motions.drop_column("held")
        motions.drop_column("receipt_key")
    op.drop_index("uq_meetings_current", "meetings")
    with op.batch_alter_table("meetings", reflect_kwargs=_ALONE) as meetings:
        meetings.drop_column("kind")
    _index(_CURRENT)
