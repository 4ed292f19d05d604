"""An update is confirmed to Telegram only after its effect is stored, and no update holds up another."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import insert, select
from telegram import Update
from telegram.error import InvalidToken
from telegram.ext import TypeHandler

from bot import texts
from bot.application import AssemblyApplication, build_application
from bot.client import AssemblyBot
from bot.intake import Intake
from handlers.context import AssemblyContext
from simulator.testing import RunningSimulator
from storage.engine import Storage, StorageUnavailable
from storage.tables import dead_letters, people
from storage.unit import Unit
from tests.bot.sending import ON_SQLITE, Json
from tests.support.waiting import until

Handler = Callable[[Update, AssemblyContext], Coroutine[Any, Any, None]]


@dataclass
class Notebook:
    """What a handler wrote down: the texts and presses that it saw and, with its ``write``, what is committed."""

    seen: list[str] = field(default_factory=list)

    async def note(self, update: Update, context: AssemblyContext) -> None:
        """Store the text or press as a person's name."""
        said = said_in(update)
        self.seen.append(said)
        await context.write(_store, said)
        await context.answer("Vastgelegd")


def said_in(update: Update) -> str:
    """Return the text or the callback data of an update."""
    if update.callback_query is not None:
        return update.callback_query.data or ""
    return update.effective_message.text or "" if update.effective_message is not None else ""


async def _store(unit: Unit, said: str) -> None:
    await unit.connection.execute(insert(people).values(name=said, function="lid"))


async def stored(storage: Storage) -> list[str]:
    """Return what is committed, in order."""

    async def load(unit: Unit) -> list[str]:
        return list((await unit.connection.execute(select(people.c.name).order_by(people.c.id))).scalars())

    return await storage.read(load)


async def letters(storage: Storage) -> list[str]:
    """Return the reasons of the dead letters."""

    async def load(unit: Unit) -> list[str]:
        return list((await unit.connection.execute(select(dead_letters.c.reason))).scalars())

    return await storage.read(load)


@asynccontextmanager
async def taking_in(storage: Storage, bot: AssemblyBot, handler: Handler) -> AsyncIterator[AssemblyApplication]:
    """Run an intake whose every update goes to ``handler``, and end it in good order."""
    application = build_application(bot, storage)
    application.add_handler(TypeHandler(Update, handler))
    stop = asyncio.Event()
    async with application:
        task = asyncio.create_task(Intake(application, bot).run(stop))
        try:
            yield application
        finally:
            stop.set()
            await asyncio.wait_for(task, 20)


async def queue_info(sim: RunningSimulator) -> Json:
    """Return what Telegram says of the bot's queue of updates."""
    info: Json = (await sim.call("GET", f"/bot{sim.token}/getWebhookInfo"))["result"]
    return info


async def unconfirmed(sim: RunningSimulator) -> int:
    """Return how many updates Telegram would deliver again."""
    return int((await queue_info(sim))["pending_update_count"])


async def has(storage: Storage, *texts_stored: str) -> None:
    """Wait until exactly these texts are committed, in any order."""

    async def there() -> bool:
        return sorted(await stored(storage)) == sorted(texts_stored)

    await until(there)


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
        task = asyncio.create_task(Intake(application, bot).run(stop))
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


async def test_update_that_nobody_can_read(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json
) -> None:
    """An update that cannot be parsed is kept as a dead letter and confirmed; the others are handled."""
    await sim.inject({"message": {"message_id": "?"}})
    await sim.write(anna, "gewoon")
    async with taking_in(storage, bot, Notebook().note):
        await has(storage, "/start", "gewoon")
    (reason,) = await letters(storage)
    assert reason.startswith(("KeyError", "TypeError"))
    assert await unconfirmed(sim) == 0


