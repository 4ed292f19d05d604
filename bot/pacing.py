"""Telegram's limits on messages, kept exactly: 30 a second overall, one a second in a chat, 20 a minute in a group.

A place is taken when a request starts and given back a whole window after its answer came. Telegram counts a message
somewhere between the two, so no window of its clock can hold more messages than there are places, however long
requests take and however unevenly they arrive. Spacing the starts alone cannot promise that. Of a request that gets no
answer it is only known when it was given up, which then counts as its end.

A message may be prepared while its place still cools: to claim, load and draw it takes time too, on a slow disk more
than the request itself, which would else be lost to the rate. It starts when the place is free, and not before.

Every request that writes to a chat takes a place: messages, edits, also those that Telegram refuses, and command menus.
An album takes one for each of its messages, which is how Telegram counts it.
Answers to presses are outside Telegram's limits, and outside these.

Times are seconds of the monotonic clock.
"""

from collections import deque
from collections.abc import Callable
from time import monotonic

OVERALL, SECOND = 30, 1.0
GROUP, MINUTE = 20, 60.0
ALBUM = 10
"""Messages in the largest album."""

AHEAD = 0.06
"""Seconds that a message may be prepared before its place is free."""

STEP, IN_STEP = 0.1, 4
"""Starts are also spread over the second, so that a ballot never waits a whole second behind a burst of bulk."""


class Places:
    """A number of places, of which each is free again ``window`` seconds after it was left."""

    def __init__(self, number: int, window: float) -> None:
        self._number = number
        self._window = window
        self._taken = 0
        self._left: deque[float] = deque()

    def free(self, now: float) -> int:
        """Return how many places are free."""
        while self._left and self._left[0] + self._window <= now:
            self._left.popleft()
        return self._number - self._taken - len(self._left)

    def free_by(self, moment: float) -> int:
        """Return how many places are free at a ``moment`` to come, if none is taken or left until then."""
        return self._number - self._taken - sum(left + self._window > moment for left in self._left)

    def free_at(self) -> float | None:
        """Return when the next place that was left is free again; ``None`` where none is cooling."""
        return self._left[0] + self._window if self._left else None

    def take(self, count: int = 1) -> None:
        """Take places; where there are fewer (an album in a chat) they are owed, and then nothing is free."""
        self._taken += count

    def leave(self, now: float, count: int = 1) -> None:
        """Leave places: their window begins. What was taken beyond the number there is begins windows later."""
        self._taken -= count
        self._left.extend(now + owed // self._number * self._window for owed in range(count))

    def idle(self, now: float) -> bool:
        """Whether every place is free, so that nothing is to be remembered."""
        return self.free(now) == self._number


class Pacing:
    """When which chat may be written to."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._overall = Places(OVERALL, SECOND)
        self._starts: deque[float] = deque(maxlen=IN_STEP)
        self._chats: dict[int, tuple[Places, ...]] = {}
        self._prepared: list[int] = []
        self._silent_until = 0.0

    def free(self) -> int:
        """Return how many messages may start now, each in another chat that is not resting."""
        if self.silent_for():
            return 0
        now = self._clock()
        in_step = sum(1 for start in self._starts if start + STEP > now)
        return min(self._overall.free(now), IN_STEP - in_step)

    def free_soon(self) -> int:
        """Return how many messages may be prepared now: their places are free in a moment, and nobody else's."""
        return min(self.room(), IN_STEP - len(self._prepared))

    def room(self) -> int:
        """Return how many messages the requests that are prepared now may hold together."""
        return 0 if self.silent_for() else self._overall.free_by(self._clock() + AHEAD) - sum(self._prepared)

    def prepare(self, messages: int = 1) -> None:
        """Note that a request is being prepared, which sends so many ``messages``."""
        self._prepared.append(messages)

    def prepared(self, messages: int = 1) -> None:
        """Note that it is prepared: it starts at once, or not at all."""
        self._prepared.remove(messages)

    def wait(self, messages: int = 1) -> float:
        """Return for how many seconds a prepared request has to wait for its place; 0 where it may start, or never."""
        now = self._clock()
        in_step = [start for start in self._starts if start + STEP > now]
        if self.silent_for() or (self._overall.free(now) >= messages and len(in_step) < IN_STEP):
            return 0.0
        at = in_step[0] + STEP if len(in_step) == IN_STEP else self._overall.free_at()
        return STEP / 10 if at is None else max(at - now, 0.001)

    def short(self) -> dict[int, int]:
        """Return in which groups an album may not fit, with the messages that do."""
        now = self._clock()
        room = {chat_id: limits[-1].free(now) for chat_id, limits in self._chats.items() if chat_id < 0}
        return {chat_id: free for chat_id, free in room.items() if free < ALBUM}

    def resting(self) -> set[int]:
        """Return the chats that may not be written to now."""
        now = self._clock()
        for chat_id in [chat_id for chat_id, limits in self._chats.items() if all(p.idle(now) for p in limits)]:
            del self._chats[chat_id]
        return {chat_id for chat_id, limits in self._chats.items() if any(p.free(now) <= 0 for p in limits)}

    def start(self, chat_id: int, messages: int = 1) -> None:
        """Note that a request for ``chat_id`` starts, which sends so many ``messages``."""
        self._starts.append(self._clock())
        for places in (self._overall, *self._limits(chat_id)):
            places.take(messages)

    def finish(self, chat_id: int, messages: int = 1) -> None:
        """Note that the request has its answer, or will get none any more."""
        now = self._clock()
        for places in (self._overall, *self._limits(chat_id)):
            places.leave(now, messages)

    def recall(self, chat_id: int, ago: float, requests: int) -> None:
        """Count requests of an earlier process, the last of which ended ``ago`` seconds ago; the oldest come first."""
        now = self._clock()
        for places in (self._overall, *self._limits(chat_id)):
            for _ in range(min(requests, OVERALL)):
                places.take()
                places.leave(now - ago)

    def silence(self, seconds: float) -> None:
        """Start nothing for ``seconds``. Telegram does not say which limit was broken, so everything is silent."""
        self._silent_until = max(self._silent_until, self._clock() + seconds)

    def silent_for(self) -> float:
        """Return for how many seconds nothing may start; 0 where something may."""
        return max(self._silent_until - self._clock(), 0.0)

    def next_change(self) -> float | None:
        """Return in how many seconds more may start than now; ``None`` when only an answer can bring that."""
        now = self._clock()
        moments = [self._silent_until, self._overall.free_at(), *(p.free_at() for p in self._full(now))]
        if self._starts:
            moments.append(self._starts[0] + STEP)
        later = [moment - now for moment in moments if moment is not None and moment > now]
        return min(later) if later else None

    def _full(self, now: float) -> list[Places]:
        return [places for limits in self._chats.values() for places in limits if places.free(now) <= 0]

    def _limits(self, chat_id: int) -> tuple[Places, ...]:
        """Return the chat's own limits. Telegram numbers groups and channels below zero."""
        if chat_id not in self._chats:
            private = (Places(1, SECOND),)
            self._chats[chat_id] = private if chat_id > 0 else (*private, Places(GROUP, MINUTE))
        return self._chats[chat_id]
