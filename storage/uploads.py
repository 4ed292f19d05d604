"""Files that were made here, and that Telegram has since they were uploaded once."""

from sqlalchemy import select

from storage.repository import Repository
from storage.tables import uploads


class Uploads(Repository):
    """Telegram's file ids, by a key that says of which contents."""

    async def get(self, key: str) -> str | None:
        """Return the file id under which Telegram has it, or ``None``."""
        query = select(uploads.c.telegram_file_id).where(uploads.c.key == key)
        return (await self.connection.execute(query)).scalar_one_or_none()

    async def remember(self, key: str, telegram_file_id: str) -> None:
        """Note that Telegram has it."""
        values = {"telegram_file_id": telegram_file_id, "uploaded_at": self.now}
        statement = self.insert(uploads).values(key=key, **values)
        await self.connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))
