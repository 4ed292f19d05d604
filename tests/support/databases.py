"""Real databases for tests: each test gets one of its own, copied from a template that was migrated once.

PostgreSQL takes a hundred times longer to make a database than to empty one, so one that fits the template still is
emptied after its test and used again.
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Protocol

import asyncpg
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage import migrate
from storage.embedded import embedded_postgres
from storage.tables import metadata


class Databases(Protocol):
    """Where fresh databases come from."""

    def database(self, *, migrated: bool = True, fresh: bool = False) -> AbstractAsyncContextManager[str]:
        """Yield the URL of an empty database, with the schema unless ``migrated`` is false.

        A ``fresh`` one was never used before.
        """
        ...


_TEMPLATE = "migrated"
_NUMBERS = count(1)
_WITHOUT_DURABILITY = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")

_USES = 40
"""How often a database is used: what was deleted stays in its files, because nothing vacuums them."""

_ALONE = """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_SHAPE = """SELECT md5(string_agg(format('%s %s %s %s', c.relname, a.attname, a.atttypid, a.attnotnull), ','
ORDER BY c.relname, a.attnum)) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0"""
_VERSION = "SELECT string_agg(version_num, ' ') FROM alembic_version"
_EMPTY = "; ".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables))
_FROM_ONE = "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'"


@dataclass(frozen=True)
class PostgresServer:
    """A running PostgreSQL with a migrated template database, whose tables have a ``shape``.

    ``spare``: databases that are empty again, and how often each was used.
    """

    url: URL
    spare: dict[str, int] = field(default_factory=dict)
    shape: list[str] = field(default_factory=list)

    async def run(self, *statements: str) -> None:
        """Run statements that stand alone, such as the making of a database, which no transaction may hold."""
        engine = create_async_engine(self.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        async with engine.connect() as connection:
            for statement in statements:
                await connection.exec_driver_sql(statement)

    def named(self, database: str) -> str:
        """Return the URL of one of the server's databases."""
        return self.url.set(database=database).render_as_string()

    async def prepare(self) -> None:
        """Trade durability for speed and migrate the template."""
        await self.run(
            *(f"ALTER SYSTEM SET {setting} = off" for setting in _WITHOUT_DURABILITY),
            "SELECT pg_reload_conf()",
            f"CREATE DATABASE {_TEMPLATE}",
        )
        await migrate.upgrade(self.named(_TEMPLATE))
        self.shape.append(await self._emptied(_TEMPLATE))

    @asynccontextmanager
    async def database(self, *, migrated: bool = True, fresh: bool = False) -> AsyncIterator[str]:
        """Yield the URL of an empty database; a ``fresh`` one was never used, so that its files hold nothing either."""
        if migrated and not fresh and self.spare:
            name, uses = self.spare.popitem()
        else:
            name, uses = f"test_{next(_NUMBERS)}", 0
            template = _TEMPLATE if migrated else "template0"
            await self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        try:
            yield self.named(name)
        finally:
            if migrated and uses < _USES and await self._emptied(name) in self.shape:
                self.spare[name] = uses + 1
            else:
                await self.run(f"DROP DATABASE {name} WITH (FORCE)")

    async def _emptied(self, name: str) -> str:
        """Empty a database that nobody uses any more; return what its tables look like."""
        connection = await asyncpg.connect(self.url.set(drivername="postgresql", database=name).render_as_string())
        try:
            await connection.execute(_ALONE)
            shape = f"{await connection.fetchval(_SHAPE)} {await connection.fetchval(_VERSION)}"
            if not self.shape or shape in self.shape:
                await connection.execute(f"{_EMPTY}; {_FROM_ONE}")
        except asyncpg.UndefinedTableError:
            return ""
        finally:
            await connection.close()
        return shape


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Run a PostgreSQL in a temporary folder and stop it afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="alvbot-postgres-") as folder,
        embedded_postgres(Path(folder) / "data") as url,
    ):
        server = PostgresServer(make_url(url))
        asyncio.run(server.prepare())
        yield server


@dataclass(frozen=True)
class SQLiteFolder:
    """A folder for SQLite files, with a migrated file elsewhere to copy."""

    template: Path
    folder: Path

    @asynccontextmanager
    async def database(self, *, migrated: bool = True, fresh: bool = True) -> AsyncIterator[str]:  # noqa: ARG002 - all are
        """Yield the URL of a fresh database; without a schema there is no file yet."""
        file = self.folder / f"test_{next(_NUMBERS)}.db"
        if migrated:
            shutil.copyfile(self.template, file)
        yield sqlite_url(file)


def migrated_sqlite(folder: Path) -> Path:
    """Make the template file that each test copies."""
    file = folder / "template.db"
    asyncio.run(migrate.upgrade(sqlite_url(file)))
    return file


def sqlite_url(file: Path) -> str:
    """Return the URL of an SQLite file."""
    return f"sqlite+aiosqlite:///{file}"
