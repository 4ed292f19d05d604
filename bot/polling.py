"""Updates from Telegram by asking for them.

Asking for updates above an offset confirms all below it, for ever. So a batch is handled to the end, and only then the
next one is asked for.
"""

import asyncio
from typing import Any

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.client import AssemblyBot
from bot.handling import Handling
from bot.waiting import Backoff, pause, seconds_of, unless_stopped

_log = structlog.stdlib.get_logger(__name__)


class Polling:
    """Asks for updates, has them handled, and confirms what is stored."""

    def __init__(self, handling: Handling, bot: AssemblyBot) -> None:
        self._handling = handling
        self._bot = bot
        self._alone = False

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set; then finish what is in hand and confirm it. Raises ``InvalidToken``."""
        offset = 0
        backoff = Backoff()
        while not stop.is_set():
            try:
                batch = await unless_stopped(stop, self._ask(offset))
            except InvalidToken:
                raise
            except RetryAfter as error:
                _log.warning("Telegram asks for silence", seconds=seconds_of(error))
                await pause(stop, seconds_of(error))
            except Conflict:
                _log.error("another process takes this bot's updates")
                self._alone = False
                await pause(stop, backoff.next())
            except TelegramError as error:
                _log.warning("no updates", error=str(error))
                await pause(stop, backoff.next())
            else:
                if not batch:
                    backoff.reset()
                elif await self._handling.handle(batch):
                    backoff.reset()
                    offset = max(raw["update_id"] for raw in batch) + 1
                else:
                    await pause(stop, backoff.next())
        if offset:
            await self._confirm(offset)

    async def _ask(self, offset: int) -> list[dict[str, Any]]:
        """Ask for the updates from ``offset`` on; Telegram refuses that while it knows a webhook."""
        if not self._alone:
            await self._bot.delete_webhook(drop_pending_updates=False)
            self._alone = True
        return await self._bot.raw_updates(offset)

    async def _confirm(self, offset: int) -> None:
        """Confirm the last batch. Where that fails it is delivered again, and its done-keys stop it."""
        try:
            await self._bot.raw_updates(offset, seconds=0, limit=1)
        except TelegramError as error:
            _log.warning("last updates not confirmed", error=str(error))
