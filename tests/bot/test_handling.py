"""Handling, whichever way the updates come in: calls side by side keep the order of one person, and have one effect."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import insert, select
from telegram import Update
from telegram.ext import TypeHandler

from bot import texts
from bot.application import build_application
from bot.client import AssemblyBot
from bot.handling import CONCURRENT, Handling
from handlers.context import AssemblyContext
from simulator.testing import RunningSimulator
from storage.engine import Storage, StorageUnavailable
from storage.tables import people
from storage.unit import Unit
from tests.bot.sending import ON_SQLITE, Json
from tests.bot.taking_in import ANNA, Handler, Notebook, letters, message, said_in, stored


def membership(update_id: int, status: str, before: str) -> Json:
    """Return that somebody blocked the bot ("kicked") or let it in again ("member")."""
    user = {"id": ANNA, "is_bot": False, "first_name": "Anna"}
    me = {"id": 123456789, "is_bot": True, "first_name": "Testbot", "username": "testbot"}
    more = {"kicked": {"until_date": 0}, "member": {}}
    return {
        "update_id": update_id,
        "my_chat_member": {
            "chat": {"id": ANNA, "type": "private", "first_name": "Anna"},
            "from": user,
            "date": 1550077200,
            "old_chat_member": {"user": me, "status": before, **more[before]},
            "new_chat_member": {"user": me, "status": status, **more[status]},
        },
    }


@asynccontextmanager
async def handled_by(storage: Storage, bot: AssemblyBot, handler: Handler) -> AsyncIterator[Handling]:
    """Give a handling whose every update goes to ``handler``."""
    application = build_application(bot, storage)
    application.add_handler(TypeHandler(Update, handler))
    async with application:
        yield Handling(application, bot)


async def test_calls_side_by_side_keep_a_persons_order(storage: Storage, bot: AssemblyBot) -> None:
    """What one person does is handled in the order of the calls, however long each takes; another is not held up."""
    other_was_here = asyncio.Event()
    notebook = Notebook()

    async def handler(update: Update, context: AssemblyContext) -> None:
        if said_in(update) == "wacht":
            await other_was_here.wait()
        await notebook.note(update, context)
        if said_in(update) == "ander":
            other_was_here.set()

    async with handled_by(storage, bot, handler) as handling:
        calls = [message(1, "wacht"), message(2, "daarna"), message(3, "als laatste"), message(4, "ander", sender=12)]
        assert await asyncio.gather(*(handling.handle([raw]) for raw in calls)) == [True] * 4
    assert notebook.seen == ["ander", "wacht", "daarna", "als laatste"]


async def test_update_that_comes_again_while_it_is_in_hand(storage: Storage, bot: AssemblyBot) -> None:
    """The second delivery waits for the first, and changes nothing."""
    arrived, going_on = asyncio.Event(), asyncio.Event()
    notebook = Notebook()

    async def handler(update: Update, context: AssemblyContext) -> None:
        arrived.set()
        await going_on.wait()
        await notebook.note(update, context)

    async with handled_by(storage, bot, handler) as handling:
        first = asyncio.create_task(handling.handle([message(1, "eenmaal")]))
        await arrived.wait()
        again = asyncio.create_task(handling.handle([message(1, "eenmaal")]))
        going_on.set()
        assert all(await asyncio.gather(first, again))
    assert await stored(storage) == ["eenmaal"]
    assert await letters(storage) == []


@ON_SQLITE
async def test_no_more_than_so_many_at_once(storage: Storage, bot: AssemblyBot) -> None:
    """However many people come at once, only so many are in the hands of the handlers."""
    busy, most = 0, 0

    async def handler(_update: Update, _context: AssemblyContext) -> None:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0)
        busy -= 1

    async with handled_by(storage, bot, handler) as handling:
        crowd = [message(number, "", sender=number) for number in range(1, 3 * CONCURRENT)]
        assert all(await asyncio.gather(*(handling.handle([raw]) for raw in crowd)))
    assert most == CONCURRENT


@ON_SQLITE
async def test_many_at_once_cost_few_looks(storage: Storage, bot: AssemblyBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether people can be reached is looked up for all who come meanwhile together."""
    read, looks = storage.read, 0

    async def counting(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Storage.read
        nonlocal looks
        looks += 1
        return await read(*args, **kwargs)

    monkeypatch.setattr(storage, "read", counting)

    async def ignore(_update: Update, _context: AssemblyContext) -> None:
        """Store nothing."""

    async with handled_by(storage, bot, ignore) as handling:
        crowd = [message(number, "", sender=number) for number in range(1, 101)]
        assert all(await asyncio.gather(*(handling.handle([raw]) for raw in crowd)))
    assert looks == 1


async def test_last_word_on_who_can_be_reached(storage: Storage, bot: AssemblyBot) -> None:
    """Who blocks the bot and lets it in again can be reached, and the other way round, also in one batch."""

    async def register(unit: Unit) -> None:
        await unit.connection.execute(insert(people).values(name="Anna", function="lid", telegram_id=ANNA))

    async def reachable(unit: Unit) -> bool:
        return bool((await unit.connection.execute(select(people.c.reachable))).scalar_one())

    async def ignore(_update: Update, _context: AssemblyContext) -> None:
        """Store nothing."""

    await storage.write(register)
    blocked, back = membership(1, "kicked", "member"), membership(2, "member", "kicked")
    async with handled_by(storage, bot, ignore) as handling:
        assert await handling.handle([blocked, back])
        assert await storage.read(reachable)
        assert await handling.handle([back, blocked])
        assert not await storage.read(reachable)


@ON_SQLITE
async def test_everything_that_is_not_stored_is_told(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While nothing can be stored, each press of a batch is told so once; one that is stored later starts anew."""
    write, away = storage.write, True

    async def unsure(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Storage.write
        if away:
            raise StorageUnavailable("away")
        return await write(*args, **kwargs)

    monkeypatch.setattr(storage, "write", unsure)
    await sim.press(anna, data="een", wait=0)
    await sim.press(anna, data="twee", wait=0)
    _, *presses = await bot.raw_updates(0, seconds=0)

    async with handled_by(storage, bot, Notebook().note) as handling:
        assert not await handling.handle(presses)
        assert not await handling.handle(presses)
        answers = [entry["params"]["text"] for entry in await sim.requests("answerCallbackQuery")]
        assert answers == [texts.not_stored()] * 2
        away = False
        assert await handling.handle(presses)
        assert handling._told == set()
    assert await stored(storage) == ["een", "twee"]
