"""What all tables share: the metadata, identifiers, moments and enumerations."""

from datetime import UTC, datetime
from enum import Enum as PythonEnum
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Dialect, Enum, ForeignKey, Integer, MetaData
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Identifier = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit key; SQLite numbers rows by itself only for a column declared INTEGER."""


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive one is refused because it means something else on each machine."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC; SQLite has no time zones, so there it is stored without one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Give the moment its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def choice(enum: type[PythonEnum]) -> Enum:
    """Return a text column type that holds the values of ``enum``; a new value needs no migration."""
    return Enum(
        enum,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=lambda e: [item.value for item in e],
    )


def id_column() -> Column[int]:
    """Return a table's own numbered key."""
    return Column("id", Identifier, primary_key=True, autoincrement=True)


def reference(name: str, target: str, *, nullable: bool = False, **options: Any) -> Column[int]:  # noqa: ANN401 - handed on to Column
    """Return a foreign key column to ``target`` ("table.column")."""
    return Column(name, Identifier, ForeignKey(target), nullable=nullable, **options)
