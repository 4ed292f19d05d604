"""Signed letters of proxies: a photo, or a document that is one or is a PDF."""

from assembly.errors import LetterRefused

LETTER_LIMIT = 10_000_000
"""Bytes: what Telegram takes for a photo, and ample for a scanned page or two."""

_BEGINNINGS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


def check_letter(size: int) -> None:
    """Refuse a letter that is empty or too large; ``size`` in bytes."""
    if not 0 < size <= LETTER_LIMIT:
        raise LetterRefused(LETTER_LIMIT // 1_000_000)


def check_content(content: bytes) -> None:
    """Refuse bytes that are no PDF, JPEG or PNG, whatever the file is called."""
    check_letter(len(content))
    if not content.startswith(_BEGINNINGS):
        raise LetterRefused(LETTER_LIMIT // 1_000_000)
