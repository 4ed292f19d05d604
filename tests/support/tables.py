"""Everything that a database holds, read apart from the program's own ways of reading it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.tables import metadata

Rows = dict[str, list[tuple[Any, ...]]]


async def rows_of(url: str) -> Rows:
    """Return the rows of every table by the table's name, in an order that does not depend on the database."""
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        return {
            name: sorted((tuple(row) for row in await connection.execute(select(table))), key=repr)
            for name, table in metadata.tables.items()
        }
