"""Sends what the outbox holds: claims rows, renders them, sends within Telegram's limits, marks what became of them.

One short transaction at a time stores what has become of earlier rows and claims the next ones; no transaction is open
while Telegram is asked. A row is claimed only when its message may start at once, so that nothing waits in memory and
an urgent row overtakes all that is queued before it.
"""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic, time

import structlog
from structlog.contextvars import bound_contextvars
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.logs import where
from bot.outcomes import Failed, Migrated, Outcome, Passing, Sent
from bot.pacing import STEP, Pacing
from bot.posting import put
from bot.rendering import render_row
from bot.transport import NoConnectionError
from bot.waiting import Backoff, delay_after, pause, seconds_of, wait_for_any
from storage.engine import Storage, StorageUnavailable
from storage.sending import OutboxRow
from storage.unit import Unit

IN_FLIGHT = 16
LEASE_SECONDS = 180.0
"""Longer than any request may take; it matters only for a process that hangs, since a new one releases all leases."""

LOOK_SECONDS = 10.0
"""A commit wakes the sender; this is for a row that a transaction held during the claim, and that came to nothing."""

MAXIMUM_ATTEMPTS = 3000
"""About a day of passing errors, with half a minute between the later attempts."""

_CHAT_GONE = ("chat not found", "peer_id_invalid", "user not found")

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class _Turn:
    """What one transaction yields: the claimed rows, and the Unix time at which a further one becomes due."""

    rows: Sequence[OutboxRow]
    next_due: float | None


class Sender:
    """Empties the outbox."""

    def __init__(self, storage: Storage, bot: Bot, pacing: Pacing | None = None) -> None:
        self._storage = storage
        self._bot = bot
        self._pacing = pacing or Pacing()
        self._in_flight: set[int] = set()
        self._outcomes: list[Outcome] = []
        self._wake = asyncio.Event()
        storage.on_commit(self._wake.set)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set; then let what is under way arrive, and mark it. Raises ``InvalidToken``."""
        backoff = Backoff()
        released = False
        async with asyncio.TaskGroup() as sending:
            while not stop.is_set():
                self._wake.clear()
                # Before the claim: a chat that it leaves out may be free, and so no change any more, once it is done.
                noted = self._pace_changes()
                try:
                    if not released:
                        await self._storage.write(_release_leases)
                        released = True
                    turn = await self._take_turn()
                except StorageUnavailable as error:
                    _log.error("outbox cannot be read", error=where(error))
                    await pause(stop, backoff.next())
                    continue
                backoff.reset()
                for row in turn.rows:
                    self._pacing.start(row.chat_id)
                    self._in_flight.add(row.chat_id)
                    sending.create_task(self._deliver(row))
                await wait_for_any(stop, self._wake, seconds=self._patience(turn, noted))
        await self._store_last_outcomes()

    async def _take_turn(self) -> _Turn:
        """Store the outcomes so far and claim as many rows as may start now."""
        outcomes, self._outcomes = self._outcomes, []
        limit = min(self._pacing.free(), IN_FLIGHT - len(self._in_flight))
        if limit <= 0 and not outcomes:
            return _Turn((), None)
        try:
            return await self._storage.write(_turn, outcomes, limit, self._in_flight | self._pacing.resting())
        except StorageUnavailable:
            self._outcomes = outcomes + self._outcomes
            raise

    def _patience(self, turn: _Turn, noted: float) -> float:
        """Return in how many seconds to look again, unless a commit or an answer wakes the sender before.

        ``noted`` is when the pace was to change as it stood before the turn.
        """
        waits = [LOOK_SECONDS]
        if turn.next_due is not None:
            waits.append(turn.next_due - time())
        if len(self._in_flight) < IN_FLIGHT:
            waits.append(max(min(noted, self._pace_changes()) - monotonic(), STEP))
        return max(min(waits), 0.0)

    def _pace_changes(self) -> float:
        """Return the monotonic time from which more may start; infinite when only an answer brings that."""
        change = self._pacing.next_change()
        return math.inf if change is None else monotonic() + change

    async def _deliver(self, row: OutboxRow) -> None:
        """Bring one row to its end, whatever that is. Raises ``InvalidToken``."""
        with bound_contextvars(outbox_id=row.id, person_id=row.person_id):
            try:
                outcome = await self._attempt(row)
            finally:
                self._pacing.finish(row.chat_id)
                self._in_flight.discard(row.chat_id)
                self._wake.set()
            self._outcomes.append(outcome)

    async def _attempt(self, row: OutboxRow) -> Outcome:
        try:
            rendered = await render_row(self._storage, row)
        except StorageUnavailable as error:
            return Passing(row, time() + delay_after(row.attempts), where(error))
        except Exception as error:  # noqa: BLE001 - a screen that fails must not hold up the others
            _log.exception("screen not rendered", screen=row.screen)
            return Failed(row, where(error))
        if rendered is None:
            return Sent(row, None)
        try:
            message_id = await put(self._bot, row.chat_id, rendered.content, edit=rendered.edit, silent=row.silent)
            return Sent(row, message_id)
        except InvalidToken:
            raise
        except TelegramError as error:
            return self._judge(row, error)

    def _judge(self, row: OutboxRow, error: TelegramError) -> Outcome:
        """Tell permanent errors from passing ones."""
        words = str(error)
        if isinstance(error, ChatMigrated):
            _log.info("group became a supergroup", old_chat_id=row.chat_id, new_chat_id=error.new_chat_id)
            return Migrated(row, error.new_chat_id, time())
        if isinstance(error, Forbidden) or any(gone in words.lower() for gone in _CHAT_GONE):
            _log.info("chat cannot be reached", chat_id=row.chat_id, error=words)
            return Failed(row, words, unreachable=True)
        if isinstance(error, BadRequest):
            _log.error("Telegram refuses a message", screen=row.screen, error=words)
            return Failed(row, words)
        if row.attempts >= MAXIMUM_ATTEMPTS:
            _log.error("message given up", screen=row.screen, attempts=row.attempts, error=words)
            return Failed(row, words)
        if isinstance(error, RetryAfter):
            seconds = seconds_of(error)
            self._pacing.silence(seconds)
            _log.warning("Telegram asks for silence", seconds=seconds)
            return Passing(row, time() + seconds, words)
        _log.warning("message not sent", screen=row.screen, attempts=row.attempts, error=words)
        arrived = not isinstance(error, NoConnectionError)
        return Passing(row, time() + delay_after(row.attempts), words, may_have_arrived=arrived)

    async def _store_last_outcomes(self) -> None:
        """Mark what arrived while stopping. Where that fails, the row is sent again at the next start."""
        if not self._outcomes:
            return
        try:
            await self._storage.write(_turn, self._outcomes, 0, ())
        except StorageUnavailable as error:
            _log.error("sent messages not marked", count=len(self._outcomes), error=where(error))


async def _turn(unit: Unit, outcomes: Sequence[Outcome], limit: int, busy: set[int]) -> _Turn:
    for outcome in outcomes:
        await outcome.store(unit)
    if limit <= 0:
        return _Turn((), None)
    now = time()
    return _Turn(await unit.outbox.claim(limit, busy, now, LEASE_SECONDS), await unit.outbox.next_due(now))


async def _release_leases(unit: Unit) -> None:
    await unit.outbox.release_leases()
