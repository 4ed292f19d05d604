"""Playing a rehearsal: which updates are for it, and that it goes on and ends whatever happens to the process."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

import records
from assembly.association import Association
from assembly.rehearsals import RehearsalState
from bot.client import AssemblyBot
from bot.plays import Play
from bot.reading import read
from bot.rehearsing import NotPlaying, Rehearsing, belongs
from records import Record
from records.workbooks import MIME_TYPE, Sheet, workbook
from services import rehearsals
from services.texts import receive_text
from storage.engine import Storage
from storage.engines import parse, sqlite_file
from storage.intake import Origin
from storage.stages import Stage
from storage.tables import outbox
from storage.unit import Unit
from tests.bot.sending import ON_SQLITE
from tests.support.assembly import convened
from tests.support.clock import TurnableClock
from tests.support.house import Unpaced
from tests.support.register import CHAIR, OFFICE, STRANGER, Register, filled
from tests.support.waiting import until

Make = Any
"""Makes the part of a process that plays a rehearsal."""


@pytest.fixture
async def register(storage: Storage, clock: TurnableClock) -> Register:
    """Convene an assembly, and begin a rehearsal of it for those who lead."""
    register = await filled(storage, "Assen", "Deventer")
    meeting = await convened(storage, clock)
    await storage.write(rehearsals.show_card, OFFICE, meeting.id)
    await storage.write(rehearsals.begin, OFFICE, 1)
    return register


@pytest.fixture
def process(storage: Storage, bot: AssemblyBot, clock: TurnableClock, database_url: str) -> Make:
    """Give a function that runs a process for as long as a block lasts; afterwards what it left is struck."""

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

    return run


async def reached(storage: Storage, state: RehearsalState) -> None:
    """Wait until the rehearsal is in a state."""

    async def there() -> bool:
        rehearsal = await storage.read(lambda unit: unit.rehearsals.get(1))
        return rehearsal is not None and rehearsal.state is state

    await until(there)


async def test_killed_and_taken_up_again(
    storage: Storage, process: Make, database_url: str, register: Register
) -> None:
    """Ended at any moment, the next process goes on: it plays on the same stage, and erases what was to be erased."""
    async with process():
        await reached(storage, RehearsalState.RUNNING)
    async with process() as rehearsing:
        assert rehearsing.play is not None
        stage = rehearsing.play.storage
        assert stage.association.rehearsal == 1
        await stage.write(receive_text, OFFICE, "ja")
        await storage.write(_sent_by, stage)
    await storage.write(rehearsals.erase, OFFICE, 1)  # and the process ended before it was done
    async with process() as rehearsing:
        await reached(storage, RehearsalState.ERASED)
        assert rehearsing.play is None
    file = sqlite_file(parse(database_url))
    assert file is None or not list(file.parent.glob(f"{file.name}-*repetitie*"))
    assert register.people


async def _sent_by(_unit: Unit, stage: Storage) -> None:
    assert await stage.read(_count) > 0


async def _count(unit: Unit) -> int:
    return len((await unit.connection.execute(select(outbox.c.id))).all())
