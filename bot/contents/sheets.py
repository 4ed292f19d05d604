"""The rows of a register file, whichever of the two kinds it is."""

from assembly.errors import FileRefused
from assembly.register_file import has_member_column
from assembly.tables import Row, read_csv
from bot.contents.container import WORKBOOK, check_container, is_container

OUTPUT_LIMIT = 10_000_000
"""Characters of all cells together."""


def rows(content: bytes) -> tuple[Row, ...]:
    """Return the rows of CSV or XLSX. Raises ``FileRefused``."""
    if is_container(content):
        check_container(content, WORKBOOK)
        from bot.contents.workbook import read_workbook  # noqa: PLC0415 - half of the start, and CSV needs none of it

        found = read_workbook(content, has_member_column)
    else:
        found = read_csv(content)
    if sum(len(cell) for row in found for cell in row.cells) > OUTPUT_LIMIT:
        raise FileRefused("unpacked")
    return found
