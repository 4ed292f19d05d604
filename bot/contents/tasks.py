"""What the child can be asked, and how several files are handed to it: what both sides know."""

import json
from collections.abc import Sequence
from typing import Literal

Task = Literal["rows", "text", "count", "bind"]
"""What the child is to do; ``__main__`` tells how."""

Part = tuple[str, bytes]
"""A PDF with the text of its bookmark; without one where that is empty."""


def packed(parts: Sequence[Part]) -> bytes:
    """Write parts in a row: a line of JSON with the lengths, and all bytes behind it."""
    lengths = [[bookmark, len(content)] for bookmark, content in parts]
    return b"".join([json.dumps(lengths).encode(), b"\n", *(content for _, content in parts)])


def unpacked(content: bytes) -> list[Part]:
    """Read what ``packed`` wrote."""
    line, _, rest = content.partition(b"\n")
    parts, at = [], 0
    for bookmark, length in json.loads(line):
        parts.append((bookmark, rest[at : at + length]))
        at += length
    return parts
