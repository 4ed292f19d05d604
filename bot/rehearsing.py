"""Plays the rehearsal, where there is one: builds its stage, works on it as on the real database, and strikes it.

How far it is stands in the real database, and each step can be done again. So whatever ends the process, the next one
goes on where it was.
"""

import asyncio
from contextlib import AsyncExitStack

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot, Update
from telegram.constants import ChatType
from telegram.error import InvalidToken

from assembly.rehearsals import Rehearsal, RehearsalState, staged
from bot.fetcher import Fetcher
from bot.logs import where
from bot.pacing import Pacing
from bot.plays import Play
from bot.scheduler import Scheduler
from bot.sender import Sender
from bot.waiting import pause, wait_for_any
from services import rehearsals
from services.rehearsals import Player
from services.telling import DELETABLE
from storage.clock import Clock
from storage.engine import SchemaMismatch, Storage, StorageUnavailable, UnsuitableDatabase
from storage.intake import Origin
from storage.stages import Stage
from storage.unit import Unit

LOOK_SECONDS = 5.0
"""After how long one looks whether there is something to rehearse; whoever begins or erases it wakes us before."""

BREATH = 0.5
"""Seconds between two looks at least: in a vote there is a commit every few milliseconds, and no rehearsal."""

_TROUBLE = (StorageUnavailable, UnsuitableDatabase, SQLAlchemyError)
"""What may go wrong with a stage. It is tried again, and ends neither the process nor anything real."""

_log = structlog.stdlib.get_logger(__name__)


class NotPlaying(Exception):  # noqa: N818 - reads as the state that it tells
    """The button is of a rehearsal that is over, or in which this person does not play."""


