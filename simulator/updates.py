"""A bot's queue of updates, with Telegram's meaning of ``offset``."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from simulator.clock import SimClock
from simulator.limits import Numbers
from simulator.signals import Signal

Json = dict[str, Any]

KEPT_SECONDS = 24 * 3600
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
# How far above the next id an offset may lie; beyond it, it belongs to a numbering that is no more.
_AHEAD = 10


@dataclass(eq=False)
class Pending:
    """An update that waits.

    ``queued_at`` is Unix time on the simulated clock, ``born`` on the monotonic one. An ``owed`` update is not
    confirmed by any offset before it was delivered; an update that comes ``again`` is owed once more after it was
    confirmed. ``fails``, ``delay`` and ``not_before`` (monotonic) belong to its delivery to a webhook.
    """

    update: Json
    queued_at: float
    born: float = field(default_factory=time.monotonic)
    owed: bool = False
    again: bool = False
    delivered: bool = False
    fails: int = 0
    delay: int = 1
    not_before: float = 0.0

    @property
    def id(self) -> int:
        """The update's id, 0 if somebody injected one without."""
        number = self.update.get("update_id", 0)
        return number if isinstance(number, int) else 0

    @property
    def is_press(self) -> bool:
        """Whether it is about a pressed button, which has no long life."""
        return "callback_query" in self.update


class UpdateQueue:
    """Updates in order of delivery, kept until they are confirmed.

    Telegram keeps them for 24 hours (simulated clock), but a press only for ``numbers.press_seconds``; ``dropped`` is
    told of what was given up. Ids start at random and are sequential. ``arrived`` fires with every new update.
    """

    def __init__(self, clock: SimClock, numbers: Numbers, dropped: Callable[[Pending], object]) -> None:
        self._clock = clock
        self._numbers = numbers
        self._dropped = dropped
        self._pending: list[Pending] = []
        self._held: list[Pending] = []
        self._past: dict[int, Json] = {}
        self.allowed: set[str] | None = None
        self.arrived = Signal()
        self._waiting: asyncio.Future[None] | None = None
        self.renumber()

    def accepts(self, kind: str) -> bool:
        """Whether the bot asked for this kind of update, in its last explicit ``allowed_updates``."""
        return kind in self.allowed if self.allowed is not None else kind not in NOT_BY_DEFAULT

    def renumber(self) -> int:
        """Go on from another random id, as Telegram does after a week without updates; return it."""
        self._next_id = random.SystemRandom().randrange(100_000_000, 900_000_000)
        return self._next_id

    def push(self, kind: str, payload: Json, *, again: bool = False, held: bool = False) -> Json:
        """Queue a new update and return it; one that is held comes after the next one, or when it is let go."""
        update: Json = {"update_id": self._next_id, kind: payload}
        self._past[self._next_id] = update
        self._next_id += 1
        pending = Pending(update, self._now(), owed=held, again=again)
        if held:
            self._held.append(pending)
        else:
            self._append(pending)
        return update

    def let_go(self) -> None:
        """Queue what is held."""
        if self._held:
            self._append(self._held.pop(0))

    def inject(self, update: Json) -> Json:
        """Queue a raw update as it is and return it; one without an id gets the next."""
        if "update_id" not in update:
            update = {"update_id": self._next_id, **update}
            self._next_id += 1
        self._append(Pending(update, self._now()))
        return update

    def redeliver(self, update_id: int) -> Json | None:
        """Queue an earlier update again, unchanged, before all others; return it, None if there was none."""
        update = self._past.get(update_id)
        if update is not None:
            again = sum(pending.owed and not pending.delivered for pending in self._pending)
            self._pending.insert(again, Pending(update, self._now(), owed=True))
            self._wake()
        return update

    def take(self, offset: int, limit: int) -> list[Json]:
        """Confirm everything below ``offset`` and return at most ``limit`` updates, without confirming them.

        A negative offset keeps only that many from the end, and forgets the others. One far above all ids confirms
        nothing.
        """
        self._drop_old()
        if offset < 0:
            del self._pending[:offset]
        elif offset <= self._next_id + _AHEAD:
            for pending in [pending for pending in self._pending if self._confirmed(pending, offset)]:
                self.done(pending)
        batch = self._pending[:limit]
        for pending in batch:
            pending.delivered = True
        return [pending.update for pending in batch]

    def lost(self) -> None:
        """Note that the last answer did not arrive: what was owed still is."""
        for pending in self._pending:
            pending.delivered = False

    @staticmethod
    def _confirmed(pending: Pending, offset: int) -> bool:
        return pending.id < offset and (pending.delivered or not pending.owed)

    def first(self) -> list[Pending]:
        """Return all that wait, in order (webhook delivery)."""
        self._drop_old()
        return list(self._pending)

    def done(self, pending: Pending) -> None:
        """Forget an update that was confirmed or that a webhook accepted, unless it is to come again."""
        if pending in self._pending:
            place = self._pending.index(pending)
            repetition = [Pending(pending.update, self._now(), owed=True)] if pending.again else []
            self._pending[place : place + 1] = repetition

    def give_up(self, pending: Pending) -> None:
        """Drop an update that was never accepted."""
        if pending in self._pending:
            self._pending.remove(pending)
            self._dropped(pending)

    def expires_in(self, pending: Pending) -> float:
        """Return for how many more seconds an update is kept; negative if it is too old."""
        left = pending.queued_at + KEPT_SECONDS - self._now()
        if pending.is_press:
            return min(left, pending.born + self._numbers.press_seconds - time.monotonic())
        return left

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
        self._held.clear()

    def __len__(self) -> int:
        self._drop_old()
        return len(self._pending) + len(self._held)

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _append(self, pending: Pending) -> None:
        self._pending += [pending, *self._held]
        self._held.clear()
        self._wake()

    def _wake(self) -> None:
        self.arrived.fire()
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    def _drop_old(self) -> None:
        for pending in [pending for pending in self._pending if self.expires_in(pending) <= 0]:
            self.give_up(pending)


def about(update: Json) -> tuple[str, int | None]:
    """Return the kind of an update, and the chat of a message or the person behind anything else."""
    for kind, payload in update.items():
        if isinstance(payload, dict):
            whose = payload.get("chat" if kind.endswith(("message", "channel_post")) else "from")
            number = whose.get("id") if isinstance(whose, dict) else None
            return kind, number if isinstance(number, int) else None
    return "", None
