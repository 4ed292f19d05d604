"""The storage: runs services in transactions."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from assembly.association import Association
from storage.clock import Clock
from storage.engines import Engines, connected, open_engines, parse, sqlite_file
from storage.failures import (
    AlreadyDone,
    CommitUnknown,
    SchemaMismatch,
    StorageUnavailable,
    UnsuitableDatabase,
    given_up,
    pause_after,
    trouble_told,
)
from storage.intake import Origin
from storage.migrate import check_revision, revision_of
from storage.scrubbing import scrub
from storage.unit import Unit
from storage.writing import SHARING, Done, Writer

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


class Storage:
    """Runs services, each in one transaction: ``write`` commits what it did, ``read`` sees one committed moment.

    A service is an async function ``(unit, ...)`` that awaits nothing but the database and never commits.
    ``association`` may be replaced once, at start-up, when Telegram has told the bot's user name.
    """

    def __init__(self, engines: Engines, association: Association, clock: Clock, sharing: int) -> None:
        self.association = association
        self._engines = engines
        self._clock = clock
        self._callbacks: list[Callable[[], None]] = []
        self._writer = Writer(engines, clock, self._tell_queued, sharing)

    @classmethod
    @asynccontextmanager
    async def open(
        cls, url: str, association: Association, clock: Clock, *, sharing: int = SHARING
    ) -> AsyncIterator["Storage"]:
        """Open the database at ``url`` and close it again; writes that are under way then are finished first.

        ``sharing`` is how many writes that wait together share a commit at most; 1 gives each its own.
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
            storage = cls(engines, association, clock, sharing)
            try:
                yield storage
            finally:
                await storage._writer.finish()

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
        it is there already ``AlreadyDone`` is raised. Any exception of the service rolls back all that it did and comes
        through. On a conflict or a lost connection the service is run again from the start. Raises
        ``StorageUnavailable`` when nothing could be stored, and its ``CommitUnknown`` when that cannot be known for
        want of an ``origin``.

        Writes that wait together share a commit (see ``storage.writing``). A caller that is cancelled waits no longer,
        and the transaction still ends whole.
        """

        async def run(connection: AsyncConnection, now: datetime) -> Done:
            unit = Unit(connection, now, self.association, origin)
            if origin is not None and not await unit.intake.mark_done(origin):
                raise AlreadyDone(origin)
            return Done(await service(unit, *args, **kwargs), unit)

        result: T = (await self._writer.write(run, keyed=origin is not None)).result
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
                if (end := given_up(attempt, error, writing=False)) is not None:
                    raise end from end.__cause__
                await asyncio.sleep(pause_after(attempt))

    async def scrub(self) -> bool:
        """Leave nothing in the database's files but what its tables hold; ``False`` where that needs another try.

        Writes wait meanwhile, on SQLite for as long as it takes to write the whole file anew. Raises
        ``StorageUnavailable``.
        """
        with trouble_told():
            async with connected(self._engines.write) as connection:
                return await scrub(connection)

    def _tell_queued(self) -> None:
        for callback in self._callbacks:
            callback()
