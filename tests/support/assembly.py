"""Assemblies in every state before they open, for tests of services."""

from datetime import UTC, datetime, timedelta

from assembly.meetings import Meeting
from services import agenda, convening, files, meetings
from services.documents import IncomingFile
from services.texts import receive_text
from storage.engine import Storage
from tests.support.clock import TurnableClock
from tests.support.queued import queued
from tests.support.register import OFFICE

STARTS_AT = datetime(2019, 2, 13, 17, 0, tzinfo=UTC)
IN_TIME = datetime(2019, 1, 14, 9, 0, tzinfo=UTC)
"""A month before the assembly."""

AGENDA = """1. Opening
2. Notulen, bijlage 1
3. Voordracht van een lid van de raad (bijlage 2)
4. Sluiting"""


async def says(storage: Storage, telegram_id: int, text: str) -> None:
    """Let somebody send a text."""
    await storage.write(receive_text, telegram_id, text)


async def sends(
    storage: Storage, telegram_id: int, name: str, caption: str = "", size: int = 100, *, picture: bool = False
) -> None:
    """Let somebody send a document, or a ``picture``."""
    unique = f"unique-{name}-{caption}"
    file = IncomingFile(f"file-{name}", unique, name, "application/pdf", size, caption, picture=picture)
    await storage.write(files.receive_file, telegram_id, file)


async def accepts(storage: Storage, telegram_id: int, *, with_head: bool = False) -> None:
    """Let somebody take over the agenda that was shown last."""
    mark = [facts["mark"] for screen, facts in await queued(storage, telegram_id) if screen == "AgendaPreview"][-1]
    await storage.write(agenda.accept_agenda, telegram_id, mark, None, with_head=with_head)


async def current(storage: Storage) -> Meeting:
    """Return the assembly that is prepared or held."""
    meeting: Meeting | None = await storage.read(lambda unit: unit.meetings.current())
    assert meeting is not None
    return meeting


async def drafted(storage: Storage, clock: TurnableClock) -> Meeting:
    """Let the secretariat create an assembly with an agenda, a month before it starts."""
    clock.moment = IN_TIME
    await storage.write(meetings.ask_title, OFFICE)
    for text in ("ALV voorjaar", "13-02-2019 18:00", "Utrecht"):
        await says(storage, OFFICE, text)
    meeting = await current(storage)
    await storage.write(agenda.ask_agenda, OFFICE, meeting.id)
    await says(storage, OFFICE, AGENDA)
    await accepts(storage, OFFICE)
    return meeting


async def convened(storage: Storage, clock: TurnableClock) -> Meeting:
    """Let the secretariat convene such an assembly."""
    meeting = await drafted(storage, clock)
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    clock.turn(timedelta(hours=1))
    return await current(storage)
