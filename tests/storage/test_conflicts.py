"""Conflicts and lost connections: the service is run again, and what was committed is known."""

import asyncio

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import CommitUnknown, Storage, StorageUnavailable
from storage.failures import ATTEMPTS
from storage.tables import journal
from storage.unit import Origin, Unit
from tests.storage.services import note, noted

ORIGIN = Origin(bot_id=1, update_id=100)

on_postgresql = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
"""SQLite has one writer at a time and knows no conflicts."""


def broken_connection(statement: str = "COMMIT") -> DBAPIError:
    """Return the error that SQLAlchemy raises when the connection breaks during ``statement``."""
    return DBAPIError(statement, {}, ConnectionResetError(), connection_invalidated=True)


async def rename(unit: Unit, entry_id: int, kind: str) -> None:
    """Change an entry, which locks it."""
    await unit.connection.execute(update(journal).where(journal.c.id == entry_id).values(kind=kind))


@on_postgresql
async def test_serialization_failure_is_run_again(storage: Storage) -> None:
    """A transaction that PostgreSQL refuses because another one changed the same row is run again and succeeds."""
    await storage.write(note, "old")
    runs = 0

    async def late(unit: Unit) -> None:
        nonlocal runs
        runs += 1
        await unit.connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        await noted(unit)
        if runs == 1:
            await storage.write(rename, 1, "theirs")
        await rename(unit, 1, "ours")

    await storage.write(late)
    assert runs == 2
    assert await storage.read(noted) == ["ours"]


@on_postgresql
async def test_deadlock_is_run_again(storage: Storage) -> None:
    """Of two transactions that wait for each other PostgreSQL stops one; it is run again and both are stored."""
    await storage.write(note, "first")
    await storage.write(note, "second")
    have_locked = asyncio.Barrier(2)
    runs: list[str] = []

    async def cross(unit: Unit, kind: str, first: int, second: int) -> None:
        runs.append(kind)
        await unit.connection.execute(text("SET LOCAL deadlock_timeout = '20ms'"))
        await rename(unit, first, kind)
        if len(runs) <= 2:
            await have_locked.wait()
        await rename(unit, second, kind)

    await asyncio.gather(storage.write(cross, "up", 1, 2), storage.write(cross, "down", 2, 1))
    assert len(runs) == 3
    assert await storage.read(noted) in (["up", "up"], ["down", "down"])


async def test_endless_conflict_is_given_up(storage: Storage) -> None:
    """A service that only ever meets conflicts is run a bounded number of times, and nothing is stored."""
    runs = 0

    async def unlucky(unit: Unit) -> None:
        nonlocal runs
        runs += 1
        await note(unit, "never")
        raise broken_connection("SELECT 1")

    with pytest.raises(StorageUnavailable):
        await storage.write(unlucky, origin=ORIGIN)
    assert runs == ATTEMPTS
    assert await storage.read(noted) == []


@pytest.mark.parametrize("arrived", [True, False])
async def test_lost_answer_to_commit(storage: Storage, monkeypatch: pytest.MonkeyPatch, arrived: bool) -> None:
    """Whether the COMMIT arrived or not, the write is stored once and the caller gets its answer."""
    commit, runs = AsyncConnection.commit, 0

    async def lose_answer(connection: AsyncConnection) -> None:
        monkeypatch.undo()
        if arrived:
            await commit(connection)
        raise broken_connection()

    async def counted(unit: Unit) -> str:
        nonlocal runs
        runs += 1
        await unit.outbox.send(5, ORIGIN)
        return await note(unit, f"run {runs}")

    woken: list[str] = []
    storage.on_commit(lambda: woken.append("woken"))
    monkeypatch.setattr(AsyncConnection, "commit", lose_answer)
    assert await storage.write(counted, origin=ORIGIN) == ("run 1" if arrived else "run 2")
    assert await storage.read(noted) == (["run 1"] if arrived else ["run 2"])
    assert woken == ["woken"]


async def test_lost_answer_without_done_key(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a done-key nobody can tell whether a lost COMMIT arrived, and that is what the caller is told."""

    async def lose_answer(_connection: AsyncConnection) -> None:
        monkeypatch.undo()
        raise broken_connection()

    monkeypatch.setattr(AsyncConnection, "commit", lose_answer)
    with pytest.raises(CommitUnknown):
        await storage.write(note, "perhaps")
    await storage.write(note, "next")


@on_postgresql
async def test_connections_cut_by_the_server(storage: Storage) -> None:
    """After the server cut every idle connection, as it does when it restarts, the next write and read just work."""
    await asyncio.gather(*(storage.read(noted) for _ in range(5)))

    async def cut(unit: Unit) -> None:
        others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        await unit.connection.execute(text(f"{others} WHERE datname = current_database() AND pid <> pg_backend_pid()"))

    await storage.write(cut)
    assert await asyncio.gather(*(storage.read(noted) for _ in range(5))) == [[]] * 5
    await storage.write(cut)
    await asyncio.gather(*(storage.write(note, "kept") for _ in range(5)))
    assert await storage.read(noted) == ["kept"] * 5


@on_postgresql
async def test_connection_cut_in_the_middle(storage: Storage) -> None:
    """A transaction whose connection is cut under it is run again on another one."""
    runs = 0

    async def cut_once(unit: Unit) -> None:
        nonlocal runs
        runs += 1
        await note(unit, f"run {runs}")
        if runs == 1:
            await unit.connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    await storage.write(cut_once, origin=ORIGIN)
    assert await storage.read(noted) == ["run 2"]
