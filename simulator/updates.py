"""A bot's queue of updates, with Telegram's meaning of ``offset``."""

import asyncio
import random
from dataclasses import dataclass
from typing import Any

from simulator.clock import SimClock
from simulator.signals import Signal

Json = dict[str, Any]

KEPT_SECONDS = 24 * 3600
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(eq=False)
class Pending:
    """An update that waits; a ``repeated`` one is not confirmed by any offset before it was delivered again."""

    update: Json
    queued_at: float
    repeated: bool = False
    delivered: bool = False

    @property
    def id(self) -> int:
        """The update's id, 0 if somebody injected one without."""
        number = self.update.get("update_id", 0)
        return number if isinstance(number, int) else 0


class UpdateQueue:
    """Updates in order of delivery, kept until they are confirmed, 24 hours at most (simulated clock).

    Ids start at random and are sequential. ``arrived`` fires with every new update.
    """

    def __init__(self, clock: SimClock) -> None:
        self._clock = clock
        self._pending: list[Pending] = []
        self._next_id = random.SystemRandom().randrange(100_000_000, 900_000_000)
        self._past: dict[int, Json] = {}
        self.allowed: set[str] | None = None
        self.arrived = Signal()
        self._waiting: asyncio.Future[None] | None = None

    def accepts(self, kind: str) -> bool:
        """Whether the bot asked for this kind of update, in its last explicit ``allowed_updates``."""
        return kind in self.allowed if self.allowed is not None else kind not in NOT_BY_DEFAULT

    def push(self, kind: str, payload: Json) -> Json:
        """Queue a new update and return it."""
        update: Json = {"update_id": self._next_id, kind: payload}
        self._past[self._next_id] = update
        self._next_id += 1
        self._append(Pending(update, self._clock.now().timestamp()))
        return update

    def inject(self, update: Json) -> Json:
        """Queue a raw update as it is and return it; one without an id gets the next."""
        if "update_id" not in update:
            update = {"update_id": self._next_id, **update}
            self._next_id += 1
        self._append(Pending(update, self._clock.now().timestamp()))
        return update

    def redeliver(self, update_id: int) -> Json | None:
        """Queue an earlier update again, unchanged, before all others; return it, None if there was none."""
        update = self._past.get(update_id)
        if update is not None:
            again = sum(pending.repeated and not pending.delivered for pending in self._pending)
            self._pending.insert(again, Pending(update, self._clock.now().timestamp(), repeated=True))
            self._wake()
        return update

    def take(self, offset: int, limit: int) -> list[Json]:
        """Confirm everything below ``offset`` and return at most ``limit`` updates, without confirming them.

        A negative offset keeps only that many from the end, and forgets the others.
        """
        self._drop_old()
        if offset < 0:
            del self._pending[:offset]
        else:
            self._pending = [pending for pending in self._pending if not self._confirmed(pending, offset)]
        batch = self._pending[:limit]
        for pending in batch:
            pending.delivered = True
        return [pending.update for pending in batch]

    @staticmethod
    def _confirmed(pending: Pending, offset: int) -> bool:
        return pending.id < offset and (pending.delivered or not pending.repeated)

    def first(self) -> list[Pending]:
        """Return all that wait, in order (webhook delivery)."""
        self._drop_old()
        return list(self._pending)

    def done(self, pending: Pending) -> None:
        """Forget an update that a webhook accepted."""
        if pending in self._pending:
            self._pending.remove(pending)

    async def wait(self, seconds: float) -> None:
        """Wait for the next update, so many seconds at most; only one request at a time may wait."""
        waiting = self._waiting = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await waiting
        except TimeoutError:
            return
        finally:
            if self._waiting is waiting:
                self._waiting = None

    @property
    def is_polled(self) -> bool:
        """Whether a request waits for updates."""
        return self._waiting is not None

    def end_wait(self, error: Exception) -> None:
        """Make the request that waits, if one does, fail with an error."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(error)
        self._waiting = None

    def clear(self) -> None:
        """Forget all that waits (``drop_pending_updates``)."""
        self._pending.clear()

    def __len__(self) -> int:
        return len(self._pending)

    def _append(self, pending: Pending) -> None:
        self._pending.append(pending)
        self._wake()

    def _wake(self) -> None:
        self.arrived.fire()
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    def _drop_old(self) -> None:
        oldest = self._clock.now().timestamp() - KEPT_SECONDS
        self._pending = [pending for pending in self._pending if pending.queued_at > oldest]
