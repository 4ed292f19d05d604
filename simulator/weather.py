"""Weather: a seeded script of faults, with a rate for each kind.

What happens to a request depends on the seed, its method, its chat and how many like it there were before, and on
nothing else: the same requests meet the same faults, however those of different chats come to lie between each other.
Updates likewise, by their chat.
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from simulator.faults import DOWNTIME, UPDATE_KINDS, Fault


@dataclass
class Weather:
    """Which faults happen how often: ``rates`` maps kinds to probabilities.

    Only requests of ``methods`` are hit, if any are named. It ends after ``lasts`` seconds, if that is set. The
    others are the longest of each kind, of which something between nothing and all is drawn: ``retry_after`` in whole
    seconds (one at least), ``downtime`` and ``delay`` of updates in seconds. ``seconds`` is how long a request
    without answer is kept open. ``happened`` counts the faults by kind.
    """

    seed: int
    rates: dict[str, float]
    methods: tuple[str, ...] = ()
    lasts: float | None = None
    retry_after: int = 3
    downtime: float = 2.0
    delay: float = 2.0
    seconds: float = 60.0
    happened: Counter[str] = field(default_factory=Counter)
    began: float = field(default_factory=time.monotonic)
    _seen: Counter[str] = field(default_factory=Counter)

    @property
    def left(self) -> float | None:
        """For how many more seconds it lasts, None if it has no end."""
        return None if self.lasts is None else max(self.began + self.lasts - time.monotonic(), 0.0)

    def of_request(self, method: str, chat: str, kinds: tuple[str, ...]) -> Fault | None:
        """Return what happens to the next request of a method in a chat, out of these kinds or a downtime."""
        if self.methods and method not in self.methods:
            return None
        return self._draw(f"{method} {chat}", (*kinds, DOWNTIME))

    def of_update(self, chat: str) -> Fault | None:
        """Return what happens to the next update of a chat."""
        return self._draw(f"update {chat}", UPDATE_KINDS)

    def _draw(self, what: str, kinds: tuple[str, ...]) -> Fault | None:
        if self.left == 0.0:
            return None
        self._seen[what] += 1
        dice = Random(f"{self.seed} {what} {self._seen[what]}")  # noqa: S311 - to be repeated, not to be guessed
        left = dice.random()
        for kind in kinds:
            left -= self.rates.get(kind, 0.0)
            if left < 0:
                self.happened[kind] += 1
                seconds = round(self._seconds(kind, dice), 3)
                return Fault(kind, retry_after=dice.randint(1, self.retry_after), seconds=seconds, source="weather")
        return None

    def _seconds(self, kind: str, dice: Random) -> float:
        if kind in UPDATE_KINDS:
            return dice.uniform(0, self.delay)
        return dice.uniform(0, self.downtime) if kind == DOWNTIME else self.seconds
