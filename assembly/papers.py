"""The papers (bijlagen) of an assembly: their number and title, read from a caption or a file name."""

import re
from pathlib import PurePath

from assembly.errors import FileRefused
from assembly.wording import visible

MAXIMUM_NUMBER = 999
TITLE_LIMIT = 200

PROGRAMS = frozenset(
    "apk app bat bin cmd com cpl dll dmg exe hta iso jar js jse lnk msi ps1 reg scr sh vbe vbs wsf".split()  # noqa: SIM905 - a list of words
)
"""Endings of files that run something: no paper is one."""

_NAMED = re.compile(
    r"(?<![a-z])(?:bijlage|bijl|bijlagenr)\.?[\s_-]*(?:nr\.?|nummer)?[\s_-]*(\d{1,3})(?!\d)", re.IGNORECASE
)
_LEADING = re.compile(r"^\s*(\d{1,3})(?=\s*$|[.):_\s–-]+(?!\d))")
_AROUND = " \t\n.,:;)(_–—-"


def check_paper(name: str, size: int) -> None:
    """Refuse an empty file and a program. ``size`` in bytes."""
    if not size:
        raise FileRefused("empty")
    if PurePath(name).suffix.lower().lstrip(".") in PROGRAMS:
        raise FileRefused("program")


def paper_number(caption: str, name: str) -> int:
    """Return the number in the caption, or else in the file's name: "bijlage 4", "Bijlage_4.pdf", "4. Voorstel.pdf".

    Refuses with ``FileRefused("number")`` where neither has one.
    """
    for text in (caption, PurePath(name).stem):
        found = _NAMED.search(text) or _LEADING.match(text)
        if found and 1 <= int(found[1]) <= MAXIMUM_NUMBER:
            return int(found[1])
    raise FileRefused("number")


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
