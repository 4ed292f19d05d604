"""The bot by webhook at a simulated Telegram: set and kept, behind a proxy, and changed for polling and back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession, web
from telegram import Update
from telegram.error import InvalidToken
from telegram.ext import TypeHandler

from bot import texts, webhook
from bot.application import build_application
from bot.client import ALLOWED_UPDATES, AssemblyBot
from bot.handling import CONCURRENT, Handling
from bot.webhook import Webhook
from handlers.context import AssemblyContext
from simulator.testing import RunningSimulator
from storage.engine import Storage, StorageUnavailable
from tests.bot.sending import ON_SQLITE, Json
from tests.bot.taking_in import Notebook, has, letters, queue_info, said_in, stored, taking_in, unconfirmed
from tests.support.waiting import until
from tests.support.webhooks import SECRET, Way, free_port

HOST = "127.0.0.1"


async def all_confirmed(sim: RunningSimulator) -> None:
    """Wait until Telegram has nothing left to deliver."""

    async def nothing_waits() -> bool:
        return await unconfirmed(sim) == 0

    await until(nothing_waits)


async def looked(sim: RunningSimulator, times: int) -> None:
    """Wait until the bot looked so many times more at how its webhook fares."""
    before = len(await sim.requests("getWebhookInfo"))

    async def enough() -> bool:
        return len(await sim.requests("getWebhookInfo")) >= before + times

    await until(enough)


async def test_stores_then_confirms(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """What people write and press is stored once and confirmed; the press is answered by the response alone."""
    notebook = Notebook()
    async with taking_in(storage, bot, notebook.note, "webhook"):
        await has(storage, "/start")
        await sim.write(anna, "een")
        await has(storage, "/start", "een")
        press = await sim.press(anna, data="twee")
        await all_confirmed(sim)
    assert press["answer"]["text"] == "Vastgelegd"
    assert notebook.seen == ["/start", "een", "twee"]
    assert [answer["status"] for answer in await sim.requests("answerCallbackQuery")] == [200]


@ON_SQLITE
async def test_asks_for_what_it_handles(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """The webhook is set with the secret, the updates that are wanted and as many connections as there are places."""
    async with taking_in(storage, bot, Notebook().note, "webhook"):
        await has(storage, "/start")
        known = sim.world.bot().webhook
        assert known is not None
        assert (known.secret, known.max_connections) == (SECRET, CONCURRENT)
    assert set((await queue_info(sim))["allowed_updates"]) == set(ALLOWED_UPDATES)
    (setting,) = await sim.requests("setWebhook")
    assert setting["params"]["drop_pending_updates"] == "false"
    assert anna["id"]


@ON_SQLITE
@pytest.mark.parametrize("kind", ["429", "500", "reset_before", "reset_after"])
@pytest.mark.parametrize("method", ["getWebhookInfo", "setWebhook"])
async def test_setting_survives(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, kind: str, method: str
) -> None:
    """Errors of Telegram and of the network pass, and the webhook is set in the end."""
    await sim.fault(kind, method, times=2, retry_after=1)
    async with taking_in(storage, bot, Notebook().note, "webhook"):
        await has(storage, "/start")
    assert anna["id"]


@ON_SQLITE
@pytest.mark.parametrize("replaced", [{"url": ""}, {"url": "https://127.0.0.1:9/x"}])
async def test_deleted_or_replaced_elsewhere(
    storage: Storage,
    bot: AssemblyBot,
    sim: RunningSimulator,
    anna: Json,
    monkeypatch: pytest.MonkeyPatch,
    replaced: Json,
) -> None:
    """A webhook that somebody else deleted or replaced is set again, and what came meanwhile arrives."""
    monkeypatch.setattr(webhook, "LOOK_SECONDS", 0.05)
    async with taking_in(storage, bot, Notebook().note, "webhook"):
        await has(storage, "/start")
        await sim.call("POST", f"/bot{sim.token}/setWebhook", replaced)
        await sim.write(anna, "daarna")
        await has(storage, "/start", "daarna")


@ON_SQLITE
async def test_secret_changed_elsewhere(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram reports that it is refused, since somebody changed the secret; it is told ours again."""
    monkeypatch.setattr(webhook, "LOOK_SECONDS", 0.05)
    async with taking_in(storage, bot, Notebook().note, "webhook"):
        await has(storage, "/start")
        ours = sim.world.bot().webhook
        assert ours is not None
        await sim.call("POST", f"/bot{sim.token}/setWebhook", {"url": ours.url, "secret_token": "other"})
        await sim.write(anna, "daarna")
        await has(storage, "/start", "daarna")


