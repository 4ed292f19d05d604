"""The groups and channels that receive what concerns everybody: linked by the secretariat, by adding the bot."""

from assembly.facts.notices import GroupLinked, GroupRefused, GroupUnlinked, GroupWelcome
from assembly.permissions import Act, may
from services.access import holders_of
from services.telling import tell
from storage.chats import LinkedChat
from storage.unit import Unit

TITLE_LENGTH = 300


async def join_group(unit: Unit, telegram_id: int, chat_id: int, kind: str, title: str) -> None:
    """Link a group or channel that somebody added the bot to; ``kind`` is Telegram's type of chat.

    Where that was not somebody of the secretariat the group receives nothing, and the secretariat is told.
    """
    if await unit.chats.get(chat_id) is not None:
        return
    chat = LinkedChat(chat_id, kind, title[:TITLE_LENGTH])
    acting = await unit.people.acting(telegram_id)
    if acting is None or not may(acting, Act.LINK_GROUP):
        await _tell_secretariat(unit, GroupRefused(chat.title))
        return
    await unit.chats.link(chat)
    await unit.journal.note("group_linked", actor_id=acting.person.id, facts={"chat": chat_id, "kind": kind})
    await unit.outbox.send(chat_id, GroupWelcome())
    await tell(unit, acting, GroupLinked(chat.title))


async def leave_group(unit: Unit, telegram_id: int, chat_id: int) -> None:
    """Send nothing any more to a group that the bot was taken out of, and tell the secretariat."""
    chat = await unit.chats.get(chat_id)
    if chat is None:
        return
    await unit.chats.unlink(chat_id)
    acting = await unit.people.acting(telegram_id)
    await unit.journal.note("group_unlinked", actor_id=acting.person.id if acting else None, facts={"chat": chat_id})
    await _tell_secretariat(unit, GroupUnlinked(chat.title))


async def follow_group(unit: Unit, old_chat_id: int, new_chat_id: int) -> None:
    """Go with a group that became a supergroup and so has another id."""
    chat = await unit.chats.get(old_chat_id)
    if chat is None:
        return
    await unit.outbox.follow_migration(old_chat_id, new_chat_id)
    await unit.journal.note("group_migrated", actor_id=None, facts={"from": old_chat_id, "to": new_chat_id})


async def _tell_secretariat(unit: Unit, facts: object) -> None:
    for secretary in await holders_of(unit, Act.LINK_GROUP):
        await tell(unit, secretary, facts)
