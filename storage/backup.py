"""Backups: the whole database at one moment into a file, and back, on SQLite and PostgreSQL alike."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, TypeVar

from sqlalchemy import BigInteger, Connection, func, insert, inspect, literal, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.archive import BackupRefused, Header, Refusal, Table, Writer, check, contents
from storage.engines import APPLICATION, connected, open_engines, parse, sqlite_file
from storage.failures import SchemaMismatch, StorageUnavailable, is_busy, trouble, trouble_told
from storage.journal import Journal
from storage.migrate import check_revision, exclusive, head, known, migrate_to, revision_of
from storage.shapes import REVISION_TABLE, Shape, shapes_of

T = TypeVar("T")

_BOXES = {"boxes": True, "box_counts": True, "box_bundles": True, "box_voters": False}
"""The tables of the boxes, and whether a row in it is of a box that is there still."""

_AT_WORK = text("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = :name")


async def back_up(url: str, file: BinaryIO, now: datetime) -> Writer:
    """Write the database at ``url``, as it is at one moment, into ``file``; return how much that was.

    The database is in use meanwhile, and is only read. Raises ``SchemaMismatch`` where it has no schema or a newer one,
    ``BackupRefused`` while there is a box of a secret vote in it, ``StorageUnavailable``, and ``FileTrouble`` where the
    file cannot be written.
    """
    file_of_database = sqlite_file(parse(url))
    if file_of_database is not None and not file_of_database.exists():
        check_revision(None)  # before SQLite makes an empty file
    async with open_engines(parse(url)) as engines:
        with trouble_told():
            async with connected(engines.read) as connection:
                revision = await connection.run_sync(revision_of)
                if revision is None or not known(revision):
                    raise SchemaMismatch(revision, head(), newer=revision is not None)
                shapes = await connection.run_sync(shapes_of)
                await _check_no_box(connection, shapes)
                writer = Writer(file, Header(revision, now))
                for shape in shapes:
                    writer.table(Table(shape.name, tuple(shape.kinds)))
                    async for row in shape.rows(connection):
                        writer.row(row)
    writer.finish()
    return writer


async def _check_no_box(connection: AsyncConnection, shapes: Iterable[Shape]) -> None:
    """Refuse where the box of a secret vote is open at this moment, or its traces are not erased yet.

    Two copies of an open box tell what came in between them, and they outlive its closing. Where none is open, no box
    is written anew during the backup either: on PostgreSQL that would leave this moment without rows, and it waits for
    whoever has read ``_BOXES``. A backup of an older schema has none.
    """
    for shape in shapes:
        if shape.name in _BOXES:
            found = (await connection.execute(select(shape.table).limit(1))).first()
            if found is not None and _BOXES[shape.name]:
                raise BackupRefused(Refusal.BOX_OPEN)


async def restore(
    url: str, path: Path, finish: Callable[[AsyncConnection, Header], Awaitable[T]], *, replace: bool
) -> T:
    """Put a backup back into the empty database at ``url``; with ``replace`` everything that is in it goes first.

    ``finish`` runs in the same transaction, and what it returns is returned once all is committed. Where this raises,
    nothing has changed: ``BackupRefused``, ``StorageUnavailable``, or ``FileTrouble`` for a file that cannot be read.
    """
    header = check(path)
    if not known(header.revision):
        raise BackupRefused(Refusal.NEWER)
    async with _alone(url) as connection:
        await _clear(connection, replace=replace)
        await migrate_to(connection, header.revision)
        with _fitting():
            await _load(connection, path)
        await migrate_to(connection, "head")
        if await Journal(connection, header.made_at).verify():
            raise BackupRefused(Refusal.UNSOUND)
        result = await finish(connection, header)
        await connection.commit()
        return result


@asynccontextmanager
async def _alone(url: str) -> AsyncIterator[AsyncConnection]:
    """Yield a connection beside which no other is at work; a new SQLite file does not stay where something fails."""
    file = sqlite_file(parse(url))
    new = file if file is not None and not file.exists() else None
    try:
        async with exclusive(url) as connection:
            await _check_alone(connection)
            yield connection
    except BaseException as error:
        if new is not None:
            new.unlink(missing_ok=True)
        if isinstance(error, StorageUnavailable) and is_busy(error.__cause__):
            raise BackupRefused(Refusal.IN_USE) from error
        raise


async def _check_alone(connection: AsyncConnection) -> None:
    """Refuse where the program is at work on PostgreSQL; SQLite does not even let us in then."""
    if connection.dialect.name == "postgresql":
        others = await connection.execute(_AT_WORK, {"name": APPLICATION})
        if others.first() is not None:
            raise BackupRefused(Refusal.IN_USE)


async def _clear(connection: AsyncConnection, *, replace: bool) -> None:
    """Leave the database empty, where it may be emptied."""
    names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    if names and REVISION_TABLE not in names:
        raise BackupRefused(Refusal.NOT_OURS)
    if names and not replace:
        raise BackupRefused(Refusal.OCCUPIED)
    quote = connection.dialect.identifier_preparer.quote
    cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
    for name in names:
        await connection.execute(text(f"DROP TABLE {quote(name)}{cascade}"))


@contextmanager
def _fitting() -> Iterator[None]:
    """Refuse a backup whose values the schema does not take."""
    try:
        yield
    except (TypeError, ValueError) as error:
        raise BackupRefused(Refusal.DAMAGED) from error
    except DBAPIError as error:
        if trouble(error, writing=True) is not None:
            raise
        raise BackupRefused(Refusal.DAMAGED) from error


async def _load(connection: AsyncConnection, path: Path) -> None:
    """Insert every row of the backup. Its tables and columns must be those of the schema, no more and no fewer."""
    shapes = {shape.name: shape for shape in await connection.run_sync(shapes_of)}
    await _defer_references(connection, shapes)
    missing = dict(shapes)
    shape: Shape | None = None
    columns: tuple[str, ...] = ()
    rows: list[dict[str, object]] = []
    for part in contents(path):
        if isinstance(part, Table):
            await _insert(connection, shape, rows)
            shape, columns = missing.pop(part.name, None), part.columns
            if shape is None or sorted(columns) != sorted(shape.kinds):
                raise BackupRefused(Refusal.DAMAGED)
        elif shape is None:
            raise BackupRefused(Refusal.DAMAGED)
        else:
            rows.append(shape.read(columns, part))
            if len(rows) == shape.page:
                await _insert(connection, shape, rows)
    await _insert(connection, shape, rows)
    if missing:
        raise BackupRefused(Refusal.DAMAGED)
    await _check_references(connection, shapes)
    await _number_on(connection, shapes)


async def _insert(connection: AsyncConnection, shape: Shape | None, rows: list[dict[str, object]]) -> None:
    """Insert and forget ``rows``."""
    if shape is not None and rows:
        await connection.execute(insert(shape.table), rows)
        rows.clear()


async def _defer_references(connection: AsyncConnection, names: Iterable[str]) -> None:
    """Let rows come in any order; SQLite's migrating connection checks no references anyway."""
    for table, constraint in await _references(connection, names):
        await connection.execute(
            text(f"ALTER TABLE {table} ALTER CONSTRAINT {constraint} DEFERRABLE INITIALLY DEFERRED")
        )


