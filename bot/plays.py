"""What an update acts on: what is real, or a rehearsal that is played on a copy of it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.drawings import Drawings
from storage.engine import Storage


class Play:
    """A database, with the drawings beside its outbox. ``number`` is that of a rehearsal, 0 for what is real."""

    def __init__(self, storage: Storage, number: int = 0) -> None:
        self.storage = storage
        self.drawings = Drawings()
        self.number = number
        self._in_hand = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let nobody close it while this block is at work."""
        self._in_hand += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._in_hand -= 1
            if not self._in_hand:
                self._idle.set()

    async def let_go(self) -> None:
        """Wait until nothing is at work on it any more."""
        await self._idle.wait()


_acted_on: ContextVar[Play | None] = ContextVar("play", default=None)


@contextmanager
def acting_on(play: Play) -> Iterator[None]:
    """Let what is handled in this block act on ``play``."""
    before = _acted_on.set(play)
    try:
        yield
    finally:
        _acted_on.reset(before)


def acted_on() -> Play | None:
    """Return what the update at hand acts on, or ``None`` where nothing was said: then it is real."""
    return _acted_on.get()
