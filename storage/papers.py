"""The papers (bijlagen) of an assembly, each in its versions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update

from assembly.papers import paper_order
from storage.repository import Repository
from storage.tables import file_contents, files, papers


@dataclass(frozen=True)
class Paper:
    """One version of a paper. ``sent_at`` is ``None`` until everybody who was convened gets it.

    ``name``, ``mime_type``, ``size`` in bytes and ``sha256`` are those of its file, the last one once its bytes are
    here; ``telegram_unique_id`` is the same wherever Telegram shows the same file.
    """

    id: int
    meeting_id: int
    item_id: int | None
    number: str
    version: int
    title: str
    telegram_file_id: str
    sent_at: datetime | None
    file_id: int
    telegram_unique_id: str
    name: str
    mime_type: str
    size: int
    sha256: str | None


_COLUMNS = (
    papers.c.id,
    papers.c.meeting_id,
    papers.c.item_id,
    papers.c.number,
    papers.c.version,
    papers.c.title,
    files.c.telegram_file_id,
    papers.c.sent_at,
    papers.c.file_id,
    files.c.telegram_unique_id,
    files.c.name,
    files.c.mime_type,
    files.c.size,
    files.c.sha256,
)


class Papers(Repository):
    """Papers by number; the newest version of a number is the current one."""

    async def add(self, meeting_id: int, file_id: int, item_id: int | None, number: str, title: str) -> int:
        """Store a paper as the newest version of its number and return its id; versions count from 1."""
        statement = insert(papers).values(
            meeting_id=meeting_id,
            file_id=file_id,
            item_id=item_id,
            number=number,
            version=await self._next_version(meeting_id, number),
            title=title,
            added_at=self.now,
        )
        return int((await self.connection.execute(statement.returning(papers.c.id))).scalar_one())

    async def get(self, paper_id: int) -> Paper | None:
        """Return one version of a paper, or ``None``."""
        row = (await self.connection.execute(_select().where(papers.c.id == paper_id))).first()
        return Paper(*row) if row else None

    async def of_file(self, file_id: int) -> Paper | None:
        """Return the paper that a file is, or ``None`` where it has no number yet."""
        row = (await self.connection.execute(_select().where(papers.c.file_id == file_id))).first()
        return Paper(*row) if row else None

    async def renumber(self, paper: Paper, number: str, item_id: int | None) -> None:
        """Make a paper that nobody has the newest version of another number."""
        await self.connection.execute(
            update(papers)
            .where(papers.c.id == paper.id)
            .values(number=number, version=await self._next_version(paper.meeting_id, number), item_id=item_id)
        )

    async def remove(self, paper_id: int) -> None:
        """Take a version away that nobody has; the one before it stands again."""
        await self.connection.execute(delete(papers).where(papers.c.id == paper_id))

    async def contents(self, paper_ids: Collection[int]) -> dict[int, bytes]:
        """Return the bytes of these papers by id, as far as they are here."""
        query = (
            select(papers.c.id, file_contents.c.content)
            .join(file_contents, file_contents.c.file_id == papers.c.file_id)
            .where(papers.c.id.in_(paper_ids))
        )
        return {row.id: row.content for row in await self.connection.execute(query)}

    async def current(self, meeting_id: int) -> tuple[Paper, ...]:
        """Return the newest version of every paper, by number."""
        return await self._newest(_select().where(papers.c.meeting_id == meeting_id))

    async def sent(self, meeting_id: int) -> tuple[Paper, ...]:
        """Return the set that everybody who was convened has: the newest version of each number that was sent."""
        return await self._newest(_select().where(papers.c.meeting_id == meeting_id, papers.c.sent_at.is_not(None)))

    async def copy(self, meeting_id: int, copy_id: int, items: Mapping[int, int]) -> None:
        """Give the assembly ``copy_id`` the set that another sent, unsent; ``items``: the new items by the old ones."""
        ids = [paper.id for paper in await self.sent(meeting_id)]
        rows = await self.connection.execute(select(papers).where(papers.c.id.in_(ids)))
        for row in rows.mappings().all():
            values = {**row, "meeting_id": copy_id, "item_id": items.get(row["item_id"]), "sent_at": None}
            values.pop("id")
            await self.connection.execute(insert(papers).values(values))

    async def digests(self, meeting_id: int) -> dict[int, str | None]:
        """Return the SHA-256 of every paper's bytes by the paper's id, ``None`` until they are here."""
        query = select(papers.c.id, files.c.sha256).join(files).where(papers.c.meeting_id == meeting_id)
        return {row.id: row.sha256 for row in await self.connection.execute(query)}

    async def mark_sent(self, paper_ids: Collection[int]) -> None:
        """Note that these papers are on their way."""
        await self.connection.execute(update(papers).where(papers.c.id.in_(paper_ids)).values(sent_at=self.now))

    async def untie(self, meeting_id: int) -> None:
        """Let go of the agenda items, so that the agenda can be replaced."""
        await self.connection.execute(update(papers).where(papers.c.meeting_id == meeting_id).values(item_id=None))

    async def tie(self, meeting_id: int, number: str, item_id: int | None) -> None:
        """Tie every version of a paper to an agenda item, or to none."""
        await self.connection.execute(
            update(papers).where(papers.c.meeting_id == meeting_id, papers.c.number == number).values(item_id=item_id)
        )

    async def _next_version(self, meeting_id: int, number: str) -> int:
        query = select(func.max(papers.c.version)).where(papers.c.meeting_id == meeting_id, papers.c.number == number)
        return ((await self.connection.execute(query)).scalar_one() or 0) + 1

    async def _newest(self, query: Select[Any]) -> tuple[Paper, ...]:
        rows = await self.connection.execute(query.order_by(papers.c.version))
        newest = {row.number: Paper(*row) for row in rows}
        return tuple(newest[number] for number in sorted(newest, key=paper_order))


def _select() -> Select[Any]:
    return select(*_COLUMNS).join(files, files.c.id == papers.c.file_id)