async def _check_references(connection: AsyncConnection, names: Iterable[str]) -> None:
    """Hold every reference to what it refers to, and let the database do so from now on."""
    if connection.dialect.name == "sqlite":
        if (await connection.execute(text("PRAGMA foreign_key_check"))).first() is not None:
            raise BackupRefused(Refusal.DAMAGED)
        return
    await connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    for table, constraint in await _references(connection, names):
        await connection.execute(text(f"ALTER TABLE {table} ALTER CONSTRAINT {constraint} NOT DEFERRABLE"))


async def _references(connection: AsyncConnection, names: Iterable[str]) -> list[tuple[str, str]]:
    """Return (table, constraint) of every foreign key, quoted; none on SQLite."""
    if connection.dialect.name == "sqlite":
        return []
    quote = connection.dialect.identifier_preparer.quote

    def ask(sync: Connection) -> list[tuple[str, str]]:
        inspector = inspect(sync)
        return [
            (quote(name), quote(str(foreign["name"]))) for name in names for foreign in inspector.get_foreign_keys(name)
        ]

    return await connection.run_sync(ask)


async def _number_on(connection: AsyncConnection, shapes: Mapping[str, Shape]) -> None:
    """Let PostgreSQL number new rows after those that came in; SQLite does so by itself."""
    if connection.dialect.name == "sqlite":
        return
    quote = connection.dialect.identifier_preparer.quote
    for shape in shapes.values():
        for name in (name for name in shape.key if isinstance(shape.kinds[name].type, BigInteger)):
            sequence = func.pg_get_serial_sequence(literal(quote(shape.name)), literal(name))
            await connection.execute(select(func.setval(sequence, func.max(shape.table.c[name]))))
