"""Reading an update as it came: the one place where people's words come in.

Telegram checks what it hands on, so little of this is ever needed. But what gets past here is stored, sent on and
relied upon, and an update that breaks the process would break it again each time that it is delivered.
"""

import re
from typing import Any

from telegram import Bot, CallbackQuery, Chat, InaccessibleMessage, Update, User

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""What PostgreSQL refuses in a text, and halves of characters, which cannot be written as UTF-8."""

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""As long in UTF-16 as what it replaces, so that formatting stays where it was."""

_NUMBERS = range(-(2**63), 2**63)
"""What a column holds; Telegram's own numbers have 52 bits."""


def read(raw: dict[str, Any], bot: Bot) -> Update:
    """Return the update in ``raw``. Raises what PTB makes of one that it cannot parse, ``TypeError`` or ``ValueError``.

    Texts come out without what cannot be stored. Of a press only who, what and where comes along: it counts whatever
    the message looks like that hangs above the button, and nothing of that is believed.
    """
    query = raw.get("callback_query")
    if isinstance(query, dict):
        update = Update(_storable(raw["update_id"]), callback_query=_press(query, bot))
    else:
        update = Update.de_json(_storable(raw), bot)
    _check_names(update)
    return update


def _check_names(update: Update) -> None:
    """Refuse an update without what decides whose it is: PTB takes any type, and nothing for an empty object."""
    change = update.my_chat_member
    message = update.effective_message if update.callback_query is None else None  # PTB warns of one that is not shown
    needed: list[object] = []
    if change is not None:
        needed += [change.chat, change.from_user, change.new_chat_member]
    if message is not None:
        needed += [message.chat]
    owners = [owner.id for owner in (update.effective_user, update.effective_chat) if owner is not None]
    if any(part is None for part in needed) or not _is_number(*owners):
        raise TypeError("somebody or something has no name, or one of another type")


def _storable(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return ``value`` with texts that can be stored. Raises ``ValueError`` where a number cannot."""
    if isinstance(value, str):
        return _UNSTORABLE.sub(_REPLACEMENT, value)
    if isinstance(value, dict):
        return {name: _storable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    if isinstance(value, int) and value not in _NUMBERS:
        raise ValueError("a number is larger than any of Telegram's")
    return value


def _press(query: dict[str, Any], bot: Bot) -> CallbackQuery:
    """Return a press with nothing but what decides what comes of it.

    PTB is given the parts: it reads the message at length, which takes longer than everything else that is read.
    """
    kinds = {"id": str, "from": dict, "data": str}
    parts = _storable({name: query[name] for name, kind in kinds.items() if isinstance(query.get(name), kind)})
    whose = User.de_json(parts.pop("from", {}), bot)
    press = CallbackQuery(from_user=whose, chat_instance="", message=_place(query.get("message")), **parts)
    press.set_bot(bot)
    return press


def _place(message: Any) -> InaccessibleMessage | None:  # noqa: ANN401 - any JSON
    """Return a message as Telegram gives one that it no longer shows: its number and its chat."""
    match message:
        case {"message_id": number, "chat": {"id": chat_id, "type": str(kind)}} if _is_number(number, chat_id):
            return InaccessibleMessage(Chat(chat_id, _storable(kind)), number)
    return None


def _is_number(*values: Any) -> bool:  # noqa: ANN401 - any JSON
    return all(type(value) is int and value in _NUMBERS for value in values)
