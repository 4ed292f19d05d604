"""Tables as people send them: rows of text, each with the number that a spreadsheet gives it. CSV is read here."""

import csv
import io
import re
from dataclasses import dataclass

from assembly.encodings import decoded
from assembly.errors import FileRefused

MAXIMUM_BYTES = 2_000_000
MAXIMUM_ROWS = 2_000
MAXIMUM_COLUMNS = 100
HEADER_WITHIN = 20
"""Rows from the top among which the names of the columns stand; a title may come before them."""

CELL_LIMIT = 1_000
"""Characters of a cell that are read: more than any column takes, so that a longer text is seen to be too long."""


@dataclass(frozen=True)
class Row:
    """A row with its number in the spreadsheet, where the first is 1.

    ``unsafe`` names a cell ("C5") that is not what it shows: it holds a formula, or the error that one left behind.
    """

    number: int
    cells: tuple[str, ...]
    unsafe: str | None = None


def column_letters(index: int) -> str:
    """Return a column's name in a spreadsheet: 0 is "A", 26 is "AA"."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_csv(content: bytes) -> tuple[Row, ...]:
    """Read CSV in UTF-8 or Windows-1252, with semicolons, commas or tabs between the columns; empty rows are left out.

    A cell that a spreadsheet would run as a formula is ``unsafe``. Raises ``FileRefused`` for what is no such table:
    binary, in another encoding, with a quotation mark that is never closed, with too many rows, or empty.
    """
    text = decoded(content)
    if text.count('"') % 2:  # it would draw the rows after it into one cell
        raise FileRefused("quotes")
    first, _, rest = text.partition("\n")
    hint = re.fullmatch(r"sep=([;,\t])\r?", first, re.IGNORECASE)
    if hint:  # a line for Excel; it is no row, but Excel counts none for it either
        text = rest
    filled = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = hint[1] if hint else max(";,\t", key=filled.count)
    rows: list[Row] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            if not any(cell.strip() for cell in cells):
                continue
            if len(rows) > MAXIMUM_ROWS:
                raise FileRefused("rows", str(MAXIMUM_ROWS))
            rows.append(_row(number, cells[:MAXIMUM_COLUMNS]))
    except csv.Error as error:
        raise FileRefused("type") from error
    if not rows:
        raise FileRefused("empty")
    return tuple(rows)


def _row(number: int, cells: list[str]) -> Row:
    formula = next((index for index, cell in enumerate(cells) if cell.lstrip().startswith("=")), None)
    unsafe = None if formula is None else f"{column_letters(formula)}{number}"
    return Row(number, tuple(cell[:CELL_LIMIT] for cell in cells), unsafe)
