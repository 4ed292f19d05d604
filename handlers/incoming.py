"""What handlers read from an update."""

from typing import TypeVar

from telegram import Message, Update

from screens.presses import Press
from screens.texts import escape

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


def formatted(message: Message) -> str:
    """Return the text or caption of a message as HTML; without its formatting where that does not fit the words."""
    try:
        return message.text_html or message.caption_html or ""
    except Exception:  # noqa: BLE001 - whatever PTB makes of places beyond the text, or of a link without an address
        return escape(message.text or message.caption or "")
