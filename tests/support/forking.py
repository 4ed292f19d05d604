"""Processes forked from one that has loaded the bot: loading it takes two seconds of a processor, forking nothing."""

import asyncio
import multiprocessing
from collections.abc import Callable
from typing import Any

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["bot.cli", "tests.proof.doomed"])


class Forked:
    """A process of its own that runs one function, as far as a test has to do with it."""

    def __init__(self, process: Any) -> None:  # noqa: ANN401 - ForkServerProcess, which is not on every platform
        self._process = process

    @classmethod
    async def start(cls, function: Callable[..., object], *args: Any) -> "Forked":  # noqa: ANN401 - the function's own
        """Run ``function``, which like ``args`` can be pickled; its end is the end of the process."""
        process = _CONTEXT.Process(target=function, args=args, daemon=True)
        await asyncio.to_thread(process.start)  # the first one waits until everything is loaded
        return cls(process)

    def kill(self) -> None:
        """Let it be gone at once."""
        self._process.kill()

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    async def wait(self) -> int:
        """Wait for its end; return its exit code, or the number of what killed it below 0."""
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        self._process.join()
        return int(self._process.exitcode)
