"""The boxes of secret votes."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "boxes",
        sa.Column("motion_id", IDENTIFIER, nullable=False),
        sa.PrimaryKeyConstraint("motion_id", name="pk_boxes"),
        sa.ForeignKeyConstraint(["motion_id"], ["motions.id"], name="fk_boxes_motion_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "box_voters",
        sa.Column("motion_id", IDENTIFIER, nullable=False),
        sa.Column("member_id", IDENTIFIER, nullable=False),
        sa.PrimaryKeyConstraint("motion_id", "member_id", name="pk_box_voters"),
        sa.ForeignKeyConstraint(["motion_id"], ["motions.id"], name="fk_box_voters_motion_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_box_voters_member_id"),
        sa.ForeignKeyConstraint(
            ["motion_id", "member_id"], ["electorate.motion_id", "electorate.member_id"], name="fk_box_voters_seat"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "box_counts",
        sa.Column("motion_id", IDENTIFIER, nullable=False),
        sa.Column("option", sa.String(32), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("motion_id", "option", name="pk_box_counts"),
        sa.ForeignKeyConstraint(["motion_id"], ["boxes.motion_id"], name="fk_box_counts_motion_id"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("box_counts", "box_voters", "boxes"):
        op.drop_table(table)
