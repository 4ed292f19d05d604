"""Updates from Telegram by webhook: the listener, and that Telegram keeps sending to it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from urllib.parse import urlsplit

import structlog
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.client import ALLOWED_UPDATES, AssemblyBot
from bot.handling import CONCURRENT, Handling
from bot.listening import Server, serving
from bot.readiness import Readiness
from bot.receiving import Receiver, create_app
from bot.waiting import Backoff, pause, seconds_of, unless_stopped

LOOK_SECONDS = 20.0
"""How often Telegram is asked how the webhook fares: somebody else may have replaced or deleted it."""

_log = structlog.stdlib.get_logger(__name__)


class Webhook:
    """Takes in what Telegram sends to ``url``."""

    _failed_at: datetime | None = None

    def __init__(
        self, server: Server, receiver: Receiver, readiness: Readiness, bot: AssemblyBot, url: str, secret: str
    ) -> None:
        self._server = server
        self._receiver = receiver
        self._readiness = readiness
        self._bot = bot
        self._url = url
        self._secret = secret

    @classmethod
    @asynccontextmanager
    async def listening(
        cls, handling: Handling, bot: AssemblyBot, *, url: str, secret: str, host: str, port: int
    ) -> AsyncIterator["Webhook"]:
        """Listen at ``host`` and ``port``; updates are put off until ``run``. Raises ``CannotListen``."""
        receiver, readiness = Receiver(handling, secret), Readiness(handling.storage)
        async with serving(create_app(receiver, readiness, urlsplit(url).path), host, port) as server:
            yield cls(server, receiver, readiness, bot, url, secret)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set; then finish what is in hand and answer it. Raises ``InvalidToken``."""
        self._receiver.open()
        await self._keep_set(stop)
        await self._server.finish()

    async def _keep_set(self, stop: asyncio.Event) -> None:
        backoff = Backoff()
        while not stop.is_set():
            wait = LOOK_SECONDS
            try:
                await unless_stopped(stop, self._see_to_it())
                self._readiness.telegram = True
                backoff.reset()
            except InvalidToken:
                raise
            except RetryAfter as error:
                _log.warning("Telegram asks for silence", seconds=seconds_of(error))
                wait = seconds_of(error)
            except TelegramError as error:
                _log.error("webhook not seen to", error=str(error))
                self._readiness.telegram = False
                wait = backoff.next()
            await pause(stop, wait)

    async def _see_to_it(self) -> None:
        """Set the webhook at the start, and again where it is another's now or Telegram could not deliver."""
        info = await self._bot.get_webhook_info()
        sound = info.url == self._url and info.last_error_date in {None, self._failed_at}
        self._failed_at = info.last_error_date
        if self._readiness.webhook:
            if sound:
                return
            _log.warning("webhook disturbed", replaced=info.url != self._url, error=info.last_error_message)
        self._readiness.webhook = False
        await self._bot.set_webhook(
            self._url,
            secret_token=self._secret,
            allowed_updates=ALLOWED_UPDATES,
            max_connections=CONCURRENT,
            drop_pending_updates=False,
        )
        self._readiness.webhook = True
        _log.info("webhook set")
