"""Sends what the outbox holds: claims rows, renders them, sends within Telegram's limits, marks what became of them.

One short transaction at a time stores what has become of earlier rows and claims the next ones; no transaction is open
while Telegram is asked. A row is claimed only when its message may start in a moment, so that hardly anything waits in
memory and an urgent row overtakes all that is queued before it. A claimed row makes one request: what needs another one
(a message that can be changed no more and is sent anew) waits for its turn again.
"""

import asyncio
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import monotonic, time

import structlog
from structlog.contextvars import bound_contextvars
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.drawings import Drawing, Drawings
from bot.logs import where
from bot.outcomes import Failed, Migrated, Outcome, Passing, Sent, Unchangeable
from bot.pacing import AHEAD, MINUTE, Pacing
from bot.posting import edit, erase, post_commands, send, send_album
from bot.rendering import Rendered, render_row
from bot.transport import NoConnectionError
from bot.uploads import BeingUploaded, Uploads
from bot.waiting import Backoff, delay_after, pause, seconds_of, wait_for_any
from screens.content import Album, CommandMenu, Erasure
from services.live import LOADERS
from storage.engine import Storage, StorageUnavailable
from storage.unit import Unit
from storage.waiting import Earlier, OutboxRow

IN_FLIGHT = 16
LEASE_SECONDS = 180.0
"""Longer than any request may take. A lease runs out only where the answer to the COMMIT of a claim got lost."""

LOOK_SECONDS = 10.0
"""A commit wakes the sender; this is for a row that a transaction held during the claim, and that came to nothing."""

BREATH = 0.02
"""Seconds between two looks at least. A place that stands free meanwhile is lost to the rate, so it is short; without
any, each place that comes free would cost a transaction of its own."""

MAXIMUM_ATTEMPTS = 3000
"""About a day of passing errors, with half a minute between the later attempts."""

MAXIMUM_UNREADABLE = 5
"""An answer that cannot be read may mean that the message is there: not every try may send it once more."""

MOST_OFFLINE_SECONDS = 5.0
"""How long nothing is tried, at most, after there was no connection."""

LARGE_SECONDS = 2.0
"""After how long one looks again whether a large file is still in hand. The next one often needs no upload any more."""

UPLOAD_SECONDS = 0.3
"""After how long one looks again whether a picture was uploaded that another message is about to upload."""

_CHAT_GONE = ("chat not found", "peer_id_invalid", "user not found")

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class _Turn:
    """What one transaction yields: the claimed rows, and the Unix time at which a further one becomes due."""

    rows: Sequence[OutboxRow]
    next_due: float | None


