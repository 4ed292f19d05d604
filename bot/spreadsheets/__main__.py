"""The child's side: bytes come in, rows or the reason why not go out as JSON. It ends itself beyond its limits."""

import json
import resource
import sys
from contextlib import suppress
from typing import Any

from assembly.errors import FileRefused
from assembly.register_file import has_member_column
from assembly.tables import Row, read_csv
from bot.spreadsheets.container import check_container, is_container

MEMORY = 512 * 1024 * 1024
"""Bytes of address space; an honest file of the largest size takes a third."""

CPU_SECONDS = 20
"""The parent is gone or does not wait any more by then."""

OUTPUT_LIMIT = 10_000_000
"""Characters of all cells together."""


def main() -> None:
    """Read standard input and answer on standard output."""
    with suppress(ValueError, OSError):  # macOS has no limit on address space
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    json.dump(_answer(sys.stdin.buffer.read()), sys.stdout)


def _answer(content: bytes) -> dict[str, Any]:
    try:
        return {"rows": [[row.number, row.cells, row.unsafe] for row in _read(content)]}
    except FileRefused as refusal:
        return {"refused": [refusal.reason, refusal.detail]}
    except MemoryError:
        return {"refused": ["unpacked", ""]}


def _read(content: bytes) -> tuple[Row, ...]:
    if is_container(content):
        check_container(content)
        from bot.spreadsheets.workbook import read_workbook  # noqa: PLC0415 - half of the start, and CSV needs none of it

        rows = read_workbook(content, has_member_column)
    else:
        rows = read_csv(content)
    if sum(len(cell) for row in rows for cell in row.cells) > OUTPUT_LIMIT:
        raise FileRefused("unpacked")
    return rows


if __name__ == "__main__":
    main()
