"""Preparing an assembly: what is asked, what is refused, and what the console shows."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from assembly.errors import (
    DateInThePast,
    DateNotUnderstood,
    Gone,
    MeetingExists,
    NotAllowed,
    NotRegistered,
    TextTooLong,
)
from assembly.facts.meetings import MeetingConsole, MeetingConsoleRef
from assembly.meetings import Meeting, MeetingState
from assembly.permissions import Act
from services import meetings
from services.meetings import split_place
from storage.engine import Storage
from tests.support.assembly import IN_TIME, STARTS_AT, convened, current, drafted, says
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OBSERVER, OFFICE, STRANGER, Register, filled


@pytest.fixture
async def register(storage: Storage) -> Register:
    """Give a register with two members."""
    return await filled(storage, "Assen", "Deventer")


async def console(storage: Storage, register: Register, name: str = "Regiebureau") -> MeetingConsole:
    """Load the console as a person sees it."""
    meeting = await storage.read(lambda unit: unit.meetings.latest())
    assert meeting is not None
    shown = await storage.read(meetings.load_console, MeetingConsoleRef(meeting.id, register.people[name]))
    assert shown is not None
    return shown


@pytest.mark.usefixtures("register")
async def test_assembly_is_created_step_by_step(storage: Storage, clock: TurnableClock) -> None:
    """Title, moment and place make an assembly in draft, journaled, with a console for who made it."""
    clock.moment = IN_TIME
    await storage.write(meetings.ask_title, OFFICE)
    await says(storage, OFFICE, "  ALV\nvoorjaar ")
    await says(storage, OFFICE, "woensdag 13 februari 2019 om 18.00 uur")
    await says(storage, OFFICE, "Karel V, Utrecht (https://meet.example/alv)")
    meeting = await current(storage)
    assert (meeting.title, meeting.starts_at, meeting.state) == ("ALV voorjaar", STARTS_AT, MeetingState.DRAFT)
    assert (meeting.place, meeting.stream) == ("Karel V, Utrecht", "https://meet.example/alv")
    assert await screens(storage, OFFICE) == ["TitleExpected", "MomentExpected", "PlaceExpected", "MeetingConsoleRef"]
    assert await storage.read(lambda unit: unit.conversations.current(1)) is None


@pytest.mark.usefixtures("register")
async def test_wrong_date_keeps_the_step(storage: Storage, clock: TurnableClock) -> None:
    """A date that cannot be read or has passed stores nothing, and the right one can be sent after it."""
    clock.moment = IN_TIME
    await storage.write(meetings.ask_title, OFFICE)
    await says(storage, OFFICE, "ALV")
    with pytest.raises(DateNotUnderstood):
        await says(storage, OFFICE, "volgende week")
    with pytest.raises(DateInThePast):
        await says(storage, OFFICE, "13-01-2019 18:00")
    await says(storage, OFFICE, "13-02-2019 18:00")
    assert (await screens(storage, OFFICE))[-1] == "PlaceExpected"


@pytest.mark.usefixtures("register")
async def test_title_has_a_limit(storage: Storage) -> None:
    """A title longer than the database holds is refused, counted as Telegram counts."""
    await storage.write(meetings.ask_title, OFFICE)
    with pytest.raises(TextTooLong):
        await says(storage, OFFICE, "😀" * 101)


@pytest.mark.usefixtures("register")
async def test_one_assembly_at_a_time(storage: Storage, clock: TurnableClock) -> None:
    """While one assembly is prepared no other can be, not even by who began to fill one in before."""
    clock.moment = IN_TIME
    await storage.write(meetings.ask_title, OFFICE)
    for text in ("Tweede ALV", "14-02-2019 18:00"):
        await says(storage, OFFICE, text)
    await storage.write(lambda unit: unit.meetings.add("Eerste ALV", STARTS_AT, "Zwolle", ""))
    with pytest.raises(MeetingExists) as refused:
        await says(storage, OFFICE, "Assen")
    assert refused.value.title == "Eerste ALV"
    with pytest.raises(MeetingExists):
        await storage.write(meetings.ask_title, OFFICE)


async def test_two_secretaries_create_at_once(storage: Storage) -> None:
    """Of two assemblies that are created at the same moment one is stored."""

    async def create(title: str) -> int | None:
        return await storage.write(lambda unit: unit.meetings.add(title, STARTS_AT, "", ""))

    made = await asyncio.gather(*(create(f"ALV {number}") for number in range(4)))
    assert sum(meeting_id is not None for meeting_id in made) == 1


@pytest.mark.parametrize("telegram_id", [CHAIR, OBSERVER, 1001])
@pytest.mark.usefixtures("register")
async def test_only_the_secretariat_prepares(storage: Storage, telegram_id: int) -> None:
    """Chair, observer and representative cannot create an assembly."""
    with pytest.raises(NotAllowed):
        await storage.write(meetings.ask_title, telegram_id)


async def test_stranger_prepares_nothing(storage: Storage) -> None:
    """An account that belongs to nobody is told so."""
    with pytest.raises(NotRegistered):
        await storage.write(meetings.ask_title, STRANGER)
    with pytest.raises(NotRegistered):
        await storage.write(meetings.show_console, STRANGER)


@pytest.mark.usefixtures("register")
async def test_draft_can_be_changed(storage: Storage, clock: TurnableClock) -> None:
    """Title, moment and place of a draft are filled in anew; the agenda stays."""
    meeting = await drafted(storage, clock)
    await storage.write(meetings.ask_changes, OFFICE, meeting.id)
    for text in ("ALV later", "20-02-2019 19:30", "https://meet.example/x"):
        await says(storage, OFFICE, text)
    changed = await current(storage)
    assert (changed.id, changed.title, changed.place) == (meeting.id, "ALV later", "")
    assert changed.starts_at == datetime(2019, 2, 20, 18, 30, tzinfo=UTC)
    assert len(await storage.read(lambda unit: unit.meetings.items(meeting.id))) == 4


@pytest.mark.usefixtures("register")
async def test_unknown_assembly_is_gone(storage: Storage) -> None:
    """A button that names an assembly that is not there is refused."""
    with pytest.raises(Gone):
        await storage.write(meetings.ask_changes, OFFICE, 999)


async def test_console_counts(storage: Storage, clock: TurnableClock, register: Register) -> None:
    """The console of a draft shows agenda, last day to convene and forecast."""
    await drafted(storage, clock)
    shown = await console(storage, register)
    assert (shown.items, shown.votable, shown.members, shown.votes) == (4, 2, 2, 2)
    assert shown.latest_notice.isoformat() == "2019-01-29"
    assert not shown.notice_passed
    clock.moment = datetime(2019, 1, 29, 23, 30, tzinfo=UTC)
    assert (await console(storage, register)).notice_passed, "the day ends at midnight in Amsterdam, not in Greenwich"


async def test_chair_sees_what_it_may(storage: Storage, clock: TurnableClock, register: Register) -> None:
    """The chair has a console with its own acts; somebody who leads nothing has none."""
    meeting = await drafted(storage, clock)
    shown = await console(storage, register, "Voorzitter")
    assert Act.LEAD_MEETING in shown.acts
    assert Act.PREPARE_MEETING not in shown.acts
    ref = MeetingConsoleRef(meeting.id, register.people["Toehoorder"])
    assert await storage.read(meetings.load_console, ref) is None


@pytest.mark.usefixtures("register")
async def test_console_is_redrawn_only_where_it_stands(storage: Storage, clock: TurnableClock) -> None:
    """A change redraws the console for who has it, once however often it changes, and not for the chair."""
    await convened(storage, clock)
    assert (await screens(storage, OFFICE)).count("MeetingConsoleRef") == 1
    assert "MeetingConsoleRef" not in await screens(storage, CHAIR)
    await storage.write(meetings.show_console, CHAIR)
    assert (await screens(storage, CHAIR))[-1] == "MeetingConsoleRef"


@pytest.mark.usefixtures("register")
async def test_console_of_nothing(storage: Storage) -> None:
    """Before the first assembly the secretariat is offered to prepare one, the chair is not."""
    await storage.write(meetings.show_console, OFFICE)
    await storage.write(meetings.show_console, CHAIR)
    assert (await queued(storage, OFFICE))[-1] == ("NoAssembly", {"may_prepare": True})
    assert (await queued(storage, CHAIR))[-1] == ("NoAssembly", {"may_prepare": False})


@pytest.mark.parametrize(
    ("text", "place", "stream"),
    [
        ("Utrecht", "Utrecht", ""),
        ("https://meet.example/a?b=c", "", "https://meet.example/a?b=c"),
        ("Utrecht, https://meet.example/a.", "Utrecht", "https://meet.example/a"),
        ("Stadhuis\nGrote Kerkhof 1\nhttps://meet.example/a", "Stadhuis Grote Kerkhof 1", "https://meet.example/a"),
        ("http://oud.example", "http://oud.example", ""),
    ],
)
def test_place_and_stream_are_told_apart(text: str, place: str, stream: str) -> None:
    """A secure link becomes the stream, what stands around it the place."""
    assert split_place(text) == (place, stream)


async def test_closed_assembly_makes_room(storage: Storage, clock: TurnableClock, register: Register) -> None:
    """After closing, a new assembly can be prepared, and until then the console shows the closed one."""
    meeting: Meeting = await drafted(storage, clock)
    await storage.write(lambda unit: unit.meetings.close(meeting.id))
    assert (await console(storage, register)).meeting.state is MeetingState.CLOSED
    clock.turn(timedelta(days=1))
    await storage.write(meetings.ask_title, OFFICE)
