"""Who wants to speak in an assembly."""

from sqlalchemy import Column, Index, String, Table

from assembly.floor import NOTE_LIMIT, Round, TurnEnd
from storage.tables.base import Moment, choice, id_column, metadata, reference

turns = Table(
    "turns",
    metadata,
    id_column(),
    reference("meeting_id", "meetings.id"),
    reference("person_id", "people.id"),
    Column("round", choice(Round), nullable=False),
    reference("item_id", "agenda_items.id", nullable=True),
    Column("note", String(NOTE_LIMIT), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("given_at", Moment),
    Column("ended_at", Moment),
    Column("ended", choice(TurnEnd)),
)
"""``ended_at`` is empty for who waits or speaks; such a turn a person has once on each list."""

Index(
    "uq_turns_open",
    turns.c.meeting_id,
    turns.c.person_id,
    turns.c.round,
    unique=True,
    sqlite_where=turns.c.ended_at.is_(None),
    postgresql_where=turns.c.ended_at.is_(None),
)
