"""The stage: the database in which a rehearsal is played, beside the real one and out of its reach.

It is a file beside SQLite's, and a schema of its own in PostgreSQL's database. The program opens it like any other, and
nothing that runs on it can read or write a row of the real one.
"""

import asyncio
import os
from collections.abc import Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Table, func, insert, literal, select, text, true
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from assembly.association import Association
from assembly.meetings import MeetingState
from assembly.members import Role
from assembly.rehearsals import Rehearsal, deal
from storage.clock import Clock
from storage.engine import Storage
from storage.engines import SCHEMA, parse, sqlite_file
from storage.failures import UnsuitableDatabase, trouble_told
from storage.migrate import exclusive, make_schema
from storage.scrubbing import scrub
from storage.tables import agenda_items, chats, file_contents, files, meetings, metadata, papers, people, roles
from storage.unit import Unit

NAME = "alvbot_repetitie"

_MARK = "alvbot: generale repetitie"
_FOUND = text("SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = :name")

_WHOLE = (
    "blocked_accounts",
    "commission_people",
    "commissions",
    "consents",
    "members",
    "mergers",
    "people",
    "recovery_codes",
    "roles",
    "second_factors",
    "standing_proxies",
    "suspensions",
)
_OF_MEETING = ("agenda_items", "papers", "second_meetings")
_OF_ITEMS = ("exclusions", "item_options", "nominations")
_OTHERS = ("chats", "file_contents", "files", "meetings")

COPIED = frozenset({*_WHOLE, *_OF_MEETING, *_OF_ITEMS, *_OTHERS})
"""The tables of which a rehearsal begins with rows: the register, and what was prepared of its assembly.

All else is empty on its stage: what people did, what was sent, and what waits to be sent.
"""

_AS_IN_DRAFT: Mapping[str, Mapping[str, object]] = {
    "agenda_items": {"at_hand": False, "handled_at": None},
    "papers": {"sent_at": None},
    "nominations": {"sent_at": None},
    "second_factors": {"asked_act": None, "asked_press": None, "asked_at": None},
}
"""What is not yet so when a rehearsal begins: nobody was told anything, and no code was asked."""


