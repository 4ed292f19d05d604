"""SQLite for the engines: aiosqlite with as few trips to its thread as can be.

aiosqlite lets a thread do everything, and SQLAlchemy goes there four times for one statement: for a cursor, to execute,
to fetch and to close. Each trip takes longer than SQLite does, and much longer while the event loop is busy and both
threads want the interpreter. So a statement is one trip here. For the connection that writes it is none: its statements
change pages in memory, and only what waits for a lock or for the disk goes to the thread, BEGIN and COMMIT.
What that is worth stands in ``docs/decisions/0008-shared-commits.md``.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Self

import aiosqlite

_FETCHED_AT_A_TIME = 64
"""aiosqlite's own cursors want to know; nobody uses those here."""


def connector(*, at_once: bool) -> Callable[..., aiosqlite.Connection]:
    """Return what makes a connection, as SQLAlchemy's ``async_creator_fn``; ``at_once`` for the one that writes."""

    def connect(*args: Any, **kwargs: Any) -> aiosqlite.Connection:  # noqa: ANN401 - of ``sqlite3.connect``
        connection = Connection(partial(sqlite3.connect, *args, **kwargs), _FETCHED_AT_A_TIME)
        connection.at_once = at_once
        connection._thread.daemon = True  # noqa: SLF001 - so does SQLAlchemy with the connections that it makes
        return connection

    return connect


class Connection(aiosqlite.Connection):
    """A connection whose cursors are ours."""

    at_once = False

    def cursor(self) -> "_Cursor":  # type: ignore[override]  # SQLAlchemy asks no more of it than ours can
        """Return a cursor of ours."""
        return _Cursor(self)

    async def run(self, step: Callable[[sqlite3.Connection], None], *, waits: bool) -> None:
        """Run ``step``; in the thread where it ``waits`` or may take long."""
        if waits or not self.at_once:
            await self._execute(step, self._conn)  # type: ignore[no-untyped-call]
        else:
            step(self._conn)


class _Cursor:
    """What SQLAlchemy asks of a driver's cursor. It holds the rows of its statement, and nothing is left open."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Execute a statement and fetch its rows."""

        def step(connection: sqlite3.Connection) -> None:
            self._take(connection.execute(sql, parameters))

        await self._connection.run(step, waits=sql.startswith("BEGIN"))

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        """Execute a statement once for each of ``parameters``."""

        def step(connection: sqlite3.Connection) -> None:
            self._take(connection.executemany(sql, parameters))

        await self._connection.run(step, waits=True)

    async def fetchall(self) -> Sequence[Any]:
        """Return the rows."""
        return self._rows

    async def close(self) -> None:
        """Close nothing: the statement is over."""

    def _take(self, done: sqlite3.Cursor) -> None:
        self.description, self.rowcount, self.lastrowid = done.description, done.rowcount, done.lastrowid
        self._rows = done.fetchall()
        done.close()
