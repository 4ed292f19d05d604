"""Notices that were written and sent."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from assembly.notices import Audience
from storage.repository import Repository
from storage.tables import files, notices


@dataclass(frozen=True)
class Notice:
    """A notice. ``html`` is the text with its formatting; ``sent_at`` is ``None`` while it is not sent."""

    id: int
    author_id: int
    html: str
    telegram_file_id: str | None
    audience: Audience
    sent_at: datetime | None


class Notices(Repository):
    """Notices by key."""

    async def add(self, author_id: int, html: str, file_id: int | None, audience: Audience) -> int:
        """Store a notice that is not sent yet and return its id."""
        statement = insert(notices).values(
            author_id=author_id, html=html, file_id=file_id, audience=audience, written_at=self.now
        )
        return int((await self.connection.execute(statement.returning(notices.c.id))).scalar_one())

    async def get(self, notice_id: int, *, lock: bool = False) -> Notice | None:
        """Return one notice, or ``None``. ``lock`` keeps others from sending it until the transaction ends."""
        columns = (
            notices.c.id,
            notices.c.author_id,
            notices.c.html,
            files.c.telegram_file_id,
            notices.c.audience,
            notices.c.sent_at,
        )
        query = select(*columns).outerjoin(files, files.c.id == notices.c.file_id).where(notices.c.id == notice_id)
        row = (await self.connection.execute(query.with_for_update(of=notices) if lock else query)).first()
        return Notice(*row) if row else None

    async def mark_sent(self, notice_id: int) -> None:
        """Note that the notice is on its way."""
        await self.connection.execute(update(notices).where(notices.c.id == notice_id).values(sent_at=self.now))

    async def sent_since(self, moment: datetime) -> tuple[int, ...]:
        """Return the ids of the notices that were sent at or after ``moment``, oldest first."""
        query = select(notices.c.id).where(notices.c.sent_at >= moment).order_by(notices.c.id)
        return tuple((await self.connection.execute(query)).scalars())
