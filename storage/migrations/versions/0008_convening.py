"""Convening: rounds, receipts, consent, letters, reminders, second assemblies, and amounts per inhabitant."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "rounds",
        sa.Column("meeting_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("stream", sa.String(300), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("meeting_id", "number", name="pk_rounds"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_rounds_meeting_id"),
    )
    op.execute(
        "INSERT INTO rounds (meeting_id, number, kind, told_at, starts_at, place, stream, reason) "
        "SELECT id, 0, 'convened', convened_at, starts_at, place, stream, late_reason FROM meetings "
        "WHERE convened_at IS NOT NULL"
    )
    op.create_table(
        "receipts",
        sa.Column("meeting_id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", "round", name="pk_receipts"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_receipts_meeting_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_receipts_person_id"),
    )
    op.create_index("ix_receipts_person_id", "receipts", ["person_id"])
    op.create_table(
        "consents",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("member_id", IDENTIFIER, nullable=False),
        sa.Column("electronic", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", IDENTIFIER, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_consents_member_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name="fk_consents_recorded_by"),
    )
    op.create_index("ix_consents_member_id", "consents", ["member_id"])
    op.create_table(
        "dispatches",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("meeting_id", IDENTIFIER, nullable=False),
        sa.Column("member_id", IDENTIFIER, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("means", sa.String(32), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("recorded_by", IDENTIFIER, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dispatches"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_dispatches_meeting_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_dispatches_member_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name="fk_dispatches_recorded_by"),
    )
    op.create_index("ix_dispatches_meeting_id", "dispatches", ["meeting_id"])
    op.create_table(
        "reminders",
        sa.Column("meeting_id", IDENTIFIER, nullable=False),
        sa.Column("errand", sa.String(32), nullable=False),
        sa.Column("subject_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("rung", sa.String(32), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "errand", "subject_id", "rung", name="pk_reminders"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_reminders_meeting_id"),
    )
    op.create_table(
        "second_meetings",
        sa.Column("meeting_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("first_id", IDENTIFIER, nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", name="pk_second_meetings"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_second_meetings_meeting_id"),
        sa.ForeignKeyConstraint(["first_id"], ["meetings.id"], name="fk_second_meetings_first_id"),
    )
    op.create_index("ix_second_meetings_first_id", "second_meetings", ["first_id"])
    with op.batch_alter_table("agenda_items", reflect_kwargs={"resolve_fks": False}) as items:
        items.add_column(sa.Column("per_inhabitant", sa.String(20)))
        # Unchanged; it lets SQLite make the table anew, with the column where the program's tables have it.
        items.alter_column("proposal", existing_type=sa.Text(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("agenda_items", reflect_kwargs={"resolve_fks": False}) as items:
        items.drop_column("per_inhabitant")
    for table in ("second_meetings", "reminders", "dispatches", "consents", "receipts", "rounds"):
        op.drop_table(table)
