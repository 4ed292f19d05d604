"""Workbooks as people make them, and as somebody makes them who means harm."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

HEADER = ("lid", "code", "inwoners", "stemmen", "vanaf", "tot", "naam", "functie", "rol", "e-mail")
SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: Sequence[Any], title: str = "Leden") -> Workbook:
    """Make a workbook with one sheet, a header and rows."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in (HEADER, *rows):
        sheet.append(row)
    return book


def saved(book: Workbook) -> bytes:
    """Return the workbook's bytes."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def patched(content: bytes, parts: Mapping[str, bytes | None], *, compressed: bool = True) -> bytes:
    """Return the workbook with parts replaced or added, or taken away where they are ``None``."""
    method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", method) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return buffer.getvalue()


def sheet_of(xml_rows: str) -> bytes:
    """Return a sheet with these rows in XML under the header."""
    header = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in HEADER)
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"<row>{header}</row>{xml_rows}</sheetData></worksheet>"
    ).encode()
