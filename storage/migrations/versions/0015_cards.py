"""Tally sheets of voting cards beside those of hands in the room."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ALONE = {"resolve_fks": False}
"""SQLite makes the table anew from what it says of itself; the tables that it refers to are not read."""

_UNDECIDED = sa.text("decided_at IS NULL")


def upgrade() -> None:
    op.drop_index("uq_sheets_open", "sheets")
    with op.batch_alter_table("sheets", reflect_kwargs=_ALONE) as sheets:
        sheets.add_column(sa.Column("source", sa.String(32), nullable=False, server_default="hands"))
        # Unchanged; SQLite, which makes the table anew, would otherwise write the new column into the last one's line.
        sheets.alter_column("skipped", existing_type=sa.JSON(), nullable=False)
    _index("motion_id", "entered_by", "source")


def downgrade() -> None:
    op.execute("DELETE FROM sheets WHERE source <> 'hands'")  # their ballots stand; one sheet a person is left
    op.drop_index("uq_sheets_open", "sheets")
    with op.batch_alter_table("sheets", reflect_kwargs=_ALONE) as sheets:
        sheets.drop_column("source")
    _index("motion_id", "entered_by")


def _index(*columns: str) -> None:
    op.create_index(
        "uq_sheets_open",
        "sheets",
        list(columns),
        unique=True,
        sqlite_where=_UNDECIDED,
        postgresql_where=_UNDECIDED,
    )
