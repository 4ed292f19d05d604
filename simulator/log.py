"""Everything that happened, in order: requests, updates, deliveries, what people did and what control did."""

import time
from collections.abc import AsyncIterator
from typing import Any

from simulator.clock import SimClock, iso
from simulator.signals import Signal

Json = dict[str, Any]


class Log:
    """An append-only list of entries ``{n, at, mono, kind, ...}``; ``n`` counts from 1.

    ``at`` is the simulated time, ``mono`` the monotonic clock in seconds. All entries are kept: an evening has some
    thousands of them.
    """

    def __init__(self, clock: SimClock) -> None:
        self._clock = clock
        self._entries: list[Json] = []
        self._changed = Signal()

    def add(self, kind: str, **facts: object) -> int:
        """Write one entry and return its number."""
        number = len(self._entries) + 1
        self._entries.append(
            {"n": number, "at": iso(self._clock.now()), "mono": round(time.monotonic(), 6), "kind": kind, **facts}
        )
        self._changed.fire()
        return number

    def after(self, number: int, kind: str | None = None) -> list[Json]:
        """Return the entries above ``number``, of one kind or of all."""
        return [entry for entry in self._entries[max(number, 0) :] if kind in (None, entry["kind"])]

    @property
    def last(self) -> int:
        """The number of the newest entry, 0 if there is none."""
        return len(self._entries)

    async def follow(self, number: int) -> AsyncIterator[Json]:
        """Yield the entries above ``number`` as they come, for ever."""
        while True:
            while number < len(self._entries):
                number += 1
                yield self._entries[number - 1]
            await self._changed.wait()