@ON_SQLITE
async def test_revoked_token(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token that Telegram no longer accepts ends the webhook: waiting would not help."""
    monkeypatch.setattr(bot, "_base_url", f"{sim.base_url}/bot99:unknown-token-unknown-token-unknown")
    application = build_application(bot, storage)
    async with Webhook.listening(
        Handling(application, bot), bot, url="https://x.nl/t", secret=SECRET, host=HOST, port=free_port()
    ) as listening:
        with pytest.raises(InvalidToken):
            await asyncio.wait_for(listening.run(asyncio.Event()), 10)


@asynccontextmanager
async def proxy(port: int, *, strips: bool) -> AsyncIterator[str]:
    """Run a reverse proxy for what is under "/alv" in front of ``port``; give its address."""

    async def forward(request: web.Request) -> web.Response:
        path = request.path.removeprefix("/alv") if strips else request.path
        headers = {name: value for name, value in request.headers.items() if name.startswith(("X-", "Content-Type"))}
        headers |= {"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/alv"}
        url = f"http://{HOST}:{port}{path}"
        async with (
            ClientSession() as session,
            session.request(request.method, url, data=await request.read(), headers=headers) as response,
        ):
            return web.Response(status=response.status, body=await response.read(), content_type=response.content_type)

    app = web.Application()
    app.router.add_route("*", "/alv/{rest:.*}", forward)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, HOST, 0)
    await site.start()
    try:
        yield f"http://{HOST}:{runner.addresses[0][1]}/alv"
    finally:
        await runner.cleanup()


@ON_SQLITE
@pytest.mark.parametrize("strips", [True, False])
async def test_behind_a_proxy_under_a_path(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, *, strips: bool
) -> None:
    """A proxy that takes the path away and one that leaves it both bring updates, answers, health and readiness."""
    application = build_application(bot, storage)
    application.add_handler(TypeHandler(Update, Notebook().note))
    port = free_port()
    stop = asyncio.Event()
    async with application, proxy(port, strips=strips) as address, ClientSession() as session:
        handling = Handling(application, bot)
        async with Webhook.listening(
            handling, bot, url=f"{address}/telegram", secret=SECRET, host=HOST, port=port
        ) as listening:
            running = asyncio.create_task(listening.run(stop))
            await has(storage, "/start")
            press = await sim.press(anna, data="stem")
            assert press["answer"]["text"] == "Vastgelegd"
            for page in ("health", "ready"):
                async with session.get(f"{address}/{page}") as response:
                    assert response.status == 200
            stop.set()
            await running
    assert len(await sim.requests("answerCallbackQuery")) == 1


@ON_SQLITE
async def test_storage_away(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A press that cannot be stored is told so, comes again by itself, and is stored once when that works.

    Telegram goes on telling of that failure; the webhook is not set again and again over it.
    """
    monkeypatch.setattr("bot.receiving.UNSTORED_SECONDS", 1)
    monkeypatch.setattr(webhook, "LOOK_SECONDS", 0.05)
    write, away = storage.write, asyncio.Event()

    async def unsure(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Storage.write
        if away.is_set():
            raise StorageUnavailable("away")
        return await write(*args, **kwargs)

    monkeypatch.setattr(storage, "write", unsure)
    async with taking_in(storage, bot, Notebook().note, "webhook"):
        await has(storage, "/start")
        away.set()
        press = await sim.press(anna, data="stem")
        assert press["answer"]["text"] == texts.not_stored()
        assert await unconfirmed(sim) == 1
        away.clear()
        await has(storage, "/start", "stem")
        await all_confirmed(sim)
        assert "last_error_date" in await queue_info(sim)
        await looked(sim, 3)
        known = len(await sim.requests("setWebhook"))
        await looked(sim, 10)
        assert len(await sim.requests("setWebhook")) == known
    assert await letters(storage) == []


@pytest.mark.parametrize("ways", [("polling", "webhook"), ("webhook", "polling")])
@pytest.mark.parametrize("overlapping", [False, True])
async def test_changing_the_way(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, ways: tuple[Way, Way], *, overlapping: bool
) -> None:
    """With an update in hand and others waiting, the other way takes over, at once or while the first still works."""
    arrived, going_on = asyncio.Event(), asyncio.Event()
    notebook = Notebook()

    async def handler(update: Update, context: AssemblyContext) -> None:
        if said_in(update) == "in de hand":
            arrived.set()
            await going_on.wait()
        await notebook.note(update, context)

    async with taking_in(storage, bot, handler, ways[0]) as stop:
        await has(storage, "/start")
        await sim.write(anna, "in de hand")
        await arrived.wait()
        await sim.write(anna, "wacht")
        stop.set()
        if not overlapping:
            going_on.set()
        else:
            arrived.clear()
            async with taking_in(storage, bot, handler, ways[1]):
                await arrived.wait()
                going_on.set()
                await has(storage, "/start", "in de hand", "wacht")
    async with taking_in(storage, bot, handler, ways[1]):
        await sim.write(anna, "daarna")
        await has(storage, "/start", "in de hand", "wacht", "daarna")
        await all_confirmed(sim)
    assert await stored(storage) == ["/start", "in de hand", "wacht", "daarna"]
    assert await letters(storage) == []
