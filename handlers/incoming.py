"""What handlers read from an update."""

from typing import TypeVar

from telegram import Message, Update

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
    """Return the id of the message under which was pressed, where Telegram still gives it."""
    query = update.callback_query
    return query.message.message_id if query is not None and query.message is not None else None


def written(update: Update) -> Message:
    """Return the message that was written. Raises ``ValueError`` for an update without one."""
    if update.effective_message is None:
        raise ValueError("no message is in this update")
    return update.effective_message
