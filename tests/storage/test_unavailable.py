"""A database that is gone, full, read-only or locked: nothing is stored, it is said, and later all is well again."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from assembly.association import Association
from storage import engines
from storage.engine import Storage, StorageUnavailable
from storage.unit import Origin, Unit
from tests.storage.services import note, noted
from tests.support.clock import TurnableClock
from tests.support.databases import PostgresServer, SQLiteFolder, sqlite_url
from tests.support.waiting import until

ORIGIN = Origin(bot_id=1, update_id=100)

on_sqlite = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)


async def set_pragma(engine: AsyncEngine, setting: str) -> None:
    """Set a pragma on the engine's one connection, outside of any transaction."""
    async with engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.execute(f"PRAGMA {setting}")


async def fill(unit: Unit) -> None:
    """Store more than fits on a few free pages."""
    await unit.journal.note("large", actor_id=None, facts={"text": "x" * 100_000})


@on_sqlite
@pytest.mark.parametrize(
    ("broken", "repaired"),
    [("max_page_count = 1", "max_page_count = 1000000"), ("query_only = 1", "query_only = 0")],
    ids=["full", "read-only"],
)
async def test_full_or_read_only(storage: Storage, broken: str, repaired: str) -> None:
    """A full disk and a read-only one store nothing; once there is room, the same update is stored."""
    await set_pragma(storage._engines.write, broken)
    with pytest.raises(StorageUnavailable):
        await storage.write(fill, origin=ORIGIN)
    assert await storage.read(noted) == []
    await set_pragma(storage._engines.write, repaired)
    await storage.write(fill, origin=ORIGIN)
    assert await storage.read(noted) == ["large"]


@on_sqlite
async def test_file_opened_for_reading_only(database_url: str, association: Association, clock: TurnableClock) -> None:
    """A file that may only be read is read; a write to it stores nothing and says so."""
    url = f"sqlite:///file:{make_url(database_url).database}?mode=ro&uri=true"
    async with Storage.open(database_url, association, clock) as storage:
        await storage.write(note, "before")
        async with Storage.open(url, association, clock) as reader:
            with pytest.raises(StorageUnavailable):
                await reader.write(note, "never")
            assert await reader.read(noted) == ["before"]


@on_sqlite
async def test_locked_too_long(
    database_url: str, association: Association, clock: TurnableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write that waits too long for another program's lock gives up; reading goes on meanwhile."""
    monkeypatch.setitem(engines._PRAGMAS, "busy_timeout", 20)
    async with Storage.open(database_url, association, clock) as storage:
        other = sqlite3.connect(str(make_url(database_url).database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailable):
            await storage.write(note, "never")
        assert await storage.read(noted) == []
        other.execute("ROLLBACK")
        other.close()
        await storage.write(note, "kept")
        assert await storage.read(noted) == ["kept"]


@on_sqlite
async def test_no_database_in_the_file(databases: SQLiteFolder, association: Association, clock: TurnableClock) -> None:
    """A file that is no database is refused, whether it is opened or a folder stands in its place."""
    file = databases.folder / "letter.db"
    file.write_text("Geachte leden, " * 100)
    for path in (file, databases.folder):
        with pytest.raises(StorageUnavailable):
            async with Storage.open(sqlite_url(path), association, clock):
                pass
    await until(no_driver_thread)


async def no_driver_thread() -> bool:
    """Tell whether aiosqlite's threads have ended: one that could not connect does so a little later than it says."""
    return not any("_connection_worker_thread" in thread.name for thread in threading.enumerate())


@on_postgresql
async def test_database_gone_and_back(databases: PostgresServer, storage: Storage, database_url: str) -> None:
    """While PostgreSQL lets nobody in, nothing is stored or read; once it does, the same update is stored."""
    name = make_url(database_url).database
    await storage.write(note, "before")
    await databases.run(
        f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false",
        f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'",
    )
    with pytest.raises(StorageUnavailable):
        await storage.write(note, "after", origin=ORIGIN)
    with pytest.raises(StorageUnavailable):
        await storage.read(noted)
    await databases.run(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")
    await storage.write(note, "after", origin=ORIGIN)
    assert await storage.read(noted) == ["before", "after"]


@on_postgresql
async def test_read_only_server(storage: Storage) -> None:
    """A server that only lets itself be read, as a standby does, stores nothing and says so."""

    async def make_read_only(unit: Unit) -> None:
        await unit.connection.execute(text("SET TRANSACTION READ ONLY"))
        await note(unit, "never")

    with pytest.raises(StorageUnavailable):
        await storage.write(make_read_only)
    assert await storage.read(noted) == []


@pytest.mark.parametrize(
    "url",
    ["postgresql+asyncpg://postgres@127.0.0.1:1/nothing", "postgresql://postgres@/nothing?host=/nowhere&port=5432"],
)
async def test_no_server(url: str, association: Association, clock: TurnableClock) -> None:
    """Without a server at that address there is no storage."""
    with pytest.raises(StorageUnavailable):
        async with Storage.open(url, association, clock):
            pass


async def test_broken_promise_of_the_schema(storage: Storage) -> None:
    """A constraint that a service breaks is the program's mistake and comes through as it is."""

    async def orphan(unit: Unit) -> None:
        await unit.journal.note("orphan", actor_id=999, facts={})

    with pytest.raises(IntegrityError):
        await storage.write(orphan)
    assert await storage.read(noted) == []


def test_paths(tmp_path: Path) -> None:
    """A file's URL leads back to the file, with or without SQLite's own form of it."""
    assert engines.sqlite_file(engines.parse(sqlite_url(tmp_path / "a b.db"))) == tmp_path / "a b.db"
    assert engines.sqlite_file(engines.parse(f"sqlite:///file:{tmp_path}/x.db?uri=true")) == tmp_path / "x.db"
    assert engines.sqlite_file(engines.parse("postgresql://localhost/x")) is None
