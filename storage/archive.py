"""The file of a backup: lines of JSON, compressed, with a checksum at the end.

The first line is the header. Each table follows as a line with its name and columns, and then a line for each row. The
last line counts the rows and bears the SHA-256 of every byte before it. There is nothing of one database in it.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

FORMAT = "alvbot backup"
VERSION = 1
LONGEST = 64 * 2**20
"""Bytes of a line at most: a document that Telegram lets a bot fetch takes less than half of that."""

_GZIP = 31
"""What zlib calls the form of a gzip file."""


class Refusal(StrEnum):
    """Why a backup cannot be put back, or in the last case not be made."""

    FOREIGN = "the file is no backup of this program"
    DAMAGED = "the file is damaged, cut off or does not fit its schema"
    NEWER = "the backup is of a newer version of the program"
    OCCUPIED = "the database is not empty"
    NOT_OURS = "the database holds tables of another program"
    IN_USE = "the database is in use"
    UNSOUND = "the journal in the backup does not fit"
    BOX_OPEN = "a secret vote is open, or its traces are not erased yet"


class BackupRefused(Exception):  # noqa: N818 - reads as the state that it tells
    """A backup is not put back, or not made; nothing was changed."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class FileTrouble(Exception):  # noqa: N818 - reads as the state that it tells
    """The file of a backup cannot be read or written; its cause says why."""


@dataclass(frozen=True)
class Header:
    """What a backup says of itself: the schema's revision, and when it was made (aware, UTC)."""

    revision: str
    made_at: datetime


@dataclass(frozen=True)
class Table:
    """The rows that follow are of this table, with their values in the order of ``columns``."""

    name: str
    columns: tuple[str, ...]


Row = list[Any]


class Writer:
    """Writes a backup into ``file``."""

    def __init__(self, file: BinaryIO, header: Header) -> None:
        self._file = file
        self._packer = zlib.compressobj(wbits=_GZIP)
        self._digest = hashlib.sha256()
        self.tables = 0
        self.rows = 0
        self._line({"format": FORMAT, "version": VERSION, **asdict(header), "made_at": header.made_at.isoformat()})

    def table(self, table: Table) -> None:
        """Begin a table."""
        self.tables += 1
        self._line({"table": table.name, "columns": table.columns})

    def row(self, values: Row) -> None:
        """Write a row of the table that was begun last, of values that JSON knows."""
        self.rows += 1
        self._line(values)

    def finish(self) -> None:
        """Write the end, without which it is no backup."""
        self._line({"rows": self.rows, "sha256": self._digest.hexdigest()})
        self._write(self._packer.flush())

    def _line(self, value: object) -> None:
        line = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"
        self._digest.update(line)
        self._write(self._packer.compress(line))

    def _write(self, packed: bytes) -> None:
        try:
            self._file.write(packed)
        except OSError as error:
            raise FileTrouble from error


def check(path: Path) -> Header:
    """Read the whole of a backup and return its header. Raises ``BackupRefused``, or ``FileTrouble``."""
    lines = _lines(path)
    try:
        last = next(lines, b"")
        header = _header(_json(last))
    except BackupRefused as refused:
        raise BackupRefused(Refusal.NEWER if refused.reason is Refusal.NEWER else Refusal.FOREIGN) from None
    digest, rows = hashlib.sha256(), 0
    for line in lines:
        digest.update(last)
        rows += line.startswith(b"[")
        last = line
    if _json(last) != {"rows": rows, "sha256": digest.hexdigest()}:
        raise BackupRefused(Refusal.DAMAGED)
    return header


def contents(path: Path) -> Iterator[Table | Row]:
    """Yield each table, followed by its rows. Raises ``BackupRefused`` where a line is neither."""
    lines = _lines(path)
    next(lines)
    for line in lines:
        match _json(line):
            case list() as row:
                yield row
            case {"table": str(name), "columns": [*columns]}:
                yield Table(name, tuple(str(column) for column in columns))
            case {"rows": _, "sha256": _} if next(lines, None) is None:
                return
            case _:
                raise BackupRefused(Refusal.DAMAGED)


def _header(first: object) -> Header:
    match first:
        case {"format": form, "version": version, "revision": str(revision), "made_at": str(made_at)} if form == FORMAT:
            if version != VERSION:
                raise BackupRefused(Refusal.NEWER)
            with suppress(ValueError):
                moment = datetime.fromisoformat(made_at)
                if moment.tzinfo is not None:
                    return Header(revision, moment)
    raise BackupRefused(Refusal.FOREIGN)


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file, gzip.GzipFile(fileobj=file, mode="rb") as unpacked:
            while line := unpacked.readline(LONGEST):
                if not line.endswith(b"\n"):
                    raise BackupRefused(Refusal.DAMAGED)
                yield line
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise BackupRefused(Refusal.DAMAGED) from None
    except OSError as error:
        raise FileTrouble from error


def _json(line: bytes) -> object:
    try:
        value: object = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BackupRefused(Refusal.DAMAGED) from None
    return value


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)
