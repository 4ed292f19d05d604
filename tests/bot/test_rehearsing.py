"""Playing a rehearsal: which updates are for it, and that it goes on and ends whatever happens to the process."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from assembly.rehearsals import RehearsalState
from bot.client import AssemblyBot
from bot.reading import read
from bot.rehearsing import NotPlaying, Rehearsing, belongs
from screens.presses import OpenMenu
from services import rehearsals
from services.menus import show_menu
from storage.engine import Storage, StorageUnavailable
from storage.intake import Origin
from storage.stages import Stage
from storage.unit import Unit
from tests.bot.taking_in import message
from tests.support.assembly import convened
from tests.support.clock import TurnableClock
from tests.support.house import Unpaced
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OFFICE, Register, filled
from tests.support.waiting import until

Process = Callable[[], AbstractAsyncContextManager[Rehearsing]]
"""Runs a process for as long as a block lasts."""


@pytest.fixture
async def register(storage: Storage, clock: TurnableClock) -> Register:
    """Convene an assembly, and begin a rehearsal of it for those who lead."""
    register = await filled(storage, "Assen", "Deventer")
    meeting = await convened(storage, clock)
    await storage.write(rehearsals.show_card, OFFICE, meeting.id)
    await storage.write(rehearsals.begin, OFFICE, 1)
    return register


@pytest.fixture
async def process(
    storage: Storage, bot: AssemblyBot, clock: TurnableClock, database_url: str, register: Register
) -> AsyncIterator[Process]:
    """Give a function that runs what plays the rehearsal; what is left on the stage at the end is struck."""
    assert register.people

    @asynccontextmanager
    async def run() -> AsyncIterator[Rehearsing]:
        rehearsing = Rehearsing(database_url, storage, bot, clock, Unpaced())
        await rehearsing.resume()
        stop = asyncio.Event()
        task = asyncio.create_task(rehearsing.run(stop))
        try:
            yield rehearsing
        finally:
            stop.set()
            await asyncio.wait_for(task, 20)
            await rehearsing.close()

    yield run
    await Stage(database_url).strike()


async def reached(storage: Storage, state: RehearsalState) -> None:
    """Wait until the rehearsal is in a state."""

    async def there() -> bool:
        rehearsal = await storage.read(lambda unit: unit.rehearsals.get(1))
        return rehearsal is not None and rehearsal.state is state

    await until(there)


def played(rehearsing: Rehearsing) -> Storage:
    """Return the database in which the rehearsal is played."""
    assert rehearsing.play is not None
    return rehearsing.play.storage


async def test_killed_and_taken_up_again(storage: Storage, process: Process) -> None:
    """Wherever a process ends, the next one goes on: it plays on the same stage, and erases what was to be erased."""
    async with process() as rehearsing:
        await reached(storage, RehearsalState.RUNNING)
        await played(rehearsing).write(show_menu, OFFICE)
    async with process() as rehearsing:
        stage = played(rehearsing)
        assert stage.association.rehearsal == 1
        assert "Menu" in await screens(stage, OFFICE)
        await stage.write(_sent, OFFICE, 77)
    await storage.write(rehearsals.erase, OFFICE, 1)
    async with process() as rehearsing:
        await reached(storage, RehearsalState.ERASED)
        assert rehearsing.play is None
    assert ("MessageErased", {"message_id": 77}) in await queued(storage, OFFICE)
    async with process() as rehearsing:
        assert rehearsing.play is None


async def test_a_stage_that_is_gone(storage: Storage, process: Process, database_url: str) -> None:
    """After a restore, or of another version of the program, the stage cannot be used: the rehearsal ends by itself."""
    async with process():
        await reached(storage, RehearsalState.RUNNING)
    await Stage(database_url).strike()
    async with process():
        await reached(storage, RehearsalState.ERASED)


async def test_a_stage_that_breaks(storage: Storage, process: Process) -> None:
    """Whatever befalls the stage in the middle ends nothing but the rehearsal, which can still be erased."""
    async with process() as rehearsing:
        await reached(storage, RehearsalState.RUNNING)
        await played(rehearsing).write(lambda unit: unit.connection.execute(text("DROP TABLE outbox")))
        await storage.write(rehearsals.erase, OFFICE, 1)
        await reached(storage, RehearsalState.ERASED)
    assert "RehearsalOver" in await screens(storage, CHAIR)


async def test_no_copy_can_be_made(storage: Storage, process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk ends no process: it is planned again, who began it is told, and it can be tried again."""

    async def full(*_: object) -> None:
        raise StorageUnavailable("full")

    with monkeypatch.context() as patched:
        patched.setattr(Stage, "build", full)
        async with process() as rehearsing:
            await reached(storage, RehearsalState.PLANNED)
            assert rehearsing.play is None
    assert "RehearsalNotMade" in await screens(storage, OFFICE)
    await storage.write(rehearsals.begin, OFFICE, 1)
    async with process():
        await reached(storage, RehearsalState.RUNNING)


