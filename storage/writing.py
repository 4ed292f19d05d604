"""Shared commits: writes that wait for the same disk go into one transaction, each behind a savepoint of its own.

A commit waits for the disk, whatever is in it. So a write that finds nobody before it runs at once, in a transaction of
its own; what comes in meanwhile waits, and goes together into the next one. Nobody is answered before the commit, not
even with a refusal: it may rest on what another write of the same transaction did.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.clock import Clock
from storage.engines import Engines, connected
from storage.failures import AlreadyDone, CommitUnknown, Trouble, given_up, pause_after, trouble
from storage.prepared import Prepared
from storage.unit import Unit

SHARING = 64
"""How many writes share a commit at most: the first is answered with the last, some tenths of a second later."""

_SAVEPOINT = Prepared(lambda _: text("SAVEPOINT shared"))


@dataclass(frozen=True)
class Done:
    """What a service returned, and the unit on which it did its work."""

    result: Any
    unit: Unit


Run = Callable[[AsyncConnection, datetime], Awaitable[Done]]
"""Runs a service in a transaction; it may be called again after a transaction that came to nothing."""

Outcome = Done | Exception


@dataclass(eq=False)
class _Write:
    """A write that waits for its ``answer``. ``keyed``: a done-key tells whether it is stored.

    ``stored`` is what it did in a transaction of which the COMMIT got no answer.
    """

    run: Run
    keyed: bool
    answer: asyncio.Future[Done]
    stored: Done | None = None

    def give(self, outcome: Outcome) -> Outcome:
        """Answer, and return the answer."""
        if isinstance(outcome, AlreadyDone) and self.stored is not None:
            outcome = self.stored  # the COMMIT had arrived, only its answer had not
        if isinstance(outcome, Done):
            self.answer.set_result(outcome)
        else:
            self.answer.set_exception(outcome)
        return outcome


class _Spoiled(Exception):  # noqa: N818 - carried from a write to its transaction, never further
    """The database failed in the middle of ``write``, so that nothing of the transaction can be kept."""

    def __init__(self, write: _Write) -> None:
        super().__init__("a write spoiled the transaction that it shared")
        self.write = write


class _CommitLost(ConnectionError):  # noqa: N818 - carried from a commit to its retry, never further
    """The connection broke while committing: ``outcomes`` may be stored."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        super().__init__("the answer to a COMMIT was lost")
        self.outcomes = outcomes


