"""Documents that people sent to the bot."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from storage.repository import Repository
from storage.tables import file_contents, files


@dataclass(frozen=True)
class StoredFile:
    """A received document. ``size`` in bytes; ``state`` is wanted, fetched or failed."""

    id: int
    telegram_file_id: str
    name: str
    mime_type: str
    size: int
    purpose: str
    state: str
    sent_by: int
    sha256: str | None = None


_COLUMNS = (
    files.c.id,
    files.c.telegram_file_id,
    files.c.name,
    files.c.mime_type,
    files.c.size,
    files.c.purpose,
    files.c.state,
    files.c.sent_by,
    files.c.sha256,
)


class Files(Repository):
    """Files, with their bytes apart."""

    async def add(
        self,
        *,
        telegram_file_id: str,
        telegram_unique_id: str,
        name: str,
        mime_type: str,
        size: int,
        purpose: str,
        sent_by: int,
    ) -> int:
        """Store that a document came in and that its bytes are wanted; return its id."""
        statement = insert(files).values(
            telegram_file_id=telegram_file_id,
            telegram_unique_id=telegram_unique_id,
            name=name,
            mime_type=mime_type,
            size=size,
            purpose=purpose,
            state="wanted",
            sent_by=sent_by,
            received_at=self.now,
        )
        return int((await self.connection.execute(statement.returning(files.c.id))).scalar_one())

    async def get(self, file_id: int) -> StoredFile | None:
        """Return one file without its bytes, or ``None``."""
        row = (await self.connection.execute(select(*_COLUMNS).where(files.c.id == file_id))).first()
        return StoredFile(*row) if row else None

    async def wanted(self, limit: int) -> tuple[StoredFile, ...]:
        """Return the oldest files of which the bytes are still to be fetched."""
        query = select(*_COLUMNS).where(files.c.state == "wanted").order_by(files.c.id).limit(limit)
        return tuple(StoredFile(*row) for row in await self.connection.execute(query))

    async def content(self, file_id: int) -> bytes | None:
        """Return the file's bytes, or ``None`` while they are not here."""
        query = select(file_contents.c.content).where(file_contents.c.file_id == file_id)
        return (await self.connection.execute(query)).scalar_one_or_none()

    async def fetched(self, file_id: int, content: bytes, sha256: str) -> None:
        """Store the bytes and their SHA-256 in hexadecimal."""
        await self.connection.execute(insert(file_contents).values(file_id=file_id, content=content))
        await self.connection.execute(
            update(files).where(files.c.id == file_id).values(state="fetched", sha256=sha256, size=len(content))
        )

    async def failed(self, file_id: int, error: str) -> None:
        """Give the file up, and keep nothing of its bytes."""
        await self.connection.execute(delete(file_contents).where(file_contents.c.file_id == file_id))
        await self.connection.execute(
            update(files).where(files.c.id == file_id).values(state="failed", error=error[:300], sha256=None)
        )
