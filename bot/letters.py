"""What a dead letter keeps of an update: enough to see what went wrong, and nothing that opens or reveals anything."""

import re
from typing import Any

HIDDEN = "…"
_KIND = re.compile(r"\d:[a-z]{1,8}:")
"""What says which button it was, in front of what was chosen."""

_CODE = re.compile(r"[0-9]{3} ?[0-9]{3}|[a-z2-7]{4}(-?[a-z2-7]{4}){3}", re.IGNORECASE)
"""A code of the second factor, or a recovery code."""


def without_secrets(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the update without what was chosen by a button and without what a link says.

    Of a button the kind stays ("1:c:…") and of a command its name ("/start …"), and of a typed code nothing: a link or
    a code opens an account, a choice is a vote.
    """
    kept: dict[str, Any] = _hidden(raw)
    return kept


def _hidden(value: Any, name: str = "") -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, dict):
        return {inner: _hidden(part, inner) for inner, part in value.items()}
    if isinstance(value, list):
        return [_hidden(part, name) for part in value]
    if not isinstance(value, str):
        return value
    if name in {"data", "callback_data"}:
        kind = _KIND.match(value)
        return (kind[0] if kind else "") + HIDDEN
    return _text(value) if name == "text" else value


def _text(value: str) -> str:
    if value.startswith("/"):
        return f"{value.split(maxsplit=1)[0][:32]} {HIDDEN}"
    return HIDDEN if _CODE.fullmatch(value.strip()) else value