async def test_handler_that_fails(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """A failing handler leaves a dead letter without people's words in its reason; the press gets an answer."""

    async def handler(update: Update, context: AssemblyContext) -> None:
        async def fail(unit: Unit) -> None:
            await _store(unit, "half")
            raise LookupError(said_in(update))

        if said_in(update) == "vertrouwelijk":
            await context.write(fail)

    async with taking_in(storage, bot, handler):
        press = await sim.press(anna, data="vertrouwelijk")
    assert press["answer"] is not None
    assert press["answer"]["text"] == texts.not_handled(storage.association.contact)
    (reason,) = await letters(storage)
    assert reason.startswith("LookupError in ")
    assert "vertrouwelijk" not in reason
    assert await stored(storage) == []
    assert await unconfirmed(sim) == 0


async def test_delivered_again(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """A redelivered press has no second effect and is told that it was handled."""
    async with taking_in(storage, bot, Notebook().note):
        press = await sim.press(anna, data="stem")
        await sim.redeliver(press["update_id"])

        async def told() -> bool:
            answers = await sim.requests("answerCallbackQuery")
            return len(answers) == 2

        await until(told)
    answers = [entry["params"].get("text") for entry in await sim.requests("answerCallbackQuery")]
    assert answers == ["Vastgelegd", texts.already_handled()]
    assert await stored(storage) == ["/start", "stem"]


@ON_SQLITE
async def test_storage_away(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While nothing can be stored nothing is confirmed; a press is told so once, and stored when that works again."""
    write, away = storage.write, asyncio.Event()

    async def unsure(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Storage.write
        if away.is_set():
            raise StorageUnavailable("away")
        return await write(*args, **kwargs)

    monkeypatch.setattr(storage, "write", unsure)
    async with taking_in(storage, bot, Notebook().note):
        await has(storage, "/start")
        away.set()
        press = await sim.press(anna, data="stem")
        assert press["answer"]["text"] == texts.not_stored()

        async def asked_again() -> bool:
            deliveries = await sim.log(kind="delivery")
            return sum(press["update_id"] in delivery["update_ids"] for delivery in deliveries) > 2

        await until(asked_again)
        assert len(await sim.requests("answerCallbackQuery")) == 1
        away.clear()
        await has(storage, "/start", "stem")
    assert await letters(storage) == []
    assert await unconfirmed(sim) == 0


@ON_SQLITE
@pytest.mark.parametrize("kind", ["429", "500", "reset_before", "reset_after"])
async def test_polling_survives(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, kind: str
) -> None:
    """Errors of Telegram and of the network pass, and nothing is lost over them."""
    await sim.fault(kind, "getUpdates", times=2, retry_after=1)
    async with taking_in(storage, bot, Notebook().note):
        await has(storage, "/start")
    assert anna["id"]


@ON_SQLITE
async def test_another_process_polls(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """A 409 is waited out: the other process may be the one that is being replaced."""
    await sim.call("POST", f"/bot{sim.token}/setWebhook", {"url": "https://127.0.0.1:9/x"})
    async with taking_in(storage, bot, Notebook().note):

        async def refused() -> bool:
            return any(poll["status"] == 409 for poll in await sim.requests("getUpdates"))

        await until(refused)
        await bot.delete_webhook()
        await has(storage, "/start")
    assert anna["id"]


@ON_SQLITE
async def test_revoked_token(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token that Telegram no longer accepts ends the intake: waiting would not help."""
    monkeypatch.setattr(bot, "_base_url", f"{sim.base_url}/bot99:unknown-token-unknown-token-unknown")
    application = build_application(bot, storage)
    with pytest.raises(InvalidToken):
        await asyncio.wait_for(Intake(application, bot).run(asyncio.Event()), 10)


async def test_reachability(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
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
    async with taking_in(storage, bot, ignore):
        await sim.block(anna)
        await until(unreachable)
        await sim.unblock(anna)
        await until(reachable)
        await storage.write(_lose, anna["id"])
        await sim.press(anna, data="iets", wait=0)
        await until(reachable)


async def _lose(unit: Unit, telegram_id: int) -> None:
    await unit.people.set_reachable(telegram_id, reachable=False)


@ON_SQLITE
async def test_one_write_per_update(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """A handler that would write twice is told so: the second write would be taken for a redelivery."""

    async def twice(_update: Update, context: AssemblyContext) -> None:
        await context.write(_store, "eerste")
        await context.write(_store, "tweede")

    async with taking_in(storage, bot, twice):
        await has(storage, "eerste")

        async def buried() -> bool:
            return len(await letters(storage)) == 1

        await until(buried)
    (reason,) = await letters(storage)
    assert reason.startswith("RuntimeError in handlers.context.write")
    assert anna["id"]
    assert await sim.log(kind="invalid") == []
