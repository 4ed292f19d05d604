"""The schema's revisions: bring a database up to this program's, or back."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache, partial
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engines import connected, migration_engine, parse, sqlite_file
from storage.failures import SchemaMismatch, UnsuitableDatabase, trouble_told
from storage.tables import metadata

_MIGRATIONS = Path(__file__).parent / "migrations"


def head() -> str:
    """Return the revision that this program works with."""
    return _revisions()[0]


async def current(url: str) -> str | None:
    """Return the revision of the database at ``url``, or ``None`` where it has no schema yet; makes no file."""
    file = sqlite_file(parse(url))
    if file is not None and not file.exists():
        return None
    async with _transaction(url) as connection:
        return await connection.run_sync(revision_of)


async def upgrade(url: str, revision: str = "head") -> None:
    """Migrate the database at ``url`` up to ``revision`` in one transaction; a new SQLite file is made.

    Raises ``SchemaMismatch`` where a newer program migrated it, and ``StorageUnavailable`` when it cannot be reached.
    """
    await _migrate(url, command.upgrade, revision)


async def migrate_to(connection: AsyncConnection, revision: str) -> None:
    """Migrate the connected database up to ``revision`` in the transaction that it is in."""
    await connection.run_sync(_run, command.upgrade, revision)


async def make_schema(connection: AsyncConnection) -> None:
    """Make all tables of this program, new and empty, in the transaction that the connection is in."""
    await connection.run_sync(partial(metadata.create_all, checkfirst=False))
    await connection.run_sync(_run, command.stamp, "head")


async def downgrade(url: str, revision: str) -> None:
    """Migrate the database at ``url`` back to ``revision`` ("base" is the empty database); raises like ``upgrade``."""
    await _migrate(url, command.downgrade, revision)


def revision_of(connection: Connection) -> str | None:
    """Return the revision of the connected database, or ``None`` where it has no schema yet."""
    return MigrationContext.configure(connection).get_current_revision()


def check_revision(found: str | None) -> None:
    """Raise ``SchemaMismatch`` unless ``found`` is this program's revision."""
    if found != head():
        raise SchemaMismatch(found, head(), newer=not known(found))


async def _migrate(url: str, step: Callable[[Config, str], None], revision: str) -> None:
    async with _transaction(url) as connection:
        found = await connection.run_sync(revision_of)
        if not known(found):
            raise SchemaMismatch(found, head(), newer=True)
        await connection.run_sync(_run, step, revision)
        await connection.commit()


def _run(connection: Connection, step: Callable[[Config, str], None], revision: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    step(config, revision)
    if connection.dialect.name == "sqlite":
        # Foreign keys are off meanwhile, since SQLite changes a table by copying and dropping it.
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise UnsuitableDatabase(f"the migration would leave {len(broken)} broken references; nothing was changed")


@asynccontextmanager
async def exclusive(url: str) -> AsyncIterator[AsyncConnection]:
    """Yield a connection for changing everything in the database at ``url`` in one transaction.

    Raises ``StorageUnavailable``, on SQLite also while another connection is open.
    """
    async with _transaction(url, alone=True) as connection:
        yield connection


@asynccontextmanager
async def _transaction(url: str, *, alone: bool = False) -> AsyncIterator[AsyncConnection]:
    engine = migration_engine(parse(url), alone=alone)
    try:
        with trouble_told():
            async with connected(engine) as connection:
                yield connection
    finally:
        await engine.dispose()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@cache
def _revisions() -> tuple[str, ...]:
    """Return every revision that this program knows, the newest first."""
    return tuple(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def known(revision: str | None) -> bool:
    """Whether this program can bring a database of this revision, or of none, up to its own; a newer one it cannot."""
    return revision is None or revision in _revisions()
