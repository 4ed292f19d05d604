"""Notices: written, sent, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from assembly.formatting import Formatted
from assembly.notices import Audience, NoticeFile, NoticePart, NoticeState, in_messages
from storage.facts import dump, load
from storage.repository import Repository
from storage.tables import files, notice_files, notice_receipts, notices


@dataclass(frozen=True)
class Notice:
    """A notice with its files. ``beside``: its words stand beside the only file.

    ``due_at`` is when it is to be sent, ``at_any_hour`` that quiet hours do not count; ``sent_at`` is ``None``
    until then; ``changed_at`` is when it was last sent, corrected or withdrawn.
    """

    id: int
    author_id: int
    state: NoticeState
    texts: tuple[Formatted, ...]
    files: tuple[NoticeFile, ...]
    audience: Audience
    beside: bool
    silent: bool
    asks_receipt: bool
    due_at: datetime | None
    at_any_hour: bool
    sent_at: datetime | None
    changed_at: datetime | None

    def parts(self) -> tuple[NoticePart, ...]:
        """Return the messages in which it is sent."""
        return in_messages(self.texts, self.files, beside=self.beside)


_FLAGS = {"beside": False, "silent": False, "asks_receipt": False, "at_any_hour": False}


class Notices(Repository):
    """Notices by key."""

    async def add(self, author_id: int) -> int:
        """Store an empty draft and return its id."""
        values = {"author_id": author_id, "state": NoticeState.DRAFT, "texts": [], "written_at": self.now, **_FLAGS}
        statement = insert(notices).values(audience=dump(Audience()), **values)
        return int((await self.connection.execute(statement.returning(notices.c.id))).scalar_one())

    async def get(self, notice_id: int, *, lock: bool = False) -> Notice | None:
        """Return one notice, or ``None``. ``lock`` keeps others from changing it until the transaction ends."""
        query = select(notices).where(notices.c.id == notice_id)
        row = (await self.connection.execute(query.with_for_update() if lock else query)).first()
        if row is None:
            return None
        along = (
            select(files.c.telegram_file_id, notice_files.c.picture, files.c.name)
            .join_from(notice_files, files, files.c.id == notice_files.c.file_id)
            .where(notice_files.c.notice_id == notice_id)
            .order_by(notice_files.c.position)
        )
        return _notice(row, [NoticeFile(*file) for file in await self.connection.execute(along)])

    async def set(self, notice_id: int, **values: Any) -> None:  # noqa: ANN401 - columns
        """Change what a notice is: its state, its flags or its moments."""
        await self.connection.execute(update(notices).where(notices.c.id == notice_id).values(**values))

    async def set_texts(self, notice_id: int, texts: Sequence[Formatted]) -> None:
        """Change the words."""
        await self.set(notice_id, texts=[dump(text) for text in texts])

    async def aim(self, notice_id: int, audience: Audience) -> None:
        """Change to whom it goes."""
        await self.set(notice_id, audience=dump(audience))

    async def add_file(self, notice_id: int, file_id: int, *, picture: bool) -> None:
        """Let a file go along, after those that are there."""
        there = select(func.count()).select_from(notice_files).where(notice_files.c.notice_id == notice_id)
        position = (await self.connection.execute(there)).scalar_one()
        await self.connection.execute(
            insert(notice_files).values(notice_id=notice_id, position=position, file_id=file_id, picture=picture)
        )

    async def due(self) -> tuple[int, ...]:
        """Return the ids of the planned notices that are due, the first due first."""
        query = (
            select(notices.c.id)
            .where(notices.c.state == NoticeState.PLANNED, notices.c.due_at <= self.now)
            .order_by(notices.c.due_at, notices.c.id)
        )
        return tuple((await self.connection.execute(query)).scalars())

    async def changed_since(self, moment: datetime, *states: NoticeState) -> tuple[int, ...]:
        """Return the ids of the notices in ``states`` that were changed at or after ``moment``, oldest first."""
        query = select(notices.c.id).where(notices.c.changed_at >= moment, notices.c.state.in_(states))
        return tuple((await self.connection.execute(query.order_by(notices.c.id))).scalars())

    async def past(self, limit: int, offset: int) -> tuple[list[Notice], int]:
        """Return some of the notices that were planned or sent, newest first, without their files; and how many."""
        known = notices.c.state != NoticeState.DRAFT
        count = (await self.connection.execute(select(func.count()).select_from(notices).where(known))).scalar_one()
        query = select(notices).where(known).order_by(notices.c.id.desc()).limit(limit).offset(offset)
        return [_notice(row, []) for row in await self.connection.execute(query)], count

    async def confirm(self, notice_id: int, person_id: int) -> bool:
        """Note that the person confirms that it received the notice; say whether that is new."""
        statement = self.insert(notice_receipts).values(notice_id=notice_id, person_id=person_id, confirmed_at=self.now)
        return (await self.connection.execute(statement.on_conflict_do_nothing())).rowcount > 0

    async def receipt(self, notice_id: int, person_id: int) -> bool:
        """Whether the person confirmed."""
        query = select(notice_receipts.c.person_id).where(
            notice_receipts.c.notice_id == notice_id, notice_receipts.c.person_id == person_id
        )
        return (await self.connection.execute(query)).first() is not None

    async def receipts(self, notice_id: int) -> dict[int, datetime]:
        """Return when people confirmed, by person id."""
        query = select(notice_receipts.c.person_id, notice_receipts.c.confirmed_at).where(
            notice_receipts.c.notice_id == notice_id
        )
        return {row.person_id: row.confirmed_at for row in await self.connection.execute(query)}

    async def receipt_count(self, notice_id: int) -> int:
        """Return how many people confirmed."""
        query = select(func.count()).select_from(notice_receipts).where(notice_receipts.c.notice_id == notice_id)
        return int((await self.connection.execute(query)).scalar_one())


def _notice(row: Row[Any], along: Sequence[NoticeFile]) -> Notice:
    return Notice(
        id=row.id,
        author_id=row.author_id,
        state=row.state,
        texts=tuple(load(Formatted, text) for text in row.texts),
        files=tuple(along),
        audience=load(Audience, row.audience),
        beside=row.beside,
        silent=row.silent,
        asks_receipt=row.asks_receipt,
        due_at=row.due_at,
        at_any_hour=row.at_any_hour,
        sent_at=row.sent_at,
        changed_at=row.changed_at,
    )
