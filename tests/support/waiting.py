"""Waiting for what must come, without sleeping longer than needed."""

import asyncio
from collections.abc import Awaitable, Callable


async def until(holds: Callable[[], Awaitable[bool]], within: float = 10.0) -> None:
    """Return as soon as ``holds`` answers true; raise ``TimeoutError`` after ``within`` seconds."""
    async with asyncio.timeout(within):
        while not await holds():  # noqa: ASYNC110 - it is asked over HTTP or in a database: no event tells
            await asyncio.sleep(0.01)
