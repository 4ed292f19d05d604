"""Speakers' lists."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0010"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
_OPEN = sa.text("ended_at IS NULL")


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


def downgrade() -> None:
    op.drop_table("turns")
