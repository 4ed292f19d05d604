"""Backups from the command line: the file, who may read it, and what is held after it was put back."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.complaints import file_exists, file_unwritable
from bot.config import Settings
from services.holding import hold_back
from storage.archive import Header
from storage.backup import back_up, restore
from storage.clock import SystemClock
from storage.unit import Unit
from storage.waiting import Held


@dataclass(frozen=True)
class PutBack:
    """What was put back: a database of ``made_at`` with so many messages that are held."""

    made_at: datetime
    held: Held


async def write_backup(settings: Settings, path: Path) -> int:
    """Write a backup of the database into the new file ``path``; return how many rows it holds.

    Raises ``Complaint`` where the file exists or cannot be written.
    """
    with _new_file(path) as file:
        return (await back_up(settings.database_url, file, await SystemClock().now())).rows


async def put_back(settings: Settings, path: Path, *, replace: bool, release: bool) -> PutBack:
    """Put a backup back into the database; what waited in it is held, or released where that is decided already."""
    now = await SystemClock().now()

    async def finish(connection: AsyncConnection, header: Header) -> PutBack:
        unit = Unit(connection, now, settings.association())
        return PutBack(header.made_at, await hold_back(unit, header.made_at, release=release))

    return await restore(settings.database_url, path, finish, replace=replace)


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """Yield a file that gets its name once it is whole and on disk, and that only its owner can read."""
    if os.path.lexists(path):
        raise file_exists(path)
    part: Path | None = None
    try:
        descriptor, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
        part = Path(name)
        with open(descriptor, "wb") as file:  # noqa: PTH123 - it is open already
            yield file
            file.flush()
            os.fsync(descriptor)
        if os.path.lexists(path):
            raise file_exists(path)
        part.rename(path)
        _sync(path.absolute().parent)
    except OSError as error:
        raise file_unwritable(path) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def _sync(directory: Path) -> None:
    """Put the name on disk too."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
