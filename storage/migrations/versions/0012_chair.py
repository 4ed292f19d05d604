"""The chair: the item at hand, pauses, what follows a count, and who is excluded from a vote."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WITHOUT_OTHERS = {"resolve_fks": False}
"""Alembic cannot read every index of the tables around the one that SQLite makes anew."""


def upgrade() -> None:
    op.create_table(
        "pauses",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("meeting_id", IDENTIFIER, nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_pauses"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_pauses_meeting_id"),
    )
    op.create_index(
        "uq_pauses_meeting_id",
        "pauses",
        ["meeting_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    _around_votes()
    with op.batch_alter_table("motions", reflect_kwargs=WITHOUT_OTHERS) as motions:
        motions.add_column(sa.Column("procedural", sa.Boolean(), nullable=False, server_default=sa.false()))
        motions.add_column(sa.Column("otherwise", sa.Boolean(), nullable=False, server_default=sa.false()))
        motions.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        # Unchanged; SQLite, which makes the table anew, would otherwise write the new columns into the last one's line.
        motions.alter_column("title", existing_type=sa.Text(), nullable=False)
    # Until now an outcome was published when the vote was closed.
    op.execute("UPDATE motions SET state = 'pronounced' WHERE state = 'closed'")
    with op.batch_alter_table("agenda_items", reflect_kwargs=WITHOUT_OTHERS) as items:
        items.add_column(sa.Column("at_hand", sa.Boolean(), nullable=False, server_default=sa.false()))
        items.add_column(sa.Column("handled_at", MOMENT))
        # Unchanged; SQLite, which makes the table anew, would otherwise write the new columns into the last one's line.
        items.alter_column("title", existing_type=sa.Text(), nullable=False)


def downgrade() -> None:
    op.execute("UPDATE motions SET state = 'closed' WHERE state = 'pronounced'")
    with op.batch_alter_table("motions", reflect_kwargs=WITHOUT_OTHERS) as motions:
        for name in ("procedural", "otherwise", "reason"):
            motions.drop_column(name)
    for table in ("rectifications", "disputes", "exclusions"):
        op.drop_table(table)
    with op.batch_alter_table("agenda_items", reflect_kwargs=WITHOUT_OTHERS) as items:
        items.drop_column("handled_at")
        items.drop_column("at_hand")
    op.drop_table("pauses")


def _around_votes() -> None:
    op.create_table(
        "exclusions",
        sa.Column("item_id", IDENTIFIER, nullable=False),
        sa.Column("member_id", IDENTIFIER, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("excluded_by", IDENTIFIER, nullable=False),
        sa.Column("excluded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("item_id", "member_id", name="pk_exclusions"),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name="fk_exclusions_item_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_exclusions_member_id"),
        sa.ForeignKeyConstraint(["excluded_by"], ["people.id"], name="fk_exclusions_excluded_by"),
    )
    op.create_table(
        "disputes",
        sa.Column("motion_id", IDENTIFIER, nullable=False),
        sa.Column("member_id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("disputed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("motion_id", "member_id", name="pk_disputes"),
        sa.ForeignKeyConstraint(["motion_id"], ["motions.id"], name="fk_disputes_motion_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_disputes_member_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_disputes_person_id"),
    )
    op.create_table(
        "rectifications",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("motion_id", IDENTIFIER, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("rectified_by", IDENTIFIER, nullable=False),
        sa.Column("rectified_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rectifications"),
        sa.ForeignKeyConstraint(["motion_id"], ["motions.id"], name="fk_rectifications_motion_id"),
        sa.ForeignKeyConstraint(["rectified_by"], ["people.id"], name="fk_rectifications_rectified_by"),
    )
    op.create_index("ix_rectifications_motion_id", "rectifications", ["motion_id"])
