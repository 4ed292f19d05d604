"""Outcomes that are only added to, with what the chair pronounced; and slips of secret votes until they are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WITHOUT_OTHERS = {"resolve_fks": False}
"""Alembic cannot read every index of the tables around the one that SQLite makes anew."""

_COUNTED = """
    INSERT INTO outcomes (motion_id, cause, outcome, reason, noted_by, noted_at)
    SELECT id, 'counted', outcome, '', closed_by, closed_at FROM motions WHERE outcome IS NOT NULL ORDER BY id
"""
"""A lot overwrote what was counted before it: its row is one of a count, and the journal has both."""

_OTHERWISE = """
    INSERT INTO outcomes (motion_id, cause, outcome, verdict, reason, noted_at)
    SELECT id, 'otherwise', outcome, {verdict}, reason, state_changed_at
    FROM motions WHERE outcome IS NOT NULL AND otherwise ORDER BY id
"""
"""Until now it was not said what was pronounced: on a matter it is the opposite, of anything else only the reason."""

_VERDICT = {
    "sqlite": "CASE WHEN kind <> 'matter' THEN '[]' "
    "WHEN json_extract(outcome, '$.adopted') THEN '[\"against\"]' ELSE '[\"for\"]' END",
    "postgresql": "CASE WHEN kind <> 'matter' THEN '[]'::json "
    "WHEN (outcome ->> 'adopted')::boolean THEN '[\"against\"]'::json ELSE '[\"for\"]'::json END",
}

_NEWEST = """
    UPDATE motions
    SET outcome = (SELECT outcome FROM outcomes WHERE motion_id = motions.id ORDER BY outcomes.id DESC LIMIT 1)
"""

_REASONS = """
    UPDATE motions SET otherwise = true,
        reason = (SELECT reason FROM outcomes WHERE motion_id = motions.id AND cause = 'otherwise')
    WHERE id IN (SELECT motion_id FROM outcomes WHERE cause = 'otherwise')
"""


def upgrade() -> None:
    op.create_table(
        "box_bundles",
        sa.Column("motion_id", IDENTIFIER, nullable=False),
        sa.Column("entered_by", IDENTIFIER, nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("motion_id", name="pk_box_bundles"),
        sa.ForeignKeyConstraint(["motion_id"], ["boxes.motion_id"], name="fk_box_bundles_motion_id"),
        sa.ForeignKeyConstraint(["entered_by"], ["people.id"], name="fk_box_bundles_entered_by"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outcomes",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("motion_id", IDENTIFIER, nullable=False),
        sa.Column("cause", sa.String(32), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.JSON()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("noted_by", IDENTIFIER),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outcomes"),
        sa.ForeignKeyConstraint(["motion_id"], ["motions.id"], name="fk_outcomes_motion_id"),
        sa.ForeignKeyConstraint(["noted_by"], ["people.id"], name="fk_outcomes_noted_by"),
    )
    op.create_index("ix_outcomes_motion_id", "outcomes", ["motion_id"])
    op.execute(_COUNTED)
    op.execute(_OTHERWISE.format(verdict=_VERDICT[op.get_bind().dialect.name]))
    op.execute("UPDATE motions SET reason = '' WHERE otherwise")
    with op.batch_alter_table("motions", reflect_kwargs=WITHOUT_OTHERS) as motions:
        motions.drop_column("outcome")
        motions.drop_column("otherwise")
        # Unchanged; SQLite, which makes the table anew, would otherwise write its default another way.
        motions.alter_column("reason", existing_type=sa.Text(), server_default="")


def downgrade() -> None:
    with op.batch_alter_table("motions", reflect_kwargs=WITHOUT_OTHERS) as motions:
        motions.add_column(sa.Column("outcome", sa.JSON()))
        motions.add_column(sa.Column("otherwise", sa.Boolean(), nullable=False, server_default=sa.false()))
        # Unchanged; SQLite, which makes the table anew, would otherwise write the new columns into the last one's line.
        motions.alter_column("title", existing_type=sa.Text(), nullable=False)
    op.execute(_NEWEST)
    op.execute(_REASONS)
    for table in ("outcomes", "box_bundles"):
        op.drop_table(table)
