"""What a dead letter keeps of an update: its shape, which shows what went wrong, and nobody's words.

Words are names and texts, but also a link or a code, which opens an account, and a ballot with its buttons, which tells
what was voted.
"""

import re
from typing import Any

HIDDEN = "…"

_PLAIN = frozenset({"type", "status", "mime_type"})
"""Fields that hold words of the Bot API."""

_NUMBER = re.compile(r"-?[0-9]{1,20}")
_BUTTON = re.compile(r"\d:[a-z]{1,8}:")
_BEGINNINGS = {"data": _BUTTON, "callback_data": _BUTTON, "text": re.compile(r"/[A-Za-z0-9_]{1,32} ")}
"""What says which button it was, in front of what was chosen, and which command, in front of what a link says."""


def without_words(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the update with its numbers, and of each text only which button or which command it was."""
    kept: dict[str, Any] = _hidden(raw)
    return kept


def _hidden(value: Any, name: str = "") -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, dict):
        return {inner: _hidden(part, inner) for inner, part in value.items()}
    if isinstance(value, list):
        return [_hidden(part, name) for part in value]
    return _text(value, name) if isinstance(value, str) else value


def _text(value: str, name: str) -> str:
    if name in _PLAIN:
        return value[:32]
    if name.endswith("id") and _NUMBER.fullmatch(value):
        return value
    beginning = _BEGINNINGS[name].match(value) if name in _BEGINNINGS else None
    return (beginning[0] if beginning else "") + HIDDEN
