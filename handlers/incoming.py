"""What handlers read from an update."""

from collections.abc import Sequence
from typing import TypeVar

from telegram import Message, MessageEntity, Update

from assembly.formatting import Entity
from screens.presses import Press

P = TypeVar("P", bound=Press)


def sender(update: Update) -> int:
    """Return the Telegram id of whoever wrote or pressed. Raises ``ValueError`` for an update without a person."""
    if update.effective_user is None:
        raise ValueError("no person is behind this update")
    return update.effective_user.id


def pressed(kind: type[P], update: Update) -> P:
    """Return the press. Raises ``BadPress`` where the data is not of this kind."""
    return kind.decode(update.callback_query.data if update.callback_query else None)


def pressed_message(update: Update) -> int | None:
    """Return the id of the message under which was pressed, where that is in the presser's chat with the bot.

    Anywhere else, in a group or under a message that somebody shared, the number would name another message here.
    """
    query = update.callback_query
    if query is None or query.message is None or query.message.chat.id != query.from_user.id:
        return None
    return query.message.message_id


def written(update: Update) -> Message:
    """Return the message that was written. Raises ``ValueError`` for an update without one."""
    if update.effective_message is None:
        raise ValueError("no message is in this update")
    return update.effective_message


def formatting(entities: Sequence[MessageEntity] | None) -> tuple[Entity, ...]:
    """Return the formatting that people gave a text; links, commands and the like Telegram finds again by itself."""
    return tuple(
        Entity(entity.type, entity.offset, entity.length, *_value(entity))
        for entity in entities or ()
        if entity.type in _KEPT and (entity.type not in _VALUED or _value(entity)[0])
    )


_KEPT = frozenset(
    {
        MessageEntity.BOLD,
        MessageEntity.ITALIC,
        MessageEntity.UNDERLINE,
        MessageEntity.STRIKETHROUGH,
        MessageEntity.SPOILER,
        MessageEntity.BLOCKQUOTE,
        MessageEntity.EXPANDABLE_BLOCKQUOTE,
        MessageEntity.CODE,
        MessageEntity.PRE,
        MessageEntity.TEXT_LINK,
        MessageEntity.TEXT_MENTION,
        MessageEntity.CUSTOM_EMOJI,
        MessageEntity.DATE_TIME,
    }
)


_VALUED = frozenset(
    {MessageEntity.TEXT_LINK, MessageEntity.TEXT_MENTION, MessageEntity.CUSTOM_EMOJI, MessageEntity.DATE_TIME}
)
"""The kinds that mean nothing without what they point at."""


def _value(entity: MessageEntity) -> tuple[str, str]:
    moment = "" if entity.unix_time is None else str(int(entity.unix_time.timestamp()))
    mentioned = "" if entity.user is None else str(entity.user.id)
    value = entity.url or entity.language or entity.custom_emoji_id or mentioned or moment
    return value, entity.date_time_format or ""