class Sender:
    """Empties the outbox, and makes the drawings that go beside it at the same pace."""

    def __init__(
        self, storage: Storage, bot: Bot, pacing: Pacing | None = None, drawings: Drawings | None = None
    ) -> None:
        self._storage = storage
        self._bot = bot
        self._pacing = pacing or Pacing()
        self._drawings = drawings or Drawings()
        self._in_flight: set[int] = set()
        self._outcomes: list[Outcome] = []
        self._large = asyncio.Lock()
        self._uploads = Uploads(storage)
        self._offline = Backoff(most=MOST_OFFLINE_SECONDS)
        self._wake = asyncio.Event()
        storage.on_commit(self._wake.set)
        self._drawings.on_put(self._wake.set)

    @property
    def pacing(self) -> Pacing:
        """The pace that it keeps, for another one beside it: Telegram's limits are those of the bot."""
        return self._pacing

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set; then let what is under way arrive, and mark it. Raises ``InvalidToken``."""
        backoff = Backoff()
        resumed = False
        async with asyncio.TaskGroup() as sending:
            while not stop.is_set():
                self._wake.clear()
                # Before the claim: a chat that it leaves out may be free, and so no change any more, once it is done.
                noted = self._pace_changes()
                try:
                    if not resumed:
                        await self._resume()
                        resumed = True
                    self._begin_drawings(sending)
                    turn = await self._take_turn()
                except StorageUnavailable as error:
                    _log.error("outbox cannot be read", error=where(error))
                    await pause(stop, backoff.next())
                    continue
                backoff.reset()
                for row in turn.rows:
                    self._pacing.prepare(row.messages)
                    self._in_flight.add(row.chat_id)
                    sending.create_task(self._deliver(row))
                await wait_for_any(stop, self._wake, seconds=self._patience(turn, noted))
        await self._store_last_outcomes()

    async def _resume(self) -> None:
        """Take over from an earlier process, with the limits and the silence that Telegram holds it to."""
        now = time()
        earlier = await self._storage.write(_resume, now)
        for tried in earlier.tried:
            self._pacing.recall(tried.chat_id, now - tried.at, tried.requests)
        self._pacing.silence(earlier.silent_until - now)

    def _begin_drawings(self, sending: asyncio.TaskGroup) -> None:
        """Begin the drawings that may start now: who waits for one has the message before its eyes."""
        limit = min(self._pacing.free_soon(), IN_FLIGHT - len(self._in_flight))
        for drawing in self._drawings.take(limit, self._in_flight | self._pacing.resting()):
            self._pacing.prepare()
            self._in_flight.add(drawing.chat_id)
            sending.create_task(self._draw(drawing))

    async def _draw(self, drawing: Drawing) -> None:
        """Change one message. What does not get through is let go. Raises ``InvalidToken``."""
        try:
            try:
                await self._wait_for_place(1)
            finally:
                self._pacing.prepared()
            if self._pacing.silent_for():  # it began after this was taken
                return
            self._pacing.start(drawing.chat_id)
            try:
                await edit(self._bot, drawing.chat_id, drawing.message_id, drawing.content)
            finally:
                self._pacing.finish(drawing.chat_id)
        except InvalidToken:
            raise
        except RetryAfter as error:
            self._pacing.silence(seconds_of(error))
            _log.warning("Telegram asks for silence", seconds=seconds_of(error))
        except TelegramError as error:
            _log.warning("not drawn", error=str(error))
        except Exception as error:  # noqa: BLE001 - whatever an answer does to PTB, the other messages must go out
            _log.error("not drawn", error=where(error))
        finally:
            self._in_flight.discard(drawing.chat_id)
            self._wake.set()

    async def _take_turn(self) -> _Turn:
        """Store the outcomes so far and claim as many rows as may start now."""
        outcomes, self._outcomes = self._outcomes, []
        limit = min(self._pacing.free_soon(), IN_FLIGHT - len(self._in_flight))
        if limit <= 0 and not outcomes:
            return _Turn((), None)
        try:
            busy = self._in_flight | self._pacing.resting()
            return await self._storage.write(_turn, outcomes, limit, busy, self._pacing.room(), self._pacing.short())
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
            waits.append(max(min(noted, self._pace_changes()) - AHEAD - monotonic(), BREATH))
        return max(min(waits), 0.0)

    def _pace_changes(self) -> float:
        """Return the monotonic time from which more may start; infinite when only an answer brings that."""
        change = self._pacing.next_change()
        return math.inf if change is None else monotonic() + change

    async def _deliver(self, row: OutboxRow) -> None:
        """Bring one row to its end, whatever that is. Raises ``InvalidToken``."""
        with bound_contextvars(outbox_id=row.id, person_id=row.person_id, update_id=row.update_id):
            try:
                outcome = await self._attempt(row)
            finally:
                self._uploads.release(row.id)
                self._in_flight.discard(row.chat_id)
                self._wake.set()
            self._outcomes.append(outcome)

    async def _attempt(self, row: OutboxRow) -> Outcome:
        """Send the row. Of large files only one is in hand at a time; the others are put back."""
        if not _is_large(row):
            return await self._show(row)
        if self._large.locked():
            self._pacing.prepared(row.messages)
            return Passing(row, time() + LARGE_SECONDS, "put back: another large file is in hand")
        async with self._large:
            return await self._show(row)

    async def _show(self, row: OutboxRow) -> Outcome:
        """Prepare the row, wait for its place, and send it."""
        try:
            rendered = await self._prepare(row)
            if isinstance(rendered, Rendered):
                await self._wait_for_place(row.messages)
        finally:
            self._pacing.prepared(row.messages)
        if not isinstance(rendered, Rendered):
            return rendered
        if silence := self._pacing.silent_for():  # it began after the row was claimed
            _log.info("put back", screen=row.screen)
            return Passing(row, time() + silence, "put back: a silence began")
        self._pacing.start(row.chat_id, row.messages)
        try:
            return await self._ask(row, rendered)
        finally:
            self._pacing.finish(row.chat_id, row.messages)

    async def _prepare(self, row: OutboxRow) -> Rendered | Outcome:
        """Render the row, or tell what became of it where there is nothing to send."""
        try:
            rendered = await render_row(self._storage, row)
            if rendered is not None:
                return await self._uploads.settle(rendered, row.id)
        except BeingUploaded:
            return Passing(row, time() + UPLOAD_SECONDS, "put back: its picture is being uploaded")
        except StorageUnavailable as error:
            _log.warning("screen cannot be loaded", screen=row.screen, error=where(error))
            return Passing(row, time() + delay_after(row.attempts), where(error))
        except Exception as error:  # noqa: BLE001 - a screen that fails must not hold up the others
            _log.exception("screen not rendered", screen=row.screen)
            return Failed(row, where(error))
        _log.info("nothing to show", screen=row.screen)
        return Sent(row, None)

    async def _wait_for_place(self, messages: int) -> None:
        """Return when the request may start: nothing happens between this and its start."""
        while seconds := self._pacing.wait(messages):  # noqa: ASYNC110 - a place comes free by the clock
            await asyncio.sleep(seconds)

    async def _ask(self, row: OutboxRow, rendered: Rendered) -> Outcome:
        """Ask Telegram, and judge the answer. Raises ``InvalidToken``."""
        try:
            outcome = await self._request(row, rendered)
        except InvalidToken:
            raise
        except TelegramError as error:
            return self._judge(row, error)
        except Exception as error:  # noqa: BLE001 - whatever an answer does to PTB, the other messages must go out
            return self._judge_unreadable(row, error)
        self._offline.reset()
        _log.info("to be sent anew" if isinstance(outcome, Unchangeable) else "sent", screen=row.screen)
        return outcome

    async def _request(self, row: OutboxRow, rendered: Rendered) -> Outcome:
        """Make the one request that the row needs. Raises PTB's errors."""
        if isinstance(rendered.content, CommandMenu):
            await post_commands(self._bot, row.chat_id, rendered.content)
            return Sent(row, None)
        if isinstance(rendered.content, Erasure):
            await erase(self._bot, row.chat_id, rendered.content, rendered.edit)
            return Sent(row, None)
        if isinstance(rendered.content, Album):
            return await self._send_album(row, rendered.content)
        if rendered.edit is None:
            message = await send(self._bot, row.chat_id, rendered.content, silent=row.silent)
            await self._uploads.remember(rendered.content, message)
            return Sent(row, message.message_id)
        if await edit(self._bot, row.chat_id, rendered.edit, rendered.content):
            return Sent(row, rendered.edit)
        return Unchangeable(row, rendered.edit)

    async def _send_album(self, row: OutboxRow, album: Album) -> Outcome:
        first, *more = await send_album(self._bot, row.chat_id, album, silent=row.silent)
        return Sent(row, first, tuple(more))

    def _judge(self, row: OutboxRow, error: TelegramError) -> Outcome:
        """Tell permanent errors from passing ones."""
        words = str(error)
        if isinstance(error, RetryAfter):
            seconds = seconds_of(error)
            self._pacing.silence(seconds)
            _log.warning("Telegram asks for silence", seconds=seconds)
            return Passing(row, time() + seconds, words, silence=True)
        if isinstance(error, ChatMigrated):
            _log.info("group became a supergroup", old_chat_id=row.chat_id, new_chat_id=error.new_chat_id)
            return Migrated(row, error.new_chat_id, time())
        if isinstance(error, Forbidden) or any(gone in words.lower() for gone in _CHAT_GONE):
            _log.info("chat cannot be reached", chat_id=row.chat_id, error=words)
            return Failed(row, words, unreachable=True)
        if isinstance(error, BadRequest):
            _log.error("Telegram refuses a message", screen=row.screen, error=words)
            return Failed(row, words)
        arrived = not isinstance(error, NoConnectionError)
        if not arrived and not self._pacing.silent_for():  # the first that notices speaks for all
            self._pacing.silence(self._offline.next())
        if row.attempts >= MAXIMUM_ATTEMPTS:
            _log.error("message given up", screen=row.screen, attempts=row.attempts, error=words)
            return Failed(row, words, may_have_arrived=arrived)
        _log.warning("message not sent", screen=row.screen, attempts=row.attempts, error=words)
        return Passing(row, time() + delay_after(row.attempts), words, may_have_arrived=arrived)

    def _judge_unreadable(self, row: OutboxRow, error: Exception) -> Outcome:
        """Try again what came to an answer that PTB cannot read, a few times."""
        _log.exception("answer not understood", screen=row.screen, attempts=row.attempts)
        if row.attempts >= MAXIMUM_UNREADABLE:
            return Failed(row, where(error), may_have_arrived=True)
        return Passing(row, time() + delay_after(row.attempts), where(error), may_have_arrived=True)

    async def _store_last_outcomes(self) -> None:
        """Mark what arrived while stopping. Where that fails, the row is sent again at the next start."""
        if not self._outcomes:
            return
        try:
            await self._storage.write(_turn, self._outcomes, 0, set(), 0, {})
        except StorageUnavailable as error:
            _log.error("sent messages not marked", count=len(self._outcomes), error=where(error))


async def _turn(
    unit: Unit, outcomes: Sequence[Outcome], limit: int, busy: set[int], room: int, short: Mapping[int, int]
) -> _Turn:
    for outcome in outcomes:
        await outcome.store(unit)
    if limit <= 0:
        return _Turn((), None)
    now = time()
    rows = await unit.outbox.claim(limit, busy, now, LEASE_SECONDS, room=room, short=short)
    return _Turn(rows, await unit.outbox.next_due(now))


async def _resume(unit: Unit, now: float) -> Earlier:
    return await unit.outbox.resume(now, MINUTE)


def _is_large(row: OutboxRow) -> bool:
    """Whether what a row shows may take tens of megabytes."""
    return row.live and LOADERS[row.screen].large
