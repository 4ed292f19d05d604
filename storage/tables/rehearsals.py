"""That an assembly is rehearsed, by whom and since when; what is played is in another database."""

from sqlalchemy import JSON, Column, Index, Table, text

from assembly.rehearsals import RehearsalState
from storage.tables.base import Moment, choice, id_column, metadata, reference

_LIVE = text("state <> 'erased'")
rehearsals = Table(
    "rehearsals",
    metadata,
    id_column(),
    reference("meeting_id", "meetings.id"),
    Column("state", choice(RehearsalState), nullable=False),
    Column("people", JSON, nullable=False),
    Column("chats", JSON, nullable=False),
    reference("begun_by", "people.id", nullable=True),
    Column("begun_at", Moment),
    Index(
        "uq_rehearsals_live",
        text("(state <> 'erased')"),
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    ),
)
"""At most one is planned or played at a time. ``people`` and ``chats`` are empty again once it is erased.

The row stays, and with it its number, which is on buttons in people's chats.
"""
