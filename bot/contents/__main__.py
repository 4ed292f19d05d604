"""The child's side: bytes come in, what was read or why not goes out as JSON. It ends itself at its limits.

The JSON is one line; what was made of the bytes follows it.
"""

import json
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from assembly.errors import FileRefused
from bot.contents.tasks import Task, unpacked

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space; what is bound may take twenty times less, and an honest file of one sender a third."""

CPU_SECONDS = 60
"""The parent is gone or does not wait any more by then."""

Made = tuple[Any, bytes]


def main() -> None:
    """Read standard input and answer on standard output."""
    with suppress(ValueError, OSError):  # macOS has no limit on address space
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    answer, made = _answer(TASKS[sys.argv[1]], sys.stdin.buffer.read())  # type: ignore[index]  # a Task
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + made)


def _answer(do: Callable[[bytes], Made], content: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        read, made = do(content)
    except FileRefused as refusal:
        return {"refused": [refusal.reason, refusal.detail]}, b""
    except MemoryError:
        return {"refused": ["unpacked", ""]}, b""
    return {"read": read}, made


def _rows(content: bytes) -> Made:
    from bot.contents.sheets import rows  # noqa: PLC0415 - a child loads only what its own file needs

    return [[row.number, row.cells, row.unsafe] for row in rows(content)], b""


def _text(content: bytes) -> Made:
    from bot.contents.texts import text  # noqa: PLC0415 - same

    return text(content), b""


def _count(content: bytes) -> Made:
    from bot.contents.binding import page_count  # noqa: PLC0415 - same

    return [page_count(part) for _, part in unpacked(content)], b""


def _bind(content: bytes) -> Made:
    from bot.contents.binding import bind  # noqa: PLC0415 - same

    return None, bind(unpacked(content))


TASKS: dict[Task, Callable[[bytes], Made]] = {"rows": _rows, "text": _text, "count": _count, "bind": _bind}
"""What can be done with bytes."""

if __name__ == "__main__":
    main()