class Rehearsing:
    """Looks after the rehearsal, and says which updates belong to it."""

    def __init__(self, url: str, storage: Storage, bot: Bot, clock: Clock, pacing: Pacing) -> None:
        self.play: Play | None = None
        self._stage = Stage(url)
        self._storage = storage
        self._bot = bot
        self._clock = clock
        self._pacing = pacing
        self._opened = AsyncExitStack()
        self._wake = asyncio.Event()
        storage.on_commit(self._wake.set)

    async def resume(self) -> None:
        """Take up a rehearsal that an earlier process played, before any update comes in."""
        rehearsal = await self._live()
        if rehearsal is not None and rehearsal.state in {RehearsalState.RUNNING, RehearsalState.ENDED}:
            await self._open(rehearsal)
        elif rehearsal is None:  # a database that was put back knows nothing of what may be there
            try:
                await self._stage.strike()
            except _TROUBLE as error:
                _log.error("the stage of a rehearsal is not struck", error=where(error))

    async def close(self) -> None:
        """Let go of the stage; the rehearsal goes on with the next process."""
        play, self.play = self.play, None
        if play is not None:
            await play.let_go()
        await self._opened.aclose()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set. Its messages keep the pace of all others. Raises ``InvalidToken``."""
        while not stop.is_set():
            self._wake.clear()
            try:
                await self._step(stop)
            except _TROUBLE as error:
                _log.warning("rehearsal put off", error=where(error))
            await pause(stop, BREATH)
            await wait_for_any(stop, self._wake, seconds=LOOK_SECONDS)

    async def _step(self, stop: asyncio.Event) -> None:
        rehearsal = await self._live()
        if rehearsal is not None and rehearsal.state is RehearsalState.BEGUN:
            await self._begin(rehearsal)
            rehearsal = await self._live()
        if rehearsal is not None and rehearsal.state is RehearsalState.RUNNING:
            await self._perform(stop)
            rehearsal = None if stop.is_set() else await self._live()
        if rehearsal is not None and rehearsal.state is RehearsalState.ENDED:
            await self._end(rehearsal)

    async def _begin(self, rehearsal: Rehearsal) -> None:
        """Build the stage, and let its players know."""
        await self.close()
        try:
            await self._stage.build(self._storage, rehearsal)
            await self._open(rehearsal)
            if self.play is not None:
                await self.play.storage.write(rehearsals.welcome, rehearsal)
        except Exception:  # noqa: BLE001 - a rehearsal that cannot be held must not end the process
            _log.exception("rehearsal not begun")
            await self.close()
            await self._storage.write(rehearsals.note_not_made, rehearsal.id)
            return
        await self._storage.write(rehearsals.note_running, rehearsal.id)
        _log.info("rehearsal begun", rehearsal_id=rehearsal.id)

    async def _open(self, rehearsal: Rehearsal) -> None:
        """Open the stage. One that another version of the program built, or that is gone, is to be erased."""
        association = staged(self._storage.association, rehearsal.id)
        try:
            opened = await self._opened.enter_async_context(self._stage.open(association, self._clock))
        except (SchemaMismatch, *_TROUBLE) as error:
            _log.error("the stage of the rehearsal cannot be used", error=where(error))
            await self._storage.write(rehearsals.give_up, rehearsal.id)
            return
        self.play = Play(opened, rehearsal.id)

    async def _perform(self, stop: asyncio.Event) -> None:
        """Send, fetch and tick on the stage until the rehearsal is to be erased, or the process stops."""
        play = self.play
        if play is None:
            return
        # The bot's name may have come after the stage was opened.
        play.storage.association = staged(self._storage.association, play.number)
        over = asyncio.Event()
        parts = (Sender(play.storage, self._bot, self._pacing, play.drawings), Fetcher(play.storage, self._bot))
        try:
            async with asyncio.TaskGroup() as group:
                for part in (*parts, Scheduler(play.storage)):
                    group.create_task(part.run(over), name=f"rehearsal {type(part).__name__}")
                while not stop.is_set() and await self._runs():
                    await pause(stop, BREATH)
                    await wait_for_any(stop, self._wake, seconds=LOOK_SECONDS)
                    self._wake.clear()
                over.set()
        except* InvalidToken:
            raise
        except* Exception:  # noqa: BLE001 - a stage that is broken must not end what is real
            _log.exception("rehearsal stumbled")

    async def _runs(self) -> bool:
        try:
            rehearsal = await self._live()
        except StorageUnavailable as error:
            _log.warning("rehearsal not looked after", error=where(error))
            return True
        return rehearsal is not None and rehearsal.state is RehearsalState.RUNNING

    async def _end(self, rehearsal: Rehearsal) -> None:
        """Take its messages away, and strike the stage."""
        if self.play is not None:
            try:
                messages = await self.play.storage.read(_sent)
            except _TROUBLE as error:  # then they stay, with their heading
                _log.error("messages of the rehearsal not found", error=where(error))
                messages = ()
            await self._storage.write(rehearsals.take_messages_away, messages)
        await self.close()
        await self._stage.strike()
        await self._storage.write(rehearsals.note_erased, rehearsal.id)
        _log.info("rehearsal erased", rehearsal_id=rehearsal.id)

    async def _live(self) -> Rehearsal | None:
        return await self._storage.read(_live)


async def belongs(storage: Storage, bot_id: int, update: Update, mark: int | None, play: Play | None) -> bool:
    """Say whether an update is for the rehearsal ``play``; ``mark`` is the number on its button, if it bears one.

    A button says by its mark where it belongs. What a player writes is for the rehearsal, unless something real was
    asked last. Raises ``NotPlaying``, and ``StorageUnavailable``.
    """
    if mark is None and (play is None or not _is_written(update)):
        return False
    user = update.effective_user
    player = None if play is None or user is None else await storage.read(rehearsals.player_of, user.id)
    if play is None or player is None or player.rehearsal_id != play.number or mark not in {None, play.number}:
        if mark is not None:
            raise NotPlaying
        return False
    return mark is not None or await _is_played(storage, Origin(bot_id, update.update_id), player, play)


async def _is_played(storage: Storage, origin: Origin, player: Player, play: Play) -> bool:
    """Say whether what a player wrote is for the rehearsal; what comes again goes where it went before."""
    if await play.storage.read(_is_done, origin):
        return True
    if await storage.read(_is_done, origin):
        return False
    if player.asked_at is None:
        return True
    asked_at = await play.storage.read(rehearsals.asked_at, player.person_id)
    return asked_at is not None and asked_at >= player.asked_at


def _is_written(update: Update) -> bool:
    """Whether somebody wrote to the bot in private."""
    message = update.message
    return message is not None and message.chat.type == ChatType.PRIVATE


async def _live(unit: Unit) -> Rehearsal | None:
    return await unit.rehearsals.live()


async def _is_done(unit: Unit, origin: Origin) -> bool:
    return await unit.intake.is_done(origin)


async def _sent(unit: Unit) -> tuple[tuple[int, int], ...]:
    return await unit.outbox.sent_since(unit.now - DELETABLE)
