"""Notices of several messages, aimed at whom one likes; commissions; who confirmed; and albums in the outbox."""

import re
from html import escape, unescape
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
SAME = ("id", "author_id", "written_at", "sent_at")
"""The columns that stay as they are."""

OUTBOX = sa.table(
    "outbox",
    sa.column("id", IDENTIFIER),
    sa.column("screen", sa.String(64)),
    sa.column("facts", sa.JSON()),
)


def upgrade() -> None:
    with op.batch_alter_table("outbox", reflect_kwargs={"resolve_fks": False}) as outbox:
        outbox.add_column(sa.Column("messages", sa.SmallInteger(), nullable=False, server_default=sa.text("1")))
        # Unchanged; SQLite, which makes the table anew, would otherwise write its default another way.
        outbox.alter_column("may_have_arrived", server_default=sa.text("false"))
    connection = op.get_bind()
    earlier = connection.execute(
        sa.text("SELECT * FROM notices ORDER BY id").columns(written_at=MOMENT, sent_at=MOMENT)
    )
    rows = [dict(row) for row in earlier.mappings()]
    op.drop_table("notices")
    notices = op.create_table(
        "notices",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("author_id", IDENTIFIER, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("beside", sa.Boolean(), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("asks_receipt", sa.Boolean(), nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("at_any_hour", sa.Boolean(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("changed_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name="fk_notices_author_id"),
    )
    notice_files = op.create_table(
        "notice_files",
        sa.Column("notice_id", IDENTIFIER, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file_id", IDENTIFIER, nullable=False),
        sa.Column("picture", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("notice_id", "position", name="pk_notice_files"),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_notice_files_notice_id"),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_notice_files_file_id"),
    )
    op.create_table(
        "notice_receipts",
        sa.Column("notice_id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("notice_id", "person_id", name="pk_notice_receipts"),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_notice_receipts_notice_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_notice_receipts_person_id"),
    )
    op.create_table(
        "commissions",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_commissions"),
    )
    op.create_table(
        "commission_people",
        sa.Column("commission_id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.PrimaryKeyConstraint("commission_id", "person_id", name="pk_commission_people"),
        sa.ForeignKeyConstraint(["commission_id"], ["commissions.id"], name="fk_commission_people_commission_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_commission_people_person_id"),
    )
    for row in rows:
        connection.execute(sa.insert(notices).values(_newer(row)))
        if row["file_id"] is not None:
            file = {"notice_id": row["id"], "position": 0, "file_id": row["file_id"], "picture": False}
            connection.execute(sa.insert(notice_files).values(file))
    _count_on()
    _change_waiting()
    op.execute("DELETE FROM conversations WHERE step IN ('notice', 'notice_audience')")


def downgrade() -> None:
    connection = op.get_bind()
    later = sa.text("SELECT * FROM notices ORDER BY id").columns(written_at=MOMENT, sent_at=MOMENT, texts=sa.JSON())
    rows = [dict(row) for row in connection.execute(later).mappings()]
    for table in ("commission_people", "commissions", "notice_receipts", "notice_files", "notices"):
        op.drop_table(table)
    notices = op.create_table(
        "notices",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("author_id", IDENTIFIER, nullable=False),
        sa.Column("file_id", IDENTIFIER),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(32), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name="fk_notices_author_id"),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_notices_file_id"),
    )
    for row in rows:
        words = "\n\n".join(text["text"] for text in row["texts"])
        values = {name: row[name] for name in SAME} | {"html": escape(words, quote=False), "audience": "all"}
        connection.execute(sa.insert(notices).values(values))
    _count_on()
    op.execute("UPDATE outbox SET state = 'failed', error = 'an earlier version' WHERE screen LIKE 'Notice%'")
    op.execute("DELETE FROM conversations WHERE step LIKE 'notice%'")
    with op.batch_alter_table("outbox", reflect_kwargs={"resolve_fks": False}) as outbox:
        outbox.drop_column("messages")
        outbox.alter_column("may_have_arrived", server_default=sa.text("false"))


def _newer(row: dict[str, Any]) -> dict[str, Any]:
    """Return a notice in the new form; what was formatted keeps its words."""
    circles = [] if row["audience"] == "group" else [row["audience"]]
    return {name: row[name] for name in SAME} | {
        "state": "draft" if row["sent_at"] is None else "sent",
        "texts": [_words(row["html"])],
        "audience": {"circles": circles},
        "beside": row["file_id"] is not None,
        "silent": False,
        "asks_receipt": False,
        "at_any_hour": False,
        "changed_at": row["sent_at"],
    }


def _words(html: str) -> dict[str, Any]:
    return {"text": unescape(re.sub("<[^<>]*>", "", html)), "entities": []}


def _change_waiting() -> None:
    """Let messages of notices that wait at this moment be read by the new program."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(OUTBOX).where(OUTBOX.c.screen == "NoticeMessage")).all():
        file_id = row.facts["telegram_file_id"]
        files = [{"telegram_file_id": file_id, "picture": False, "name": ""}] if file_id else []
        facts = {"text": _words(row.facts["html"]), "files": files}
        connection.execute(sa.update(OUTBOX).where(OUTBOX.c.id == row.id).values(facts=facts))


def _count_on() -> None:
    """Let new notices be numbered after those that were carried over; PostgreSQL does not see them by itself."""
    if op.get_bind().dialect.name == "postgresql":
        following = "SELECT coalesce(max(id), 0) + 1 FROM notices"
        op.execute(f"SELECT setval(pg_get_serial_sequence('notices', 'id'), ({following}), false)")
