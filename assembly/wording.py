"""Texts that people write: cleaned and measured before they are stored."""

import unicodedata

from assembly.errors import TextMissing, TextTooLong


def utf16_length(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units: what Telegram counts."""
    return len(text) + sum(char > "\uffff" for char in text)


def written_text(text: str, limit: int) -> str:
    """Return ``text`` without control characters, its line breaks kept.

    Raises ``TextMissing`` where nothing can be seen, and ``TextTooLong`` beyond ``limit`` UTF-16 units.
    """
    return _checked("\n".join(_visible(line).rstrip() for line in text.splitlines()).strip(), limit)


def written_line(text: str, limit: int) -> str:
    """Return ``text`` on one line, as a title or a place must be; raises as ``written_text`` does."""
    return _checked(" ".join(_visible(text.replace("\n", " ")).split()), limit)


def _visible(text: str) -> str:
    """Drop characters that nobody sees: a NUL cannot be stored, and direction marks can turn a sentence around."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        " " if char.isspace() else char
        for char in composed
        if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs"} or char == "\N{ZERO WIDTH JOINER}"
    )


def _checked(text: str, limit: int) -> str:
    if not any(unicodedata.category(char)[0] not in {"C", "Z"} for char in text):
        raise TextMissing
    if utf16_length(text) > limit:
        raise TextTooLong(utf16_length(text), limit)
    return text
