"""Opening: the right database with the right schema and settings, or a clear refusal."""

from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from assembly.association import Association
from storage import engines, migrate
from storage.engine import SchemaMismatch, Storage, StorageUnavailable, UnsuitableDatabase
from storage.unit import Unit
from tests.support.clock import TurnableClock
from tests.support.databases import Databases, sqlite_url

on_sqlite = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)


@on_sqlite
async def test_sqlite_settings(storage: Storage) -> None:
    """Both engines work with a log, full syncing, foreign keys, patience and real deletion; one only reads."""

    async def settings(engine: AsyncEngine) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete", "query_only")
        async with engine.connect() as connection:
            return [(await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one() for name in names]

    assert await settings(storage._engines.write) == ["wal", 2, 1, 5000, 1, 0]
    assert await settings(storage._engines.read) == ["wal", 2, 1, 5000, 1, 1]


@on_postgresql
async def test_postgresql_settings(storage: Storage) -> None:
    """Commits are on disk before they are answered, whatever the server's default; reading has a snapshot."""

    async def settings(unit: Unit) -> list[object]:
        names = ("synchronous_commit", "transaction_isolation", "transaction_read_only", "lock_timeout")
        return [(await unit.connection.exec_driver_sql(f"SHOW {name}")).scalar_one() for name in names]

    assert await storage.write(settings) == ["on", "read committed", "off", "5s"]
    assert await storage.read(settings) == ["on", "repeatable read", "on", "5s"]


@on_sqlite
async def test_setting_that_does_not_take(
    database_url: str, association: Association, clock: TurnableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A setting that SQLite does not take over, as on a file system without shared memory, stops the start."""
    monkeypatch.setitem(engines._PRAGMAS, "synchronous", 7)
    with pytest.raises(UnsuitableDatabase, match="synchronous"):
        async with Storage.open(database_url, association, clock):
            pass


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite+aiosqlite:///:memory:",
        "sqlite:///file::memory:?cache=shared&uri=true",
        "sqlite:///file:x?mode=memory&uri=true",
        "mysql://localhost/alv",
        "postgresql+psycopg://localhost/alv",
        "alv.db",
    ],
)
def test_unsuitable_urls(url: str) -> None:
    """A database in memory, of another make or without a URL is refused."""
    with pytest.raises(UnsuitableDatabase):
        engines.parse(url)


def contents(folder: Path) -> list[Path]:
    """Return what stands in a folder."""
    return list(folder.iterdir())


async def test_database_without_schema(
    databases: Databases, association: Association, clock: TurnableClock, tmp_path: Path
) -> None:
    """An empty database must be migrated first; trying to open one leaves no file behind."""
    async with databases.database(migrated=False) as url:
        with pytest.raises(SchemaMismatch) as caught:
            async with Storage.open(url, association, clock):
                pass
    assert (caught.value.found, caught.value.expected, caught.value.newer) == (None, migrate.head(), False)
    assert contents(tmp_path) == []


async def test_database_of_a_newer_program(
    database_url: str, storage: Storage, association: Association, clock: TurnableClock
) -> None:
    """A database that a newer program migrated is neither opened nor migrated."""

    async def pretend(unit: Unit) -> None:
        await unit.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    await storage.write(pretend)
    with pytest.raises(SchemaMismatch) as caught:
        async with Storage.open(database_url, association, clock):
            pass
    assert (caught.value.found, caught.value.newer) == ("9999", True)
    with pytest.raises(SchemaMismatch):
        await migrate.upgrade(database_url)


async def test_folder_that_is_not_there(tmp_path: Path) -> None:
    """A database in a folder that does not exist cannot be made."""
    with pytest.raises(StorageUnavailable):
        await migrate.upgrade(sqlite_url(tmp_path / "missing" / "alv.db"))
