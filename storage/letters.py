"""Signed letters of proxies, beside the files that they are."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, insert, select, update

from storage.repository import Repository
from storage.tables import files, proxy_letters


@dataclass(frozen=True)
class SignedLetter:
    """A letter as it was sent. ``approved`` is ``None`` while nobody judged it; ``photo``: it is no document."""

    id: int
    proxy_id: int
    file_id: int
    sent_by: int
    telegram_file_id: str
    photo: bool
    sha256: str
    approved: bool | None


_COLUMNS = (
    proxy_letters.c.id,
    proxy_letters.c.proxy_id,
    proxy_letters.c.file_id,
    files.c.sent_by,
    files.c.telegram_file_id,
    files.c.name == "",
    files.c.sha256,
    proxy_letters.c.approved,
)


class ProxyLetters(Repository):
    """Letters by key, by file and by proxy; only those of which the bytes are here."""

    async def add(self, proxy_id: int, file_id: int) -> int:
        """Note that a file is the letter of a proxy; return the letter's id."""
        statement = insert(proxy_letters).values(proxy_id=proxy_id, file_id=file_id, added_at=self.now)
        return int((await self.connection.execute(statement.returning(proxy_letters.c.id))).scalar_one())

    async def get(self, letter_id: int) -> SignedLetter | None:
        """Return one letter, or ``None``."""
        query = self._select().where(proxy_letters.c.id == letter_id)
        row = (await self.connection.execute(query)).first()
        return SignedLetter(*row) if row else None

    async def of_file(self, file_id: int) -> SignedLetter | None:
        """Return the letter that a file is, or ``None``."""
        row = (await self.connection.execute(self._select().where(proxy_letters.c.file_id == file_id))).first()
        return SignedLetter(*row) if row else None

    async def of_proxy(self, proxy_id: int) -> tuple[SignedLetter, ...]:
        """Return the letters of a proxy, oldest first."""
        query = self._select().where(proxy_letters.c.proxy_id == proxy_id).order_by(proxy_letters.c.id)
        return tuple(SignedLetter(*row) for row in await self.connection.execute(query))

    async def forget(self, file_id: int) -> None:
        """Take back that a file is a letter."""
        await self.connection.execute(delete(proxy_letters).where(proxy_letters.c.file_id == file_id))

    async def judge(self, letter_id: int, judged_by: int, *, approved: bool) -> None:
        """Note what the secretariat says of a letter."""
        await self.connection.execute(
            update(proxy_letters)
            .where(proxy_letters.c.id == letter_id)
            .values(judged_by=judged_by, judged_at=self.now, approved=approved)
        )

    def _select(self) -> Select[Any]:
        return select(*_COLUMNS).join(files, files.c.id == proxy_letters.c.file_id).where(files.c.sha256.is_not(None))
