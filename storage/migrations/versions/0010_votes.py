"""Votes of every kind: on variants and persons, in rounds, secret, straw polls, voted on again; and their options."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
_ALONE = {"resolve_fks": False}
"""SQLite makes the table anew from what it says of itself; the tables that it refers to are not read."""

NEW = ("kind", "form", "straw", "options", "picks", "rule", "round", "state_changed_at")
"""What every vote has from now on."""


def upgrade() -> None:
    op.create_table(
        "item_options",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("item_id", IDENTIFIER, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("added_by", IDENTIFIER, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item_options"),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name="fk_item_options_item_id"),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name="fk_item_options_added_by"),
    )
    op.create_index("ix_item_options_item_id", "item_options", ["item_id"])
    with op.batch_alter_table("agenda_items", reflect_kwargs=_ALONE) as items:
        items.add_column(sa.Column("picks", sa.Integer(), nullable=False, server_default=sa.text("1")))
        # Unchanged; it lets SQLite make the table anew, with the column where the program's tables have it.
        items.alter_column("proposal", existing_type=sa.Text(), nullable=False)
    with op.batch_alter_table("motions", reflect_kwargs=_ALONE) as motions:
        motions.add_column(sa.Column("kind", sa.String(32)))
        motions.add_column(sa.Column("form", sa.String(32)))
        motions.add_column(sa.Column("straw", sa.Boolean()))
        motions.add_column(sa.Column("options", sa.JSON()))
        motions.add_column(sa.Column("picks", sa.Integer()))
        motions.add_column(sa.Column("rule", sa.String(32)))
        motions.add_column(sa.Column("round", sa.Integer()))
        motions.add_column(sa.Column("follows_id", IDENTIFIER))
        motions.add_column(sa.Column("supersedes_id", IDENTIFIER))
        motions.add_column(sa.Column("state_changed_at", MOMENT))
        motions.add_column(sa.Column("closes_at", MOMENT))
        motions.create_foreign_key("fk_motions_follows_id", "motions", ["follows_id"], ["id"])
        motions.create_foreign_key("fk_motions_supersedes_id", "motions", ["supersedes_id"], ["id"])
    options = sa.bindparam("options", [["for", ""], ["against", ""]], type_=sa.JSON())
    op.execute(
        sa.text(
            "UPDATE motions SET kind = 'matter', form = 'roll_call', straw = false, options = :options, picks = 1, "
            "rule = 'top_two', round = 1, state_changed_at = coalesce(closed_at, opened_at)"
        ).bindparams(options)
    )
    with op.batch_alter_table("motions", reflect_kwargs=_ALONE) as motions:
        for name in NEW:
            motions.alter_column(name, nullable=False)
    with op.batch_alter_table("ballots", reflect_kwargs=_ALONE) as ballots:
        ballots.alter_column("choice", existing_type=sa.String(32), type_=sa.Text(), existing_nullable=False)


def downgrade() -> None:
    # The version before knows neither such votes nor what was cast in them.
    op.execute("UPDATE motions SET follows_id = NULL, supersedes_id = NULL")
    op.execute("DELETE FROM ballots WHERE motion_id IN (SELECT id FROM motions WHERE kind <> 'matter' OR straw)")
    op.execute("DELETE FROM electorate WHERE motion_id IN (SELECT id FROM motions WHERE kind <> 'matter' OR straw)")
    op.execute("DELETE FROM motions WHERE kind <> 'matter' OR straw")
    op.execute("UPDATE motions SET state = 'closed' WHERE state <> 'open'")
    with op.batch_alter_table("ballots", reflect_kwargs=_ALONE) as ballots:
        ballots.alter_column("choice", existing_type=sa.Text(), type_=sa.String(32), existing_nullable=False)
    with op.batch_alter_table("motions", reflect_kwargs=_ALONE) as motions:
        for name in ("follows_id", "supersedes_id"):
            motions.drop_constraint(f"fk_motions_{name}", type_="foreignkey")
        for name in (*NEW, "follows_id", "supersedes_id", "closes_at"):
            motions.drop_column(name)
    with op.batch_alter_table("agenda_items", reflect_kwargs=_ALONE) as items:
        items.drop_column("picks")
    op.drop_table("item_options")
