"""Telegram's limits on sending, and the wait that a bot is told when it exceeds them.

Telegram publishes them only roughly ("about one message per second per chat, 20 per minute per group, 30 per second
overall", a short burst in a chat may pass). Who exceeds one is shut out until ``retry_after`` is over, from that chat
or from all of them, and is told the seconds that are left, whatever it tries meanwhile. Edits count, answers to presses
do not.

All reckoning is in whole microseconds: at the edge of a window there is no rounding that could decide.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.errors import too_many_requests

_SECOND = 1_000_000
_MINUTE = 60 * _SECOND


@dataclass
class Numbers:
    """The limits in force; all can be changed while running.

    ``per_chat`` is messages per second in a chat, of which ``chat_burst`` may come at once. In any window of
    ``overall_burst / overall`` seconds there are at most ``overall_burst`` messages of a bot, and in any minute at most
    ``per_group`` in a group or channel. ``callback_seconds`` is how long a press may wait for its answer,
    ``press_seconds`` how long for its delivery.
    """

    enforced: bool = True
    per_chat: float = 1.0
    chat_burst: int = 5
    per_group: int = 20
    overall: float = 30.0
    overall_burst: int = 30
    callback_seconds: float = 15.0
    press_seconds: float = 150.0


@dataclass
class _Pace:
    """A burst and then a steady pace; ``free_at`` is when nothing of what was spent is left."""

    free_at: int = 0

    def wait(self, cost: int, rate: float, burst: int, now: int) -> int:
        """Return the microseconds until ``cost`` fits, 0 or less if it does now."""
        # A cost above the burst (an album) fits where nothing is spent, or it would never be allowed.
        return self.free_at - now - round((max(burst, cost) - cost) * _SECOND / rate)

    def spend(self, cost: int, rate: float, now: int) -> None:
        self.free_at = max(self.free_at, now) + round(cost * _SECOND / rate)


@dataclass
class _Window:
    """The moments of the messages in the last so many microseconds."""

    moments: deque[int] = field(default_factory=deque)

    def wait(self, cost: int, number: int, length: int, now: int) -> int:
        """Return the microseconds until ``cost`` more keep every window at ``number``, 0 if they do now."""
        while self.moments and self.moments[0] + length <= now:
            self.moments.popleft()
        excess = len(self.moments) + cost - max(number, cost)
        return self.moments[excess - 1] + length - now if excess > 0 else 0


class Limits:
    """The meters of all bots and chats."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.numbers = Numbers()
        self._chats: dict[tuple[int, int], _Pace] = {}
        self._groups: dict[tuple[int, int], _Window] = {}
        self._overall: dict[int, _Window] = {}
        self._shut: dict[tuple[int, int | None], int] = {}
        self._webhooks: dict[int, int] = {}

    def charge(self, bot_id: int, chat_id: int, cost: int = 1, *, group: bool = False) -> None:
        """Count messages (or edits) of a bot in a chat; raise 429 and count nothing if they do not fit."""
        now = self._now()
        self._check_shut(bot_id, chat_id, now)
        numbers = self.numbers
        if not numbers.enforced:
            return
        chat = self._chats.setdefault((bot_id, chat_id), _Pace())
        overall = self._overall.setdefault(bot_id, _Window())
        length = round(numbers.overall_burst * _SECOND / numbers.overall)
        waits: list[tuple[int, int | None]] = [
            (chat.wait(cost, numbers.per_chat, numbers.chat_burst, now), chat_id),
            (overall.wait(cost, numbers.overall_burst, length, now), None),
        ]
        if group:
            minute = self._groups.setdefault((bot_id, chat_id), _Window())
            waits.append((minute.wait(cost, numbers.per_group, _MINUTE, now), chat_id))
        wait, exceeded = max(waits, key=lambda item: item[0])
        if wait > 0:
            seconds = _whole_seconds(wait)
            self.shut(bot_id, exceeded, seconds)
            raise too_many_requests(seconds)
        chat.spend(cost, numbers.per_chat, now)
        overall.moments.extend([now] * cost)
        if group:
            minute.moments.extend([now] * cost)

    def shut(self, bot_id: int, chat_id: int | None, seconds: int) -> None:
        """Shut a bot out of a chat, or of all of them (None), for so many seconds."""
        self._shut[bot_id, chat_id] = self._now() + seconds * _SECOND

    def let_in(self) -> None:
        """End all shutting out."""
        self._shut.clear()

    def pause_webhook(self, bot_id: int) -> None:
        """Refuse a second setWebhook within a second."""
        now = self._now()
        if self.numbers.enforced and now < self._webhooks.get(bot_id, 0):
            raise too_many_requests(1)
        self._webhooks[bot_id] = now + _SECOND

    def reset(self) -> None:
        """Forget what was counted, and let everybody in again; the numbers stay."""
        self._chats.clear()
        self._overall.clear()
        self._groups.clear()
        self.let_in()

    def _check_shut(self, bot_id: int, chat_id: int, now: int) -> None:
        left = max(self._shut.get((bot_id, chat_id), 0), self._shut.get((bot_id, None), 0)) - now
        if left > 0:
            raise too_many_requests(_whole_seconds(left))

    def _now(self) -> int:
        return round(self._clock() * _SECOND)


def _whole_seconds(microseconds: int) -> int:
    return -(-microseconds // _SECOND)
