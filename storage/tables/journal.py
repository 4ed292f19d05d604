"""The journal: what happened, chained by hashes, in a shape from which personal data can be purged."""

from sqlalchemy import BigInteger, Column, String, Table, Text

from storage.tables.base import Moment, id_column, metadata, reference

journal = Table(
    "journal",
    metadata,
    id_column(),
    Column("at", Moment, nullable=False),
    Column("kind", String(64), nullable=False, index=True),
    reference("actor_id", "people.id", nullable=True),
    Column("meeting_id", BigInteger, index=True),
    Column("facts", Text, nullable=False),
    Column("private_digest", String(64)),
)
"""``facts`` is canonical JSON that names people by key; ``private_digest`` commits to the erasable part."""

journal_private = Table(
    "journal_private",
    metadata,
    reference("entry_id", "journal.id", primary_key=True, autoincrement=False),
    Column("salt", String(64), nullable=False),
    Column("facts", Text, nullable=False),
)
"""The erasable part. ``private_digest`` = SHA-256(salt + facts): a purge deletes this row and the chain still holds."""

journal_seals = Table(
    "journal_seals",
    metadata,
    id_column(),
    reference("entry_id", "journal.id", unique=True),
    Column("previous", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
)
"""One sealer chains the entries after the fact; chaining inside each write would serialise PostgreSQL's writers.

``previous`` is unique, so that two sealers at once could never fork the chain.
"""
