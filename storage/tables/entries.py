"""What the secretariat entered on behalf of members."""

from sqlalchemy import JSON, Column, Table, Text

from assembly.entries import EntryKind, EntryState
from storage.tables.base import Moment, choice, id_column, metadata, reference

entries = Table(
    "entries",
    metadata,
    id_column(),
    reference("meeting_id", "meetings.id", index=True),
    reference("member_id", "members.id"),
    Column("kind", choice(EntryKind), nullable=False),
    Column("act", JSON, nullable=False),
    reference("file_id", "files.id", nullable=True, unique=True),
    Column("state", choice(EntryState), nullable=False),
    reference("entered_by", "people.id"),
    Column("entered_at", Moment, nullable=False),
    reference("decided_by", "people.id", nullable=True),
    Column("decided_at", Moment),
    Column("reason", Text, nullable=False),
    reference("objected_by", "people.id", nullable=True),
    Column("objected_at", Moment),
)
"""Replies, proxies, stays and ballots name the entry that they came from; what a member does itself names none."""
