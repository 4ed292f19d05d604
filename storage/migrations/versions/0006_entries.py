"""What the secretariat enters on behalf of members, and which acts came from that."""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
MARKED = ("replies", "proxies", "attendance", "ballots")
_ALONE = {"resolve_fks": False}
"""SQLite makes the table anew from what it says of itself; the tables that it refers to are not read."""


def upgrade() -> None:
    op.create_table(
        "entries",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("meeting_id", IDENTIFIER, nullable=False),
        sa.Column("member_id", IDENTIFIER, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("act", sa.JSON(), nullable=False),
        sa.Column("file_id", IDENTIFIER, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("entered_by", IDENTIFIER, nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("decided_by", IDENTIFIER),
        sa.Column("decided_at", MOMENT),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("objected_by", IDENTIFIER),
        sa.Column("objected_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_entries_decided_by"),
        sa.ForeignKeyConstraint(["entered_by"], ["people.id"], name="fk_entries_entered_by"),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_entries_file_id"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_entries_meeting_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_entries_member_id"),
        sa.ForeignKeyConstraint(["objected_by"], ["people.id"], name="fk_entries_objected_by"),
        sa.UniqueConstraint("file_id", name="uq_entries_file_id"),
    )
    op.create_index("ix_entries_meeting_id", "entries", ["meeting_id"])
    for name in MARKED:
        with op.batch_alter_table(name, reflect_kwargs=_ALONE) as table:
            table.add_column(sa.Column("entry_id", IDENTIFIER))
            table.create_foreign_key(f"fk_{name}_entry_id", "entries", ["entry_id"], ["id"])
            _keep_defaults(name, table)


def downgrade() -> None:
    for name in MARKED:
        with op.batch_alter_table(name, reflect_kwargs=_ALONE) as table:
            table.drop_constraint(f"fk_{name}_entry_id", type_="foreignkey")
            table.drop_column("entry_id")
            _keep_defaults(name, table)
    op.drop_table("entries")


def _keep_defaults(name: str, table: BatchOperations) -> None:
    """Say the defaults of a table as they were said before: what SQLite says of them has parentheses more."""
    for column in ("instructed", "on_paper") if name == "proxies" else ():
        table.alter_column(column, existing_type=sa.Boolean(), existing_nullable=False, server_default=sa.text("false"))
