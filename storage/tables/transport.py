"""What comes in from Telegram and goes out to it."""

from enum import IntEnum, StrEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

from storage.tables.base import Moment, choice, id_column, metadata, reference


class SendState(StrEnum):
    """Where an outbox row stands.

    ``held``: it was queued before the database was restored, and waits until somebody says that it should be sent.
    ``superseded``: another try was due, but a newer row of its key waited already.
    """

    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SUPERSEDED = "superseded"


class Priority(IntEnum):
    """Who goes first when more is waiting than Telegram takes."""

    BALLOT = 10
    DIALOGUE = 20
    RESULT = 30
    BULK = 50


done_updates = Table(
    "done_updates",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("done_at", Moment, nullable=False, index=True),
)

dead_letters = Table(
    "dead_letters",
    metadata,
    id_column(),
    Column("bot_id", BigInteger, nullable=False),
    Column("update_id", BigInteger),
    Column("reason", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("stored_at", Moment, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    id_column(),
    Column("chat_id", BigInteger, nullable=False),
    reference("person_id", "people.id", nullable=True, index=True),
    Column("screen", String(64), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("key", String(96)),
    Column("batch", String(64), index=True),
    Column("priority", SmallInteger, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("not_before", Float),
    Column("state", choice(SendState), nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("leased_until", Float),
    Column("may_have_arrived", Boolean, nullable=False, server_default=text("false")),
    Column("error", String(300)),
    Column("message_id", BigInteger),
    Column("queued_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("update_id", BigInteger),
    Column("tried_at", Float),
    Column("silent_until", Float),
    Column("messages", SmallInteger, nullable=False, server_default=text("1")),
)
"""``messages``: as how many Telegram counts it; more than one is an album.

``message_id`` is the message to edit while the row waits, and the message that shows it once it is sent.

``may_have_arrived``: an attempt ended without an answer, so the message may be there twice.
``update_id``: the update that caused it, where one did; of several that one row answers for, the one that wrote it.

``not_before``, ``leased_until``, ``tried_at`` (when the last attempt ended) and ``silent_until`` (how long Telegram
asked for silence then) are Unix time on the machine's own clock: a turned assembly clock moves no lease.
"""
_QUEUED = text("state = 'queued'")
Index("uq_outbox_key", outbox.c.chat_id, outbox.c.key, unique=True, sqlite_where=_QUEUED, postgresql_where=_QUEUED)
_WAITING = text("state IN ('queued', 'sending')")
Index("ix_outbox_waiting", outbox.c.priority, outbox.c.id, sqlite_where=_WAITING, postgresql_where=_WAITING)
_SENDING = text("state = 'sending'")
Index("ix_outbox_sending", outbox.c.chat_id, sqlite_where=_SENDING, postgresql_where=_SENDING)
_LATER = text("not_before IS NOT NULL AND state IN ('queued', 'sending')")
Index("ix_outbox_later", outbox.c.not_before, sqlite_where=_LATER, postgresql_where=_LATER)

uploads = Table(
    "uploads",
    metadata,
    Column("key", String(96), primary_key=True),
    Column("telegram_file_id", Text, nullable=False),
    Column("uploaded_at", Moment, nullable=False),
)
"""Files that were made here and uploaded once: under ``key``, which says of which contents, Telegram has them."""

posted = Table(
    "posted",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("key", String(96), primary_key=True),
    Column("message_id", BigInteger, nullable=False),
    Column("posted_at", Moment, nullable=False),
)
"""Which message shows a keyed screen in a chat, so that it is edited in place."""
