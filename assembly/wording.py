"""Texts that people write: cleaned and measured before they are stored."""

import re
import unicodedata

from assembly.errors import TextMissing, TextTooLong

BLANK = frozenset("\N{BRAILLE PATTERN BLANK}\N{HANGUL FILLER}\N{HALFWIDTH HANGUL FILLER}\u115f\u1160")
"""Letters and symbols to Unicode that nobody can see."""

DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What turns the reading direction: with it a name could make "voor" read as if it stood behind another member."""


def utf16_length(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units: what Telegram counts."""
    return len(text) + sum(char > "\uffff" for char in text)


def written_text(text: str, limit: int) -> str:
    """Return ``text`` without control characters, its line breaks kept.

    Raises ``TextMissing`` where nothing can be seen, and ``TextTooLong`` beyond ``limit`` UTF-16 units.
    """
    return _checked("\n".join(visible(line).rstrip() for line in text.splitlines()).strip(), limit)


def written_line(text: str, limit: int) -> str:
    """Return ``text`` on one line, as a title or a place must be; raises as ``written_text`` does."""
    return _checked(" ".join(visible(text.replace("\n", " ")).split()), limit)


def visible(text: str) -> str:
    """Drop characters that nobody sees: a NUL cannot be stored, and direction marks can turn a sentence around.

    White space of any kind, line breaks too, becomes spaces.
    """
    composed = unicodedata.normalize("NFC", text)
    seen = (" " if char.isspace() or char in BLANK else char for char in composed)
    return "".join(
        char for char in seen if unicodedata.category(char) not in {"Cc", "Cf", "Cs"} or char == "\N{ZERO WIDTH JOINER}"
    )


def _checked(text: str, limit: int) -> str:
    if not any(unicodedata.category(char)[0] not in {"C", "Z"} for char in text):
        raise TextMissing
    if utf16_length(text) > limit:
        raise TextTooLong(utf16_length(text), limit)
    return text
