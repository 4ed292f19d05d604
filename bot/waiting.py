"""Waiting that ends when the process must: pauses, and delays that grow while something fails."""

import asyncio
from collections.abc import Coroutine
from random import uniform
from typing import Any, TypeVar

from telegram.error import RetryAfter

T = TypeVar("T")


class Backoff:
    """Delays in seconds that double from ``first`` to ``most``, jittered so that not all clients return at once."""

    def __init__(self, first: float = 0.5, most: float = 30.0) -> None:
        self._first = first
        self._most = most
        self._next = first

    def next(self) -> float:
        """Return the next delay."""
        delay, self._next = self._next, min(self._most, self._next * 2)
        return uniform(delay / 2, delay)  # noqa: S311 - jitter is no secret

    def reset(self) -> None:
        """Start anew: it works again."""
        self._next = self._first


def delay_after(attempts: int, most: float = 30.0) -> float:
    """Return the jittered delay in seconds before the try that follows ``attempts`` failed ones (at least one)."""
    return uniform(0.5, 1.0) * min(most, 2.0 ** min(attempts, 10) / 2)  # noqa: S311 - jitter is no secret


def seconds_of(error: RetryAfter) -> float:
    """Return the seconds of silence that a 429 asks for; PTB gives them as a number or as a timedelta."""
    silence = error.retry_after
    return silence if isinstance(silence, int) else silence.total_seconds()


async def wait_for_any(*events: asyncio.Event, seconds: float | None = None) -> None:
    """Wait until one of ``events`` is set, at most ``seconds``."""
    waiting = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for future in waiting:
            future.cancel()


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait ``seconds``, or until ``stop`` is set."""
    await wait_for_any(stop, seconds=seconds)


async def unless_stopped(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """Await ``work`` and return its result; cancel it and return ``None`` as soon as ``stop`` is set."""
    task = asyncio.ensure_future(work)
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        for future in (task, stopping):
            future.cancel()
        await asyncio.gather(task, stopping, return_exceptions=True)
