"""The storage: runs services in transactions."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from assembly.association import Association
from storage.clock import Clock
from storage.engines import Engines, connected, open_engines, parse, sqlite_file
from storage.failures import (
    AlreadyDone,
    CommitUnknown,
    SchemaMismatch,
    StorageUnavailable,
    Trouble,
    UnsuitableDatabase,
    trouble,
    trouble_told,
)
from storage.intake import Origin
from storage.migrate import check_revision, revision_of
from storage.unit import Unit

__all__ = [
    "AlreadyDone",
    "Clock",
    "CommitUnknown",
    "SchemaMismatch",
    "Storage",
    "StorageUnavailable",
    "UnsuitableDatabase",
]

T = TypeVar("T")

ATTEMPTS = 6
"""How often a transaction is run at most; with the pauses between, that takes about a second."""

FIRST_PAUSE = 0.02
"""The longest pause in seconds before the second attempt; it doubles with each later one."""


@dataclass(frozen=True)
class _Done:
    """What a service returned, and whether it queued something for the outbox."""

    result: Any
    queued: bool


class _CommitLost(Exception):  # noqa: N818 - carried from a commit to its retry, never further
    """The connection broke while committing: ``done`` may be stored."""

    def __init__(self, done: _Done) -> None:
        super().__init__("the answer to a COMMIT was lost")
        self.done = done


class Storage:
    """Runs services, each in one transaction: ``write`` commits what it did, ``read`` sees one committed moment.

    A service is an async function ``(unit, ...)`` that awaits nothing but the database and never commits.
    ``association`` may be replaced once, at start-up, when Telegram has told the bot's user name.
    """

    def __init__(self, engines: Engines, association: Association, clock: Clock) -> None:
        self.association = association
        self._engines = engines
        self._clock = clock
        self._writing: set[asyncio.Task[Any]] = set()
        self._callbacks: list[Callable[[], None]] = []

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, association: Association, clock: Clock) -> AsyncIterator["Storage"]:
        """Open the database at ``url`` and close it again; writes that are under way then are finished first.

        Raises ``SchemaMismatch``, ``StorageUnavailable``, or ``UnsuitableDatabase`` where the database cannot be used.
        """
        parsed = parse(url)
        file = sqlite_file(parsed)
        if file is not None and not file.exists():
            check_revision(None)  # before SQLite makes an empty file
        async with open_engines(parsed) as engines:
            async with connected(engines.write):
                pass  # the writer first: it sets the file's journal mode
            with trouble_told():
                async with connected(engines.read) as connection:
                    check_revision(await connection.run_sync(revision_of))
            storage = cls(engines, association, clock)
            try:
                yield storage
            finally:
                await asyncio.gather(*storage._writing, return_exceptions=True)

    def on_commit(self, callback: Callable[[], None]) -> None:
        """Call ``callback`` after every commit that queued something for the outbox; it may neither block nor raise."""
        self._callbacks.append(callback)

    async def write(
        self,
        service: Callable[..., Awaitable[T]],
        /,
        *args: Any,  # noqa: ANN401 - the service's own
        origin: Origin | None = None,
        **kwargs: Any,  # noqa: ANN401 - the service's own
    ) -> T:
        """Run ``service(unit, *args, **kwargs)``, commit what it stored, and return what it returned.

        With an ``origin`` the service runs once per update: the done-key is stored in the same transaction, and where
        it is there already ``AlreadyDone`` is raised. Any exception of the service rolls everything back and comes
        through. On a conflict or a lost connection the service is run again from the start. Raises
        ``StorageUnavailable`` when nothing could be stored, and its ``CommitUnknown`` when that cannot be known for
        want of an ``origin``.

        The transaction runs in a task of its own: a caller that is cancelled waits no longer, and the transaction still
        ends whole, so that nothing is left half done on the one connection that writes.
        """

        async def run(unit: Unit) -> T:
            return await service(unit, *args, **kwargs)

        task = asyncio.create_task(self._write(run, origin))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)
        done = await asyncio.shield(task)
        result: T = done.result
        return result

    async def read(
        self,
        service: Callable[..., Awaitable[T]],
        /,
        *args: Any,  # noqa: ANN401 - the service's own
        **kwargs: Any,  # noqa: ANN401 - the service's own
    ) -> T:
        """Run ``service(unit, *args, **kwargs)`` on what is committed at one moment; it must not write.

        Raises ``StorageUnavailable`` when the database cannot be read.
        """
        attempt = 0
        while True:
            attempt += 1
            try:
                now = await self._clock.now()
                async with connected(self._engines.read) as connection:
                    return await service(Unit(connection, now, self.association), *args, **kwargs)
            except Exception as error:  # noqa: BLE001 - raised again unless another attempt may help
                await _before_next(attempt, error, writing=False)

    async def _write(self, run: Callable[[Unit], Awaitable[Any]], origin: Origin | None) -> _Done:
        done = await self._committed(run, origin)
        if done.queued:
            for callback in self._callbacks:
                callback()
        return done

    async def _committed(self, run: Callable[[Unit], Awaitable[Any]], origin: Origin | None) -> _Done:
        """Run the transaction until it is committed, or until it is certain that it will not be."""
        attempt = 0
        lost: _Done | None = None
        while True:
            attempt += 1
            try:
                return await self._once(run, origin)
            except AlreadyDone:
                if lost is None:
                    raise
                return lost  # the COMMIT had arrived, only its answer had not
            except _CommitLost as error:
                if origin is None:
                    raise CommitUnknown(str(error)) from error.__cause__
                lost = error.done
                await _before_next(attempt, ConnectionError(str(error)), writing=True)
            except Exception as error:  # noqa: BLE001 - raised again unless another attempt may help
                await _before_next(attempt, error, writing=True)

    async def _once(self, run: Callable[[Unit], Awaitable[Any]], origin: Origin | None) -> _Done:
        async with self._engines.turn:
            now = await self._clock.now()  # in turn, so that what is stored later bears a later moment
            async with connected(self._engines.write) as connection:
                unit = Unit(connection, now, self.association, origin)
                if origin is not None and not await unit.intake.mark_done(origin):
                    raise AlreadyDone(origin)
                done = _Done(await run(unit), unit.outbox.queued)
                try:
                    await connection.commit()
                except Exception as error:
                    if trouble(error, writing=True) is Trouble.DISCONNECTED:
                        raise _CommitLost(done) from error
                    raise
                return done


async def _before_next(attempt: int, error: Exception, *, writing: bool) -> None:
    """Pause before the next attempt; raise ``error``, or ``StorageUnavailable`` because of it, when none may help."""
    kind = trouble(error, writing=writing)
    if kind is None:
        raise error
    if kind is Trouble.UNAVAILABLE or attempt == ATTEMPTS:
        raise StorageUnavailable(kind.value) from error
    await asyncio.sleep(random.uniform(0, FIRST_PAUSE * 2 ** (attempt - 1)))  # noqa: S311 - keeps two rivals apart
