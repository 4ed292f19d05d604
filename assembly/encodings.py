"""The text of a file, in the encodings that Dutch texts come in."""

import re

from assembly.errors import FileRefused

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MANGLED = re.compile("ï»¿|[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ]")
"""UTF-8 that was once read as Windows-1252 and saved like that: "CoÃ¶rdinator"."""


def decoded(content: bytes, *, utf16: bool = False) -> str:
    """Return the text of bytes in UTF-8 or Windows-1252, and with ``utf16`` also in UTF-16 that says so.

    Raises ``FileRefused`` for what is no text, and where its letters cannot be read with certainty.
    """
    if content.startswith(_UTF16):
        if not utf16:
            raise FileRefused("encoding")
        return _in(content, "utf-16")
    if b"\0" in content:
        raise FileRefused("type")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if content.startswith(b"\xef\xbb\xbf"):
            raise FileRefused("encoding") from error
        text = _in(content, "cp1252")
    if _MANGLED.search(text):
        raise FileRefused("encoding")
    return text


def _in(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefused("encoding") from error
