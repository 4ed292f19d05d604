"""All papers in one file: a ZIP, and the front page of a PDF in which they are bound."""

import json
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC
from io import BytesIO
from pathlib import Path, PurePath

import typst

from assembly.association import Association
from assembly.facts.convening import PaperFile, PaperSet
from records.registry import Record
from screens.catalogue import gettext as _
from screens.texts import clean_name, clip, long_date
from screens.words import rehearsal_words

TEMPLATE = Path(__file__).parent / "paper_sets.typ"
NAME_LIMIT = 120
TITLE_LIMIT = 160
_PAGE = re.compile(rb"/Type\s*/Page\b")
"""How a page begins in what typst writes."""

_UNUSABLE = str.maketrans(dict.fromkeys('\\/:*?"<>|', "-"))
"""What some system takes for something else in the name of a file."""


def zipped(facts: PaperSet) -> Record:
    """Put all papers into one ZIP, by number, each under a name that every system takes.

    They are not packed smaller: PDFs and Office files are so already. The same papers give the same bytes.
    """
    buffer = BytesIO()
    used: set[str] = set()
    moment = facts.starts_at.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for paper in facts.papers:
            name = _unused(file_name(paper), used)
            archive.writestr(zipfile.ZipInfo(name, moment), paper.content)
    return Record(f"{_set_name(facts)}.zip", "application/zip", buffer.getvalue(), facts.key)


def bound(facts: PaperSet, content: bytes) -> Record:
    """Return the bound PDF under its name."""
    return Record(f"{_set_name(facts)}.pdf", "application/pdf", content, facts.key)


def front_page(
    facts: PaperSet, pages: Sequence[int | None], association: Association
) -> tuple[bytes, list[tuple[PaperFile, int]]]:
    """Typeset the front page, and return it with the bound papers and the page on which each begins, from 1.

    ``pages``: how many pages each paper has, ``None`` for one that cannot be bound. All that is not in it is named.
    The list may take several pages itself, so it is set until its own length is what it counts with.
    """
    length = 1
    while True:
        front = _set_page(facts, pages, length, association)
        taken = len(_PAGE.findall(front))
        if taken == length:
            return front, _starts(facts, pages, length)
        length = taken


def file_name(paper: PaperFile) -> str:
    """Return the name under which a paper is put into a ZIP: "Bijlage 4a - Begroting (versie 2).pdf"."""
    name = _("Paper {number}").format(number=paper.number)
    if paper.title:
        name += f" - {paper.title}"
    if paper.version > 1:
        name += " " + _("(version {version})").format(version=paper.version)
    stem = clean_name(name.translate(_UNUSABLE), NAME_LIMIT).rstrip(". ")
    return stem + PurePath(paper.name).suffix.lower().translate(_UNUSABLE)


def paper_label(number: str, version: int, title: str) -> str:
    """Name a paper as in a list: "Bijlage 4 – Begroting (versie 2)"."""
    text = _("Paper {number}").format(number=number)
    text += f" – {clip(title, TITLE_LIMIT)}" if title else ""
    return text + (" " + _("(version {version})").format(version=version) if version > 1 else "")


def _unused(name: str, used: set[str]) -> str:
    path, count = PurePath(name), 1
    while name.casefold() in used:
        count += 1
        name = f"{path.stem} ({count}){path.suffix}"
    used.add(name.casefold())
    return name


def _set_name(facts: PaperSet) -> str:
    title = clean_name(facts.title.translate(_UNUSABLE), NAME_LIMIT).rstrip(". ")
    return _("Papers {title}").format(title=title)


def _starts(facts: PaperSet, pages: Sequence[int | None], before: int) -> list[tuple[PaperFile, int]]:
    """Return the papers that are bound, each with the page on which it begins, behind ``before`` pages."""
    starts, at = [], before + 1
    for paper, count in zip(facts.papers, pages, strict=True):
        if count is not None:
            starts.append((paper, at))
            at += count
    return starts


def _set_page(facts: PaperSet, pages: Sequence[int | None], before: int, association: Association) -> bytes:
    unbound = [paper for paper, count in zip(facts.papers, pages, strict=True) if count is None]
    data = {
        "association": association.name,
        "title": facts.title,
        "date": long_date(facts.starts_at, association),
        "heading": rehearsal_words() if association.rehearsal else _("Papers"),
        "page": _("page"),
        "papers": [
            {"label": paper_label(paper.number, paper.version, paper.title), "page": str(start)}
            for paper, start in _starts(facts, pages, before)
        ],
        "missing": _("Not in this PDF"),
        "why": _("These are no PDF, or are protected. You find them in the chat with /stukken, and in the ZIP."),
        "others": [
            paper_label(number, version, title)
            for number, version, title in (*((p.number, p.version, p.title) for p in unbound), *facts.left_out)
        ],
    }
    fonts = typst.Fonts(include_system_fonts=False)
    return bytes(typst.compile(TEMPLATE, font_paths=fonts, sys_inputs={"set": json.dumps(data)}))
