"""Who can be reached: nobody who blocked the bot, and again everybody who shows up."""

import asyncio
from collections.abc import Collection

from sqlalchemy import select
from telegram import ChatMember, Update

from storage.engine import Storage
from storage.tables import people
from storage.unit import Unit


class Reachability:
    """Stores what updates tell about who can be reached.

    Nearly always that is nothing new, which takes one look in the database. Whoever comes while a look is under way
    shares the next one, so that many updates at once cost few.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._waiting: list[Update] = []
        self._turn = asyncio.Lock()
        self._next: asyncio.Task[None] | None = None

    async def note(self, updates: Collection[Update]) -> None:
        """Store what ``updates`` tell. Raises ``StorageUnavailable``."""
        self._waiting += updates
        if self._next is None:
            self._next = asyncio.create_task(self._look())
        await asyncio.shield(self._next)  # others wait for it too

    async def _look(self) -> None:
        async with self._turn:
            updates, self._waiting, self._next = self._waiting, [], None
            reached = _reached(updates)
            lost = {telegram_id for telegram_id, reachable in reached.items() if not reachable}
            seen = reached.keys() - lost
            back = await self._storage.read(_unreachable, seen) if seen else ()
            if lost or back:
                await self._storage.write(_store, lost, back)


def _reached(updates: Collection[Update]) -> dict[int, bool]:
    """Return whom the updates tell of, and whether they can be reached; of one person the last word holds."""
    reached: dict[int, bool] = {}
    for update in updates:
        blocked = _blocked_by(update)
        if blocked is not None:
            reached[blocked] = False
        elif update.effective_user is not None:
            reached[update.effective_user.id] = True
    return reached


def _blocked_by(update: Update) -> int | None:
    """Return the account that blocked the bot, if that is what the update tells."""
    change = update.my_chat_member
    if change is None or change.chat.id < 0 or change.new_chat_member.status != ChatMember.BANNED:
        return None
    return change.chat.id


async def _unreachable(unit: Unit, telegram_ids: Collection[int]) -> tuple[int, ...]:
    query = select(people.c.telegram_id).where(people.c.reachable.is_(False), people.c.telegram_id.in_(telegram_ids))
    return tuple((await unit.connection.execute(query)).scalars())


async def _store(unit: Unit, lost: Collection[int], back: Collection[int]) -> None:
    for telegram_id in lost:
        await unit.people.set_reachable(telegram_id, reachable=False)
    for telegram_id in back:
        await unit.people.set_reachable(telegram_id, reachable=True)
