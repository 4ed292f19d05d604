"""What is kept of an update that could not be handled: its shape, and nobody's words.

Whoever looks after the program reads dead letters, and they stay. So they tell who sent what kind of thing and how it
was built, but not what somebody voted, wrote or was called, and no link with which somebody else could register. Who
wrote is asked to write again.
"""

import json
import re
from typing import Any

from screens.presses import Press

LEFT_OUT = "…"
DEEPEST = 20
"""Far deeper than Telegram nests anything; whoever does may want to exhaust the stack."""

_WORDS_OF_TELEGRAM = {"type", "status"}
_WORD = re.compile("[a-z_]{1,32}")


def kept_of(raw: object) -> str:
    """Return the JSON text to keep of an update: its names and whole numbers, and of a button what kind it is."""
    return json.dumps(_kept("", raw, 0))


def _kept(name: str, value: Any, depth: int) -> Any:  # noqa: ANN401 - any JSON
    if value is None or isinstance(value, int):
        return value
    if depth < DEEPEST and isinstance(value, dict):
        return {inner: _kept(inner, item, depth + 1) for inner, item in value.items()}
    if depth < DEEPEST and isinstance(value, list):
        return [_kept(name, item, depth + 1) for item in value]
    if isinstance(value, str):
        return _word(name, value)
    return LEFT_OUT  # a number with a fraction is where somebody is


def _word(name: str, value: str) -> str:
    kind = Press.kind_of(value) if name == "data" else None
    if kind is not None:
        return f"{kind.code}:{LEFT_OUT}"
    return value if name in _WORDS_OF_TELEGRAM and _WORD.fullmatch(value) else LEFT_OUT
