"""Who can be reached: nobody who blocked the bot, and again everybody who shows up."""

from collections.abc import Collection

from sqlalchemy import select
from telegram import ChatMember, Update

from storage.engine import Storage
from storage.tables import people
from storage.unit import Unit


async def note_reachability(storage: Storage, updates: Collection[Update]) -> None:
    """Store what a batch of updates tells about who can be reached.

    Nearly always that is nothing new, so the batch costs one read and no write.
    """
    lost = {chat_id for update in updates if (chat_id := _blocked_by(update)) is not None}
    seen = {update.effective_user.id for update in updates if update.effective_user is not None} - lost
    back = await storage.read(_unreachable, seen) if seen else ()
    if lost or back:
        await storage.write(_store, lost, back)


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
