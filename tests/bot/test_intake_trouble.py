"""No update holds up another, and no trouble loses one."""

import asyncio
from typing import Any

import pytest
from telegram import Update
from telegram.error import InvalidToken

from bot import texts
from bot.application import build_application
from bot.client import AssemblyBot
from bot.handling import Handling
from bot.polling import Polling
from handlers.context import AssemblyContext
from screens.registration import not_handled_text
from simulator.testing import RunningSimulator
from storage.engine import Storage, StorageUnavailable
from storage.unit import Unit
from tests.bot.sending import ON_SQLITE, Json
from tests.bot.taking_in import Notebook, has, letters, said_in, store, stored, taking_in, unconfirmed
from tests.support.queued import screens
from tests.support.waiting import until


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
            await store(unit, "half")
            raise LookupError(said_in(update))

        if said_in(update) == "vertrouwelijk":
            await context.write(fail)

    async with taking_in(storage, bot, handler):
        press = await sim.press(anna, data="vertrouwelijk")
    assert press["answer"] is not None
    assert press["answer"]["text"] == not_handled_text(storage.association)
    (reason,) = await letters(storage)
    assert reason.startswith("LookupError in ")
    assert "vertrouwelijk" not in reason
    assert await screens(storage, int(anna["id"])) == []
    assert await stored(storage) == []
    assert await unconfirmed(sim) == 0


async def test_handler_that_fails_on_a_message(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json
) -> None:
    """Who wrote a message on which the program failed is told so, and the next message is handled."""

    async def handler(update: Update, context: AssemblyContext) -> None:
        if said_in(update) == "lastig":
            raise LookupError
        await context.write(store, said_in(update))

    async with taking_in(storage, bot, handler):
        await sim.write(anna, "lastig")
        await sim.write(anna, "gewoon")
        await has(storage, "/start", "gewoon")
    assert await screens(storage, int(anna["id"])) == ["NotHandled"]
    assert len(await letters(storage)) == 1


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
async def test_another_process_sets_a_webhook(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json
) -> None:
    """A webhook is taken away at the start and whenever it is in the way, and nothing that waits is lost over it."""
    elsewhere = {"url": "https://127.0.0.1:9/x"}
    await sim.call("POST", f"/bot{sim.token}/setWebhook", elsewhere)
    async with taking_in(storage, bot, Notebook().note):
        await has(storage, "/start")
        await sim.call("POST", f"/bot{sim.token}/setWebhook", elsewhere)
        await sim.write(anna, "daarna")
        await has(storage, "/start", "daarna")
    assert any(poll["status"] == 409 for poll in await sim.requests("getUpdates"))
    assert await unconfirmed(sim) == 0


@ON_SQLITE
async def test_another_process_polls(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """Another process that asks too, such as the one that is being replaced, is waited out."""
    async with taking_in(storage, bot, Notebook().note):
        await has(storage, "/start")

        async def polled() -> bool:
            return sim.world.bot().queue.is_polled

        await until(polled)
        other = asyncio.create_task(bot.raw_updates(0, seconds=1))

        async def refused() -> bool:
            return any(poll["status"] == 409 for poll in await sim.requests("getUpdates"))

        await until(refused)
        await asyncio.gather(other, return_exceptions=True)
        await sim.write(anna, "daarna")
        await has(storage, "/start", "daarna")


@ON_SQLITE
async def test_revoked_token(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token that Telegram no longer accepts ends the intake: waiting would not help."""
    monkeypatch.setattr(bot, "_base_url", f"{sim.base_url}/bot99:unknown-token-unknown-token-unknown")
    application = build_application(bot, storage)
    with pytest.raises(InvalidToken):
        await asyncio.wait_for(Polling(Handling(application, bot), bot).run(asyncio.Event()), 10)


@ON_SQLITE
async def test_one_write_per_update(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """A handler that would write twice is told so: the second write would be taken for a redelivery."""

    async def twice(_update: Update, context: AssemblyContext) -> None:
        await context.write(store, "eerste")
        await context.write(store, "tweede")

    async with taking_in(storage, bot, twice):
        await has(storage, "eerste")

        async def buried() -> bool:
            return len(await letters(storage)) == 1

        await until(buried)
    (reason,) = await letters(storage)
    assert reason.startswith("RuntimeError in handlers.context.write")
    assert anna["id"]
    assert await sim.log(kind="invalid") == []


@ON_SQLITE
@pytest.mark.parametrize("expired", [True, False])
async def test_answer_that_does_not_get_through(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, *, expired: bool
) -> None:
    """A press whose answer comes too late or is lost is stored and confirmed all the same."""
    if expired:
        await sim.limits(callback_seconds=0.001)
    else:
        await sim.fault("500", "answerCallbackQuery")
    async with taking_in(storage, bot, Notebook().note):
        await sim.press(anna, data="stem", wait=0)
        await has(storage, "/start", "stem")
    assert [entry["status"] for entry in await sim.requests("answerCallbackQuery")] == [400 if expired else 500]
    assert await letters(storage) == []
    assert await unconfirmed(sim) == 0
