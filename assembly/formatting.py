"""Text with its formatting, exactly as Telegram has it: entities count in UTF-16 units."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assembly.wording import utf16_length

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that change the direction in which one reads."""

_BREAKS = ("\n\n", "\n", " ")
"""Where a long text is best cut, the best first."""


@dataclass(frozen=True)
class Entity:
    """A stretch of formatting. ``kind`` is Telegram's word.

    ``value`` is what a kind needs: the address of a link, the language of a program, the id of a person or of an emoji,
    a moment in Unix time; ``form`` how that moment is written.
    """

    kind: str
    offset: int
    length: int
    value: str = ""
    form: str = ""


@dataclass(frozen=True)
class Formatted:
    """A text with its entities."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    @property
    def length(self) -> int:
        """UTF-16 units."""
        return utf16_length(self.text)


def harmless(given: Formatted) -> Formatted:
    """Return ``given`` with each character in its place, except those that can be nowhere.

    No database holds a NUL or half of a pair, and a mark of direction turns around what stands behind it. Formatting
    that lies outside of the text goes.
    """
    text = "".join(_harmless(char) for char in given.text)
    length = utf16_length(text)
    inside = (e for e in given.entities if 0 <= e.offset < e.offset + e.length <= length)
    return Formatted(text, tuple(inside))


def _harmless(char: str) -> str:
    if char == "\0" or "\ud800" <= char <= "\udfff":
        return "\N{REPLACEMENT CHARACTER}"
    return "\N{WORD JOINER}" if char in _TURNING else char


def joined(*parts: Formatted) -> Formatted:
    """Return ``parts`` one behind the other."""
    text, entities = "", []
    for part in parts:
        start = utf16_length(text)
        entities += [replace(entity, offset=entity.offset + start) for entity in part.entities]
        text += part.text
    return Formatted(text, tuple(entities))


def pieces(whole: Formatted, limit: int) -> tuple[Formatted, ...]:
    """Cut a text into pieces of at most ``limit`` UTF-16 units, between paragraphs, lines or words where that can be.

    Formatting that runs over a cut goes on in the next piece. A piece of which nothing could be seen is left out.
    """
    units = whole.text.encode("utf-16-le")
    found, start, end = [], 0, len(units) // 2
    while end - start > limit:
        stop, after = _cut(units, start, limit)
        found.append(_between(whole, units, start, stop))
        start = after
    found.append(_between(whole, units, start, end))
    return tuple(piece for piece in found if piece.text.strip())


def _cut(units: bytes, start: int, limit: int) -> tuple[int, int]:
    """Return where a piece that begins at ``start`` ends, and where the next one begins."""
    window = _text(units, start, start + limit)
    for gap in _BREAKS:
        place = window.rfind(gap)
        if place >= len(window) // 2:
            stop = start + utf16_length(window[:place])
            return stop, stop + len(gap)
    stop = start + utf16_length(window)
    return stop, stop


def _between(whole: Formatted, units: bytes, start: int, stop: int) -> Formatted:
    return Formatted(_text(units, start, stop), _clipped(whole.entities, start, stop))


def _clipped(entities: Sequence[Entity], start: int, stop: int) -> tuple[Entity, ...]:
    inside = ((max(e.offset, start), min(e.offset + e.length, stop), e) for e in entities)
    return tuple(replace(e, offset=first - start, length=last - first) for first, last, e in inside if first < last)


def _text(units: bytes, start: int, stop: int) -> str:
    """Return the text between two places; a pair that the end would cut in two is left to what follows."""
    return units[2 * start : 2 * stop].decode("utf-16-le", errors="ignore")
