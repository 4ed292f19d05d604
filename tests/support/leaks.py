"""Whoever holds the disk: looks in rows, raw pages, freed space and logs for what links a seat to what was cast.

It knows the schema, who pressed which update, and every file. It reads files as bytes, apart from the program and from
the database, so that dead rows and freed pages are no secret to it.
"""

import json
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from struct import unpack_from
from typing import Any

from sqlalchemy import BigInteger, Table, literal_column, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from storage.tables import metadata

PAGE = 8192
"""Bytes of a PostgreSQL page."""

ACCOUNTS = {"chat_id", "telegram_id"}
FIRST_OF_OURS = 16384
"""PostgreSQL numbers the files of its own catalogues below this."""


@dataclass(frozen=True)
class Secret:
    """What nobody may find out: what was cast for each seat, by member id; and by what a seat can be recognised."""

    motion_id: int
    cast: Mapping[int, str]
    people: Mapping[int, int]
    accounts: Mapping[int, int]
    updates: Mapping[int, int]

    @property
    def choices(self) -> set[str]:
        """Everything that was cast."""
        return set(self.cast.values())


@dataclass(frozen=True)
class Trace:
    """Something that tells of a seat, of a choice, or of both; ``source`` and ``place`` say where it stands.

    ``transaction`` is what wrote it, where that can be told.
    """

    source: str
    place: tuple[int, ...]
    transaction: object = None
    seat: int | None = None
    choice: str | None = None


def links(secret: Secret, traces: Iterable[Trace]) -> dict[str, Mapping[int, str]]:
    """Return by which way what was cast can be told, for at least half of the seats; chance finds a third."""
    traces = list(traces)
    ways = {
        "row": _conclusions((t.seat, t.choice) for t in traces if t.seat is not None and t.choice is not None),
        "transaction": _conclusions(_joined(traces)),
    }
    seats, choices = _sequences(traces, "seat"), _sequences(traces, "choice")
    for where_seats, order in seats.items():
        for where_choices, said in choices.items():
            if len(order) == len(said):
                ways[f"order of {where_seats} and {where_choices}"] = dict(zip(order, said, strict=True))
    return {way: found for way, found in ways.items() if _right(secret, found) * 2 >= len(secret.cast)}


def _right(secret: Secret, found: Mapping[int, str]) -> int:
    return sum(secret.cast.get(seat) == choice for seat, choice in found.items())


def _conclusions(pairs: Iterable[tuple[Any, Any]]) -> dict[int, str]:
    """Return the seats for which only one choice is said."""
    said: dict[int, set[str]] = defaultdict(set)
    for seat, choice in pairs:
        said[seat].add(choice)
    return {seat: min(choices) for seat, choices in said.items() if len(choices) == 1}


def _joined(traces: Collection[Trace]) -> Iterator[tuple[int, str]]:
    seats, choices = defaultdict(set), defaultdict(set)
    for trace in traces:
        if trace.transaction is not None:
            if trace.seat is not None:
                seats[trace.transaction].add(trace.seat)
            if trace.choice is not None:
                choices[trace.transaction].add(trace.choice)
    for transaction, said in choices.items():
        if len(seats[transaction]) == 1:
            yield from ((seat, choice) for seat in seats[transaction] for choice in said)


