"""SQLite with few trips to aiosqlite's thread: rows, errors, and that waiting never stops the event loop."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engines import open_engines, parse
from tests.support.databases import sqlite_url

ROWS = [{"id": number, "name": f"Lid {number}"} for number in range(3)]


@pytest.fixture(params=["write", "read"])
async def engine(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """Give the engine that writes, and the one that reads with its ban on writing lifted."""
    async with open_engines(parse(sqlite_url(tmp_path / "test.db"))) as engines:
        chosen: AsyncEngine = getattr(engines, request.param)
        async with chosen.connect() as connection:
            await connection.exec_driver_sql("PRAGMA query_only = 0")
            await connection.exec_driver_sql("CREATE TABLE members (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
            await connection.execute(text("INSERT INTO members VALUES (:id, :name)"), ROWS)
            await connection.commit()
        yield chosen


async def test_rows(engine: AsyncEngine) -> None:
    """Rows come back with their names, several statements may be read at once, and counts and ids are told."""
    async with engine.connect() as connection:
        found = await connection.execute(text("SELECT id, name FROM members ORDER BY id"))
        again = await connection.execute(text("SELECT count(*) FROM members"))
        assert again.scalar_one() == 3
        assert [row._asdict() for row in found] == ROWS
        assert (await connection.execute(text("DELETE FROM members WHERE id > 0"))).rowcount == 2
        added = await connection.execute(text("INSERT INTO members (name) VALUES ('Nieuw') RETURNING id"))
        assert added.scalar_one() == 1
        assert (await connection.execute(text("SELECT name FROM members WHERE id = 9"))).first() is None
        await connection.rollback()
        assert (await connection.execute(text("SELECT count(*) FROM members"))).scalar_one() == 3


async def test_errors(engine: AsyncEngine) -> None:
    """The driver's errors come as they come from SQLAlchemy, with SQLite's code, and the connection stays usable."""
    async with engine.connect() as connection:
        with pytest.raises(IntegrityError) as caught:
            await connection.execute(text("INSERT INTO members VALUES (1, 'Twee keer')"))
        assert isinstance(caught.value.orig, sqlite3.IntegrityError)
        assert caught.value.orig.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
        with pytest.raises(OperationalError):
            await connection.execute(text("SELECT nothing FROM nowhere"))
        with pytest.raises(IntegrityError):
            await connection.execute(text("INSERT INTO members VALUES (:id, :name)"), ROWS)
        assert (await connection.execute(text("SELECT count(*) FROM members"))).scalar_one() == 3


async def test_waiting_for_a_lock_stops_nobody(engine: AsyncEngine) -> None:
    """While a transaction waits for another program's lock the event loop goes on."""
    other = sqlite3.connect(str(make_url(engine.url).database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def wait() -> None:
        async with engine.connect() as connection:
            await connection.execute(text("UPDATE members SET name = 'Anders'"))
            await connection.commit()

    waiting = asyncio.create_task(wait())
    for _ in range(5):
        await asyncio.sleep(0.01)
    assert not waiting.done()
    other.execute("ROLLBACK")
    other.close()
    async with asyncio.timeout(10):
        await waiting


async def test_committing_stops_nobody(engine: AsyncEngine) -> None:
    """COMMIT, which waits for the disk, is carried out by the connection's thread and not by the event loop's."""
    threads: list[int] = []
    async with engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        driver._conn.set_trace_callback(lambda sql: threads.append(threading.get_ident()) if "COMMIT" in sql else None)
        await connection.execute(text("UPDATE members SET name = 'Anders'"))
        await connection.commit()
    assert threads
    assert threading.get_ident() not in threads
