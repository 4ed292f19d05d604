"""The papers (bijlagen) of an assembly: their number and title, read from a caption or a file name.

A paper's number is text, because associations write "4", "4a", "5.1", "B" and "III".
"""

import re
from enum import StrEnum
from pathlib import PurePath

from assembly.errors import FileRefused, PaperNumberNotUnderstood
from assembly.wording import visible

TITLE_LIMIT = 200


class SetForm(StrEnum):
    """How all papers come in one file."""

    ZIP = "zip"
    PDF = "pdf"


PROGRAMS = frozenset(
    "apk app bat bin cmd com cpl dll dmg exe hta iso jar js jse lnk msi ps1 reg scr sh vbe vbs wsf".split()  # noqa: SIM905 - a list of words
)
"""Endings of files that run something: no paper is one."""

NUMBER = r"(?:0*[1-9]\d{0,2}(?!\d)(?:\.[1-9]\d?(?!\d))?[a-z]?|(?-i:[IVX]{2,4}|[A-Z]))(?![^\W_])"
"""A paper's number within a pattern that ignores case; a letter by itself is a capital, or "o" would be one."""

_NAMED = re.compile(
    rf"(?<![a-z])(?:bijlagenummer|bijlagenr|bijlage|bijl)\.?[\s_-]*(?:nr\.?|nummer|no\.)?[\s_-]*({NUMBER})",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^\s*(?:(0*[1-9]\d{0,2}[a-z]?)(?=\s*$|[.):_\s–-]+(?!\d))|([A-Z])(?=[.):]\s))", re.IGNORECASE)
_WHOLE = re.compile(rf"\s*(?:bijlage\s+)?({NUMBER})\s*\.?\s*", re.IGNORECASE)
_PARTS = re.compile(r"(\d*)(?:\.(\d+))?(.*)")
_AROUND = " \t\n.,:;)(_–—-"


def check_paper(name: str, size: int) -> None:
    """Refuse an empty file and a program. ``size`` in bytes."""
    if not size:
        raise FileRefused("empty")
    if PurePath(name).suffix.lower().lstrip(".") in PROGRAMS:
        raise FileRefused("program")


def paper_number(caption: str, name: str) -> str | None:
    """Return the number in the caption, or else in the file's name: "bijlage 4", "Bijlage_4a.pdf", "4. Voorstel.pdf".

    ``None`` where neither has one: a guess would put the paper under the wrong item.
    """
    for text in (caption, PurePath(name).stem):
        found = _NAMED.search(text) or _LEADING.match(text)
        if found:
            return as_number(found[1] or found[2])
    return None


def written_number(text: str) -> str:
    """Read the number that somebody typed: "4", "bijlage 4a", "b". Raises ``PaperNumberNotUnderstood``."""
    found = _WHOLE.fullmatch(text if len(text.strip()) > 1 else text.upper())
    if found is None:
        raise PaperNumberNotUnderstood(text)
    return as_number(found[1])


def is_number(text: str) -> bool:
    """Whether ``text`` is a paper's number in the way in which it is kept."""
    found = _WHOLE.fullmatch(text)
    return found is not None and as_number(found[1]) == text


def as_number(text: str) -> str:
    """Return a number in the one way in which it is kept: without leading zeros, "4a" small and "B" a capital."""
    number = text.lstrip("0")
    return number.lower() if number[:1].isdigit() else number.upper()


def paper_order(number: str) -> tuple[bool, int, int, str]:
    """Return by what numbers are sorted: "2", "4", "4a", "5.1", "10", "A"."""
    found = _PARTS.fullmatch(number)
    first, second, rest = found.groups() if found else ("", "", number)
    return not first, int(first or 0), int(second or 0), rest


def paper_title(caption: str, name: str) -> str:
    """Return what the paper is called: the rest of the caption, else the rest of the file's name; may be empty."""
    for text in (caption, PurePath(name).stem.replace("_", " ")):
        found = _NAMED.search(text) or _LEADING.match(text)
        rest = text[: found.start()] + " " + text[found.end() :] if found else text
        title = " ".join(visible(rest).split()).strip(_AROUND)
        if title:
            title = title[:1].upper() + title[1:]
            return title if len(title) <= TITLE_LIMIT else title[: TITLE_LIMIT - 1].rstrip() + "…"
    return ""