async def test_a_stage_without_an_owner_is_struck(storage: Storage, process: Process, database_url: str) -> None:
    """A database that was put back knows nothing of a rehearsal: what is left of one goes at the next start."""
    async with process():
        await reached(storage, RehearsalState.RUNNING)
    await storage.write(lambda unit: unit.connection.execute(text("DELETE FROM rehearsals")))
    async with process() as rehearsing:
        assert rehearsing.play is None
    with pytest.raises(Exception, match="schema None found"):
        async with Stage(database_url).open(storage.association, TurnableClock()):
            pass


async def test_which_updates_are_for_it(
    storage: Storage, bot: AssemblyBot, process: Process, register: Register, clock: TurnableClock
) -> None:
    """A button by its mark, a player's words unless something real waits for them, and nothing of anybody else."""

    async def judged(raw: dict[str, Any], mark: int | None = None) -> bool:
        return await belongs(storage, bot.id, read(raw, bot), mark, rehearsing.play)

    assen = register.representative("Assen")
    async with process() as rehearsing:
        await reached(storage, RehearsalState.RUNNING)
        stage = played(rehearsing)
        assert await judged(_press(1, OFFICE), 1)
        assert not await judged(_press(2, OFFICE))
        for account, mark in ((assen, 1), (OFFICE, 2)):
            with pytest.raises(NotPlaying):
                await judged(_press(3, account), mark)
        assert await judged(message(4, "/menu", sender=OFFICE))
        assert not await judged(message(5, "/menu", sender=assen))
        await storage.write(show_menu, OFFICE, origin=Origin(bot.id, 6))
        assert not await judged(message(6, "/menu", sender=OFFICE))
        office = register.people["Regiebureau"]
        await storage.write(lambda unit: unit.conversations.begin(office, "meeting_title"))
        assert not await judged(message(7, "ALV najaar", sender=OFFICE))
        await stage.write(lambda unit: unit.conversations.begin(office, "meeting_title"))
        assert await judged(message(7, "ALV najaar", sender=OFFICE))
        clock.turn(timedelta(minutes=1))
        await storage.write(lambda unit: unit.conversations.begin(office, "meeting_title"))
        assert not await judged(message(7, "ALV najaar", sender=OFFICE))
        await stage.write(show_menu, CHAIR, origin=Origin(bot.id, 8))
        await storage.write(lambda unit: unit.conversations.begin(register.people["Voorzitter"], "meeting_title"))
        assert await judged(message(8, "/menu", sender=CHAIR))
    rehearsing.play = None
    with pytest.raises(NotPlaying):
        await judged(_press(9, OFFICE), 1)


def _press(update_id: int, account: int) -> dict[str, Any]:
    user = {"id": account, "is_bot": False, "first_name": "Anna"}
    return {"update_id": update_id, "callback_query": {"id": "1", "from": user, "data": OpenMenu().encode()}}


async def _sent(unit: Unit, chat_id: int, message_id: int) -> None:
    """Act as the sender of a message."""
    await unit.outbox.set_posted(chat_id, "console:1", message_id)
