"""Tally sheets of hands in the room, and of voting cards."""

from sqlalchemy import JSON, Column, Index, Table

from assembly.entries import SheetSource
from assembly.sheets import SheetState
from storage.tables.base import Moment, choice, id_column, metadata, reference

sheets = Table(
    "sheets",
    metadata,
    id_column(),
    reference("meeting_id", "meetings.id"),
    reference("motion_id", "motions.id"),
    Column("source", choice(SheetSource), nullable=False, server_default=SheetSource.HANDS),
    Column("state", choice(SheetState), nullable=False),
    Column("lines", JSON, nullable=False),
    Column("skipped", JSON, nullable=False),
    reference("entered_by", "people.id"),
    Column("entered_at", Moment, nullable=False),
    reference("decided_by", "people.id", nullable=True),
    Column("decided_at", Moment),
)
"""``lines``: [member, choice] pairs. Of a vote each person has one undecided sheet of each source at a time."""

Index(
    "uq_sheets_open",
    sheets.c.motion_id,
    sheets.c.entered_by,
    sheets.c.source,
    unique=True,
    sqlite_where=sheets.c.decided_at.is_(None),
    postgresql_where=sheets.c.decided_at.is_(None),
)
