"""The register: files that wait to be taken over, members that merge, and members that are suspended."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("file_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("reading", sa.String(32), nullable=False),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("file_id", name="pk_imports"),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_imports_file_id"),
    )
    op.create_table(
        "mergers",
        sa.Column("member_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("successor_id", IDENTIFIER, nullable=False),
        sa.Column("people_follow", sa.Boolean(), nullable=False),
        sa.Column("decided_by", IDENTIFIER, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_mergers"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_mergers_member_id"),
        sa.ForeignKeyConstraint(["successor_id"], ["members.id"], name="fk_mergers_successor_id"),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_mergers_decided_by"),
    )
    op.create_table(
        "suspensions",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("member_id", IDENTIFIER, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", IDENTIFIER, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_suspensions"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_suspensions_member_id"),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_suspensions_decided_by"),
    )
    op.create_index("ix_suspensions_member_id", "suspensions", ["member_id"])


def downgrade() -> None:
    for table in ("suspensions", "mergers", "imports"):
        op.drop_table(table)
