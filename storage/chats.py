"""The groups and channels that receive what concerns everybody."""

from dataclasses import dataclass

from sqlalchemy import select, update

from storage.repository import Repository
from storage.tables import chats


@dataclass(frozen=True)
class LinkedChat:
    """A group or channel. ``kind`` is Telegram's chat type."""

    chat_id: int
    kind: str
    title: str


class Chats(Repository):
    """Linked groups and channels."""

    async def linked(self) -> tuple[LinkedChat, ...]:
        """Return the chats that are linked now, first linked first."""
        query = (
            select(chats.c.chat_id, chats.c.kind, chats.c.title)
            .where(chats.c.unlinked_at.is_(None))
            .order_by(chats.c.linked_at, chats.c.chat_id)
        )
        return tuple(LinkedChat(*row) for row in await self.connection.execute(query))

    async def titles(self) -> dict[int, str]:
        """Return the titles of all chats that were ever linked, by id."""
        rows = await self.connection.execute(select(chats.c.chat_id, chats.c.title).order_by(chats.c.linked_at))
        return {row.chat_id: row.title for row in rows}

    async def get(self, chat_id: int) -> LinkedChat | None:
        """Return the chat where it is linked now, or ``None``."""
        return next((chat for chat in await self.linked() if chat.chat_id == chat_id), None)

    async def link(self, chat: LinkedChat) -> None:
        """Link the chat, also when it was linked before."""
        values = {"kind": chat.kind, "title": chat.title, "linked_at": self.now, "unlinked_at": None}
        statement = self.insert(chats).values(chat_id=chat.chat_id, **values)
        await self.connection.execute(statement.on_conflict_do_update(index_elements=["chat_id"], set_=values))

    async def unlink(self, chat_id: int) -> bool:
        """Send nothing there any more; say whether the chat was linked."""
        result = await self.connection.execute(
            update(chats).where(chats.c.chat_id == chat_id, chats.c.unlinked_at.is_(None)).values(unlinked_at=self.now)
        )
        return result.rowcount > 0
