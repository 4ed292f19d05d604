"""The first schema.

Written out in full and without the program's own tables: a migration says what was, whatever the program becomes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:  # noqa: PLR0915 - one schema, whole
    op.create_table(
        "chats",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("unlinked_at", MOMENT),
        sa.PrimaryKeyConstraint("chat_id", name="pk_chats"),
    )
    op.create_table(
        "dead_letters",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dead_letters"),
    )
    op.create_table(
        "done_updates",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("done_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "update_id", name="pk_done_updates"),
    )
    op.create_index("ix_done_updates_done_at", "done_updates", ["done_at"])
    op.create_table(
        "link_failures",
        sa.Column("telegram_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("locked_until", MOMENT),
        sa.PrimaryKeyConstraint("telegram_id", name="pk_link_failures"),
    )
    op.create_table(
        "meetings",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("stream", sa.String(300), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("convened_at", MOMENT),
        sa.Column("late_reason", sa.Text()),
        sa.Column("opened_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_meetings"),
    )
    op.create_index(
        "uq_meetings_current",
        "meetings",
        [sa.text("(closed_at IS NULL)")],
        unique=True,
        sqlite_where=sa.text("state IN ('draft', 'convened', 'open')"),
        postgresql_where=sa.text("state IN ('draft', 'convened', 'open')"),
    )
    op.create_table(
        "members",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("inhabitants", sa.Integer()),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date()),
        sa.Column("until", sa.Date()),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sa.UniqueConstraint("code", name="uq_members_code"),
        sa.CheckConstraint("votes > 0", name="ck_members_votes_positive"),
    )
    op.create_table(
        "people",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("function", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254)),
        sa.Column("telegram_id", sa.BigInteger()),
        sa.Column("reachable", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("registered_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("telegram_id", name="uq_people_telegram_id"),
    )
    op.create_table(
        "posted",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(96), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("posted_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "key", name="pk_posted"),
    )
    op.create_table(
        "agenda_items",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("meeting_id", IDENTIFIER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_items"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_agenda_items_meeting_id"),
        sa.UniqueConstraint("meeting_id", "number", name="uq_agenda_items_meeting_id_number"),
    )
    op.create_index("ix_agenda_items_meeting_id", "agenda_items", ["meeting_id"])
    op.create_table(
        "attendance",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("meeting_id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("mode", sa.String(32), nullable=False),
        sa.Column("arrived_at", MOMENT, nullable=False),
        sa.Column("left_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_attendance"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_attendance_meeting_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_attendance_person_id"),
    )
    op.create_index("ix_attendance_person_id", "attendance", ["person_id"])
    op.create_index(
        "uq_attendance_present",
        "attendance",
        ["meeting_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "convened",
        sa.Column("meeting_id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("convened_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name="pk_convened"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_convened_meeting_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_convened_person_id"),
    )
    op.create_index("ix_convened_person_id", "convened", ["person_id"])
    op.create_table(
        "conversations",
        sa.Column("person_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("step", sa.String(64), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_conversations"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_conversations_person_id"),
    )
    op.create_table(
        "files",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("telegram_file_id", sa.Text(), nullable=False),
        sa.Column("telegram_unique_id", sa.String(128), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("mime_type", sa.String(200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("sha256", sa.String(64)),
        sa.Column("error", sa.String(300)),
        sa.Column("sent_by", IDENTIFIER, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_files"),
        sa.ForeignKeyConstraint(["sent_by"], ["people.id"], name="fk_files_sent_by"),
        sa.UniqueConstraint(
            "telegram_unique_id",
            "purpose",
            "sent_by",
            "received_at",
            name="uq_files_telegram_unique_id_purpose_sent_by_received_at",
        ),
    )
    op.create_index("ix_files_sent_by", "files", ["sent_by"])
    op.create_table(
        "journal",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("actor_id", IDENTIFIER),
        sa.Column("meeting_id", sa.BigInteger()),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("private_digest", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name="fk_journal_actor_id"),
    )
    op.create_index("ix_journal_kind", "journal", ["kind"])
    op.create_index("ix_journal_meeting_id", "journal", ["meeting_id"])
    op.create_table(
        "outbox",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", IDENTIFIER),
        sa.Column("screen", sa.String(64), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("key", sa.String(96)),
        sa.Column("batch", sa.String(64)),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("not_before", sa.Float()),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("leased_until", sa.Float()),
        sa.Column("may_have_arrived", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("error", sa.String(300)),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("queued_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_outbox_person_id"),
    )
    op.create_index("ix_outbox_batch", "outbox", ["batch"])
    op.create_index("ix_outbox_person_id", "outbox", ["person_id"])
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["priority", "id"],
        sqlite_where=sa.text("state IN ('queued', 'sending')"),
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
    )
    op.create_index(
        "uq_outbox_key",
        "outbox",
        ["chat_id", "key"],
        unique=True,
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_table(
        "proxies",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("meeting_id", IDENTIFIER, nullable=False),
        sa.Column("member_id", IDENTIFIER, nullable=False),
        sa.Column("holder_id", IDENTIFIER, nullable=False),
        sa.Column("holder_member_id", IDENTIFIER, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("prepared_by", IDENTIFIER, nullable=False),
        sa.Column("prepared_at", MOMENT, nullable=False),
        sa.Column("signed_by", IDENTIFIER),
        sa.Column("signed_at", MOMENT),
        sa.Column("answered_at", MOMENT),
        sa.Column("ended_by", IDENTIFIER),
        sa.Column("ended_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_proxies"),
        sa.ForeignKeyConstraint(["ended_by"], ["people.id"], name="fk_proxies_ended_by"),
        sa.ForeignKeyConstraint(["holder_id"], ["people.id"], name="fk_proxies_holder_id"),
        sa.ForeignKeyConstraint(["holder_member_id"], ["members.id"], name="fk_proxies_holder_member_id"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_proxies_meeting_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_proxies_member_id"),
        sa.ForeignKeyConstraint(["prepared_by"], ["people.id"], name="fk_proxies_prepared_by"),
        sa.ForeignKeyConstraint(["signed_by"], ["people.id"], name="fk_proxies_signed_by"),
    )
    op.create_index("ix_proxies_holder_id", "proxies", ["holder_id"])
    op.create_index("ix_proxies_meeting_id", "proxies", ["meeting_id"])
    op.create_index(
        "uq_proxies_under_way",
        "proxies",
        ["meeting_id", "member_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('prepared', 'offered', 'accepted')"),
        postgresql_where=sa.text("state IN ('prepared', 'offered', 'accepted')"),
    )
    op.create_table(
        "registration_links",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("claimed_by", sa.BigInteger()),
        sa.Column("used_at", MOMENT),
        sa.Column("revoked_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_registration_links"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_registration_links_person_id"),
        sa.UniqueConstraint("token_hash", name="uq_registration_links_token_hash"),
    )
    op.create_index("ix_registration_links_person_id", "registration_links", ["person_id"])
    op.create_table(
        "replies",
        sa.Column("meeting_id", IDENTIFIER, nullable=False),
        sa.Column("member_id", IDENTIFIER, nullable=False),
        sa.Column("reply", sa.String(32), nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("replied_at", MOMENT, nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name="pk_replies"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_replies_meeting_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_replies_member_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_replies_person_id"),
    )
    op.create_table(
        "roles",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("member_id", IDENTIFIER),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_roles"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_roles_member_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_roles_person_id"),
    )
    op.create_index("ix_roles_member_id", "roles", ["member_id"])
    op.create_index("ix_roles_person_id", "roles", ["person_id"])
    op.create_index(
        "uq_roles_held",
        "roles",
        ["person_id", "role", sa.text("coalesce(member_id, 0)")],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "file_contents",
        sa.Column("file_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("file_id", name="pk_file_contents"),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_file_contents_file_id"),
    )
    op.create_table(
        "journal_private",
        sa.Column("entry_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name="pk_journal_private"),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name="fk_journal_private_entry_id"),
    )
    op.create_table(
        "journal_seals",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("entry_id", IDENTIFIER, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal_seals"),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name="fk_journal_seals_entry_id"),
        sa.UniqueConstraint("entry_id", name="uq_journal_seals_entry_id"),
        sa.UniqueConstraint("hash", name="uq_journal_seals_hash"),
        sa.UniqueConstraint("previous", name="uq_journal_seals_previous"),
    )
    op.create_table(
        "motions",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("meeting_id", IDENTIFIER, nullable=False),
        sa.Column("item_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("majority_numerator", sa.Integer(), nullable=False),
        sa.Column("majority_denominator", sa.Integer(), nullable=False),
        sa.Column("majority_strict", sa.Boolean(), nullable=False),
        sa.Column("majority_basis", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("opened_by", IDENTIFIER, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_by", IDENTIFIER),
        sa.Column("closed_at", MOMENT),
        sa.Column("outcome", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="pk_motions"),
        sa.ForeignKeyConstraint(["closed_by"], ["people.id"], name="fk_motions_closed_by"),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name="fk_motions_item_id"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_motions_meeting_id"),
        sa.ForeignKeyConstraint(["opened_by"], ["people.id"], name="fk_motions_opened_by"),
    )
    op.create_index("ix_motions_meeting_id", "motions", ["meeting_id"])
    op.create_index(
        "uq_motions_open",
        "motions",
        ["meeting_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
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
    op.create_table(
        "papers",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("meeting_id", IDENTIFIER, nullable=False),
        sa.Column("file_id", IDENTIFIER, nullable=False),
        sa.Column("item_id", IDENTIFIER),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_papers"),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_papers_file_id"),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name="fk_papers_item_id"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_papers_meeting_id"),
        sa.UniqueConstraint("meeting_id", "number", "version", name="uq_papers_meeting_id_number_version"),
    )
    op.create_index("ix_papers_meeting_id", "papers", ["meeting_id"])
    op.create_table(
        "electorate",
        sa.Column("motion_id", IDENTIFIER, nullable=False),
        sa.Column("member_id", IDENTIFIER, nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("carrier_id", IDENTIFIER),
        sa.Column("proxy_id", IDENTIFIER),
        sa.PrimaryKeyConstraint("motion_id", "member_id", name="pk_electorate"),
        sa.ForeignKeyConstraint(["carrier_id"], ["people.id"], name="fk_electorate_carrier_id"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_electorate_member_id"),
        sa.ForeignKeyConstraint(["motion_id"], ["motions.id"], name="fk_electorate_motion_id"),
        sa.ForeignKeyConstraint(["proxy_id"], ["proxies.id"], name="fk_electorate_proxy_id"),
    )
    op.create_index("ix_electorate_carrier_id", "electorate", ["carrier_id"])
    op.create_table(
        "ballots",
        sa.Column("motion_id", IDENTIFIER, nullable=False),
        sa.Column("member_id", IDENTIFIER, nullable=False),
        sa.Column("choice", sa.String(32), nullable=False),
        sa.Column("person_id", IDENTIFIER, nullable=False),
        sa.Column("cast_at", MOMENT, nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("motion_id", "member_id", name="pk_ballots"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_ballots_member_id"),
        sa.ForeignKeyConstraint(["motion_id"], ["motions.id"], name="fk_ballots_motion_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_ballots_person_id"),
        sa.ForeignKeyConstraint(
            ["motion_id", "member_id"], ["electorate.motion_id", "electorate.member_id"], name="fk_ballots_seat"
        ),
    )


def downgrade() -> None:
    op.drop_table("ballots")
    op.drop_table("electorate")
    op.drop_table("papers")
    op.drop_table("notices")
    op.drop_table("motions")
    op.drop_table("journal_seals")
    op.drop_table("journal_private")
    op.drop_table("file_contents")
    op.drop_table("roles")
    op.drop_table("replies")
    op.drop_table("registration_links")
    op.drop_table("proxies")
    op.drop_table("outbox")
    op.drop_table("journal")
    op.drop_table("files")
    op.drop_table("conversations")
    op.drop_table("convened")
    op.drop_table("attendance")
    op.drop_table("agenda_items")
    op.drop_table("posted")
    op.drop_table("people")
    op.drop_table("members")
    op.drop_table("meetings")
    op.drop_table("link_failures")
    op.drop_table("done_updates")
    op.drop_table("dead_letters")
    op.drop_table("chats")
