"""The register: members, people, roles, registration links and what a person is busy typing."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from assembly.members import Role
from assembly.register_changes import Reading
from storage.tables.base import Moment, choice, id_column, metadata, reference

members = Table(
    "members",
    metadata,
    id_column(),
    Column("code", String(64), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("inhabitants", Integer),
    Column("votes", Integer, nullable=False),
    Column("since", Date),
    Column("until", Date),
    CheckConstraint("votes > 0", name="votes_positive"),
)

people = Table(
    "people",
    metadata,
    id_column(),
    Column("name", String(200), nullable=False),
    Column("function", String(200), nullable=False),
    Column("email", String(254)),
    Column("telegram_id", BigInteger, unique=True),
    Column("reachable", Boolean, nullable=False, server_default=text("true")),
    Column("registered_at", Moment),
)

roles = Table(
    "roles",
    metadata,
    id_column(),
    reference("person_id", "people.id", index=True),
    Column("role", choice(Role), nullable=False),
    reference("member_id", "members.id", nullable=True, index=True),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
)
Index(
    "uq_roles_held",
    roles.c.person_id,
    roles.c.role,
    text("coalesce(member_id, 0)"),
    unique=True,
    sqlite_where=roles.c.until.is_(None),
    postgresql_where=roles.c.until.is_(None),
)

registration_links = Table(
    "registration_links",
    metadata,
    id_column(),
    reference("person_id", "people.id", index=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("expires_at", Moment, nullable=False),
    Column("claimed_by", BigInteger),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
)

"""``claimed_by`` is the account that showed the token: only that account can confirm it."""

link_failures = Table(
    "link_failures",
    metadata,
    Column("telegram_id", BigInteger, primary_key=True, autoincrement=False),
    Column("failures", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("locked_until", Moment),
)

conversations = Table(
    "conversations",
    metadata,
    reference("person_id", "people.id", primary_key=True, autoincrement=False),
    Column("step", String(64), nullable=False),
    Column("data", JSON, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

chats = Table(
    "chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("title", String(300), nullable=False),
    Column("linked_at", Moment, nullable=False),
    Column("unlinked_at", Moment),
)

files = Table(
    "files",
    metadata,
    id_column(),
    Column("telegram_file_id", Text, nullable=False),
    Column("telegram_unique_id", String(128), nullable=False),
    Column("name", String(300), nullable=False),
    Column("mime_type", String(200), nullable=False),
    Column("size", Integer, nullable=False),
    Column("purpose", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("sha256", String(64)),
    Column("error", String(300)),
    reference("sent_by", "people.id", index=True),
    Column("received_at", Moment, nullable=False),
    UniqueConstraint("telegram_unique_id", "purpose", "sent_by", "received_at"),
)
"""Documents that people sent. ``state``: wanted, fetched or failed; the bytes stand in ``file_contents``."""

file_contents = Table(
    "file_contents",
    metadata,
    reference("file_id", "files.id", primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
"""Apart from ``files``, so that listing files never reads megabytes."""

imports = Table(
    "imports",
    metadata,
    reference("file_id", "files.id", primary_key=True, autoincrement=False),
    Column("reading", choice(Reading), nullable=False),
    Column("contents", JSON, nullable=False),
    Column("read_at", Moment, nullable=False),
)
"""Register files as they were read, until and after they are taken over: what is shown and what is applied is one."""

mergers = Table(
    "mergers",
    metadata,
    reference("member_id", "members.id", primary_key=True, autoincrement=False),
    reference("successor_id", "members.id"),
    Column("people_follow", Boolean, nullable=False),
    reference("decided_by", "people.id"),
    Column("decided_at", Moment, nullable=False),
)
"""Members that merge into another (herindeling). The day is the ``until`` of the member itself."""

suspensions = Table(
    "suspensions",
    metadata,
    id_column(),
    reference("member_id", "members.id", index=True),
    Column("since", Date, nullable=False),
    Column("until", Date),
    Column("reason", Text, nullable=False),
    reference("decided_by", "people.id"),
    Column("decided_at", Moment, nullable=False),
)
"""Members that may attend and may not vote, from a first day until the first day no longer."""
