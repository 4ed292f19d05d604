"""Child processes of the demo: started with a log file, watched while they run, and stopped whatever happens."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.config import PREFIX

STOP_WITHIN = 15.0
"""Seconds that a child gets to finish what it has in hand before it is killed."""

TAIL_LINES = 15


class ChildFailed(Exception):  # noqa: N818 - it is the child that failed
    """A child process ended by itself or with an error; the text ends with the tail of its log."""

    def __init__(self, name: str, status: int, log: Path) -> None:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        super().__init__("\n".join([f"{name} ({status}):", *lines[-TAIL_LINES:]]))


class Child:
    """A running child process. ``log`` holds what it writes."""

    def __init__(self, name: str, process: asyncio.subprocess.Process, log: Path) -> None:
        self.name = name
        self.log = log
        self._process = process

    def written(self) -> str:
        """Return what the process wrote so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    async def watch(self) -> None:
        """Wait until the process ends, which it should not do by itself. Raises ``ChildFailed``."""
        raise ChildFailed(self.name, await self._process.wait(), self.log)

    async def finish(self) -> None:
        """Wait until the process ends well. Raises ``ChildFailed`` when it does not."""
        status = await self._process.wait()
        if status:
            raise ChildFailed(self.name, status, self.log)

    async def stop(self) -> None:
        """Ask the process to end and wait for it; kill it when it takes too long. Does nothing when it has ended.

        Raises ``ChildFailed`` when it does not end well.
        """
        if self._process.returncode is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(STOP_WITHIN):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
        await self.finish()


@asynccontextmanager
async def child(
    name: str, command: Sequence[str], directory: Path, settings: Mapping[str, str] | None = None
) -> AsyncIterator[Child]:
    """Run ``command`` in ``directory``, where its log is ``<name>.log``, and stop it at the end.

    ``settings`` are the only settings of the bot that it gets: a real token in our own environment stays here. Its
    input is a pipe that closes when this process dies, however that happens, so that a child can notice it (see
    ``end_with_parent``). It has a session of its own: Ctrl-C in the terminal reaches only us, and we stop the children
    in order.
    """
    log = directory / f"{name}.log"
    inherited = {variable: value for variable, value in os.environ.items() if not variable.startswith(PREFIX)}
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=output,
            stderr=output,
            cwd=directory,
            env={**inherited, **(settings or {})},
            start_new_session=True,
        )
    running = Child(name, process, log)
    try:
        yield running
    finally:
        await asyncio.shield(running.stop())


def end_with_parent() -> None:
    """Let this process stop when the pipe from its parent closes. Needs a running loop."""
    loop = asyncio.get_running_loop()

    def ended() -> None:
        if not os.read(sys.stdin.fileno(), 4096):
            loop.remove_reader(sys.stdin.fileno())
            os.kill(os.getpid(), signal.SIGTERM)

    loop.add_reader(sys.stdin.fileno(), ended)
