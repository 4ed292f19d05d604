"""Writing: what is committed, what is rolled back, and that one update is handled once."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from assembly.errors import NobodyPresent
from assembly.members import Member
from storage.engine import AlreadyDone, Storage
from storage.unit import Origin, Unit
from tests.storage.services import Shown, note, noted
from tests.support.clock import TurnableClock

ORIGIN = Origin(bot_id=1, update_id=100)


async def refuse(unit: Unit) -> None:
    """Store an entry and refuse after that."""
    await note(unit, "refused")
    raise NobodyPresent


async def test_write_commits_and_returns(storage: Storage) -> None:
    """What a service stored is there afterwards, and its answer comes back."""
    assert await storage.write(note, "kept") == "kept"
    assert await storage.read(noted) == ["kept"]


async def test_refusal_rolls_back_everything(storage: Storage) -> None:
    """A refusal comes through and leaves nothing, not even the done-key, so that the update can be handled again."""
    with pytest.raises(NobodyPresent):
        await storage.write(refuse, origin=ORIGIN)
    assert await storage.read(noted) == []
    await storage.write(note, "kept", origin=ORIGIN)
    assert await storage.read(noted) == ["kept"]


async def test_update_is_handled_once(storage: Storage) -> None:
    """A second write with the same done-key runs nothing and says so; another bot's update is another one."""
    await storage.write(note, "first", origin=ORIGIN)
    with pytest.raises(AlreadyDone) as caught:
        await storage.write(note, "second", origin=ORIGIN)
    assert caught.value.origin == ORIGIN
    await storage.write(note, "other bot", origin=Origin(bot_id=2, update_id=100))
    assert await storage.read(noted) == ["first", "other bot"]


async def test_update_twice_at_once(storage: Storage) -> None:
    """Of several concurrent writes with one done-key exactly one runs."""
    writes = (storage.write(note, "once", origin=ORIGIN) for _ in range(5))
    outcomes = await asyncio.gather(*writes, return_exceptions=True)
    assert outcomes.count("once") == 1
    assert sum(isinstance(outcome, AlreadyDone) for outcome in outcomes) == 4
    assert await storage.read(noted) == ["once"]


async def test_concurrent_writes(storage: Storage) -> None:
    """Concurrent writes all arrive, each whole."""
    kinds = [f"kind {number}" for number in range(30)]
    await asyncio.gather(*(storage.write(note, kind) for kind in kinds))
    assert sorted(await storage.read(noted)) == sorted(kinds)


async def test_unit_bears_moment_association_and_origin(storage: Storage, clock: TurnableClock) -> None:
    """A service sees the clock's moment, the association and the update; reading has no update."""

    async def seen(unit: Unit) -> tuple[object, ...]:
        return unit.now, unit.association, unit.origin

    clock.turn(timedelta(minutes=3))
    assert await storage.write(seen, origin=ORIGIN) == (clock.moment, storage.association, ORIGIN)
    assert await storage.read(seen) == (clock.moment, storage.association, None)


async def test_callbacks_follow_commits_that_queued(storage: Storage) -> None:
    """The sender is woken after a commit that queued something, and by nothing else."""
    woken: list[str] = []
    storage.on_commit(lambda: woken.append("woken"))

    async def queue(unit: Unit) -> None:
        await unit.outbox.send(5, Shown("x"))

    async def queue_and_refuse(unit: Unit) -> None:
        await queue(unit)
        raise NobodyPresent

    await storage.write(note, "silent")
    with pytest.raises(NobodyPresent):
        await storage.write(queue_and_refuse)
    assert woken == []
    await storage.write(queue)
    assert woken == ["woken"]


async def test_callback_when_joining_a_waiting_row(storage: Storage) -> None:
    """A screen that joins a waiting row wakes the sender too: it may have passed the row over while that was locked."""

    async def show(unit: Unit) -> None:
        await unit.outbox.show(5, Shown("x"), key="ballot")

    await storage.write(show)
    woken: list[str] = []
    storage.on_commit(lambda: woken.append("woken"))
    await storage.write(show)
    assert woken == ["woken"]


async def test_errors_quote_nothing_that_was_to_be_stored(storage: Storage) -> None:
    """An error of the database names the statement without its parameters: a name or a vote may be among them."""

    async def twice(unit: Unit) -> None:
        for _ in range(2):
            await unit.members.save(Member(0, "code", "Kanarie"))

    with pytest.raises(IntegrityError) as caught:
        await storage.write(twice)
    assert "INSERT INTO members" in str(caught.value)
    assert "Kanarie" not in f"{caught.value!s}{caught.value!r}"
