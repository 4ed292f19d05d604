"""When storing fails: what callers are told, and how a driver's error is read."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from sqlalchemy.exc import DBAPIError

from storage.intake import Origin

ATTEMPTS = 6
"""How often a transaction is run at most; with the pauses between, that takes about a second."""

FIRST_PAUSE = 0.02
"""The longest pause in seconds before the second attempt; it doubles with each later one."""


class AlreadyDone(Exception):  # noqa: N818 - nothing failed: the update was handled before
    """The done-key of this update is there already; nothing was run."""

    def __init__(self, origin: Origin) -> None:
        super().__init__(f"update {origin.update_id} was handled before")
        self.origin = origin


class StorageUnavailable(Exception):  # noqa: N818 - reads as the state that it tells
    """The database is gone, full, read-only or locked for too long; nothing was stored."""


class CommitUnknown(StorageUnavailable):
    """The answer to a COMMIT was lost and there was no done-key to look for: it is stored, or it is not."""


class UnsuitableDatabase(Exception):  # noqa: N818 - reads as the state that it tells
    """This database cannot keep what it is asked to; the message says why."""


class SchemaMismatch(Exception):  # noqa: N818 - reads as the state that it tells
    """The database's schema is not this program's.

    ``found`` is the database's revision, ``None`` where it has no schema yet; ``expected`` is the program's. ``newer``
    says that the database is ahead, so that a newer program is needed; otherwise it must be migrated.
    """

    def __init__(self, found: str | None, expected: str, *, newer: bool) -> None:
        super().__init__(f"schema {found} found, {expected} expected")
        self.found = found
        self.expected = expected
        self.newer = newer


class Trouble(Enum):
    """What an error means for the transaction in which it was raised; none of them stored anything by itself."""

    CONFLICT = "another transaction was in the way: run it again"
    DISCONNECTED = "the connection is lost: run it again on another one"
    UNAVAILABLE = "no use trying again now"


_CONFLICTS = frozenset({"40001", "40P01"})  # serialization_failure, deadlock_detected
_UNAVAILABLE_CLASSES = ("08", "53", "57P", "58")  # connection, resources, operator intervention, system
_UNAVAILABLE_STATES = frozenset({"55P03", "57014"})  # lock timeout, statement timeout
_READ_ONLY_STATE = "25006"

# SQLite's primary result codes: perm, busy, locked, nomem, ioerr, corrupt, full, cantopen, notadb
_SQLITE_UNAVAILABLE = frozenset({3, 5, 6, 7, 10, 11, 13, 14, 26})
_SQLITE_BUSY = 5
_SQLITE_READ_ONLY = 8
_PRIMARY_CODE = 0xFF


def trouble(error: Exception, *, writing: bool) -> Trouble | None:
    """Say what ``error`` means, or ``None`` when it is not the database's trouble but the program's or the domain's.

    A read-only database is the database's trouble while ``writing``; otherwise a service writes that must not.
    """
    if isinstance(error, OSError):  # a service talks to nothing but the database, so it is that connection
        return Trouble.DISCONNECTED
    if not isinstance(error, DBAPIError):
        return None
    state = getattr(error.orig, "sqlstate", None) or ""
    code = getattr(error.orig, "sqlite_errorcode", 0) & _PRIMARY_CODE
    if state in _CONFLICTS:
        return Trouble.CONFLICT
    if error.connection_invalidated:
        return Trouble.DISCONNECTED
    if state == _READ_ONLY_STATE or code == _SQLITE_READ_ONLY:
        unavailable = writing
    else:
        unavailable = (
            code in _SQLITE_UNAVAILABLE or state in _UNAVAILABLE_STATES or state.startswith(_UNAVAILABLE_CLASSES)
        )
    return Trouble.UNAVAILABLE if unavailable else None


def given_up(attempt: int, error: Exception, *, writing: bool) -> Exception | None:
    """Return what to raise for ``error``, mostly ``StorageUnavailable``; ``None`` when another attempt may help."""
    kind = trouble(error, writing=writing)
    if kind is None:
        return error
    if kind is Trouble.UNAVAILABLE or attempt == ATTEMPTS:
        unavailable = StorageUnavailable(kind.value)
        unavailable.__cause__ = error
        return unavailable
    return None


def pause_after(attempt: int) -> float:
    """Return the seconds before the next attempt; chance keeps two rivals apart."""
    return random.uniform(0, FIRST_PAUSE * 2 ** (attempt - 1))  # noqa: S311 - no secret


def is_busy(error: BaseException | None) -> bool:
    """Whether SQLite refused because another connection is at work."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlite_errorcode", 0) & _PRIMARY_CODE == _SQLITE_BUSY


@contextmanager
def trouble_told() -> Iterator[None]:
    """Raise ``StorageUnavailable`` for the database's trouble in this block, where nothing is run again."""
    try:
        yield
    except Exception as error:
        kind = trouble(error, writing=True)
        if kind is None:
            raise
        raise StorageUnavailable(kind.value) from error
