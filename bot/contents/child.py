"""The parent's side: hands the bytes to the child, and waits no longer than people would."""

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from typing import Any

import structlog

from assembly.errors import FileRefused
from bot.contents.tasks import Task

_CHILD = (sys.executable, "-P", "-m", "bot.contents")

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Answer:
    """What the child read, as JSON holds it, and the bytes that it made."""

    read: Any
    made: bytes


async def ask_child(task: Task, content: bytes, *, seconds: float) -> Answer:
    """Return what the child makes of ``content``. Raises ``FileRefused``, within ``seconds``."""
    child = await asyncio.create_subprocess_exec(
        *_CHILD,
        task,
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
    line, _, made = output.partition(b"\n")
    answer = json.loads(line)
    if "refused" in answer:
        raise FileRefused(*answer["refused"])
    return Answer(answer["read"], made)
