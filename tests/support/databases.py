"""Real databases for tests: each test gets one of its own, copied from a template that was migrated once."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Protocol

from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage import migrate
from storage.embedded import embedded_postgres


class Databases(Protocol):
    """Where fresh databases come from."""

    def database(self, *, migrated: bool = True) -> AbstractAsyncContextManager[str]:
        """Yield the URL of a fresh database, with the schema unless ``migrated`` is false."""
        ...


_TEMPLATE = "migrated"
_NUMBERS = count(1)
_WITHOUT_DURABILITY = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")


@dataclass(frozen=True)
class PostgresServer:
    """A running PostgreSQL with a migrated template database."""

    url: URL

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

    @asynccontextmanager
    async def database(self, *, migrated: bool = True) -> AsyncIterator[str]:
        """Yield the URL of a fresh database."""
        name = f"test_{next(_NUMBERS)}"
        template = _TEMPLATE if migrated else "template0"
        await self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        try:
            yield self.named(name)
        finally:
            await self.run(f"DROP DATABASE {name} WITH (FORCE)")


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
    async def database(self, *, migrated: bool = True) -> AsyncIterator[str]:
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