def _sequences(traces: Collection[Trace], kind: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for trace in sorted(traces, key=lambda trace: trace.place):
        value = getattr(trace, kind)
        if value is not None:
            found[trace.source].append(value)
    return found


# What the tables say, in whatever column and however deep in a JSON value.


async def in_tables(url: str, secret: Secret, *more: Table) -> list[Trace]:
    """Return what the rows of every table tell, those of ``more`` too."""
    engine = create_async_engine(url, poolclass=NullPool)
    traces: list[Trace] = []
    async with engine.connect() as connection:
        for table in (*metadata.tables.values(), *more):
            traces += [trace async for trace in _in_table(connection, table, secret)]
    return traces


async def _in_table(connection: AsyncConnection, table: Table, secret: Secret) -> AsyncIterator[Trace]:
    postgresql = connection.dialect.name == "postgresql"
    hidden = literal_column("CAST(CAST(xmin AS text) AS bigint)" if postgresql else "NULL", BigInteger)
    names = [column.name for column in table.columns]
    targets = [_target(table, name) for name in names]
    for place, (transaction, *values) in enumerate(await connection.execute(select(hidden, *table.columns))):
        seats = {
            seat
            for target, value in zip(targets, values, strict=True)
            if (seat := _recognised(target, value, secret)) is not None
        }
        said = set().union(*(set(_leaves(value)) for value in values)) & secret.choices
        both = seats if len(seats) == 1 and len(said) == 1 else set()
        for seat in both:
            yield Trace(table.name, (place,), transaction, seat, min(said))
        for seat in seats - both:
            yield Trace(table.name, (place,), transaction, seat=seat)
        for choice in said if not both else ():
            yield Trace(table.name, (place,), transaction, choice=choice)
        for inner in (inner for value in values for inner in _containers(value)):
            for seat, choice in _pairs(inner, secret):
                yield Trace(f"{table.name} (JSON)", (place,), None, seat, choice)


def _target(table: Table, name: str) -> str:
    foreign = {key.target_fullname for key in table.columns[name].foreign_keys}
    if "members.id" in foreign or "electorate.member_id" in foreign:
        return "member"
    if "people.id" in foreign:
        return "person"
    return "account" if name in ACCOUNTS else name


def _recognised(target: str, value: object, secret: Secret) -> int | None:
    if not isinstance(value, int):
        return None
    if target == "member":
        return value if value in secret.cast else None
    known = {"person": secret.people, "account": secret.accounts, "update_id": secret.updates}.get(target, {})
    return known.get(value)


def _parsed(value: object) -> object:
    if isinstance(value, str) and value[:1] in {"{", "["}:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _leaves(value: object) -> Iterator[str]:
    value = _parsed(value)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inner:
        yield from _leaves(item)
    if isinstance(value, str):
        yield from value.split(",")


def _containers(value: object) -> Iterator[list[object]]:
    value = _parsed(value)
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    if inner:
        yield inner
    for item in inner:
        if isinstance(item, dict | list):
            yield from _containers(item)


def _pairs(inner: list[object], secret: Secret) -> Iterator[tuple[int, str]]:
    """Return (seat, choice) where one container names both, as in [[3, "for"], …]."""
    said = {leaf for item in inner if isinstance(item, str) for leaf in item.split(",")} & secret.choices
    known = {**secret.accounts, **secret.updates, **secret.people, **{seat: seat for seat in secret.cast}}
    seats = {known[item] for item in inner if type(item) is int and item in known}
    if len(said) == 1 and len(seats) == 1:
        yield seats.pop(), said.pop()


# SQLite's file and its log.


def in_sqlite_files(url: str, secret: Secret) -> list[Trace]:
    """Return what the records in SQLite's pages tell, and each change of a page in the log, by its commit."""
    file = _sqlite_file(url)
    content, log = file.read_bytes(), _log_of(file)
    size = int.from_bytes(content[16:18], "big")
    traces = []
    for number, start in enumerate(range(0, len(content), size), start=1):
        for offset, record in _records(content[start : start + size], 100 if number == 1 else 0):
            traces += _told(f"page {number}", (-offset,), None, record, secret)
    before: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
    commit = 0
    for start in range(32, len(log) - 24 - size + 1, 24 + size):
        number, committed = unpack_from(">II", log, start)
        found = {record for _, record in _records(log[start + 24 : start + 24 + size], 100 if number == 1 else 0)}
        for record in found - before[number]:
            traces += _told("log", (start,), commit, record, secret)
        before[number] = found
        commit += committed > 0
    return traces


def left_in_sqlite_files(url: str, choices: Collection[str]) -> list[str]:
    """Return where a choice stands outside of a JSON value, in used, freed and forgotten bytes alike."""
    file = _sqlite_file(url)
    return [
        f"{name} at {found.start()}: {found.group()!r}"
        for name, content in ((file.name, file.read_bytes()), (f"{file.name}-wal", _log_of(file)))
        for choice in choices
        if len(choice) > 3
        for found in re.finditer(rb'(?<!")' + choice.encode() + rb'(?!")', content)
    ]


def _sqlite_file(url: str) -> Path:
    return Path(str(make_url(url).database))


def _log_of(file: Path) -> bytes:
    log = file.with_name(file.name + "-wal")
    return log.read_bytes() if log.exists() else b""


def _told(
    source: str, place: tuple[int, ...], transaction: object, record: tuple[Any, ...], secret: Secret
) -> list[Trace]:
    """Return what a record tells of the vote: it names it, and a seat, or something that was chosen."""
    seat = next((value for value in record[1:] if type(value) is int and value in secret.cast), None)
    choice = next((value for value in record if isinstance(value, str) and value in secret.choices), None)
    if choice is not None:
        counted = record[-1] if type(record[-1]) is int else 1
        named = seat if len(record) > 3 else None
        return [Trace(source, place, transaction, named, choice)] if counted else []
    if record[:1] == (secret.motion_id,) and len(record) == 2 and seat is not None:
        return [Trace(source, place, transaction, seat=seat)]
    return []


def _records(page: bytes, header: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the records of a leaf page with the offset at which each stands; newer ones stand in front."""
    if len(page) <= header or page[header] not in {0x0A, 0x0D}:
        return
    (count,) = unpack_from(">H", page, header + 3)
    for place in range(count):
        (offset,) = unpack_from(">H", page, header + 8 + 2 * place)
        try:
            _size, at = _varint(page, offset)
            if page[header] == 0x0D:
                _row, at = _varint(page, at)
            yield offset, tuple(_values(page, at))
        except (IndexError, UnicodeDecodeError):
            continue  # it goes on in another page; nothing of a vote is that long


def _values(page: bytes, at: int) -> Iterator[Any]:
    size, kinds_at = _varint(page, at)
    body = at + size
    while kinds_at < at + size:
        kind, kinds_at = _varint(page, kinds_at)
        if kind >= 12:
            length = (kind - 12) // 2
            value = page[body : body + length]
            yield value.decode() if kind % 2 else value
        else:
            length = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[kind]
            whole = int.from_bytes(page[body : body + length], "big", signed=True)
            yield None if kind == 0 else kind - 8 if kind in {8, 9} else whole
        body += length


def _varint(page: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = page[at + place]
        if place == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            return value, at + place + 1
    raise IndexError(at)


# PostgreSQL's files.


@dataclass(frozen=True)
class Files:
    """Where PostgreSQL keeps what: a folder with a file for each table and index."""

    folder: Path

    def pages(self) -> Iterator[tuple[str, int, bytes]]:
        """Yield (file, number, page) of everything that is not a catalogue, whether it is used or not."""
        for file in sorted(self.folder.iterdir()):
            number = re.match(r"\d+", file.name)
            if number and int(number.group()) >= FIRST_OF_OURS:
                content = file.read_bytes()
                for start in range(0, len(content), PAGE):
                    yield file.name, start // PAGE, content[start : start + PAGE]


async def postgresql_files(url: str) -> Files:
    """Have everything written to disk, and return where."""
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text("CHECKPOINT"))
        where = "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
        directory, number = (await connection.execute(text(where))).one()
    return Files(Path(directory) / "base" / str(number))


def in_postgresql_files(files: Files, secret: Secret) -> list[Trace]:
    """Return what every row tells that stands in a page, alive or dead, with the transaction that wrote it."""
    traces = []
    for name, number, page in files.pages():
        for place, transaction, content in _tuples(page):
            seats = [seat for seat in secret.cast if content.startswith(_numbers(secret.motion_id, seat))]
            said = [choice for choice in secret.choices if _column(choice) in content]
            traces += [Trace(name, (number, place), transaction, seat=seat) for seat in seats]
            traces += [Trace(name, (number, place), transaction, choice=choice) for choice in said]
    return traces


def left_in_postgresql_files(files: Files, choices: Collection[str]) -> list[str]:
    """Return where a choice stands as the value of a column, in whichever byte of a page."""
    return [
        f"{name}, page {number}: {choice}"
        for name, number, page in files.pages()
        for choice in choices
        if _column(choice) in page
    ]


def _tuples(page: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield (place, transaction, content) of each row of a table's page, also of those that are dead."""
    lower, _upper, special = unpack_from("<HHH", page, 12)
    if special != PAGE:
        return  # an index
    for place, at in enumerate(range(24, lower, 4)):
        (pointer,) = unpack_from("<I", page, at)
        offset, length = pointer & 0x7FFF, pointer >> 17
        if length:
            (transaction,) = unpack_from("<I", page, offset)
            yield place, transaction, page[offset + page[offset + 22] : offset + length]


def _numbers(*values: int) -> bytes:
    return b"".join(value.to_bytes(8, "little") for value in values)


def _column(word: str) -> bytes:
    """Return a short text as PostgreSQL writes it: its length with that byte counted, doubled and one more."""
    return bytes([(len(word) + 1) * 2 + 1]) + word.encode()
