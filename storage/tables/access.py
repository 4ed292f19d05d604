"""Who may come in: blocked accounts, requests of strangers, and second factors."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from assembly.access import RequestState
from storage.tables.base import Moment, choice, id_column, metadata, reference

blocked_accounts = Table(
    "blocked_accounts",
    metadata,
    Column("telegram_id", BigInteger, primary_key=True, autoincrement=False),
    reference("person_id", "people.id", index=True),
    reference("blocked_by", "people.id"),
    Column("blocked_at", Moment, nullable=False),
)
"""``person_id``: whose account it was. Only a newer link of that same person lets the account in again."""

access_requests = Table(
    "access_requests",
    metadata,
    id_column(),
    Column("telegram_id", BigInteger, nullable=False, index=True),
    Column("telegram_name", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    Column("function", String(200), nullable=False),
    reference("member_id", "members.id", nullable=True),
    Column("state", choice(RequestState), nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("sent_at", Moment),
    reference("decided_by", "people.id", nullable=True),
    Column("decided_at", Moment),
    Column("reason", Text),
)
_LIVE = text("state IN ('name', 'function', 'member', 'check', 'open')")
Index(
    "uq_access_requests_live",
    access_requests.c.telegram_id,
    unique=True,
    sqlite_where=_LIVE,
    postgresql_where=_LIVE,
)

second_factors = Table(
    "second_factors",
    metadata,
    reference("person_id", "people.id", primary_key=True, autoincrement=False),
    Column("salt", String(64), nullable=False),
    Column("confirmed_at", Moment),
    Column("last_step", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Moment),
    Column("verified_at", Moment),
    Column("asked_act", String(64)),
    Column("asked_press", String(64)),
    Column("asked_at", Moment),
)
"""The secret itself is nowhere: it is derived from ``salt`` and the bot's token when it is needed.

``last_step`` is the time step of the last code that was accepted, so that no code is accepted twice. ``asked_press``
is the button that waits for a code, and ``asked_act`` what it is for.
"""

recovery_codes = Table(
    "recovery_codes",
    metadata,
    id_column(),
    reference("person_id", "people.id", index=True),
    Column("code_hash", String(64), nullable=False),
    Column("used_at", Moment),
    UniqueConstraint("person_id", "code_hash"),
)
