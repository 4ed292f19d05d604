"""What the secretariat entered on behalf of members, beside the papers that it was entered from."""

from typing import Any

from sqlalchemy import Row, Select, case, delete, insert, select, update

from assembly.entries import (
    ACTS,
    EnteredAct,
    EnteredBallot,
    Entry,
    EntryKind,
    EntryMark,
    EntryState,
    Paper,
    SheetSource,
)
from storage.facts import dump, load
from storage.repository import Repository
from storage.tables import ballots, entries, files


class Entries(Repository):
    """Entries by key, by file and by assembly; only those of which the paper's bytes are here.

    Whoever changes one holds the lock on its assembly, see ``Meetings.get``; who does not, changes pending ones only.
    """

    async def add(self, meeting_id: int, member_id: int, act: EnteredAct, file_id: int | None, entered_by: int) -> int:
        """Store an entry that waits for its confirmation; return its id."""
        statement = insert(entries).values(
            meeting_id=meeting_id,
            member_id=member_id,
            kind=act.kind,
            act=dump(act),
            file_id=file_id,
            state=EntryState.PENDING,
            entered_by=entered_by,
            entered_at=self.now,
            reason="",
        )
        return int((await self.connection.execute(statement.returning(entries.c.id))).scalar_one())

    async def get(self, entry_id: int) -> Entry | None:
        """Return one entry, or ``None``."""
        row = (await self.connection.execute(_select().where(entries.c.id == entry_id))).first()
        return _entry(row) if row else None

    async def of_file(self, file_id: int) -> Entry | None:
        """Return the entry of which a file is the paper, or ``None``."""
        row = (await self.connection.execute(_select().where(entries.c.file_id == file_id))).first()
        return _entry(row) if row else None

    async def of_meeting(self, meeting_id: int) -> tuple[Entry, ...]:
        """Return every entry for the assembly: those that wait first, and then the newest."""
        waits = case((entries.c.state == EntryState.PENDING, 0), else_=1)
        query = _select().where(entries.c.meeting_id == meeting_id).order_by(waits, entries.c.id.desc())
        return tuple(_entry(row) for row in await self.connection.execute(query))

    async def marks(self, meeting_id: int) -> dict[int, EntryMark]:
        """Return by id how acts are marked that came from an entry for the assembly."""
        query = select(entries.c.id, entries.c.objected_by).where(entries.c.meeting_id == meeting_id)
        return {
            row.id: EntryMark.ENTERED if row.objected_by is None else EntryMark.DISPUTED
            for row in await self.connection.execute(query)
        }

    async def on_cards(self, motion_id: int) -> frozenset[int]:
        """Return the ids of the members of which the ballot that stands was entered from a voting card."""
        query = select(ballots.c.member_id, entries.c.act).join(entries, entries.c.id == ballots.c.entry_id)
        rows = await self.connection.execute(query.where(ballots.c.motion_id == motion_id))
        return frozenset(row.member_id for row in rows if load(EnteredBallot, row.act).source is SheetSource.CARDS)

    async def forget(self, file_id: int) -> None:
        """Take an entry back of which the paper is none."""
        await self.connection.execute(delete(entries).where(entries.c.file_id == file_id))

    async def decide(self, entry_id: int, state: EntryState, decided_by: int | None, reason: str = "") -> bool:
        """Note what became of an entry; return ``False`` where it did not wait for that any more."""
        decided = await self.connection.execute(
            update(entries)
            .where(entries.c.id == entry_id, entries.c.state == EntryState.PENDING)
            .values(state=state, decided_by=decided_by, decided_at=self.now, reason=reason)
        )
        return decided.rowcount > 0

    async def dispute(self, entry_id: int, objected_by: int) -> None:
        """Note who objects to an entry."""
        await self.connection.execute(
            update(entries).where(entries.c.id == entry_id).values(objected_by=objected_by, objected_at=self.now)
        )


def _select() -> Select[Any]:
    query = select(entries, files.c.telegram_file_id, files.c.name, files.c.sha256)
    query = query.outerjoin(files, files.c.id == entries.c.file_id)
    return query.where(files.c.sha256.is_not(None) | entries.c.file_id.is_(None))


def _entry(row: Row[Any]) -> Entry:
    kind: EntryKind = row.kind
    act: EnteredAct = load(ACTS[kind], row.act)
    return Entry(
        row.id,
        row.meeting_id,
        row.member_id,
        act,
        row.state,
        row.entered_by,
        row.entered_at,
        None if row.file_id is None else Paper(row.file_id, row.telegram_file_id, row.name == "", row.sha256),
        row.decided_by,
        row.decided_at,
        row.reason,
        row.objected_by,
    )
