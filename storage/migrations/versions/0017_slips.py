"""Ballot slips of secret votes, until they are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


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


def downgrade() -> None:
    op.drop_table("box_bundles")
