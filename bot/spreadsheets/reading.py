"""The parent's side: hands the bytes to the child, and waits no longer than people would."""

import asyncio
import json
import os
import sys

import structlog

from assembly.errors import FileRefused
from assembly.register_file import RegisterFile, read_register
from assembly.tables import MAXIMUM_BYTES, Row

SECONDS = 10.0
"""What a file may take; an honest one of the largest size takes about one."""

_CHILD = (sys.executable, "-P", "-m", "bot.spreadsheets")

_log = structlog.stdlib.get_logger(__name__)


async def read_register_file(content: bytes) -> RegisterFile:
    """Read a register from CSV or XLSX. Raises ``FileRefused``."""
    rows = await read_rows(content)
    return await asyncio.to_thread(read_register, rows)


async def read_rows(content: bytes, *, seconds: float = SECONDS) -> tuple[Row, ...]:
    """Return the rows of a CSV or XLSX file that are not empty. Raises ``FileRefused``, within ``seconds``."""
    if len(content) > MAXIMUM_BYTES:
        raise FileRefused("size", str(MAXIMUM_BYTES // 1_000_000))
    child = await asyncio.create_subprocess_exec(
        *_CHILD,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},  # no more of ours: no token goes where a hostile file is read
    )
    try:
        async with asyncio.timeout(seconds):
            output, _ = await child.communicate(content)
    except TimeoutError:
        raise FileRefused("time") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode != 0:
        _log.warning("a file could not be read", status=child.returncode)
        raise FileRefused("broken")
    return _answer(output)


def _answer(output: bytes) -> tuple[Row, ...]:
    answer = json.loads(output)
    if "refused" in answer:
        raise FileRefused(*answer["refused"])
    return tuple(Row(number, tuple(cells), unsafe) for number, cells, unsafe in answer["rows"])
