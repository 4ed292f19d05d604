"""The bot is killed at every point at which it can die, and at any moment: nothing is lost and nothing counts twice."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from simulator.testing import running_simulator
from storage.engine import Storage
from tests.proof.doomed import POINTS, Doom
from tests.proof.evening import prepared
from tests.proof.grave import dies, runs
from tests.proof.numbers import KILLS, SEED, chance
from tests.support.clock import TurnableClock
from tests.support.process import environment
from tests.support.webhooks import Way, webhook_settings

Opened = tuple[Storage, str, TurnableClock]
"""A storage on a database of its own, the database's address, and the clock that the storage goes by."""

ANY_MOMENT = ""

MOST = {"": 900, "write": 25, "commit": 25, "send": 25, "answer": 8, "confirm": 4}
"""How far off the end can be: milliseconds for any moment, passings of a point for the others. What is seldom passed in
one life must come soon, or it never would."""


def holds(log: Path, secret: str) -> bool:
    """Whether a secret stands in the log."""
    return secret in log.read_text()


@pytest.fixture
def opened(storage: Storage, database_url: str, clock: TurnableClock) -> Opened:
    """Open a database of its own."""
    return storage, database_url, clock


async def killed(opened: Opened, log: Path, way: Way, kills: Sequence[int]) -> Counter[str]:
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
            if await dies(Doom(point, count, settings, str(log)), night):
                died[point or "any moment"] += 1
            await night.check_acknowledged()
            if number % 100 == 99:
                sys.stderr.write(f"{number + 1} kills, {way}, seed {SEED}: {dict(died)}\n")
        await runs(Doom("", 0, settings, str(log)), night)
        await night.close()
        await runs(Doom("", 0, settings, str(log)), night)
        await night.check_end()
        assert not holds(log, sim.token)
    return died


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_a_few_kills(opened: Opened, tmp_path: Path, way: Way) -> None:
    """Every point once: half of them by polling, the others by webhook, and half of those on each database."""
    first = 0 if opened[1].startswith("sqlite") else 1
    kills = range(first, 6, 2) if way == "polling" else range(5 + first, 11, 2)
    died = await killed(opened, tmp_path / "bot.log", way, kills)
    assert sum(died.values()) >= len(kills) // 2, died


@pytest.mark.proof
@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_a_thousand_kills(opened: Opened, tmp_path: Path, way: Way) -> None:
    """A thousand on both databases and by both ways together."""
    died = await killed(opened, tmp_path / "bot.log", way, range(KILLS))
    sys.stderr.write(f"{sum(died.values())} of {KILLS} at their point, {way}: {dict(died)}\n")
    assert len(died) == len(POINTS) + 1 - (way == "webhook"), died
