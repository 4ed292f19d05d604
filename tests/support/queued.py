"""What waits in the outbox, for tests of services."""

from typing import Any

from sqlalchemy import select

from storage.engine import Storage
from storage.tables import SendState, outbox
from storage.unit import Unit


async def queued(storage: Storage, chat_id: int) -> list[tuple[str, dict[str, Any]]]:
    """Return (screen, facts) of every message that was queued for a chat, in order."""

    async def load(unit: Unit) -> list[tuple[str, dict[str, Any]]]:
        query = select(outbox.c.screen, outbox.c.facts).where(outbox.c.chat_id == chat_id).order_by(outbox.c.id)
        return [(row.screen, dict(row.facts)) for row in await unit.connection.execute(query)]

    return await storage.read(load)


async def deliver(storage: Storage, chat_id: int) -> None:
    """Act as the sender: everything that waits for a chat is sent."""

    async def send(unit: Unit) -> None:
        query = select(outbox.c.id).where(outbox.c.chat_id == chat_id, outbox.c.state == SendState.QUEUED)
        for row_id in list((await unit.connection.execute(query)).scalars()):
            await unit.outbox.mark_sent(row_id, 1000 + row_id)

    await storage.write(send)


async def screens(storage: Storage, chat_id: int) -> list[str]:
    """Return the names of the screens that were queued for a chat, in order."""
    return [name for name, _ in await queued(storage, chat_id)]
