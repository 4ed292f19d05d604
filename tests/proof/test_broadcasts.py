"""The bot is killed in the middle of a broadcast, at any point: nobody is skipped, and what may be doubled is named."""

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from assembly.facts.notices import NoticeProgressRef
from assembly.notices import Circle
from bot.sender import IN_FLIGHT
from services.notice_progress import load_progress
from services.notices import notice_batch
from simulator.testing import RunningSimulator, running_simulator
from storage.engine import Storage
from tests.proof.doomed import Doom
from tests.proof.grave import dies, runs
from tests.proof.numbers import KILLS, SEED, chance
from tests.support.clock import TurnableClock
from tests.support.notices import sent
from tests.support.process import environment
from tests.support.register import OFFICE, Register, filled

MEMBERS = tuple(f"Lid {number}" for number in range(1, 31))
POINTS = ("send before", "send after", "write before", "write after", "commit before", "commit after", "")
"""Around each message, each statement that writes and each COMMIT; and at any moment."""

MOST = 14
"""How far off the end can be, in passings of a point; of moments fifty milliseconds each."""


@dataclass
class Broadcast:
    """A notice on its way to everybody."""

    sim: RunningSimulator
    storage: Storage
    register: Register
    notice_id: int

    async def stir(self) -> None:
        """Do nothing: the notice is enough to do."""

    async def everything_in(self) -> bool:
        """Whether nothing waits any more."""
        waiting: int = await self.storage.read(lambda unit: unit.outbox.pending())
        return waiting == 0

    async def counts(self) -> dict[str, int]:
        """Return how often each person has the notice."""
        found = {}
        for name, account in self.register.accounts.items():
            if account != OFFICE:
                chat = await self.sim.messages({"id": account})
                found[name] = sum("De zaal is gewijzigd." in str(message["text"]) for message in chat)
        return found


async def begun(sim: RunningSimulator, storage: Storage, clock: TurnableClock) -> Broadcast:
    """Let the secretariat send a notice to everybody; all have opened their chats."""
    clock.moment = clock.moment.replace(hour=11)
    register = await filled(storage, *MEMBERS)
    bot = sim.world.bot()
    for name, account in register.accounts.items():
        await sim.user(name, id=account)
        sim.world.private_chat(sim.world.user(account), bot).opened = True
    await sim.set_clock(clock.moment.isoformat().replace("+00:00", "Z"))
    return Broadcast(sim, storage, register, await sent(storage, Circle.REPRESENTATIVES, Circle.COORDINATORS))


async def killed(storage: Storage, database_url: str, clock: TurnableClock, log: Path, kills: int) -> Counter[str]:
    """Kill the bot until the notice is out, at most so many times; return how often it died where."""
    dice = chance()
    died: Counter[str] = Counter()
    async with running_simulator() as sim:
        scene = await begun(sim, storage, clock)
        settings = environment(sim, database_url)
        for number in range(kills):
            if await scene.everything_in():
                break
            point = POINTS[number % len(POINTS)]
            count = dice.randrange(1, MOST) * (1 if point else 50)
            if await dies(Doom(point, count, settings, str(log)), scene):
                died[point or "any moment"] += 1
        await runs(Doom("", 0, settings, str(log)), scene)
        counts = await scene.counts()
        progress = await storage.read(load_progress, NoticeProgressRef(scene.notice_id))
        doubted = await storage.read(lambda unit: unit.outbox.doubted_in(notice_batch(scene.notice_id)))
        named = {name for name, id_ in scene.register.people.items() if id_ in {row.person_id for row in doubted}}
    recipients = {name: count for name, count in counts.items() if name.partition(" ")[2] in MEMBERS}
    assert all(recipients.values()), "nobody is skipped"
    assert {name for name, count in counts.items() if count > 1} <= named, "what is there twice is known to be"
    assert sum(counts.values()) - len(recipients) <= sum(died.values()) * IN_FLIGHT
    assert max(counts.values()) <= 1 + sum(died.values())
    assert progress is not None
    assert (progress.deliveries.delivered, progress.deliveries.under_way) == (len(recipients), 0)
    assert progress.doubts == len(named)
    return died


async def test_killed_in_the_middle_of_a_broadcast(
    storage: Storage, database_url: str, clock: TurnableClock, tmp_path: Path
) -> None:
    """A few kills at different points, on each database."""
    died = await killed(storage, database_url, clock, tmp_path / "bot.log", len(POINTS))
    assert sum(died.values()) >= 2, died


@pytest.mark.proof
async def test_killed_very_often(storage: Storage, database_url: str, clock: TurnableClock, tmp_path: Path) -> None:
    """Kills until the last message is out, on each database."""
    died = await killed(storage, database_url, clock, tmp_path / "bot.log", KILLS)
    sys.stderr.write(f"{sum(died.values())} kills in one broadcast, seed {SEED}: {dict(died)}\n")
