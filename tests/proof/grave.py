"""A process that bots are forked from, to die at a chosen point."""

import asyncio
import os
import signal
from typing import Protocol

from tests.proof.doomed import Doom
from tests.support.waiting import until

PATIENCE = 20.0
"""Seconds that the bot gets to come to the point at which it dies; a loaded machine is slow."""

SILENT = 0.4
"""Seconds without any work after which the point will not come in this life."""


class Scene(Protocol):
    """What goes on around the bot."""

    async def stir(self) -> None:
        """Give the bot something to do."""

    async def everything_in(self) -> bool:
        """Whether nothing waits any more."""


class Grave:
    """Where doomed bots come from, and where their end is told."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def dies(self, doom: Doom, scene: Scene) -> bool:
        """Let a bot run until it dies at its point; return whether it did, or had to be ended when all was quiet."""
        assert self._process.stdin is not None
        self._process.stdin.write(doom.line())
        pid = int(await self._line())
        ending = asyncio.create_task(self._line())
        await scene.stir()
        quiet = asyncio.create_task(self._quiet(scene))
        await asyncio.wait({ending, quiet}, return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE)
        quiet.cancel()
        came = ending.done()
        if not came:
            kill(pid)
        async with asyncio.timeout(PATIENCE):
            status = int(await ending)
        assert status == -9, f"the bot ended by itself with {status}"
        return came

    async def runs(self, doom: Doom, scene: Scene) -> None:
        """Let a bot run until everything is in, and end it in good order."""
        assert self._process.stdin is not None
        self._process.stdin.write(doom.line())
        pid = int(await self._line())
        await until(scene.everything_in, 120)
        kill(pid, gently=True)
        async with asyncio.timeout(PATIENCE):
            # The latter where all was in already, and it was told to stop before it listened for that.
            assert int(await self._line()) in {0, -signal.SIGTERM}

    async def _line(self) -> bytes:
        assert self._process.stdout is not None
        return await self._process.stdout.readline()

    async def _quiet(self, scene: Scene) -> None:
        """Return when nothing has waited for a while."""
        calm = 0.0
        while calm < SILENT:
            await asyncio.sleep(0.1)
            calm = calm + 0.1 if await scene.everything_in() else 0.0


def kill(pid: int, *, gently: bool = False) -> None:
    """End a bot."""
    os.kill(pid, signal.SIGTERM if gently else signal.SIGKILL)
