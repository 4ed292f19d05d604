"""What comes in from Telegram, confirmed only after its effect is stored.

Asking for updates above an offset confirms all below it, for ever. So a batch is handled to the end, and only then the
next one is asked for; what is lost in between is delivered again, and its done-key tells that it was handled.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from structlog.contextvars import bound_contextvars
from telegram import Update
from telegram.constants import ChatType
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from assembly.facts.registration import NotHandled
from bot import texts
from bot.application import AssemblyApplication
from bot.client import AssemblyBot
from bot.logs import where
from bot.reachability import note_reachability
from bot.waiting import Backoff, pause, seconds_of, unless_stopped
from handlers.context import answer_press
from screens.registration import not_handled_text
from storage.engine import AlreadyDone, StorageUnavailable
from storage.unit import Unit

CONCURRENT = 32
"""People whose updates are handled side by side; the updates of one person keep their order."""

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class _Unreadable:
    """An update that PTB cannot parse."""

    error: Exception


class Intake:
    """Polls, hands the updates to the application's handlers, and confirms what is stored."""

    def __init__(self, application: AssemblyApplication, bot: AssemblyBot) -> None:
        self._application = application
        self._storage = application.storage
        self._bot = bot
        self._places = asyncio.Semaphore(CONCURRENT)
        self._told: set[str] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set; then finish what is in hand and confirm it. Raises ``InvalidToken``."""
        offset = 0
        backoff = Backoff()
        while not stop.is_set():
            try:
                batch = await unless_stopped(stop, self._bot.raw_updates(offset))
            except InvalidToken:
                raise
            except RetryAfter as error:
                _log.warning("Telegram asks for silence", seconds=seconds_of(error))
                await pause(stop, seconds_of(error))
            except Conflict:
                _log.error("another process asks for this bot's updates")
                await pause(stop, backoff.next())
            except TelegramError as error:
                _log.warning("no updates", error=str(error))
                await pause(stop, backoff.next())
            else:
                if not batch:
                    backoff.reset()
                elif await self._handle(batch):
                    backoff.reset()
                    offset = max(_update_id(raw) for raw in batch) + 1
                else:
                    await pause(stop, backoff.next())
        if offset:
            await self._confirm(offset)

    async def _confirm(self, offset: int) -> None:
        """Confirm the last batch. Where that fails it is delivered again, and its done-keys stop it."""
        try:
            await self._bot.raw_updates(offset, seconds=0, limit=1)
        except TelegramError as error:
            _log.warning("last updates not confirmed", error=str(error))

    async def _handle(self, batch: Iterable[dict[str, Any]]) -> bool:
        """Handle every update of ``batch``; return whether all can be confirmed."""
        lanes: dict[int, list[tuple[dict[str, Any], Update | _Unreadable]]] = defaultdict(list)
        for raw in batch:
            update = self._parse(raw)
            lanes[_whose(update)].append((raw, update))
        readable = [update for lane in lanes.values() for _, update in lane if isinstance(update, Update)]
        try:
            await note_reachability(self._storage, readable)
        except StorageUnavailable as error:
            _log.error("storage is unavailable", error=where(error))
            for update in readable:
                await self._tell_once(update)
            return False
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._handle_lane(lane)) for lane in lanes.values()]
        stored = all(task.result() for task in tasks)
        if stored:
            self._told.clear()
        return stored

    async def _handle_lane(self, lane: list[tuple[dict[str, Any], Update | _Unreadable]]) -> bool:
        """Handle one person's updates in order; return ``False`` at the first that cannot be stored."""
        async with self._places:
            for raw, update in lane:
                with bound_contextvars(update_id=_update_id(raw)):
                    try:
                        await self._handle_one(raw, update)
                    except StorageUnavailable as error:
                        _log.error("storage is unavailable", error=where(error))
                        if isinstance(update, Update):
                            await self._tell_once(update)
                        return False
        return True

    async def _handle_one(self, raw: dict[str, Any], update: Update | _Unreadable) -> None:
        """Handle one update so that it can be confirmed. Raises ``StorageUnavailable`` when it cannot."""
        if isinstance(update, _Unreadable):
            await self._bury(raw, update.error)
            return
        try:
            await self._application.process_update(update)
        except StorageUnavailable:
            raise
        except AlreadyDone:
            _log.info("delivered again")
            await self._tell(update, texts.already_handled())
        except Exception as error:  # noqa: BLE001 - one update that fails must not hold up the others
            _log.exception("update not handled")
            await self._bury(raw, error, _writer(update))
            await self._tell(update, not_handled_text(self._storage.association))

    async def _bury(self, raw: dict[str, Any], error: Exception, writer: int | None = None) -> None:
        """Keep an update that cannot be handled for whoever looks into it, and tell who wrote it."""
        _log.error("dead letter", error=where(error))
        letter = (self._bot.id, _update_id(raw), where(error), json.dumps(raw))
        await self._storage.write(_store_dead_letter, *letter, writer)

    async def _tell(self, update: Update, text: str) -> None:
        if update.callback_query is not None:
            await answer_press(update.callback_query, text, alert=True)

    async def _tell_once(self, update: Update) -> None:
        """Say that a press is not stored yet; once, because the press comes back until it is."""
        if update.callback_query is not None and update.callback_query.id not in self._told:
            self._told.add(update.callback_query.id)
            await self._tell(update, texts.not_stored())

    def _parse(self, raw: dict[str, Any]) -> Update | _Unreadable:
        try:
            return Update.de_json(raw, self._bot)
        except Exception as error:  # noqa: BLE001 - whatever PTB makes of it, the other updates must not wait for it
            return _Unreadable(error)


async def _store_dead_letter(
    unit: Unit, bot_id: int, update_id: int, reason: str, payload: str, writer: int | None
) -> None:
    await unit.intake.dead_letter(bot_id, update_id, reason, payload)
    if writer is not None:
        await unit.outbox.send(writer, NotHandled())


def _writer(update: Update) -> int | None:
    """Return whose private message this is; a press is answered in its own way, and a group is left in peace."""
    message = update.message
    return message.chat.id if message is not None and message.chat.type == ChatType.PRIVATE else None


def _update_id(raw: dict[str, Any]) -> int:
    return int(raw["update_id"])


def _whose(update: Update | _Unreadable) -> int:
    """Return whose order the update keeps: the person's, else the chat's. What nobody can read keeps no order."""
    if isinstance(update, _Unreadable):
        return 0
    if update.effective_user is not None:
        return update.effective_user.id
    return update.effective_chat.id if update.effective_chat is not None else 0
