"""The bot is killed at every point at which it can die, and at any moment: nothing is lost and nothing counts twice."""

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from simulator.testing import running_simulator
from storage.engine import Storage
from tests.proof.doomed import POINTS, Doom
from tests.proof.evening import Night, prepared, settled
from tests.proof.numbers import KILLS, SEED, chance
from tests.support.clock import TurnableClock
from tests.support.process import environment
from tests.support.webhooks import Way, webhook_settings

Opened = tuple[Storage, str, TurnableClock]
"""A storage on a database of its own, the database's address, and the clock that the storage goes by."""

PRESSES = 8
"""Presses that come in around each kill."""

PATIENCE = 20.0
"""Seconds that the bot gets to come to the point at which it dies; a loaded machine is slow."""

SILENT = 0.4
"""Seconds without any work after which the point will not come in this life."""

ANY_MOMENT = ""

MOST = {"": 900, "write": 25, "commit": 25, "send": 25, "answer": 8, "confirm": 4}
"""How far off the end can be: milliseconds for any moment, passings of a point for the others. What is seldom passed in
one life must come soon, or it never would."""


class Grave:
    """Where doomed bots come from, and where their end is told."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def dies(self, doom: Doom, night: Night) -> bool:
        """Let a bot run until it dies at its point; return whether it did, or had to be ended when all was quiet."""
        assert self._process.stdin is not None
        self._process.stdin.write(doom.line())
        pid = int(await self._line())
        ending = asyncio.create_task(self._line())
        await night.stir(PRESSES)
        quiet = asyncio.create_task(self._quiet(night))
        await asyncio.wait({ending, quiet}, return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE)
        quiet.cancel()
        came = ending.done()
        if not came:
            kill(pid)
        async with asyncio.timeout(PATIENCE):
            status = int(await ending)
        assert status == -9, f"the bot ended by itself with {status}"
        return came

    async def runs(self, doom: Doom, night: Night) -> None:
        """Let a bot run until everything is in, and end it in good order."""
        assert self._process.stdin is not None
        self._process.stdin.write(doom.line())
        pid = int(await self._line())
        await settled(night)
        kill(pid, gently=True)
        async with asyncio.timeout(PATIENCE):
            # The latter where all was in already, and it was told to stop before it listened for that.
            assert int(await self._line()) in {0, -signal.SIGTERM}

    async def _line(self) -> bytes:
        assert self._process.stdout is not None
        return await self._process.stdout.readline()

    async def _quiet(self, night: Night) -> None:
        """Return when nothing has waited for a while."""
        calm = 0.0
        while calm < SILENT:
            await asyncio.sleep(0.1)
            calm = calm + 0.1 if await night.everything_in() else 0.0


def holds(log: Path, secret: str) -> bool:
    """Whether a secret stands in the log."""
    return secret in log.read_text()


def kill(pid: int, *, gently: bool = False) -> None:
    """End a bot."""
    os.kill(pid, signal.SIGTERM if gently else signal.SIGKILL)


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


@pytest.fixture
def opened(storage: Storage, database_url: str, clock: TurnableClock) -> Opened:
    """Open a database of its own."""
    return storage, database_url, clock


async def killed(opened: Opened, grave: Grave, log: Path, way: Way, kills: Sequence[int]) -> Counter[str]:
    """Kill the bot in one evening, once for each of ``kills``; return how often it died where."""
    storage, database_url, clock = opened
    dice = chance()
    died: Counter[str] = Counter()
    async with running_simulator() as sim:
        night = await prepared(sim, storage, clock, dice)
        settings = environment(sim, database_url, **(webhook_settings() if way == "webhook" else {}))
        for number in kills:
            point = (*POINTS, ANY_MOMENT)[number % (len(POINTS) + 1)]
            count = dice.randrange(1, MOST[point.partition(" ")[0]])
            if await grave.dies(Doom(point, count, settings, str(log)), night):
                died[point or "any moment"] += 1
            await night.check_acknowledged()
            if number % 100 == 99:
                sys.stderr.write(f"{number + 1} kills, {way}, seed {SEED}: {dict(died)}\n")
        await grave.runs(Doom("", 0, settings, str(log)), night)
        await night.close()
        await grave.runs(Doom("", 0, settings, str(log)), night)
        await night.check_end()
        assert not holds(log, sim.token)
    return died


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_a_few_kills(opened: Opened, grave: Grave, tmp_path: Path, way: Way) -> None:
    """Every point once: half of them by polling, the others by webhook, and half of those on each database."""
    first = 0 if opened[1].startswith("sqlite") else 1
    kills = range(first, 6, 2) if way == "polling" else range(5 + first, 11, 2)
    died = await killed(opened, grave, tmp_path / "bot.log", way, kills)
    assert sum(died.values()) >= len(kills) // 2, died


@pytest.mark.proof
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_a_thousand_kills(opened: Opened, grave: Grave, tmp_path: Path, way: Way) -> None:
    """A thousand on both databases and by both ways together."""
    died = await killed(opened, grave, tmp_path / "bot.log", way, range(KILLS))
    sys.stderr.write(f"{sum(died.values())} of {KILLS} at their point, {way}: {dict(died)}\n")
    assert len(died) == len(POINTS) + 1 - (way == "webhook"), died
