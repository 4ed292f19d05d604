"""Writing workbooks (XLSX) in which everything is text, a whole number or a day, and nothing is ever a formula."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

MIME_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int | date | None

LAST_ROW = 2_001
"""The last row for which a choice is offered."""

NARROW, WIDE = 12, 60
_WIDTH_OF = 100
"""Rows that are looked at for the width of a column."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sheet:
    """A sheet: its title, the names of its columns, and rows. ``choices`` are offered in a column, by its place."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook with ``sheets``, of which the first is shown."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write(into: Any, sheet: Sheet) -> None:  # noqa: ANN401 - openpyxl has no types
    for number, row in enumerate((sheet.header, *sheet.rows), start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                _fill(into.cell(number, column), value, bold=number == 1)
    into.freeze_panes = "A2"
    for column in range(1, len(sheet.header) + 1):
        texts = [str(row[column - 1] or "") for row in (sheet.header, *sheet.rows)[:_WIDTH_OF] if column <= len(row)]
        width = min(WIDE, max(NARROW, *(len(text) + 2 for text in texts)))
        into.column_dimensions[get_column_letter(column)].width = width
    for place, words in sheet.choices.items():
        validation = DataValidation("list", formula1='"' + ",".join(words) + '"', allow_blank=True)
        letter = get_column_letter(place + 1)
        validation.add(f"{letter}2:{letter}{LAST_ROW}")
        into.add_data_validation(validation)


def _fill(cell: Any, value: str | int | date, *, bold: bool) -> None:  # noqa: ANN401 - openpyxl has no types
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.value = text
        cell.data_type = "s"  # openpyxl would make a formula of what begins like one
        if text.startswith(_FORMULA):
            cell.quotePrefix = True  # so that it stays text when somebody edits the cell
        cell.alignment = Alignment(wrap_text=len(text) > WIDE, vertical="top")
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "DD-MM-YYYY"
    if bold:
        cell.font = Font(bold=True)
