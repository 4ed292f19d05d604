"""Shared commits: what waits together is committed together, and stays apart in everything else."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from assembly.association import Association
from assembly.errors import NobodyPresent
from storage.engine import AlreadyDone, CommitUnknown, Storage, StorageUnavailable
from storage.failures import ATTEMPTS
from storage.unit import Origin, Unit
from tests.storage.services import note, noted
from tests.storage.test_conflicts import broken_connection
from tests.storage.test_unavailable import on_sqlite, set_pragma
from tests.storage.test_writing import refuse
from tests.support.clock import TurnableClock

Commit = Callable[[AsyncConnection], Awaitable[None]]


def update(number: int) -> Origin:
    """Return an update of the bot."""
    return Origin(bot_id=1, update_id=number)


@asynccontextmanager
async def busy(storage: Storage, *, but: int = 0) -> AsyncIterator[None]:
    """Keep every lane busy, ``but`` so many, so that what is written in this block waits; let them go at its end."""
    go_on = asyncio.Event()
    lanes = storage._engines.lanes - but
    started = asyncio.Barrier(lanes + 1)

    async def hold(_unit: Unit) -> None:
        await started.wait()
        await go_on.wait()

    held = [asyncio.create_task(storage.write(hold)) for _ in range(lanes)]
    await started.wait()
    yield
    go_on.set()
    await asyncio.gather(*held)


async def together(storage: Storage, *writes: Callable[[], Awaitable[Any]]) -> list[Any]:
    """Let ``writes`` wait together, in this order; return what each returned or raised."""
    async with busy(storage):
        tasks = [asyncio.ensure_future(write()) for write in writes]
        await asyncio.sleep(0)
        assert len(storage._writer._waiting) == len(writes)
    return await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> list[AsyncConnection]:
    """Collect every COMMIT."""
    commit, seen = AsyncConnection.commit, []

    async def counted(connection: AsyncConnection) -> None:
        seen.append(connection)
        await commit(connection)

    monkeypatch.setattr(AsyncConnection, "commit", counted)
    return seen


@pytest.fixture
def instead_of_shared(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> Callable[[Commit], None]:
    """Replace the COMMIT that comes after those of ``busy``."""
    commit, own = AsyncConnection.commit, iter(range(storage._engines.lanes))

    def replace(by: Commit) -> None:
        async def choose(connection: AsyncConnection) -> None:
            if next(own, None) is not None:
                await commit(connection)
                return
            monkeypatch.setattr(AsyncConnection, "commit", commit)
            await by(connection)

        monkeypatch.setattr(AsyncConnection, "commit", choose)

    return replace


async def test_one_commit_for_all(storage: Storage, commits: list[AsyncConnection]) -> None:
    """Thirty writes that wait are stored by one commit, in the order in which they came."""
    kinds = [f"kind {number}" for number in range(30)]
    answers = await together(storage, *(lambda kind=kind: storage.write(note, kind) for kind in kinds))
    assert answers == kinds
    assert await storage.read(noted) == kinds
    assert len(commits) == storage._engines.lanes + 1


async def test_sharing_is_bounded(
    database_url: str, association: Association, clock: TurnableClock, commits: list[AsyncConnection]
) -> None:
    """No more share a commit than may; with 1 each has its own."""
    async with Storage.open(database_url, association, clock, sharing=1) as storage:
        answers = await together(storage, *(lambda: storage.write(note, "kept") for _ in range(8)))
        assert answers == ["kept"] * 8
        assert len(commits) == storage._engines.lanes + 8


async def test_refusal_takes_nobody_along(storage: Storage) -> None:
    """Of a write that is refused nothing stays, its done-key neither; what shares its commit is stored."""
    first, refused, last = await together(
        storage,
        lambda: storage.write(note, "first", origin=update(1)),
        lambda: storage.write(refuse, origin=update(2)),
        lambda: storage.write(note, "last", origin=update(3)),
    )
    assert (first, last) == ("first", "last")
    assert isinstance(refused, NobodyPresent)
    assert await storage.read(noted) == ["first", "last"]
    assert await storage.write(note, "mended", origin=update(2)) == "mended"


async def test_nobody_is_answered_before_the_commit(
    storage: Storage, instead_of_shared: Callable[[Commit], None]
) -> None:
    """While the shared commit is under way nobody has an answer, whether stored, refused or done before."""
    committing, go_on = asyncio.Event(), asyncio.Event()

    async def slow(connection: AsyncConnection) -> None:
        committing.set()
        await go_on.wait()
        await connection.commit()

    instead_of_shared(slow)

    async with busy(storage):
        tasks = [
            asyncio.create_task(storage.write(note, "kept", origin=update(1))),
            asyncio.create_task(storage.write(refuse)),
            asyncio.create_task(storage.write(note, "again", origin=update(1))),
        ]
        await asyncio.sleep(0)
    await committing.wait()
    assert not any(task.done() for task in tasks)
    go_on.set()
    kept, refused, again = await asyncio.gather(*tasks, return_exceptions=True)
    assert kept == "kept"
    assert isinstance(refused, NobodyPresent)
    assert isinstance(again, AlreadyDone)
    assert await storage.read(noted) == ["kept"]


async def test_one_update_twice_in_a_commit(storage: Storage) -> None:
    """The second delivery runs nothing when the first did, and runs when the first was refused."""
    twice = await together(
        storage,
        lambda: storage.write(note, "once", origin=update(1)),
        lambda: storage.write(note, "twice", origin=update(1)),
        lambda: storage.write(refuse, origin=update(2)),
        lambda: storage.write(note, "second", origin=update(2)),
    )
    assert [type(answer) for answer in twice] == [str, AlreadyDone, NobodyPresent, str]
    assert await storage.read(noted) == ["once", "second"]


async def test_trouble_takes_nobody_along(storage: Storage) -> None:
    """A write in which the connection keeps breaking is tried alone and given up; the others are stored once."""
    runs = 0

    async def unlucky(unit: Unit) -> None:
        nonlocal runs
        runs += 1
        await note(unit, "never")
        raise broken_connection("SELECT 1")

    first, given_up, last = await together(
        storage,
        lambda: storage.write(note, "first"),
        lambda: storage.write(unlucky),
        lambda: storage.write(note, "last"),
    )
    assert (first, last) == ("first", "last")
    assert isinstance(given_up, StorageUnavailable)
    assert runs == 1 + ATTEMPTS
    assert await storage.read(noted) == ["first", "last"]


@on_sqlite
async def test_full_disk_takes_nobody_along(storage: Storage) -> None:
    """Where there is no room for one write, SQLite gives the whole transaction up; what fits is stored all the same."""

    async def pages(unit: Unit) -> int:
        return int((await unit.connection.execute(text("PRAGMA page_count"))).scalar_one())

    async def fill(unit: Unit) -> None:
        await unit.journal.note("large", actor_id=None, facts={"text": "x" * 400_000})

    await set_pragma(storage._engines.write, f"max_page_count = {await storage.read(pages) + 20}")
    first, full, last = await together(
        storage,
        lambda: storage.write(note, "first"),
        lambda: storage.write(fill, origin=update(1)),
        lambda: storage.write(note, "last"),
    )
    assert (first, last) == ("first", "last")
    assert isinstance(full, StorageUnavailable)
    assert await storage.read(noted) == ["first", "last"]
    await set_pragma(storage._engines.write, "max_page_count = 1000000")
    await storage.write(fill, origin=update(1))
    assert await storage.read(noted) == ["first", "last", "large"]


@pytest.mark.parametrize("arrived", [True, False])
async def test_lost_answer_to_a_shared_commit(
    storage: Storage, instead_of_shared: Callable[[Commit], None], arrived: bool
) -> None:
    """Whoever has a done-key is stored once and gets its answer; others are told that nobody knows."""
    runs: list[str] = []

    async def lose_answer(connection: AsyncConnection) -> None:
        if arrived:
            await connection.commit()
        raise broken_connection()

    async def counted(unit: Unit, kind: str) -> str:
        runs.append(kind)
        return await note(unit, f"{kind} {runs.count(kind)}")

    instead_of_shared(lose_answer)
    async with busy(storage):
        tasks = [
            asyncio.create_task(storage.write(counted, "first", origin=update(1))),
            asyncio.create_task(storage.write(counted, "unkeyed")),
            asyncio.create_task(storage.write(refuse, origin=update(2))),
            asyncio.create_task(storage.write(counted, "last", origin=update(3))),
        ]
        await asyncio.sleep(0)
    first, unkeyed, refused, last = await asyncio.gather(*tasks, return_exceptions=True)
    assert (first, last) == (("first 1", "last 1") if arrived else ("first 2", "last 2"))
    assert isinstance(unkeyed, CommitUnknown)
    assert isinstance(refused, NobodyPresent)
    kept = ["first 1", "unkeyed 1", "last 1"] if arrived else ["first 2", "last 2"]
    assert await storage.read(noted) == kept


async def test_write_that_comes_while_a_lane_ends(storage: Storage) -> None:
    """A write that comes after a lane found nothing waiting, and before it is gone, is not left waiting for another."""
    woken = asyncio.Event()
    storage.on_commit(woken.set)

    async def queue(unit: Unit) -> None:
        await unit.outbox.send(1, NobodyPresent())

    async def follow() -> str:
        await woken.wait()
        return await storage.write(note, "after it")

    async with busy(storage, but=1):
        follower = asyncio.create_task(follow())
        await asyncio.sleep(0)
        await storage.write(queue)
        async with asyncio.timeout(10):
            assert await follower == "after it"


async def test_cancelled_caller_is_stored(storage: Storage) -> None:
    """A caller that waits no longer takes nothing out of the commit that it shares."""
    async with busy(storage):
        gone = asyncio.create_task(storage.write(note, "gone"))
        stays = asyncio.create_task(storage.write(note, "stays"))
        await asyncio.sleep(0)
        gone.cancel()
    assert await stays == "stays"
    assert gone.cancelled()
    assert await storage.read(noted) == ["gone", "stays"]


async def test_mates_bear_one_moment(storage: Storage, clock: TurnableClock) -> None:
    """What is committed together is stored with one moment, that of its transaction and not of its waiting."""

    async def moment(unit: Unit) -> object:
        return unit.now

    assert await together(storage, *(lambda: storage.write(moment) for _ in range(3))) == [clock.moment] * 3


async def test_what_all_ask_for_is_done_once_at_the_end(storage: Storage) -> None:
    """It sees what every write of the transaction did; of a refused write nothing is done."""
    told: list[tuple[str, list[str]]] = []

    async def tell(unit: Unit, what: str) -> None:
        told.append((what, await noted(unit)))

    async def ask(unit: Unit, kind: str, what: str) -> None:
        await note(unit, kind)
        unit.at_last(tell, what)

    async def ask_and_refuse(unit: Unit) -> None:
        await ask(unit, "refused", "never")
        raise NobodyPresent

    await storage.write(ask, "alone", "turnout")
    assert told == [("turnout", ["alone"])]
    told.clear()
    await together(
        storage,
        lambda: storage.write(ask, "first", "turnout"),
        lambda: storage.write(ask_and_refuse),
        lambda: storage.write(ask, "second", "turnout"),
        lambda: storage.write(ask, "third", "other"),
    )
    everything = ["alone", "first", "second", "third"]
    assert told == [("turnout", everything), ("other", everything)]


async def test_what_fails_at_the_end_takes_nobody_along(storage: Storage) -> None:
    """A write of which the end fails is undone, and its mates are stored."""

    async def fail(_unit: Unit) -> None:
        raise NobodyPresent

    async def unlucky(unit: Unit) -> None:
        await note(unit, "unlucky")
        unit.at_last(fail)

    outcomes = await together(
        storage,
        lambda: storage.write(note, "first"),
        lambda: storage.write(unlucky),
        lambda: storage.write(note, "second"),
    )
    assert [type(outcome) for outcome in outcomes] == [str, NobodyPresent, str]
    assert await storage.read(noted) == ["first", "second"]
