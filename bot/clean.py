"""What comes in, made fit to be worked with: text that can be stored and sent on, and names that are names."""

import re
from typing import Any

from telegram import Update

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, which PostgreSQL keeps in no text, and halves of a character, which no encoding holds; JSON can bring both."""


def clean(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return ``value``, as read from JSON, with U+FFFD for each unusable character: offsets in a text stay right."""
    if isinstance(value, str):
        return _UNUSABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {name: clean(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [clean(inner) for inner in value]
    return value


def check_names(update: Update) -> Update:
    """Return ``update``, unless something in it has no proper name: python-telegram-bot takes any JSON for one.

    Raises ``ValueError`` for one that Telegram cannot have sent. Everything else in it is checked by whoever uses it.
    """
    person, chat, message = update.effective_user, update.effective_chat, update.effective_message
    query, change = update.callback_query, update.my_chat_member
    if (message is not None or change is not None) and chat is None:
        raise ValueError("this is in no chat")
    if change is not None and change.new_chat_member is None:
        raise ValueError("this changes nothing")
    if query is not None and not isinstance(query.id, str):
        raise ValueError("this press cannot be answered")
    for number in (person and person.id, chat and chat.id, message and message.message_id):
        if number is not None and (type(number) is not int or abs(number) >= _NUMBERS):
            raise ValueError("this is no id")
    return update


_NUMBERS = 2**63
"""Numbers from here on do not fit into a column."""
