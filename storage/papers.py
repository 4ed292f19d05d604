"""The papers (bijlagen) of an assembly, each in its versions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select, update

from assembly.papers import paper_order
from storage.repository import Repository
from storage.tables import files, papers


@dataclass(frozen=True)
class Paper:
    """One version of a paper. ``sent_at`` is ``None`` until everybody who was convened gets it."""

    id: int
    meeting_id: int
    item_id: int | None
    number: str
    version: int
    title: str
    telegram_file_id: str
    sent_at: datetime | None


_COLUMNS = (
    papers.c.id,
    papers.c.meeting_id,
    papers.c.item_id,
    papers.c.number,
    papers.c.version,
    papers.c.title,
    files.c.telegram_file_id,
    papers.c.sent_at,
)


class Papers(Repository):
    """Papers by number; the newest version of a number is the current one."""

    async def add(self, meeting_id: int, file_id: int, item_id: int | None, number: str, title: str) -> int:
        """Store a paper as the newest version of its number and return that version, counted from 1."""
        query = select(func.max(papers.c.version)).where(papers.c.meeting_id == meeting_id, papers.c.number == number)
        version = ((await self.connection.execute(query)).scalar_one() or 0) + 1
        await self.connection.execute(
            insert(papers).values(
                meeting_id=meeting_id,
                file_id=file_id,
                item_id=item_id,
                number=number,
                version=version,
                title=title,
                added_at=self.now,
            )
        )
        return version

    async def current(self, meeting_id: int) -> tuple[Paper, ...]:
        """Return the newest version of every paper, by number."""
        return await self._newest(_select().where(papers.c.meeting_id == meeting_id))

    async def sent(self, meeting_id: int) -> tuple[Paper, ...]:
        """Return the set that everybody who was convened has: the newest version of each number that was sent."""
        return await self._newest(_select().where(papers.c.meeting_id == meeting_id, papers.c.sent_at.is_not(None)))

    async def mark_sent(self, paper_ids: Collection[int]) -> None:
        """Note that these papers are on their way."""
        await self.connection.execute(update(papers).where(papers.c.id.in_(paper_ids)).values(sent_at=self.now))

    async def untie(self, meeting_id: int) -> None:
        """Let go of the agenda items, so that the agenda can be replaced."""
        await self.connection.execute(update(papers).where(papers.c.meeting_id == meeting_id).values(item_id=None))

    async def tie(self, meeting_id: int, number: str, item_id: int) -> None:
        """Tie every version of a paper to an agenda item."""
        await self.connection.execute(
            update(papers).where(papers.c.meeting_id == meeting_id, papers.c.number == number).values(item_id=item_id)
        )

    async def _newest(self, query: Select[Any]) -> tuple[Paper, ...]:
        rows = await self.connection.execute(query.order_by(papers.c.version))
        newest = {row.number: Paper(*row) for row in rows}
        return tuple(newest[number] for number in sorted(newest, key=paper_order))


def _select() -> Select[Any]:
    return select(*_COLUMNS).join(files, files.c.id == papers.c.file_id)
