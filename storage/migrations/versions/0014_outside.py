"""Statements with ballots, keys of receipts, and votes outside a meeting."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0010"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
_ALONE = {"resolve_fks": False}
"""SQLite makes the table anew from what it says of itself; the tables that it refers to are not read."""


def upgrade() -> None:
    with op.batch_alter_table("motions", reflect_kwargs=_ALONE) as motions:
        motions.add_column(sa.Column("receipt_key", sa.String(64)))
        # Unchanged; it lets SQLite make the table anew, with the column where the program's tables have it.
        motions.alter_column("text", existing_type=sa.Text(), nullable=False)
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


def downgrade() -> None:
    op.drop_table("statements")
    with op.batch_alter_table("motions", reflect_kwargs=_ALONE) as motions:
        motions.drop_column("receipt_key")
