"""Erasing what a database's own files still hold of rows that were overwritten or deleted."""

import sqlite3

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.sqlite import Connection

_MAY = text(
    "SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE') FROM pg_roles"
    " WHERE rolname = 'pg_checkpoint' AND pg_has_role(oid, 'MEMBER')"
)


async def scrub(connection: AsyncConnection) -> bool:
    """Leave nothing in the files but what the tables hold; return ``False`` where that has to be tried again.

    SQLite's file is written anew and its log cut off, which waits for whoever still reads an earlier moment. PostgreSQL
    deletes the files that it took out of use, and lets go of its log, at a checkpoint; where this account may not ask
    for one it comes by itself. How the server keeps its log is the operator's affair (``docs/running.md``).
    ``connection`` is one that writes, with no transaction begun.
    """
    if connection.dialect.name == "sqlite":
        return await _scrub_sqlite(connection)
    await connection.execution_options(isolation_level="AUTOCOMMIT")
    if (await connection.execute(_MAY)).scalar():
        await connection.execute(text("SELECT pg_switch_wal()"))
        await connection.execute(text("CHECKPOINT"))
    return True


async def _scrub_sqlite(connection: AsyncConnection) -> bool:
    cut_off = False

    def step(driver: sqlite3.Connection) -> None:
        nonlocal cut_off
        driver.execute("VACUUM")
        busy, _in_log, _moved = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cut_off = not busy

    driver = (await connection.get_raw_connection()).driver_connection
    if isinstance(driver, Connection):  # which those that write are
        await driver.run(step, waits=True)
    return cut_off
