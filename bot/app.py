"""The composition root: builds the parts, connects them and runs them until the process is told to stop."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

import structlog
from telegram.error import BadRequest, InvalidToken, NetworkError

from bot.application import build_application
from bot.client import AssemblyBot
from bot.clock import RemoteClock
from bot.config import Settings
from bot.fetcher import Fetcher
from bot.handling import Handling
from bot.listening import serving
from bot.logs import log_loop_trouble
from bot.polling import Polling
from bot.rehearsing import Rehearsing
from bot.room import RoomServer
from bot.scheduler import Scheduler
from bot.sender import Sender
from bot.waiting import Backoff, pause
from bot.webhook import Webhook
from handlers import routes
from storage.clock import SystemClock
from storage.engine import Storage

_log = structlog.stdlib.get_logger(__name__)


async def run(settings: Settings, stop: asyncio.Event | None = None) -> None:
    """Run the bot until ``stop`` is set; without one until SIGTERM or SIGINT.

    What is in hand is then finished: updates that were taken in are stored and confirmed, messages that are being sent
    are marked. Raises ``InvalidToken`` when Telegram refuses the token, ``CannotListen`` when an address to listen on
    is taken, and ``SchemaMismatch``, ``UnsuitableDatabase`` or ``StorageUnavailable`` when the database cannot be used
    at the start.
    """
    stop = stop or _stopped_by_signal()
    asyncio.get_running_loop().set_exception_handler(log_loop_trouble)
    async with AsyncExitStack() as stack:
        clock = (
            await stack.enter_async_context(RemoteClock(settings.clock_url)) if settings.clock_url else SystemClock()
        )
        storage = await stack.enter_async_context(Storage.open(settings.database_url, settings.association(), clock))
        bot = AssemblyBot(settings.token.get_secret_value(), settings.api_base_url)
        application = build_application(bot, storage)
        routes.bind(application)
        stack.push_async_callback(bot.shutdown)
        sender = Sender(storage, bot, drawings=application.drawings)
        rehearsing = Rehearsing(settings.database_url, storage, bot, clock, sender.pacing)
        stack.push_async_callback(rehearsing.close)
        await rehearsing.resume()
        handling = Handling(application, bot, rehearsing)
        intake = await stack.enter_async_context(open_intake(settings, handling, bot))
        if settings.room_url is not None:
            room = RoomServer(storage, rehearsing)
            await stack.enter_async_context(serving(room.app(), settings.room_host, settings.room_port))
        if not await _connect(bot, stop):
            return
        await stack.enter_async_context(application)
        storage.association = replace(storage.association, bot_username=bot.username)
        _log.info("ready", bot=bot.username)
        await _work(stop, sender, Fetcher(storage, bot), Scheduler(storage), rehearsing, intake)
    _log.info("stopped")


@asynccontextmanager
async def open_intake(settings: Settings, handling: Handling, bot: AssemblyBot) -> AsyncIterator[Polling | Webhook]:
    """Give the way in which updates come: by webhook where an address is set for it. Raises ``CannotListen``."""
    if settings.webhook_url is None or settings.webhook_secret is None:
        yield Polling(handling, bot)
        return
    async with Webhook.listening(
        handling,
        bot,
        url=settings.webhook_url,
        secret=settings.webhook_secret.get_secret_value(),
        host=settings.listen_host,
        port=settings.listen_port,
    ) as webhook:
        yield webhook


async def _work(stop: asyncio.Event, *parts: Sender | Fetcher | Scheduler | Rehearsing | Polling | Webhook) -> None:
    """Run the parts side by side; when one fails, the others end and the failure is raised."""
    rejected = False
    try:
        async with asyncio.TaskGroup() as group:
            for part in parts:
                group.create_task(part.run(stop), name=type(part).__name__)
    except* InvalidToken:
        rejected = True
    if rejected:  # raised here, because out of an ``except*`` it would come in a group again
        raise InvalidToken


async def _connect(bot: AssemblyBot, stop: asyncio.Event) -> bool:
    """Ask Telegram who the bot is, as often as it takes; return ``False`` when the process must stop first."""
    backoff = Backoff()
    while not stop.is_set():
        try:
            await bot.initialize()
        except BadRequest:
            raise
        except NetworkError as error:
            _log.warning("Telegram cannot be reached", error=str(error))
            await pause(stop, backoff.next())
        else:
            return True
    return False


def _stopped_by_signal() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
