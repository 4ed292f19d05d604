"""An update is confirmed to Telegram only after its effect is stored."""

import asyncio

import pytest
from sqlalchemy import insert, select
from telegram import Update
from telegram.ext import TypeHandler

from bot import texts
from bot.application import build_application
from bot.client import AssemblyBot
from bot.handling import Handling
from bot.polling import Polling
from handlers.context import AssemblyContext
from simulator.testing import RunningSimulator
from storage.engine import Storage
from storage.tables import people
from storage.unit import Unit
from tests.bot.sending import ON_SQLITE, Json
from tests.bot.taking_in import Notebook, has, queue_info, said_in, stored, taking_in, unconfirmed
from tests.support.waiting import until
from tests.support.webhooks import Way


async def test_stores_then_confirms(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """What people write and press is stored once, answered, and confirmed at the end."""
    notebook = Notebook()
    async with taking_in(storage, bot, notebook.note):
        await sim.write(anna, "een")
        press = await sim.press(anna, data="twee")
        await has(storage, "/start", "een", "twee")
    assert press["answer"]["text"] == "Vastgelegd"
    assert notebook.seen == ["/start", "een", "twee"]
    assert await unconfirmed(sim) == 0


@ON_SQLITE
async def test_asks_for_what_it_handles(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """The updates that are wanted are named, or Telegram would go on with an older list."""
    async with taking_in(storage, bot, Notebook().note):
        await has(storage, "/start")
    assert set((await queue_info(sim))["allowed_updates"]) == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "channel_post",
    }
    assert anna["id"]


@ON_SQLITE
async def test_nothing_is_confirmed_while_it_is_handled(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json
) -> None:
    """As long as one update of a batch is under way, Telegram is not asked for more; a stop waits for it too."""
    started, going_on = asyncio.Event(), asyncio.Event()
    notebook = Notebook()

    async def slow(update: Update, context: AssemblyContext) -> None:
        started.set()
        await going_on.wait()
        await notebook.note(update, context)

    application = build_application(bot, storage)
    application.add_handler(TypeHandler(Update, slow))
    stop = asyncio.Event()
    async with application:
        task = asyncio.create_task(Polling(Handling(application, bot), bot).run(stop))
        await started.wait()
        await sim.write(anna, "later")
        stop.set()
        await sim.idle()
        assert len(await sim.log(kind="delivery")) == 1
        assert await unconfirmed(sim) == 2
        assert not task.done()
        going_on.set()
        await task
    assert await stored(storage) == ["/start"]
    assert await unconfirmed(sim) == 1


@ON_SQLITE
async def test_order_per_person_and_side_by_side(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json
) -> None:
    """One person's updates are handled in order; a person who is waited for does not hold up another."""
    berta = await sim.user("Berta")
    seen: list[str] = []
    berta_was_here = asyncio.Event()

    async def handler(update: Update, _context: AssemblyContext) -> None:
        if said_in(update) == "wacht":
            await berta_was_here.wait()
        seen.append(said_in(update))
        if said_in(update) == "berta":
            berta_was_here.set()

    for text in ("wacht", "daarna", "als laatste"):
        await sim.write(anna, text)
    await sim.write(berta, "berta")
    async with taking_in(storage, bot, handler):

        async def all_seen() -> bool:
            return len(seen) == 5

        await until(all_seen)
    assert [said for said in seen if said != "berta"] == ["/start", "wacht", "daarna", "als laatste"]
    assert seen.index("berta") < seen.index("wacht")


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_delivered_again(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, way: Way) -> None:
    """A redelivered press has no second effect and is told that it was handled."""
    async with taking_in(storage, bot, Notebook().note, way):
        press = await sim.press(anna, data="stem")
        await sim.redeliver(press["update_id"])

        async def told() -> bool:
            answers = await sim.requests("answerCallbackQuery")
            return len(answers) == 2

        await until(told)
    answers = [entry["params"].get("text") for entry in await sim.requests("answerCallbackQuery")]
    assert answers == ["Vastgelegd", texts.already_handled()]
    assert await stored(storage) == ["/start", "stem"]


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_reachability(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, way: Way) -> None:
    """Who blocks the bot is unreachable from then on, and reachable again as soon as anything comes from it."""

    async def register(unit: Unit) -> None:
        await unit.connection.execute(insert(people).values(name="Anna", function="lid", telegram_id=anna["id"]))

    async def reachable() -> bool:
        async def load(unit: Unit) -> bool:
            return bool((await unit.connection.execute(select(people.c.reachable))).scalar_one())

        return await storage.read(load)

    async def unreachable() -> bool:
        return not await reachable()

    async def ignore(_update: Update, _context: AssemblyContext) -> None:
        """Store nothing."""

    await storage.write(register)
    async with taking_in(storage, bot, ignore, way):
        await sim.block(anna)
        await until(unreachable)
        await sim.unblock(anna)
        await until(reachable)
        await storage.write(_lose, anna["id"])
        await sim.press(anna, data="iets", wait=0)
        await until(reachable)


async def _lose(unit: Unit, telegram_id: int) -> None:
    await unit.people.set_reachable(telegram_id, reachable=False)
