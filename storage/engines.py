"""The two databases, each with an engine for writing and one for reading."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage.failures import StorageUnavailable, UnsuitableDatabase
from storage.sqlite import connector

APPLICATION = "alvbot"
"""How PostgreSQL knows the connections of the program at work."""

BUSY_SECONDS = 5
"""How long a statement waits for a lock before it gives up: longer than any write takes, shorter than people wait."""

FAREWELL_SECONDS = 0.05
"""aiosqlite's thread reports to the loop once more after it failed to connect; a loop that is closed by then makes it
complain on the terminal, under the sentence that says what to do."""

SCHEMA = "schema"
"""What a URL of PostgreSQL names the schema by in which everything is, where that is not the database's own."""

ANSWER_SECONDS = 15
"""How long PostgreSQL may take over a statement. A network that loses everything never says that it does."""

POSTGRES_LANES = 2
"""Transactions that write at a time: one that waits for a lock or imports a register does not hold up everybody. More
would part what could share a commit, and would wait for each other's locks."""

_PRAGMAS: dict[str, str | int] = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": BUSY_SECONDS * 1000,
    "secure_delete": 1,
}
"""``synchronous`` 2 is FULL: in WAL mode, NORMAL would lose the last commits when the power fails. ``secure_delete``
overwrites what is deleted, also in pages that nothing uses any more."""


@dataclass(frozen=True)
class Engines:
    """Where to write and where to read. ``lanes`` is how many transactions write at a time; on SQLite that is one."""

    write: AsyncEngine
    read: AsyncEngine
    lanes: int


def parse(url: str) -> URL:
    """Return ``url`` with its async driver. Raises ``UnsuitableDatabase`` for any other database or one in memory."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise UnsuitableDatabase("this is no database URL") from error
    if parsed.drivername in {"sqlite", "sqlite+aiosqlite"}:
        name = parsed.database or ""
        if not name or ":memory:" in name or parsed.query.get("mode") == "memory":
            raise UnsuitableDatabase("a database in memory cannot be shared by the reading and the writing engine")
        return parsed.set(drivername="sqlite+aiosqlite")
    if parsed.drivername in {"postgresql", "postgresql+asyncpg"}:
        return parsed.set(drivername="postgresql+asyncpg")
    raise UnsuitableDatabase(f"{parsed.drivername} is not supported; SQLite and PostgreSQL are")


def sqlite_file(url: URL) -> Path | None:
    """Return the file of an SQLite database, or ``None`` for another database."""
    if url.get_backend_name() != "sqlite":
        return None
    return Path((url.database or "").removeprefix("file:"))


# Everywhere ``hide_parameters``: an error would otherwise quote what was to be stored, a vote or a name among it.


@asynccontextmanager
async def open_engines(url: URL) -> AsyncIterator[Engines]:
    """Yield the engines for ``url`` and close every connection afterwards, whatever happened."""
    engines = _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)
    try:
        yield engines
    finally:
        # The writer goes last: SQLite's last connection writes the log back, and no two may do that at once (a bug in
        # versions before 3.51.3 can then corrupt the file).
        await engines.read.dispose()
        await engines.write.dispose()


@asynccontextmanager
async def connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Yield a connection; what was not committed is rolled back. Raises ``StorageUnavailable`` where there is none."""
    async with AsyncExitStack() as stack:
        try:
            connection = await stack.enter_async_context(engine.connect())
        except (SQLAlchemyError, OSError) as error:
            await asyncio.sleep(FAREWELL_SECONDS)
            raise StorageUnavailable("the database cannot be reached") from error
        yield connection


def migration_engine(url: URL, *, alone: bool = False) -> AsyncEngine:
    """Return an engine that may change the schema: SQLite without foreign keys, PostgreSQL without time limits.

    With ``alone`` SQLite lets in no other connection, and refuses to connect while there is one.
    """
    if url.get_backend_name() == "sqlite":
        # The order matters: WAL is not shared with others only where that is said before it is first used.
        pragmas = ({"locking_mode": "exclusive"} if alone else {}) | _PRAGMAS | {"foreign_keys": 0}
        return _sqlite_engine(url, begin="BEGIN IMMEDIATE", pool_size=1, pragmas=pragmas)
    return create_async_engine(
        url.difference_update_query([SCHEMA]),
        pool_size=1,
        connect_args={"timeout": BUSY_SECONDS, "server_settings": _search(url)},
        hide_parameters=True,
    )


def _sqlite(url: URL) -> Engines:
    return Engines(
        write=_sqlite_engine(url, begin="BEGIN IMMEDIATE", pool_size=1, pragmas=_PRAGMAS, at_once=True),
        read=_sqlite_engine(url, begin="BEGIN", pool_size=4, pragmas=_PRAGMAS | {"query_only": 1}),
        lanes=1,
    )


def _sqlite_engine(
    url: URL, *, begin: str, pool_size: int, pragmas: dict[str, str | int], at_once: bool = False
) -> AsyncEngine:
    """Return an engine whose connections have the ``pragmas`` and open a transaction with the words ``begin``.

    Python's driver begins late and with words of its own; ``isolation_level`` ``None`` stops it from doing that.
    """
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,
        connect_args={
            "isolation_level": None,
            "timeout": BUSY_SECONDS,
            "async_creator_fn": connector(at_once=at_once),
        },
    )
    event.listen(engine.sync_engine, "connect", _setter(pragmas))
    event.listen(engine.sync_engine, "begin", _beginner(begin))
    return engine


def _setter(pragmas: dict[str, str | int]) -> Callable[[Any, Any], None]:
    def set_pragmas(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own types
        try:
            for name, wanted in pragmas.items():
                _set_pragma(connection, name, wanted)
        except BaseException:
            connection.close()  # the pool forgets a connection that fails here; left open it would outlive the program
            raise

    return set_pragmas


def _set_pragma(connection: Any, name: str, wanted: str | int) -> None:  # noqa: ANN401 - the driver's own type
    """Set one pragma and hold SQLite to it: it ignores in silence what it does not know or cannot do."""
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA {name} = {wanted}")
        cursor.execute(f"PRAGMA {name}")
        found = cursor.fetchone()
    finally:
        cursor.close()
    if found != (wanted,):
        raise UnsuitableDatabase(f"SQLite answers {found} to PRAGMA {name} = {wanted}")


def _beginner(words: str) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(words)

    return begin


def _postgresql(url: URL) -> Engines:
    engine = create_async_engine(
        url.difference_update_query([SCHEMA]),
        isolation_level="READ COMMITTED",
        pool_size=10,
        max_overflow=10,
        pool_timeout=BUSY_SECONDS,
        hide_parameters=True,
        connect_args={
            "timeout": BUSY_SECONDS,
            "command_timeout": ANSWER_SECONDS,
            "server_settings": {
                "application_name": APPLICATION,
                "synchronous_commit": "on",
                "lock_timeout": f"{BUSY_SECONDS}s",
                "statement_timeout": "60s",
                **_search(url),
            },
        },
    )
    # A service that reads asks several questions; a snapshot gives them one moment to answer for, as SQLite does.
    read = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Engines(write=engine, read=read, lanes=POSTGRES_LANES)


def _search(url: URL) -> dict[str, str]:
    """Return the setting that keeps a connection within the schema that the URL names, if it names one."""
    schema = url.query.get(SCHEMA)
    return {"search_path": schema} if isinstance(schema, str) else {}
