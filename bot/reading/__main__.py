"""The child's side: bytes come in, what was read or why not goes out as JSON. It ends itself at its limits."""

import json
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from assembly.errors import FileRefused
from bot.reading.child import Task

MEMORY = 512 * 1024 * 1024
"""Bytes of address space; an honest file of the largest size takes a third."""

CPU_SECONDS = 20
"""The parent is gone or does not wait any more by then."""


def main() -> None:
    """Read standard input and answer on standard output."""
    with suppress(ValueError, OSError):  # macOS has no limit on address space
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    json.dump(_answer(TASKS[sys.argv[1]], sys.stdin.buffer.read()), sys.stdout)  # type: ignore[index]  # a Task


def _answer(read: Callable[[bytes], Any], content: bytes) -> dict[str, Any]:
    try:
        return {"read": read(content)}
    except FileRefused as refusal:
        return {"refused": [refusal.reason, refusal.detail]}
    except MemoryError:
        return {"refused": ["unpacked", ""]}


def _rows(content: bytes) -> Any:  # noqa: ANN401 - what JSON holds
    from bot.reading.sheets import rows  # noqa: PLC0415 - a child loads only what its own file needs

    return [[row.number, row.cells, row.unsafe] for row in rows(content)]


def _text(content: bytes) -> Any:  # noqa: ANN401 - what JSON holds
    from bot.reading.texts import text  # noqa: PLC0415 - same

    return text(content)


TASKS: dict[Task, Callable[[bytes], Any]] = {"rows": _rows, "text": _text}
"""What can be read in a file."""

if __name__ == "__main__":
    main()
