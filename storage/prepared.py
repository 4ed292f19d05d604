"""Statements that every press asks, compiled once: the shortest way to the database.

SQLAlchemy looks up how a statement is compiled each time that it is executed, and wraps what comes back; that takes
several times longer than SQLite takes for the statement itself. On SQLite a prepared statement goes to the driver as it
was compiled, its values through SQLAlchemy's own types. On PostgreSQL, where the way to the server is what takes long,
it is executed as any other. What that is worth stands in ``docs/decisions/0008-shared-commits.md``.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

Insert = Callable[[Table], Any]
"""Makes an ``INSERT`` of the database's own: both know ``ON CONFLICT``, standard SQL does not."""

Processor = Callable[[Any], Any] | None
Rows = Sequence[Any]
"""Rows, to be read by name or unpacked."""

REMEMBERED = 64
"""Values of one column, or rows of one statement, that are not made anew."""


class Prepared:
    """One statement. ``build`` is given what makes an ``INSERT``; ``columns`` names the columns that one fills.

    Its parameters are single values: no list whose length would change the statement. ``made`` makes of each row what
    is returned for it. It may be asked once for rows that are the same, so what it makes does not change.
    """

    def __init__(
        self,
        build: Callable[[Insert], Any],
        columns: Sequence[str] | None = None,
        made: Callable[[Any], Any] | None = None,
    ) -> None:
        self._build = build
        self._columns = columns
        self._made = made
        self._statements: dict[str, Any] = {}
        self._compiled: _Compiled | None = None

    async def run(self, connection: AsyncConnection, **values: object) -> Rows:
        """Execute the statement in the transaction of ``connection`` and return its rows."""
        name = connection.dialect.name
        if name not in self._statements:
            self._statements[name] = self._build(postgresql.insert if name == "postgresql" else sqlite.insert)
        if name != "sqlite":
            found = await connection.execute(self._statements[name], values)
            rows = found.all() if found.returns_rows else ()
            return rows if self._made is None else [self._made(row) for row in rows]
        if self._compiled is None:
            self._compiled = _Compiled(self._statements[name], self._columns, self._made, connection.dialect)
        return await self._compiled.run(connection, values)


class _Compiled:
    """A statement as SQLite's driver takes it."""

    def __init__(
        self,
        statement: Any,  # noqa: ANN401 - any
        columns: Sequence[str] | None,
        made: Callable[[Any], Any] | None,
        dialect: Dialect,
    ) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        self._sql = str(compiled)
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self._parameters: list[tuple[str, Processor]] = []
        for name in compiled.positiontup or ():
            kind = compiled.binds[name].type
            self._parameters.append((name, _remembering(kind, kind.dialect_impl(dialect).bind_processor(dialect))))
        columns_out = getattr(statement, "exported_columns", ())
        row: Any = namedtuple("Row", [column.key for column in columns_out], rename=True)  # type: ignore[misc]  # noqa: PYI024
        self._row = row._make
        self._readers: list[Processor] = [
            _remembering(column.type, column.type.dialect_impl(dialect).result_processor(dialect, None))
            for column in columns_out
        ]
        self._made = made
        self._of_row = self._read if made is None else lru_cache(REMEMBERED)(self._read)

    async def run(self, connection: AsyncConnection, values: Mapping[str, object]) -> Rows:
        """Execute it. Raises what SQLAlchemy makes of the driver's errors."""
        if not connection.in_transaction():
            await connection.begin()
        given = {**self._fixed, **values}
        parameters = [given[name] if write is None else write(given[name]) for name, write in self._parameters]
        rows: list[Any] = []

        def step(driver: sqlite3.Connection) -> None:
            rows.extend(driver.execute(self._sql, parameters))

        try:
            await connection.sync_connection.connection.driver_connection.run(step, waits=False)  # type: ignore[union-attr]
        except sqlite3.Error as error:
            dialect = connection.dialect
            raise DBAPIError.instance(
                self._sql, None, error, sqlite3.Error, hide_parameters=True, dialect=dialect
            ) from error
        return [self._of_row(row) for row in rows]

    def _read(self, row: Sequence[Any]) -> Any:  # noqa: ANN401 - a row, or what is made of it
        found = self._row(
            [value if read is None else read(value) for read, value in zip(self._readers, row, strict=True)]
        )
        return found if self._made is None else self._made(found)


def _remembering(kind: TypeEngine[Any], process: Processor) -> Processor:
    """Let a processor remember what it made: all that a transaction stores bears the same moment. JSON can change."""
    return process if process is None or isinstance(kind, JSON) else lru_cache(REMEMBERED)(process)
