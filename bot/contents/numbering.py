"""The numbers and bullets that Word counts by itself: they stand nowhere in a document's text."""

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

_VALUE = qn("w:val")
_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 9
_HEADING = re.compile(r"(heading|kop)\s*\d", re.IGNORECASE)
_ROMANS = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbering:
    """Counts along while the paragraphs of a document are read in order."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401 - python-docx's
        self._styles = {
            style.get(qn("w:styleId")): style for style in document.styles.element.iterchildren(qn("w:style"))
        }
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        element = None if part is None else part.element
        self._levels: dict[str, dict[int, Any]] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[str, set[int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if element is not None:
            self._read(element)

    def mark(self, paragraph: Any) -> str:  # noqa: ANN401 - an element of lxml
        """Return what Word shows before the paragraph ("3.", "a)", "-"), and count it; "" where there is nothing.

        A number that does not repeat those above it becomes a bullet: only so can it be told from the upper level.
        """
        level, list_id = self._place(paragraph)
        kind = self._lists.get(list_id)
        described = self._levels.get(kind, {}).get(level) if kind is not None else None
        if kind is None or described is None:
            return ""
        form = _child(described, "w:numFmt") or "decimal"
        if form == "none":
            return ""
        counts = self._counts.setdefault(kind, {})
        if level in self._starts.get(list_id, set()):
            self._starts[list_id].discard(level)
            counts.pop(level, None)
        counts[level] = counts.get(level, int(_child(described, "w:start") or 1) - 1) + 1
        for deeper in range(level + 1, _DEEPEST):
            counts.pop(deeper, None)
        text = _child(described, "w:lvlText") or ""
        if form == "bullet" or (level and form == "decimal" and text.count("%") == 1):
            return "-"
        return _PLACE.sub(lambda found: self._written(kind, int(found[1]) - 1), text)

    def is_heading(self, paragraph: Any) -> bool:  # noqa: ANN401 - an element of lxml
        """Whether the paragraph has a heading's style."""
        return any(
            _HEADING.match(_child(style, "w:name")) or style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}") is not None
            for style in self._styles_of(paragraph)
        )

    def _read(self, element: Any) -> None:  # noqa: ANN401 - an element of lxml
        for kind in element.iterchildren(qn("w:abstractNum")):
            levels = kind.iterchildren(qn("w:lvl"))
            self._levels[kind.get(qn("w:abstractNumId"))] = {int(level.get(qn("w:ilvl"))): level for level in levels}
        for num in element.iterchildren(qn("w:num")):
            list_id = num.get(qn("w:numId"))
            self._lists[list_id] = _child(num, "w:abstractNumId")
            self._starts[list_id] = {
                int(override.get(qn("w:ilvl")))
                for override in num.iterchildren(qn("w:lvlOverride"))
                if override.find(qn("w:startOverride")) is not None
            }

    def _place(self, paragraph: Any) -> tuple[int, str]:  # noqa: ANN401 - an element of lxml
        """Return level and list of a paragraph, its own or those of its style; the list is "0" where it is in none."""
        level, list_id = None, None
        for described in (paragraph, *self._styles_of(paragraph)):
            properties = described.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if properties is not None:
                level = level or _child(properties, "w:ilvl")
                list_id = list_id or _child(properties, "w:numId")
        return int(level or 0), list_id or "0"

    def _styles_of(self, paragraph: Any) -> Iterator[Any]:  # noqa: ANN401 - an element of lxml
        """Yield the paragraph's style and those that it is based on; a circle ends."""
        properties = paragraph.find(qn("w:pPr"))
        name = _child(properties, "w:pStyle") if properties is not None else ""
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = _child(self._styles[name], "w:basedOn")

    def _written(self, kind: str, level: int) -> str:
        described = self._levels[kind].get(level)
        count = self._counts[kind].get(level, 1)
        form = "decimal" if described is None else _child(described, "w:numFmt")
        if form in {"lowerLetter", "upperLetter"}:
            letter = chr(ord("a") + (count - 1) % 26)
            return letter if form == "lowerLetter" else letter.upper()
        if form in {"lowerRoman", "upperRoman"}:
            return _roman(count) if form == "lowerRoman" else _roman(count).upper()
        return str(count)


def _child(element: Any, name: str) -> str:  # noqa: ANN401 - an element of lxml
    found = element.find(qn(name))
    return "" if found is None else str(found.get(_VALUE) or "")


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMANS:
        while number >= value:
            written, number = written + letters, number - value
    return written
