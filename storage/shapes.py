"""Tables as a database describes them itself, and their values as JSON and back.

A backup holds whatever is there. The program's own tables would not do: they are those of the newest schema only.
"""

import base64
import math
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    String,
    TableClause,
    Text,
    column,
    inspect,
    select,
    table,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from storage.failures import UnsuitableDatabase
from storage.tables.base import Moment

REVISION_TABLE = "alembic_version"

PAGE = 500
"""Rows that are read or written at a time; of a table that holds documents it is one."""

_INTEGERS = range(-(2**63), 2**63)


@dataclass(frozen=True)
class Kind:
    """What a column holds: its ``type`` on both databases, and how its values become JSON and are read from it.

    ``read`` raises ``TypeError`` or ``ValueError`` for JSON that is no such value.
    """

    type: TypeEngine[Any]
    write: Callable[[Any], object]
    read: Callable[[Any], object]


@dataclass(frozen=True)
class Shape:
    """A table: its columns with their kinds, and the columns of its key."""

    table: TableClause
    kinds: dict[str, Kind]
    key: tuple[str, ...]

    @property
    def name(self) -> str:
        """The table's name."""
        return self.table.name

    @property
    def page(self) -> int:
        """How many rows may be in memory at a time."""
        return 1 if any(isinstance(kind.type, LargeBinary) for kind in self.kinds.values()) else PAGE

    async def rows(self, connection: AsyncConnection) -> AsyncIterator[list[object]]:
        """Yield every row in the order of its key, as values that JSON knows."""
        key = [self.table.c[name] for name in self.key]
        query = select(*(self.table.c[name] for name in self.kinds)).order_by(*key).limit(self.page)
        last: tuple[Any, ...] | None = None
        while True:
            page = (await connection.execute(query if last is None else query.where(tuple_(*key) > last))).all()
            for row in page:
                yield [
                    None if value is None else kind.write(value)
                    for kind, value in zip(self.kinds.values(), row, strict=True)
                ]
            if len(page) < self.page:
                return
            last = tuple(getattr(page[-1], name) for name in self.key)

    def read(self, columns: tuple[str, ...], values: list[Any]) -> dict[str, object]:
        """Return a row of which the ``values`` stand in the order of ``columns``."""
        return {
            name: None if value is None else self.kinds[name].read(value)
            for name, value in zip(columns, values, strict=True)
        }


def shapes_of(connection: Connection) -> list[Shape]:
    """Return every table of the database by name, that of the revision excepted."""
    inspector = inspect(connection)
    found = []
    for name in sorted(set(inspector.get_table_names()) - {REVISION_TABLE}):
        kinds = {described["name"]: _kind(described["type"]) for described in inspector.get_columns(name)}
        columns = (column(column_name, kind.type) for column_name, kind in kinds.items())
        key = tuple(inspector.get_pk_constraint(name)["constrained_columns"])
        found.append(Shape(table(name, *columns), kinds, key))
    return found


def _kind(described: TypeEngine[Any]) -> Kind:
    for family, kind in _KINDS:
        if isinstance(described, family):
            return kind
    raise UnsuitableDatabase(f"it has a column of a type that is not known here: {described!r}")


def _as_it_is(value: object) -> object:
    return value


def _read_number(value: object) -> object:
    if type(value) is not int or value not in _INTEGERS:
        raise ValueError("no whole number")
    return value


def _read_float(value: object) -> object:
    if type(value) not in {int, float} or not math.isfinite(value):  # type: ignore[arg-type]  # one of the two by now
        raise ValueError("no number")
    return float(value)  # type: ignore[arg-type]  # same


def _read_truth(value: object) -> object:
    if type(value) is not bool:
        raise TypeError("neither true nor false")
    return value


def _read_text(value: object) -> object:
    if type(value) is not str:
        raise TypeError("no text")
    return value


def _write_moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()


def _read_moment(value: str) -> object:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment


def _write_bytes(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _read_bytes(value: str) -> object:
    return base64.b64decode(value, validate=True)


_KINDS: tuple[tuple[type[TypeEngine[Any]], Kind], ...] = (
    (Boolean, Kind(Boolean(), bool, _read_truth)),
    (Integer, Kind(BigInteger(), int, _read_number)),
    (Float, Kind(Float(), float, _read_float)),
    (DateTime, Kind(Moment(), _write_moment, _read_moment)),
    (Date, Kind(Date(), date.isoformat, date.fromisoformat)),
    (JSON, Kind(JSON(none_as_null=True), _as_it_is, _as_it_is)),
    (LargeBinary, Kind(LargeBinary(), _write_bytes, _read_bytes)),
    (String, Kind(Text(), str, _read_text)),
)