class Writer:
    """Commits what is written, in as many transactions at a time as the engines have lanes.

    ``sharing`` is how many writes share one at most. ``queued`` is called after each commit that queued something for
    the outbox.
    """

    def __init__(self, engines: Engines, clock: Clock, queued: Callable[[], None], sharing: int) -> None:
        self._engines = engines
        self._clock = clock
        self._queued = queued
        self._sharing = sharing
        self._waiting: deque[_Write] = deque()
        self._lanes: set[asyncio.Task[None]] = set()

    async def write(self, run: Run, *, keyed: bool) -> Done:
        """Return what ``run`` did once it is committed, or raise what it raised once it is undone.

        On a conflict or a lost connection it is run again from the start. Raises ``StorageUnavailable`` when nothing
        could be stored, and its ``CommitUnknown`` when that cannot be known because the write is not ``keyed``.
        A caller that is cancelled waits no longer; the transaction ends whole.
        """
        write = _Write(run, keyed, asyncio.get_running_loop().create_future())
        if len(self._lanes) < self._engines.lanes:
            self._begin(write)
        else:
            self._waiting.append(write)
        return await asyncio.shield(write.answer)

    async def finish(self) -> None:
        """Wait until everything that was begun is committed or given up."""
        while self._lanes:
            await asyncio.gather(*self._lanes, return_exceptions=True)

    def _begin(self, write: _Write) -> None:
        lane = asyncio.create_task(self._work(write))
        self._lanes.add(lane)
        lane.add_done_callback(self._ended)

    def _ended(self, lane: asyncio.Task[None]) -> None:
        """Make room for another lane, at once where a write came after this one had looked for the last time."""
        self._lanes.discard(lane)
        if self._waiting:
            self._begin(self._waiting.popleft())

    async def _work(self, first: _Write) -> None:
        """Commit ``first`` at once, and then what came to wait meanwhile, until nothing waits."""
        group = [first]
        while group:
            try:
                await self._settle(group)
            finally:
                for write in group:
                    write.answer.cancel()  # changes nothing unless this task itself was cancelled
            group = [self._waiting.popleft() for _ in range(min(self._sharing, len(self._waiting)))]

    async def _settle(self, group: Sequence[_Write]) -> None:
        """Run the transaction of ``group`` until each of its writes has its answer."""
        attempt = 0
        while group:
            attempt += 1
            try:
                outcomes = await self._once(group)
            except _Spoiled as spoiled:  # run alone, and after the others, it takes nobody along
                await self._settle([write for write in group if write is not spoiled.write])
                group, attempt = [spoiled.write], 0
            except Exception as error:  # noqa: BLE001 - given to whom it concerns, unless another attempt may help
                if isinstance(error, _CommitLost):
                    group = _to_be_known(group, error)
                if (end := given_up(attempt, error, writing=True)) is not None:
                    for write in group:
                        write.give(end)
                    return
                await asyncio.sleep(pause_after(attempt))
            else:
                given = [write.give(outcome) for write, outcome in zip(group, outcomes, strict=True)]
                if any(isinstance(outcome, Done) and outcome.unit.outbox.queued for outcome in given):
                    self._queued()
                return

    async def _once(self, group: Sequence[_Write]) -> Sequence[Outcome]:
        """Run every write of ``group`` in one transaction and commit it; return what became of each."""
        # In turn, so that what is stored later bears a later moment; and before the transaction holds any lock.
        now = await self._clock.now()
        async with connected(self._engines.write) as connection:
            if len(group) == 1:
                outcomes = [await _alone(connection, now, group[0])]
                if isinstance(outcomes[0], Exception):
                    return outcomes  # and what it did is rolled back with its connection
            else:
                outcomes = []
                for write in group:
                    outcomes.append(await _sharing(connection, now, write))
                    await asyncio.sleep(0)  # others have work too, and SQLite's statements wait for nothing
                await _do_last(group, outcomes)
            try:
                await connection.commit()
            except Exception as error:
                if trouble(error, writing=True) is Trouble.DISCONNECTED:
                    raise _CommitLost(outcomes) from error
                raise
            return outcomes


async def _alone(connection: AsyncConnection, now: datetime, write: _Write) -> Outcome:
    """Run a write that has the transaction for itself; raise what is the database's trouble."""
    try:
        done = await write.run(connection, now)
        for finish in done.unit.last.values():
            await finish()
    except Exception as error:
        if trouble(error, writing=True) is not None:
            raise
        return error
    return done


async def _sharing(connection: AsyncConnection, now: datetime, write: _Write) -> Outcome:
    """Run a write so that nothing of it stays when it raises. Raises ``_Spoiled`` for the database's trouble.

    After that no savepoint is of use: on a full disk, for one, SQLite has rolled back the whole transaction itself.
    The savepoints of a transaction have one name and are never released: the newest is meant, and the end takes all.
    """
    try:
        await _SAVEPOINT.run(connection)
        try:
            return await write.run(connection, now)
        except Exception as error:
            if trouble(error, writing=True) is not None:
                raise
            await connection.exec_driver_sql("ROLLBACK TO SAVEPOINT shared")
            return error
    except Exception as error:
        raise _Spoiled(write) from error


async def _do_last(group: Sequence[_Write], outcomes: Sequence[Outcome]) -> None:
    """Do once what the writes of a transaction want done at its end. Raises ``_Spoiled`` where that fails."""
    done: set[Hashable] = set()
    for write, outcome in zip(group, outcomes, strict=True):
        if isinstance(outcome, Done):
            try:
                for key in outcome.unit.last.keys() - done:
                    await outcome.unit.last[key]()
            except Exception as error:
                raise _Spoiled(write) from error
            done |= outcome.unit.last.keys()


def _to_be_known(group: Sequence[_Write], lost: _CommitLost) -> list[_Write]:
    """Return the writes of which the next attempt tells whether they are stored; the others stay unknown."""
    known = []
    for write, outcome in zip(group, lost.outcomes, strict=True):
        if isinstance(outcome, Done) and not write.keyed:
            unknown = CommitUnknown(str(lost))
            unknown.__cause__ = lost.__cause__
            write.give(unknown)
        else:
            write.stored = outcome if isinstance(outcome, Done) else write.stored
            known.append(write)
    return known
