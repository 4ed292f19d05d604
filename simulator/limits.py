"""Telegram's limits on sending, and the wait that a bot is told when it exceeds them.

Telegram publishes them only roughly ("about one message per second per chat, 20 per minute per group, 30 per second
overall"). Here each is a bucket on the monotonic clock; who overflows one is shut out of it until ``retry_after`` is
over, whatever it tries meanwhile. Edits count, answers to presses do not.
"""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from simulator.errors import too_many_requests


@dataclass
class Numbers:
    """The limits in force; all can be changed while running.

    ``per_chat`` and ``overall`` are messages per second, the bursts how many may come at once, ``per_group`` messages
    per minute in a group or channel, ``callback_seconds`` how long a press may wait for its answer.
    """

    enforced: bool = True
    per_chat: float = 1.0
    chat_burst: int = 5
    per_group: int = 20
    overall: float = 30.0
    overall_burst: int = 30
    callback_seconds: float = 15.0


@dataclass
class _Bucket:
    """A token bucket; ``level`` is what has been spent and not yet regained."""

    at: float
    level: float = 0.0
    shut_until: float = 0.0

    def wait(self, cost: int, rate: float, burst: int, now: float) -> float:
        """Return the seconds until ``cost`` fits, 0 if it does now."""
        self.level = max(0.0, self.level - (now - self.at) * rate)
        self.at = now
        # A cost above the burst (an album) fits an empty bucket, or it would never be allowed.
        excess = self.level + cost - max(burst, cost)
        return max(excess / rate, self.shut_until - now, 0.0)


class Limits:
    """The meters of all bots and chats."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.numbers = Numbers()
        self._chats: dict[tuple[int, int], _Bucket] = {}
        self._overall: dict[int, _Bucket] = {}
        self._groups: dict[tuple[int, int], deque[float]] = {}
        self._webhooks: dict[int, float] = {}

    def charge(self, bot_id: int, chat_id: int, cost: int = 1, *, group: bool = False) -> None:
        """Count messages (or edits) of a bot in a chat; raise 429 and count nothing if they do not fit."""
        if not self.numbers.enforced:
            return
        now = self._clock()
        numbers = self.numbers
        chat = self._chats.setdefault((bot_id, chat_id), _Bucket(now))
        overall = self._overall.setdefault(bot_id, _Bucket(now))
        waits = [
            (chat, chat.wait(cost, numbers.per_chat, numbers.chat_burst, now)),
            (overall, overall.wait(cost, numbers.overall, numbers.overall_burst, now)),
        ]
        if group:
            waits.append((chat, self._group_wait((bot_id, chat_id), cost, now)))
        bucket, wait = max(waits, key=lambda item: item[1])
        if wait > 0:
            retry_after = math.ceil(wait)
            if bucket.shut_until <= now:
                bucket.shut_until = now + retry_after
            raise too_many_requests(retry_after)
        for bucket in (chat, overall):
            bucket.level += cost
        if group:
            self._groups[bot_id, chat_id].extend([now] * cost)

    def pause_webhook(self, bot_id: int) -> None:
        """Refuse a second setWebhook within a second."""
        now = self._clock()
        if self.numbers.enforced and now < self._webhooks.get(bot_id, 0.0):
            raise too_many_requests(1)
        self._webhooks[bot_id] = now + 1

    def _group_wait(self, key: tuple[int, int], cost: int, now: float) -> float:
        sent = self._groups.setdefault(key, deque())
        while sent and sent[0] <= now - 60:
            sent.popleft()
        excess = len(sent) + cost - max(self.numbers.per_group, cost)
        return sent[excess - 1] + 60 - now if excess > 0 else 0.0

    def reset(self) -> None:
        """Forget what was counted; the numbers stay."""
        self._chats.clear()
        self._overall.clear()
        self._groups.clear()
