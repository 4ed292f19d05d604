"""The alarm clock rings at the start and goes on, whatever a duty does."""

import asyncio
from datetime import timedelta

import pytest

from bot import scheduler
from bot.scheduler import Scheduler
from storage.engine import Storage, StorageUnavailable
from storage.intake import Origin
from storage.unit import Unit
from tests.bot.sending import ON_SQLITE
from tests.support.clock import TurnableClock
from tests.support.waiting import until


async def test_own_duties(storage: Storage, clock: TurnableClock) -> None:
    """A tick chains the journal and forgets done-keys that Telegram cannot deliver again; a second changes nothing."""
    origin = Origin(1, 100)

    async def happen(unit: Unit) -> None:
        await unit.journal.note("happened", actor_id=None, facts={})

    async def left(unit: Unit) -> tuple[int, list[str], bool]:
        return await unit.journal.seal(), await unit.journal.verify(), await unit.intake.is_done(origin)

    await storage.write(happen, origin=origin)
    clock.turn(timedelta(hours=47))
    await Scheduler(storage).tick()
    assert await storage.write(left) == (0, [], True)
    clock.turn(timedelta(hours=2))
    await Scheduler(storage).tick()
    await Scheduler(storage).tick()
    assert await storage.write(left) == (0, [], False)


@ON_SQLITE
async def test_rings_and_stops(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first tick comes at once and others follow, also after failures; a stop lets the tick at hand end."""
    monkeypatch.setattr(scheduler, "TICK_SECONDS", 0.05)
    calls: list[str] = []
    stop = asyncio.Event()

    async def failing(_unit: Unit) -> None:
        calls.append("failing")
        raise LookupError

    async def unavailable(_unit: Unit) -> None:
        calls.append("unavailable")
        raise StorageUnavailable

    async def last(_unit: Unit) -> None:
        stop.set() if calls.count("last") == 2 else None
        calls.append("last")

    async with asyncio.timeout(10):
        await Scheduler(storage, (failing, unavailable, last)).run(stop)
    assert calls == ["failing", "unavailable", "last"] * 3


@ON_SQLITE
async def test_slow_tick_is_not_doubled(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a tick lasts longer than the interval, no other starts beside it."""
    monkeypatch.setattr(scheduler, "TICK_SECONDS", 0.02)
    stop, going_on = asyncio.Event(), asyncio.Event()
    started = 0

    async def slow(_unit: Unit) -> None:
        nonlocal started
        started += 1
        await going_on.wait()

    async def once() -> bool:
        return started == 1

    task = asyncio.create_task(Scheduler(storage, (slow,)).run(stop))
    await until(once)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(task), 0.2)
    assert started == 1
    stop.set()
    going_on.set()
    await asyncio.wait_for(task, 10)
