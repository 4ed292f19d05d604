"""A sender at work, and what becomes of the messages that a test queues."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.client import AssemblyBot
from bot.drawings import Drawings
from bot.pacing import Pacing
from bot.sender import Sender
from simulator.testing import RunningSimulator
from storage.engine import Storage
from storage.sending import Delivery
from storage.unit import Unit
from tests.support.house import Unpaced
from tests.support.waiting import until

Json = dict[str, Any]

ON_SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""For tests in which the database does not matter."""


@asynccontextmanager
async def sending(
    storage: Storage, bot: AssemblyBot, pacing: Pacing | None = None, drawings: Drawings | None = None
) -> AsyncIterator[None]:
    """Run a sender, and end it in good order; it waits for no limit unless it is given a ``pacing``."""
    stop = asyncio.Event()
    task = asyncio.create_task(Sender(storage, bot, pacing or Unpaced(), drawings).run(stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 20)


async def queue(storage: Storage, *messages: tuple[int, object], **options: Any) -> None:  # noqa: ANN401 - of Outbox.send
    """Queue messages as (chat id, facts), each in the batch "test"."""

    async def send(unit: Unit) -> None:
        for chat_id, facts in messages:
            await unit.outbox.send(chat_id, facts, batch="test", **options)

    await storage.write(send)


async def report(storage: Storage) -> list[Delivery]:
    """Return how each message of the batch "test" fares."""

    async def load(unit: Unit) -> list[Delivery]:
        return await unit.outbox.report("test")

    return await storage.read(load)


async def done(storage: Storage, within: float = 15) -> list[Delivery]:
    """Wait until no message waits any more, and return the report."""

    async def nothing_waits() -> bool:
        return await storage.read(_pending) == 0

    await until(nothing_waits, within)
    return await report(storage)


async def _pending(unit: Unit) -> int:
    return await unit.outbox.pending()


def texts(messages: list[Json]) -> list[str]:
    """Return the texts that the bot wrote."""
    return [message["text"] for message in messages if message["from"]["is_bot"]]


async def reader(sim: RunningSimulator, name: str) -> Json:
    """Return a new user whom the bot may write to."""
    user = await sim.user(name)
    await sim.start(user)
    return user
