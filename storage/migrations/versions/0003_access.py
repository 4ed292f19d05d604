"""Who may come in: blocked accounts, requests of strangers, and second factors."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
LIVE = sa.text("state IN ('name', 'function', 'member', 'check', 'open')")


def upgrade() -> None:
    op.create_table(
        "blocked_accounts",
        sa.Column("telegram_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("blocked_by", IDENTIFIER, nullable=False),
        sa.Column("blocked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("telegram_id", name="pk_blocked_accounts"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_blocked_accounts_person_id"),
        sa.ForeignKeyConstraint(["blocked_by"], ["people.id"], name="fk_blocked_accounts_blocked_by"),
    )
    op.create_index("ix_blocked_accounts_person_id", "blocked_accounts", ["person_id"])
    op.create_table(
        "access_requests",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("telegram_name", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("function", sa.String(200), nullable=False),
        sa.Column("member_id", IDENTIFIER),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("decided_by", IDENTIFIER),
        sa.Column("decided_at", MOMENT),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_access_requests"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_access_requests_member_id"),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_access_requests_decided_by"),
    )
    op.create_index("ix_access_requests_telegram_id", "access_requests", ["telegram_id"])
    op.create_index(
        "uq_access_requests_live",
        "access_requests",
        ["telegram_id"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.create_table(
        "second_factors",
        sa.Column("person_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("confirmed_at", MOMENT),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", MOMENT),
        sa.Column("verified_at", MOMENT),
        sa.Column("asked_act", sa.String(64)),
        sa.Column("asked_press", sa.String(64)),
        sa.Column("asked_at", MOMENT),
        sa.PrimaryKeyConstraint("person_id", name="pk_second_factors"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_second_factors_person_id"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("used_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_codes"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_recovery_codes_person_id"),
        sa.UniqueConstraint("person_id", "code_hash", name="uq_recovery_codes_person_id_code_hash"),
    )
    op.create_index("ix_recovery_codes_person_id", "recovery_codes", ["person_id"])


def downgrade() -> None:
    for table in ("recovery_codes", "second_factors", "access_requests", "blocked_accounts"):
        op.drop_table(table)
