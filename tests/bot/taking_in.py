"""An intake at work, and what a test's handler stores through it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select
from telegram import Update
from telegram.ext import TypeHandler

from bot.application import build_application
from bot.client import AssemblyBot
from bot.handling import Handling
from bot.polling import Polling
from bot.webhook import Webhook
from handlers.context import AssemblyContext
from simulator.testing import RunningSimulator
from storage.engine import Storage
from storage.tables import dead_letters, people
from storage.unit import Unit
from tests.bot.sending import Json
from tests.support.waiting import until
from tests.support.webhooks import SECRET, Way, free_port

Handler = Callable[[Update, AssemblyContext], Coroutine[Any, Any, None]]
ANNA = 11


def message(update_id: int, text: str, *, sender: int = ANNA) -> Json:
    """Return a private message as Telegram sends it."""
    user = {"id": sender, "is_bot": False, "first_name": "Anna"}
    chat = {"id": sender, "type": "private", "first_name": "Anna"}
    return {
        "update_id": update_id,
        "message": {"message_id": update_id, "date": 1550077200, "chat": chat, "from": user, "text": text},
    }


@dataclass
class Notebook:
    """What a handler wrote down: the texts and presses that it saw and, with its ``write``, what is committed."""

    seen: list[str] = field(default_factory=list)

    async def note(self, update: Update, context: AssemblyContext) -> None:
        """Store the text or press as a person's name."""
        said = said_in(update)
        self.seen.append(said)
        await context.write(store, said)
        await context.answer("Vastgelegd")


def said_in(update: Update) -> str:
    """Return the text or the callback data of an update."""
    if update.callback_query is not None:
        return update.callback_query.data or ""
    return update.effective_message.text or "" if update.effective_message is not None else ""


async def store(unit: Unit, said: str) -> None:
    """Store a text as a person's name."""
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
async def taking_in(
    storage: Storage, bot: AssemblyBot, handler: Handler, way: Way = "polling"
) -> AsyncIterator[asyncio.Event]:
    """Run an intake whose every update goes to ``handler``, and end it in good order, at once when the event is set."""
    application = build_application(bot, storage)
    application.add_handler(TypeHandler(Update, handler))
    stop = asyncio.Event()
    async with application, _intake(Handling(application, bot), bot, way) as intake:
        task = asyncio.create_task(intake.run(stop))
        try:
            yield stop
        finally:
            stop.set()
            await asyncio.wait_for(task, 20)


@asynccontextmanager
async def _intake(handling: Handling, bot: AssemblyBot, way: Way) -> AsyncIterator[Polling | Webhook]:
    if way == "polling":
        yield Polling(handling, bot)
        return
    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram"
    async with Webhook.listening(handling, bot, url=url, secret=SECRET, host="127.0.0.1", port=port) as webhook:
        yield webhook


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
