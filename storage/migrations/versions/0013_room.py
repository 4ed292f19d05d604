"""Speakers' lists, and tally sheets of hands in the room: entries without a paper."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
_OPEN, _UNDECIDED = sa.text("ended_at IS NULL"), sa.text("decided_at IS NULL")
_ALONE = {"resolve_fks": False}
"""SQLite makes the table anew from what it says of itself; the tables that it refers to are not read."""


def upgrade() -> None:
    op.create_table(
        "turns",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("meeting_id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("round", sa.String(32), nullable=False),
        sa.Column("item_id", IDENTIFIER),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("given_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("ended", sa.String(32)),
        sa.PrimaryKeyConstraint("id", name="pk_turns"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_turns_meeting_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_turns_person_id"),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name="fk_turns_item_id"),
    )
    op.create_index(
        "uq_turns_open",
        "turns",
        ["meeting_id", "person_id", "round"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )

    with op.batch_alter_table("entries", reflect_kwargs=_ALONE) as entries:
        entries.alter_column("file_id", existing_type=IDENTIFIER, nullable=True)
    op.create_table(
        "sheets",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("meeting_id", IDENTIFIER, nullable=False),
        sa.Column("motion_id", IDENTIFIER, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("skipped", sa.JSON(), nullable=False),
        sa.Column("entered_by", IDENTIFIER, nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("decided_by", IDENTIFIER),
        sa.Column("decided_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_sheets"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_sheets_meeting_id"),
        sa.ForeignKeyConstraint(["motion_id"], ["motions.id"], name="fk_sheets_motion_id"),
        sa.ForeignKeyConstraint(["entered_by"], ["people.id"], name="fk_sheets_entered_by"),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_sheets_decided_by"),
    )
    op.create_index(
        "uq_sheets_open",
        "sheets",
        ["motion_id", "entered_by"],
        unique=True,
        sqlite_where=_UNDECIDED,
        postgresql_where=_UNDECIDED,
    )


def downgrade() -> None:
    op.drop_table("sheets")
    # Ballots that were entered by a show of hands stay; what they came from cannot be told without a paper.
    op.execute("UPDATE ballots SET entry_id = NULL WHERE entry_id IN (SELECT id FROM entries WHERE file_id IS NULL)")
    op.execute("DELETE FROM entries WHERE file_id IS NULL")
    with op.batch_alter_table("entries", reflect_kwargs=_ALONE) as entries:
        entries.alter_column("file_id", existing_type=IDENTIFIER, nullable=False)
    op.drop_table("turns")
