"""Waiting for something to change, without polling."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Signal:
    """Wakes everybody who waits for the next change."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def fire(self) -> None:
        """Wake all present waiters; later ones wait for the next firing."""
        self._event.set()
        self._event = asyncio.Event()

    def wait(self) -> Coroutine[Any, Any, object]:
        """Return what ends with the first firing after this call, also if it is awaited only later."""
        return self._event.wait()

    async def until(self, look: Callable[[], T | None], seconds: float) -> T | None:
        """Return what ``look`` finds as soon as it is not None, or None after so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                while (found := look()) is None:
                    await self.wait()
        except TimeoutError:
            return look()
        return found
