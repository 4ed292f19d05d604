"""Groups and channels: the bot comes, goes, or moves along."""

from telegram import Chat, ChatMember, Update

from handlers.context import AssemblyContext
from handlers.incoming import sender, written
from services import groups

_PRESENT = {ChatMember.MEMBER, ChatMember.ADMINISTRATOR}
_ABSENT = {ChatMember.LEFT, ChatMember.BANNED}


async def on_membership(update: Update, context: AssemblyContext) -> None:
    """Link a group that the bot was added to, and let go of one that it was taken out of."""
    change = update.my_chat_member
    if change is None or change.chat.type == Chat.PRIVATE:
        return
    if change.new_chat_member.status in _PRESENT:
        chat = change.chat
        await context.write(groups.join_group, sender(update), chat.id, chat.type, chat.title or "")
    elif change.new_chat_member.status in _ABSENT:
        await context.write(groups.leave_group, sender(update), change.chat.id)


async def on_migration(update: Update, context: AssemblyContext) -> None:
    """Go with a group that became a supergroup."""
    message = written(update)
    if message.migrate_to_chat_id is not None:
        await context.write(groups.follow_group, message.chat_id, message.migrate_to_chat_id)
