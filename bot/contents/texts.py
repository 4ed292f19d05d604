"""The text of an agenda file, whichever kind it is."""

from assembly.encodings import decoded
from assembly.errors import FileRefused
from bot.contents.container import DOCUMENT, check_container, is_container
from bot.contents.document import document_text
from bot.contents.pdf import pdf_text

OUTPUT_LIMIT = 60_000
"""Characters: room for any agenda, and little enough to be read while others wait."""

_RTF = b"{\\rtf"
_PDF_WITHIN = 1024
"""Bytes before which a PDF begins: some programs write something in front."""


def text(content: bytes) -> str:
    """Return the text of a DOCX, a PDF, Markdown or plain text. Raises ``FileRefused``."""
    if b"%PDF-" in content[:_PDF_WITHIN]:
        found = pdf_text(content)
    elif is_container(content):
        check_container(content, DOCUMENT)
        found = document_text(content)
    elif content.startswith(_RTF):
        raise FileRefused("agenda")
    else:
        found = _plain(content)
    if len(found) > OUTPUT_LIMIT:
        raise FileRefused("unpacked")
    if not found.strip():
        raise FileRefused("empty")
    return found


def _plain(content: bytes) -> str:
    try:
        return decoded(content, utf16=True)
    except FileRefused as refusal:
        raise FileRefused("agenda" if refusal.reason == "type" else refusal.reason) from refusal
