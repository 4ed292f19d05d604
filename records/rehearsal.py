"""What marks the files of a rehearsal: on every page of a PDF, on every tab of a workbook."""

import io
import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import typst
from openpyxl import load_workbook
from pypdf import PageObject, PdfReader, PdfWriter

from assembly.association import Association
from records.registry import Record
from records.workbooks import MIME_TYPE as WORKBOOK
from screens.catalogue import gettext as _
from screens.words import rehearsal_words

TEMPLATE = Path(__file__).parent / "rehearsal.typ"

TAB_LENGTH = 31
"""Characters of the name of a tab at most: Excel refuses more."""


def rehearsed(record: Record, association: Association) -> Record:
    """Return a file as a rehearsal hands it out; where none is played, as it is. It must be one that was made here."""
    if not association.rehearsal:
        return record
    match record.mime_type:
        case "application/pdf":
            return replace(record, content=_stamped(record.content))
        case kind if kind == WORKBOOK:
            return replace(record, content=_tabbed(record.content))
        case _:
            return record


def _stamped(content: bytes) -> bytes:
    """Lay the heading over every page."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for page in writer.pages:
        page.merge_page(_overlay(round(float(page.mediabox.width)), round(float(page.mediabox.height))))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _overlay(width: int, height: int) -> PageObject:
    return PdfReader(io.BytesIO(_drawn(width, height))).pages[0]


@lru_cache(maxsize=4)
def _drawn(width: int, height: int) -> bytes:
    """Typeset what is laid over pages of this size, in points."""
    data = {"width": width, "height": height, "words": rehearsal_words(), "short": _("DRESS REHEARSAL")}
    fonts = typst.Fonts(include_system_fonts=False)
    return bytes(typst.compile(TEMPLATE, font_paths=fonts, sys_inputs={"page": json.dumps(data)}))


def _tabbed(content: bytes) -> bytes:
    """Say it on every tab; the rows stay where they are, so that the file can be read in as ever."""
    book, said = load_workbook(io.BytesIO(content)), _("REHEARSAL")
    for sheet in book.worksheets:
        sheet.title = f"{said} {sheet.title}"[:TAB_LENGTH]
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