@dataclass(frozen=True)
class _Cut:
    """Which rows come along."""

    rehearsal: Rehearsal
    first_id: int | None

    def condition(self, table: Table) -> ColumnElement[bool]:
        """Say of which rows of ``table`` a copy is made."""
        meeting_id = self.rehearsal.meeting_id
        if table.name in _WHOLE:
            return true()
        if table.name in _OF_MEETING:
            return table.c.meeting_id == meeting_id
        if table.name in _OF_ITEMS:
            return table.c.item_id.in_(select(agenda_items.c.id).where(agenda_items.c.meeting_id == meeting_id))
        shown = select(papers.c.file_id).where(papers.c.meeting_id == meeting_id)
        return {
            meetings.name: meetings.c.id.in_([meeting_id, self.first_id or meeting_id]),
            chats.name: chats.c.chat_id.in_(self.rehearsal.chats),
            files.name: files.c.id.in_(shown),
            file_contents.name: file_contents.c.file_id.in_(shown),
        }[table.name]

    def copy(self, table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row as it is on the stage: nobody was convened yet, and only who plays has an account."""
        values = {**row, **_AS_IN_DRAFT.get(table.name, {})}
        if table is meetings and row["id"] == self.rehearsal.meeting_id:
            values |= {"state": MeetingState.DRAFT, "convened_at": None, "late_reason": None}
        if table is people and row["id"] not in self.rehearsal.people:
            values["telegram_id"] = None
        return values


class Stage:
    """The place of the rehearsal that belongs to the database at ``url``, and never that database itself."""

    def __init__(self, url: str) -> None:
        real = parse(url)
        if SCHEMA in real.query:
            raise UnsuitableDatabase("everything real is in the database's own schema")
        self._url = _beside(real)
        self._file = sqlite_file(self._url)

    def open(self, association: Association, clock: Clock) -> AbstractAsyncContextManager[Storage]:
        """Open the database of the rehearsal; raises like ``Storage.open``."""
        return Storage.open(self._written, association, clock)

    async def build(self, source: Storage, rehearsal: Rehearsal) -> None:
        """Copy what a rehearsal begins with; whatever was played before goes. Raises like ``strike``."""
        await self.strike()
        async with exclusive(self._written) as connection:
            if self._file is None:
                await connection.execute(text(f"CREATE SCHEMA {NAME}"))
                await connection.execute(text(f"COMMENT ON SCHEMA {NAME} IS '{_MARK}'"))
            await make_schema(connection)
            await source.read(_fill, connection, rehearsal)
            await connection.commit()

    async def strike(self) -> None:
        """Leave nothing of a rehearsal; it may be called again and again.

        Nothing goes but the file beside SQLite's, or a schema that ``build`` marked as its own when it made it. Raises
        ``UnsuitableDatabase`` where a schema of that name is somebody else's, and ``StorageUnavailable``.
        """
        if self._file is not None:
            with trouble_told():
                await asyncio.to_thread(_wipe, self._file)
            return
        async with exclusive(self._written) as connection:
            found = (await connection.execute(_FOUND, {"name": NAME})).first()
            if found is None:
                return
            if found[0] != _MARK:
                raise UnsuitableDatabase(f"the schema {NAME} holds something else than a rehearsal")
            await connection.execute(text(f"DROP SCHEMA {NAME} CASCADE"))
            await connection.commit()
            await scrub(connection)

    @property
    def _written(self) -> str:
        return self._url.render_as_string(hide_password=False)


async def _fill(unit: Unit, target: AsyncConnection, rehearsal: Rehearsal) -> None:
    """Copy the rows, and deal out the members of whom nobody plays; run again, it begins again."""
    async with target.begin_nested():
        cut = _Cut(rehearsal, await unit.meetings.first_of(rehearsal.meeting_id))
        for table in metadata.sorted_tables:
            if table.name in COPIED:
                await _copy(unit.connection, target, table, cut)
        await _number_on(target)
        await _deal(unit, target, rehearsal)


async def _deal(unit: Unit, target: AsyncConnection, rehearsal: Rehearsal) -> None:
    meeting = await unit.meetings.get(rehearsal.meeting_id)
    day = unit.association.local(unit.now if meeting is None else meeting.starts_at).date()
    members = [member.id for member in await unit.members.active(day)]
    dealt = deal(members, await unit.people.representatives(), rehearsal.people)
    given = [
        {"person_id": person_id, "role": Role.REPRESENTATIVE, "member_id": member_id, "since": unit.now}
        for member_id, person_id in dealt.items()
    ]
    if given:
        await target.execute(insert(roles), given)


async def _copy(source: AsyncConnection, target: AsyncConnection, table: Table, cut: _Cut) -> None:
    """Copy the rows of one table; documents one by one, because each may take megabytes."""
    condition = cut.condition(table)
    if table is file_contents:
        ids = (await source.execute(select(table.c.file_id).where(condition))).scalars().all()
        conditions: Iterable[ColumnElement[bool]] = [table.c.file_id == file_id for file_id in ids]
    else:
        conditions = [condition]
    for part in conditions:
        rows = (await source.execute(select(table).where(part))).mappings().all()
        if rows:
            await target.execute(insert(table), [cut.copy(table, dict(row)) for row in rows])


async def _number_on(connection: AsyncConnection) -> None:
    """Let PostgreSQL number new rows after those that were copied; SQLite does so by itself."""
    if connection.dialect.name == "sqlite":
        return
    for table in metadata.sorted_tables:
        if table.name in COPIED and "id" in table.c:
            sequence = func.pg_get_serial_sequence(literal(table.name), literal("id"))
            await connection.execute(select(func.setval(sequence, func.max(table.c.id))))


def _beside(url: URL) -> URL:
    if url.get_backend_name() == "sqlite":
        return url.set(database=f"{url.database}-{NAME}")
    return url.update_query_dict({SCHEMA: NAME})


def _wipe(file: Path) -> None:
    """Take SQLite's files away, overwritten before: a secret vote may have been open in them."""
    for part in (Path(f"{file}{ending}") for ending in ("-shm", "-wal", "")):
        if not part.exists():
            continue
        with part.open("r+b") as opened:
            left = part.stat().st_size
            while left > 0:
                left -= opened.write(bytes(min(left, 2**20)))
            opened.flush()
            os.fsync(opened.fileno())
        part.unlink()
