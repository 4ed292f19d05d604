"""The text of a PDF."""

import io
import re

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from assembly.agenda_lines import has_columns
from assembly.errors import FileRefused

MAXIMUM_PAGES = 50
"""More is no agenda, but what it is about."""

FEWEST_LETTERS = 20
"""With fewer the pages are pictures: a scan."""

_WIDE = re.compile(r"(?<=\S) {3,}(?=\S)")
"""What is left between two columns; words stand closer."""

_FOOT = re.compile(r"^\s*(pagina|blad(zijde)?|page)?\s*\d+\s*((van|/|of)\s*\d+)?\s*$", re.IGNORECASE)


def pdf_text(content: bytes) -> str:
    """Return the text of a PDF, without the numbers of its pages. Raises ``FileRefused``."""
    try:
        text = "\n".join(_pages(PdfReader(io.BytesIO(content))))
    except (FileRefused, MemoryError):
        raise
    except (DependencyError, FileNotDecryptedError) as error:
        raise FileRefused("password") from error
    except Exception as error:  # a broken file makes pypdf fail in any way
        raise FileRefused("broken") from error
    if sum(char.isalpha() for char in text) < FEWEST_LETTERS:
        raise FileRefused("no_text")
    return text


def _pages(reader: PdfReader) -> list[str]:
    if reader.is_encrypted and not reader.decrypt(""):  # many are only protected against changes
        raise FileRefused("password")
    if len(reader.pages) > MAXIMUM_PAGES:
        raise FileRefused("pages", str(MAXIMUM_PAGES))
    return [_without_foot(_text(page)) for page in reader.pages]


def _text(page: PageObject) -> str:
    """Return the lines of a page; a table with heads as rows, its columns parted by tabs."""
    laid_out = _WIDE.sub("\t", page.extract_text(extraction_mode="layout"))
    return laid_out if has_columns(laid_out) else page.extract_text()


def _without_foot(page: str) -> str:
    """Drop the first and the last line where they are but the number of the page."""
    lines = page.strip().splitlines()
    for place in (0, -1):
        if lines and _FOOT.match(lines[place]):
            lines.pop(place)
    return "\n".join(lines)
