"""Cancellation: a transaction ends whole, and the connection that writes stays usable."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from assembly.association import Association
from storage.engine import Storage
from storage.unit import Unit
from tests.storage.services import note, noted
from tests.storage.test_unavailable import on_postgresql
from tests.support.clock import TurnableClock


class Held:
    """A service that stores an entry, tells so, and waits to be let go."""

    def __init__(self) -> None:
        self.stored, self.go_on = asyncio.Event(), asyncio.Event()

    async def __call__(self, unit: Unit) -> None:
        """Store one entry before the wait and one after it."""
        await note(unit, "before")
        self.stored.set()
        await self.go_on.wait()
        await note(unit, "after")


async def cancel(task: asyncio.Task[None]) -> None:
    """Cancel a task and wait until it has ended."""
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_cancelled_caller_leaves_a_whole_transaction(storage: Storage) -> None:
    """The caller stops waiting at once; what it began is committed as a whole, and writing goes on."""
    held = Held()
    caller = asyncio.create_task(storage.write(held))
    await held.stored.wait()
    await cancel(caller)
    held.go_on.set()
    await storage.write(note, "next")
    assert sorted(await storage.read(noted)) == ["after", "before", "next"]


async def test_closing_waits_for_abandoned_writes(
    database_url: str, association: Association, clock: TurnableClock
) -> None:
    """A write whose caller was cancelled is finished before the database is closed."""
    held = Held()
    async with Storage.open(database_url, association, clock) as storage:
        caller = asyncio.create_task(storage.write(held))
        await held.stored.wait()
        await cancel(caller)
        asyncio.get_running_loop().call_soon(held.go_on.set)
    async with Storage.open(database_url, association, clock) as storage:
        assert await storage.read(noted) == ["before", "after"]


async def test_cancelled_transaction_is_rolled_back(storage: Storage) -> None:
    """When the event loop itself cancels a transaction, as at a hard stop, nothing of it stays and writing goes on."""
    held = Held()
    caller = asyncio.create_task(storage.write(held))
    await held.stored.wait()
    (transaction,) = storage._writer._lanes
    await cancel(transaction)
    with pytest.raises(asyncio.CancelledError):
        await caller
    await storage.write(note, "next")
    assert await storage.read(noted) == ["next"]


@on_postgresql
async def test_cancelled_in_the_middle_of_a_statement(storage: Storage) -> None:
    """A transaction that is cancelled while the database works on a statement leaves nothing, and writing goes on.

    On SQLite nobody gets a turn while a statement of the writer runs.
    """
    begun = asyncio.Event()
    long_statement = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000) SELECT max(i) FROM n"
    )

    async def busy(unit: Unit) -> None:
        await note(unit, "lost")
        begun.set()
        await unit.connection.execute(text(long_statement))

    caller = asyncio.create_task(storage.write(busy))
    await begun.wait()
    (transaction,) = storage._writer._lanes
    await cancel(transaction)
    with pytest.raises(asyncio.CancelledError):
        await caller
    await storage.write(note, "next")
    assert await storage.read(noted) == ["next"]


async def test_cancelled_while_committing(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction that is cancelled during its COMMIT is stored as a whole or not at all, and writing goes on."""
    commit, committing = AsyncConnection.commit, asyncio.Event()

    async def noticed(connection: AsyncConnection) -> None:
        committing.set()
        await commit(connection)

    async def twice(unit: Unit) -> None:
        await note(unit, "one")
        await note(unit, "two")

    monkeypatch.setattr(AsyncConnection, "commit", noticed)
    caller = asyncio.create_task(storage.write(twice))
    await committing.wait()
    (transaction,) = storage._writer._lanes
    await cancel(transaction)
    with pytest.raises(asyncio.CancelledError):
        await caller
    await storage.write(note, "next")
    assert await storage.read(noted) in (["one", "two", "next"], ["next"])


async def test_cancelled_reader(storage: Storage) -> None:
    """A cancelled reader disturbs nobody."""
    begun = asyncio.Event()

    async def slow(unit: Unit) -> None:
        await noted(unit)
        begun.set()
        await asyncio.Event().wait()

    reader = asyncio.create_task(storage.read(slow))
    await begun.wait()
    await cancel(reader)
    await storage.write(note, "next")
    assert await storage.read(noted) == ["next"]
