"""A register file as rows."""

import asyncio

from assembly.errors import FileRefused
from assembly.register_file import RegisterFile, read_register
from assembly.tables import MAXIMUM_BYTES, Row
from bot.contents.child import ask_child

SECONDS = 10.0
"""What a file may take; an honest one of the largest size takes about one."""


async def read_register_file(content: bytes) -> RegisterFile:
    """Read a register from CSV or XLSX. Raises ``FileRefused``."""
    rows = await read_rows(content)
    return await asyncio.to_thread(read_register, rows)


async def read_rows(content: bytes, *, seconds: float = SECONDS) -> tuple[Row, ...]:
    """Return the rows of a CSV or XLSX file that are not empty. Raises ``FileRefused``, within ``seconds``."""
    if len(content) > MAXIMUM_BYTES:
        raise FileRefused("size", str(MAXIMUM_BYTES // 1_000_000))
    rows = (await ask_child("rows", content, seconds=seconds)).read
    return tuple(Row(number, tuple(cells), unsafe) for number, cells, unsafe in rows)
