"""Several PDFs bound into one, with a bookmark at the beginning of each; this is the child's side."""

import io
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PdfReadError

from assembly.errors import FileRefused
from bot.contents.tasks import Part


def page_count(content: bytes) -> int | None:
    """Return how many pages a PDF has; ``None`` for one that cannot be bound: broken, protected, or no PDF."""
    try:
        with io.BytesIO(content) as stream:
            writer = PdfWriter()
            writer.append(_opened(stream), import_outline=False)
            return len(writer.pages) or None
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken file makes pypdf fail in any way
        return None


def bind(parts: Sequence[Part]) -> bytes:
    """Return one PDF of all ``parts``, each of which can be bound. What would run or open something is left out."""
    writer = PdfWriter()
    for bookmark, content in parts:
        writer.append(_opened(io.BytesIO(content)), outline_item=bookmark or None, import_outline=False)
    writer.page_mode = "/UseOutlines"
    made = io.BytesIO()
    writer.write(made)
    if not made.tell():
        raise FileRefused("broken")
    return made.getvalue()


def _opened(stream: io.BytesIO) -> PdfReader:
    reader = PdfReader(stream)
    if reader.is_encrypted and not reader.decrypt(""):
        raise PdfReadError("it is protected")
    return reader
