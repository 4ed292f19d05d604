"""The rows of a workbook (XLSX), as text."""

import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from assembly.errors import FileRefused
from assembly.tables import CELL_LIMIT, HEADER_WITHIN, MAXIMUM_COLUMNS, MAXIMUM_ROWS, Row, column_letters

MAXIMUM_SHEETS = 50
LAST_ROW = 1_048_576
"""A sheet has no more rows than this; what numbers them higher is no sheet."""

_UNSAFE = {"f", "e"}
"""openpyxl's names for a formula, and for the error that one left behind."""


def read_workbook(content: bytes, is_header: Callable[[Sequence[str]], bool]) -> tuple[Row, ...]:
    """Return the rows that are not empty, of the one visible sheet with a header near its top.

    Hidden sheets are read past: what nobody saw in the file must not come into the register. Raises ``FileRefused``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about fonts and the like, which do not matter here
            return _rows_of(content, is_header)
    except (FileRefused, MemoryError):
        raise
    except Exception as error:  # a broken file makes openpyxl fail in any way
        raise FileRefused("broken") from error


def _rows_of(content: bytes, is_header: Callable[[Sequence[str]], bool]) -> tuple[Row, ...]:
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    if len(book.sheetnames) > MAXIMUM_SHEETS:
        raise FileRefused("sheets", str(MAXIMUM_SHEETS))
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    found = [sheet for sheet in visible if any(is_header(row.cells) for row in islice(_rows(sheet), HEADER_WITHIN))]
    if not found:
        return ()
    if len(found) > 1:
        raise FileRefused("tables", ", ".join(str(sheet.title) for sheet in found))
    rows = tuple(islice(_rows(found[0]), MAXIMUM_ROWS + 2))
    if len(rows) > MAXIMUM_ROWS + 1:
        raise FileRefused("rows", str(MAXIMUM_ROWS))
    return rows


def _rows(sheet: Any) -> Iterator[Row]:  # noqa: ANN401 - openpyxl has no types
    sheet.reset_dimensions()  # what the sheet says of its own size may be anything
    for number, row in enumerate(islice(sheet.iter_rows(), LAST_ROW), start=1):
        cells = row[:MAXIMUM_COLUMNS]
        unsafe = next((at for at, cell in enumerate(cells) if cell.value is not None and _is_unsafe(cell)), None)
        texts = [_text(cell.value)[:CELL_LIMIT] for cell in cells]
        while texts and not texts[-1].strip():
            texts.pop()
        if texts or unsafe is not None:
            yield Row(number, tuple(texts), None if unsafe is None else f"{column_letters(unsafe)}{number}")


def _is_unsafe(cell: Any) -> bool:  # noqa: ANN401 - openpyxl has no types
    return cell.data_type in _UNSAFE


def _text(value: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    """Write a cell as people would: a date as day-month-year, a number whole where it is, otherwise with a comma."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y}" if value.time() == time.min else value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    return str(value)
