"""Documents as people send them: Word files and PDFs, made here."""

import io
from collections.abc import Sequence
from typing import Any

import docx
import typst
from pypdf import PdfReader, PdfWriter


def word(*lines: str, table: Sequence[Sequence[str]] = ()) -> bytes:
    """Make a DOCX of paragraphs, with a table behind them.

    A line may begin with the name of its style: "List Number|Opening", "Heading 1|Agenda".
    """
    document = docx.Document()
    for line in lines:
        style, _, text = line.rpartition("|")
        document.add_paragraph(text, style or None)
    if table:
        rows = document.add_table(rows=0, cols=len(table[0]))
        for cells in table:
            for cell, text in zip(rows.add_row().cells, cells, strict=True):
                cell.text = text
    return saved(document)


def saved(document: Any) -> bytes:  # noqa: ANN401 - python-docx's or pypdf's
    """Return the bytes of a document."""
    buffer = io.BytesIO()
    document.save(buffer) if hasattr(document, "save") else document.write(buffer)
    return buffer.getvalue()


def pdf(source: str, *, tall: str = "auto") -> bytes:
    """Make a PDF of typst's markup."""
    page = f"#set page(height: {tall})\n"
    return bytes(typst.compile((page + source).encode(), font_paths=typst.Fonts(include_system_fonts=False)))


def locked(content: bytes, *, to_read: str, to_change: str) -> bytes:
    """Return the PDF protected by passwords; with an empty one to read anybody may read it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt(to_read, to_change, algorithm="RC4-128")
    return saved(writer)


def blank(pages: int = 1) -> bytes:
    """Make a PDF of pages without text, as a scan without text recognition."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    return saved(writer)
