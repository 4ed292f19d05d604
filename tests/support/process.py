"""The bot as a process of its own, for tests that end it in every way."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.config import PREFIX
from simulator.testing import RunningSimulator

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


async def bot_command(*arguments: str, env: dict[str, str]) -> tuple[int, str, str]:
    """Run ``alvbot`` with ``arguments`` to its end; return its exit code and what it wrote on both streams."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *arguments),
        env=env,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(30):
            out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    return process.returncode or 0, out.decode(), err.decode()


@asynccontextmanager
async def bot_process(env: dict[str, str], log: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run ``alvbot run``, with its log added to the file ``log``; kill it at the end where it still runs."""
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=env, stdout=output, stderr=output
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
