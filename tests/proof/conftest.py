"""A simulated Telegram that checks everything against an independent model of the Bot API."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simulator.testing import RunningSimulator, running_simulator
from tests.proof.grave import Grave


@pytest.fixture
async def sim() -> AsyncIterator[RunningSimulator]:
    """Run a simulator; nothing that the bot sends it may be wrong."""
    async with running_simulator(validate=True) as simulator:
        yield simulator
        assert not await simulator.log(kind="invalid")


@pytest.fixture
async def grave(tmp_path: Path) -> AsyncIterator[Grave]:
    """Load the bot once."""
    with (tmp_path / "grave.log").open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.proof.doomed"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
            cwd=Path(__file__).parents[2],
        )
        yield Grave(process)
        process.kill()
        await process.wait()
