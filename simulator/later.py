"""Acts that wait for their time."""

import asyncio
from collections.abc import Callable


class Later:
    """Does things after some seconds, or all of them at once when they are called for."""

    def __init__(self) -> None:
        self._waiting: dict[asyncio.TimerHandle, Callable[[], object]] = {}

    def after(self, seconds: float, act: Callable[[], object]) -> None:
        """Do something after so many seconds."""

        def due() -> None:
            del self._waiting[handle]
            act()

        handle = asyncio.get_running_loop().call_later(seconds, due)
        self._waiting[handle] = act

    def now(self) -> None:
        """Do everything that waits, in the order in which it was asked for."""
        waiting, self._waiting = self._waiting, {}
        for handle, act in waiting.items():
            handle.cancel()
            act()
