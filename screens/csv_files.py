"""CSV files that a Dutch spreadsheet opens as columns."""

import csv
import io


def csv_file(rows: list[list[str]]) -> bytes:
    """Return ``rows`` as CSV that a Dutch spreadsheet opens as columns: semicolons, and a mark that it is UTF-8."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode("utf-8-sig")


def plain_cell(text: str) -> str:
    """Keep a spreadsheet from reading a name as a formula."""
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) else text
