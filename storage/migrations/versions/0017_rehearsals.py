"""Rehearsals: who plays, and since when; what is played is in another database."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
_LIVE = sa.text("state <> 'erased'")


def upgrade() -> None:
    op.create_table(
        "rehearsals",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("meeting_id", IDENTIFIER, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("chats", sa.JSON(), nullable=False),
        sa.Column("begun_by", IDENTIFIER),
        sa.Column("begun_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_rehearsals"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_rehearsals_meeting_id"),
        sa.ForeignKeyConstraint(["begun_by"], ["people.id"], name="fk_rehearsals_begun_by"),
    )
    op.create_index(
        "uq_rehearsals_live",
        "rehearsals",
        [sa.text("(state <> 'erased')")],
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    )


def downgrade() -> None:
    op.drop_table("rehearsals")
