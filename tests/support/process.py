"""The bot as a process of its own, for tests that end it in every way."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import cli
from bot.config import PREFIX
from simulator.testing import RunningSimulator
from tests.support.forking import Forked

Run = Callable[..., tuple[int, str, str]]
"""Runs a command of ``alvbot`` in this process; returns its exit code and what it wrote on both streams."""


def environment(sim: RunningSimulator, database_url: str, **more: str) -> dict[str, str]:
    """Return an environment with the settings of a bot at ``sim``; ``more`` are further settings by lower-case name."""
    settings = {
        "token": sim.token,
        "api_base_url": sim.base_url,
        "clock_url": f"{sim.base_url}/sim/clock",
        "database_url": database_url,
        "association_name": "Coöperatie Voorbeeld U.A.",
        "member_article": "de gemeente ",
        "log_level": "DEBUG",
        "log_format": "json",
    } | more
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return kept | {PREFIX + name.upper(): value for name, value in settings.items()}


def alvbot(arguments: tuple[str, ...], env: dict[str, str], out: Path, err: Path) -> None:
    """Be ``alvbot`` with ``arguments``, in a process that was forked for it; what it writes is added to two files."""
    os.environ.clear()
    os.environ.update(env)
    for stream, file in ((1, out), (2, err)):
        written = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(written, stream)
        os.close(written)
    sys.argv = ["alvbot", *arguments]
    cli.main()


async def bot_command(*arguments: str, env: dict[str, str]) -> tuple[int, str, str]:
    """Run ``alvbot`` with ``arguments`` to its end; return its exit code and what it wrote on both streams."""
    with TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        process = await Forked.start(alvbot, arguments, env, out, err)
        try:
            async with asyncio.timeout(30):
                code = await process.wait()
        finally:
            process.kill()
        return code, out.read_text(), err.read_text()


@asynccontextmanager
async def bot_process(env: dict[str, str], log: Path) -> AsyncIterator[Forked]:
    """Run ``alvbot run``, with its log added to the file ``log``; kill it at the end where it still runs."""
    process = await Forked.start(alvbot, ("run",), env, log, log)
    try:
        yield process
    finally:
        process.kill()
        await process.wait()
