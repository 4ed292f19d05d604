"""Handling what comes in from Telegram so that it can be confirmed: its effect is stored, or it is kept for a look.

Polling and the webhook share this. Whatever was handled and is not confirmed, because the process was killed or the
connection broke, is delivered again, and its done-key tells that it was handled.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

import structlog
from structlog.contextvars import bound_contextvars
from telegram import Update
from telegram.constants import ChatType

from assembly.facts.registration import NotHandled
from bot import texts
from bot.application import AssemblyApplication
from bot.client import AssemblyBot
from bot.letters import kept_of
from bot.logs import where
from bot.plays import acting_on
from bot.reachability import Reachability
from bot.reading import read
from bot.rehearsing import NotPlaying, Rehearsing, belongs
from handlers.answers import answer_press
from screens.registration import not_handled_text
from screens.rehearsing import read_mark
from storage.engine import AlreadyDone, StorageUnavailable
from storage.unit import Unit

CONCURRENT = 64
"""People whose updates are handled side by side; the updates of one person keep their order. As many writes as share a
commit: with half of them a storm of votes took a seventh longer (``python -m bench.votes``)."""

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class _Unreadable:
    """An update that cannot be read."""

    error: Exception


@dataclass(frozen=True)
class _Incoming:
    """An update as it came, and as it is read. ``mark`` is the number of the rehearsal of which the button is."""

    raw: dict[str, Any]
    update: Update | _Unreadable
    mark: int | None = None

    @property
    def id(self) -> int:
        """The update's id."""
        return int(self.raw["update_id"])


class Handling:
    """Hands updates to the application's handlers, person by person in the order in which they came."""

    def __init__(
        self, application: AssemblyApplication, bot: AssemblyBot, rehearsing: Rehearsing | None = None
    ) -> None:
        self.storage = application.real.storage
        self._application = application
        self._rehearsing = rehearsing
        self._bot = bot
        self._reachability = Reachability(application.storage)
        self._lanes: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._places = asyncio.Semaphore(CONCURRENT)
        self._told: set[str] = set()

    async def handle(self, batch: Iterable[dict[str, Any]]) -> bool:
        """Handle every update of ``batch``, each with an integer ``update_id``; return whether all can be confirmed.

        Where it returns ``False`` the batch must be delivered again; who pressed a button has been told. Calls may run
        side by side: what one person does is handled in the order of the calls, also an update that comes again while
        it is still in hand.
        """
        lanes: dict[int, deque[_Incoming]] = defaultdict(deque)
        for raw in batch:
            plain, mark = _unmarked(raw)
            update = self._parse(plain)
            lanes[_whose(update)].append(_Incoming(raw, update, mark))
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._handle_lane(whose, lane)) for whose, lane in lanes.items()]
        return all(task.result() for task in tasks)

    async def _handle_lane(self, whose: int, lane: deque[_Incoming]) -> bool:
        """Handle one person's updates in order; return ``False`` at the first that cannot be stored."""
        turn = self._lanes.setdefault(whose, asyncio.Lock())
        async with turn:
            try:
                await self._reachability.note([it.update for it in lane if isinstance(it.update, Update)])
                async with self._places:
                    while lane:
                        with bound_contextvars(update_id=lane[0].id):
                            await self._handle_one(lane[0])
                        lane.popleft()
            except StorageUnavailable as error:
                _log.error("storage is unavailable", error=where(error), update_id=lane[0].id)
                for left in lane:
                    await self._tell_once(left)
        return not lane

    async def _handle_one(self, incoming: _Incoming) -> None:
        """Handle one update so that it can be confirmed. Raises ``StorageUnavailable`` when it cannot."""
        update = incoming.update
        if isinstance(update, _Unreadable):
            await self._bury(incoming, update.error)
            return
        _log.info("taken in", kind=_kind(incoming.raw))
        try:
            with await self._acting_on(update, incoming.mark):
                await self._application.process_update(update)
        except NotPlaying:
            _log.info("of a rehearsal that is over")
            await _tell(update, texts.not_playing())
        except StorageUnavailable:
            raise
        except AlreadyDone:
            _log.info("delivered again")
            await _tell(update, texts.already_handled())
        except Exception as error:  # noqa: BLE001 - one update that fails must not hold up the others
            _log.exception("update not handled")
            await self._bury(incoming, error, _writer(update))
            await _tell(update, not_handled_text(self.storage.association))
        if update.callback_query is not None:
            self._told.discard(update.callback_query.id)

    async def _acting_on(self, update: Update, mark: int | None) -> ExitStack:
        """Return the block in which the update acts on what it is for: what is real, or the rehearsal.

        Raises ``NotPlaying`` for a button of a rehearsal that is not played, and ``StorageUnavailable``.
        """
        play = None if self._rehearsing is None else self._rehearsing.play
        stack = ExitStack()
        if play is not None:
            stack.enter_context(play.held())
        try:
            if await belongs(self.storage, self._bot.id, update, mark, play) and play is not None:
                stack.enter_context(acting_on(play))
        except BaseException:
            stack.close()
            raise
        return stack

    async def _bury(self, incoming: _Incoming, error: Exception, writer: int | None = None) -> None:
        """Keep an update that cannot be handled for whoever looks into it, and tell who wrote it."""
        _log.error("dead letter", error=where(error))
        letter = (self._bot.id, incoming.id, where(error), kept_of(incoming.raw))
        await self.storage.write(_store_dead_letter, *letter, writer)

    async def _tell_once(self, incoming: _Incoming) -> None:
        """Say that a press is not stored yet; once, because the press comes back until it is."""
        query = incoming.update.callback_query if isinstance(incoming.update, Update) else None
        if query is not None and query.id not in self._told:
            self._told.add(query.id)
            await answer_press(query, texts.not_stored(), alert=True)

    def _parse(self, raw: dict[str, Any]) -> Update | _Unreadable:
        try:
            return read(raw, self._bot)
        except Exception as error:  # noqa: BLE001 - whatever PTB makes of it, the other updates must not wait for it
            return _Unreadable(error)


async def _store_dead_letter(
    unit: Unit, bot_id: int, update_id: int, reason: str, payload: str, writer: int | None
) -> None:
    await unit.intake.dead_letter(bot_id, update_id, reason, payload)
    if writer is not None:
        await unit.outbox.send(writer, NotHandled())


async def _tell(update: Update, text: str) -> None:
    """Answer a press; a message gets its answer in its own way."""
    if update.callback_query is not None:
        await answer_press(update.callback_query, text, alert=True)


def _writer(update: Update) -> int | None:
    """Return whose private message this is; a press is answered in its own way, and a group is left in peace."""
    message = update.message
    return message.chat.id if message is not None and message.chat.type == ChatType.PRIVATE else None


def _unmarked(raw: dict[str, Any]) -> tuple[dict[str, Any], int | None]:
    """Return an update without the mark that a rehearsal's buttons bear, and the number in it."""
    query = raw.get("callback_query")
    found = read_mark(query.get("data")) if isinstance(query, dict) else None
    if found is None or not isinstance(query, dict):
        return raw, None
    number, data = found
    return {**raw, "callback_query": {**query, "data": data}}, number


def _kind(raw: dict[str, Any]) -> str:
    """Return what kind of update this is, in the Bot API's words."""
    return next((name for name in raw if name != "update_id"), "")


def _whose(update: Update | _Unreadable) -> int:
    """Return whose order the update keeps: the person's, else the chat's. What nobody can read keeps no order."""
    if isinstance(update, _Unreadable):
        return 0
    if update.effective_user is not None:
        return update.effective_user.id
    return update.effective_chat.id if update.effective_chat is not None else 0
