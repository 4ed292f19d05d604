"""The text of a Word document (DOCX) as its reader sees it: with the numbers that Word counts, and tables as rows."""

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from assembly.errors import FileRefused
from bot.contents.numbering import Numbering

_UNSEEN = {qn("w:moveFrom"), qn("w:del"), qn("w:txbxContent"), qn("w:pPr"), qn("w:rPr")}
"""What was taken out under tracked changes, and boxes beside the text, which come twice."""

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def document_text(content: bytes) -> str:
    """Return the text of a DOCX. Raises ``FileRefused``."""
    try:
        document = Document(io.BytesIO(content))
        return "\n".join(_lines(document.element.body, Numbering(document)))
    except MemoryError:
        raise
    except RecursionError as error:
        raise FileRefused("unpacked") from error
    except Exception as error:  # a broken file makes python-docx fail in any way
        raise FileRefused("broken") from error


def _lines(parent: Any, numbering: Numbering) -> Iterator[str]:  # noqa: ANN401 - an element of lxml
    """Yield the lines of all blocks in ``parent``, in order."""
    for block in parent:
        if block.tag == qn("w:p"):
            yield _paragraph(block, numbering)
            yield ""  # a paragraph ends here, while a line may go on
        elif block.tag == qn("w:tbl"):
            for row in block.iterchildren(qn("w:tr")):
                yield from _row(row, numbering)
        elif block.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")}:
            yield from _lines(block, numbering)


def _paragraph(paragraph: Any, numbering: Numbering) -> str:  # noqa: ANN401 - same
    """Return a paragraph behind its number or bullet; a heading without one is marked as Markdown does."""
    text = "".join(_words(paragraph)).strip("\n")
    mark = numbering.mark(paragraph)
    if not text.strip():
        return mark
    if mark:
        return f"{mark} {text}"
    return f"# {text}" if numbering.is_heading(paragraph) else text


def _words(parent: Any) -> Iterator[str]:  # noqa: ANN401 - same
    for child in parent:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag == qn("w:r") and _is_hidden(child):
            continue
        elif child.tag not in _UNSEEN and child.tag != _FALLBACK:
            yield from _words(child)


def _is_hidden(run: Any) -> bool:  # noqa: ANN401 - same
    vanish = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return vanish is not None and vanish.get(qn("w:val")) not in {"0", "false"}


def _row(row: Any, numbering: Numbering) -> Iterator[str]:  # noqa: ANN401 - same
    """Yield a row: the first lines of its cells with tabs between them, and below it what else they hold."""
    cells = [
        [line.replace("\t", " ") for text in _lines(cell, numbering) for line in text.split("\n") if line.strip()]
        for cell in row.iter(qn("w:tc"))
    ]
    first = "\t".join(cell[0] if cell else "" for cell in cells)
    if first.strip():
        yield first
    for cell in cells:
        yield from cell[1:]
