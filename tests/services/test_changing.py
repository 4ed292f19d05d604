"""Changing and cancelling after the convocation: everybody who was convened is told, once, with the reason."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assembly.convocation import RoundKind
from assembly.errors import DateInThePast, Gone, NotAllowed, NothingChanged, WrongMeetingState
from assembly.meetings import MeetingState, Reply
from assembly.reminders import Errand, Rung
from services import changing, meetings, replies
from services.reminders import send_reminders
from storage.chats import LinkedChat
from storage.engine import Storage
from tests.support.assembly import says
from tests.support.clock import TurnableClock
from tests.support.queued import queued
from tests.support.register import CHAIR, OBSERVER, OFFICE
from tests.support.sitting import OFFICE_NAME, Evening, convened_evening, representative

GROUP = -100200300
LATER = datetime(2019, 2, 20, 18, tzinfo=UTC)


@pytest.fixture
async def evening(storage: Storage, clock: TurnableClock) -> Evening:
    """Give a convened assembly of two members."""
    return await convened_evening(storage, clock, "Assen", "Deventer")


async def change(evening: Evening, moment: str | None, place: str | None, reason: str = "De zaal viel uit.") -> None:
    """Let the secretariat change what is not ``None``, as far as the preview."""
    storage, meeting = evening.storage, evening.meeting
    await storage.write(changing.ask_change, OFFICE, meeting.id)
    for text in (moment, place):
        if text is None:
            await storage.write(changing.keep, OFFICE, meeting.id)
        else:
            await says(storage, OFFICE, text)
    await says(storage, OFFICE, reason)


async def send(evening: Evening) -> None:
    """Let the secretariat send what was shown."""
    await evening.act(changing.send_change, OFFICE_NAME, evening.meeting.id, None)


async def last(storage: Storage, chat_id: int, screen: str) -> dict[str, Any]:
    """Return the facts of the last message of this kind in a chat."""
    return [facts for name, facts in await queued(storage, chat_id) if name == screen][-1]


async def test_another_day(evening: Evening) -> None:
    """Everybody reads the new day, the old one and why, replies anew, and gets a calendar file of a higher number."""
    storage, register = evening.storage, evening.register
    await evening.act(replies.give_reply, representative("Assen"), evening.meeting.id, Reply.COMING)
    await storage.write(lambda unit: unit.chats.link(LinkedChat(GROUP, "supergroup", "ALV")))
    await change(evening, "20-02-2019 19:00", None)
    preview = await last(storage, OFFICE, "ChangePreview")
    assert (preview["people"], preview["members"], preview["groups"], preview["latest"]) == (7, 2, 1, None)
    assert await storage.read(lambda unit: unit.convocations.replies(evening.meeting.id)), "nothing changed yet"
    await send(evening)
    for account, replying in ((register.coordinator("Deventer"), True), (OBSERVER, False)):
        told = await last(storage, account, "ConvocationChanged")
        assert (told["meeting"]["starts_at"], told["starts_at"]) == ("2019-02-20T18:00:00Z", "2019-02-13T17:00:00Z")
        assert (told["reason"], told["replies"], told["round"]) == ("De zaal viel uit.", replying, 1)
        entry = await last(storage, account, "CalendarEntry")
        assert (entry["number"], entry["cancelled"]) == (1, False)
    assert (await last(storage, GROUP, "ConvocationChanged"))["round"] is None
    assert await storage.read(lambda unit: unit.convocations.replies(evening.meeting.id)) == {}
    rounds = await storage.read(lambda unit: unit.convocations.rounds(evening.meeting.id))
    assert [(told.kind, told.starts_at) for told in rounds] == [
        (RoundKind.CONVENED, evening.meeting.starts_at),
        (RoundKind.CHANGED, LATER),
    ]
    assert (await last(storage, OFFICE, "ChangeSent"))["people"] == 7


async def test_another_place_keeps_the_replies(evening: Evening) -> None:
    """Whoever said that it comes, comes to the other place too."""
    await evening.act(replies.give_reply, representative("Assen"), evening.meeting.id, Reply.COMING)
    await change(evening, None, "Stadhuis, Deventer https://voorbeeld.nl/stroom")
    await send(evening)
    meeting = await evening.storage.read(lambda unit: unit.meetings.get(evening.meeting.id))
    assert meeting is not None
    assert (meeting.place, meeting.stream) == ("Stadhuis, Deventer", "https://voorbeeld.nl/stroom")
    assert len(await evening.storage.read(lambda unit: unit.convocations.replies(meeting.id))) == 1
    assert (await last(evening.storage, OBSERVER, "ConvocationChanged"))["place"] == "Utrecht"


async def test_too_late_for_the_new_day(evening: Evening) -> None:
    """A new day within the notice period is shown to be late; the reason that everybody reads is in the record."""
    evening.clock.moment = datetime(2019, 2, 6, 9, tzinfo=UTC)
    await change(evening, "20-02-2019 19:00", None)
    assert (await last(evening.storage, OFFICE, "ChangeReasonExpected"))["latest"] == "2019-02-05"
    assert (await last(evening.storage, OFFICE, "ChangePreview"))["latest"] == "2019-02-05"
    await send(evening)
    rounds = await evening.storage.read(lambda unit: unit.convocations.rounds(evening.meeting.id))
    assert rounds[-1].reason == "De zaal viel uit."


async def test_reminders_begin_anew(evening: Evening) -> None:
    """The steps of the old day count no more: ten days before the new one the first comes again."""
    first = datetime(2019, 2, 3, 8, tzinfo=UTC)
    evening.clock.moment = first
    await evening.storage.write(send_reminders)
    await change(evening, "20-02-2019 19:00", None)
    await send(evening)
    evening.clock.moment = first + timedelta(days=7)
    await evening.storage.write(send_reminders)
    taken = await evening.storage.read(lambda unit: unit.reminders.taken(evening.meeting.id))
    assert taken == {(Errand.REPLY, 0, Rung.ACTOR), (Errand.REPLY, 1, Rung.ACTOR)}


async def test_cancelled(evening: Evening) -> None:
    """The assembly is over for everybody: calendars drop it, proxies lapse, nobody is reminded, another can be made."""
    await evening.granted("Assen", "Deventer")
    await evening.storage.write(changing.ask_cancel, OFFICE, evening.meeting.id)
    await says(evening.storage, OFFICE, "Te weinig agendapunten.")
    assert (await last(evening.storage, OFFICE, "ChangePreview"))["cancels"]
    await send(evening)
    register = evening.register
    for account, lapsed in (
        (register.representative("Assen"), True),
        (register.representative("Deventer"), True),
        (register.coordinator("Deventer"), False),
        (OBSERVER, False),
    ):
        told = await last(evening.storage, account, "ConvocationCancelled")
        assert (told["reason"], told["lapsed"]) == ("Te weinig agendapunten.", lapsed)
        entry = await last(evening.storage, account, "CalendarEntry")
        assert (entry["number"], entry["cancelled"]) == (1, True)
    meeting = await evening.storage.read(lambda unit: unit.meetings.get(evening.meeting.id))
    assert meeting is not None
    assert meeting.state is MeetingState.CANCELLED
    assert await evening.proxies() == ()
    with pytest.raises(WrongMeetingState):
        await evening.act(replies.give_reply, representative("Assen"), meeting.id, Reply.COMING)
    evening.clock.moment = datetime(2019, 2, 11, 9, tzinfo=UTC)
    await evening.storage.write(send_reminders)
    assert await evening.storage.read(lambda unit: unit.reminders.taken(meeting.id)) == frozenset()
    await evening.storage.write(meetings.ask_title, OFFICE)


async def test_slips(evening: Evening) -> None:
    """Nothing is sent without a preview, twice, about nothing, into the past, or by somebody else."""
    meeting_id = evening.meeting.id
    with pytest.raises(Gone):
        await send(evening)
    await evening.storage.write(changing.ask_change, OFFICE, meeting_id)
    with pytest.raises(Gone):
        await evening.storage.write(changing.keep, OFFICE, meeting_id + 1)
    with pytest.raises(DateInThePast):
        await says(evening.storage, OFFICE, "13-01-2019 18:00")
    await evening.storage.write(changing.keep, OFFICE, meeting_id)
    with pytest.raises(NothingChanged):
        await evening.storage.write(changing.keep, OFFICE, meeting_id)
    await says(evening.storage, OFFICE, "Deventer")
    with pytest.raises(Gone):
        await send(evening)
    await says(evening.storage, OFFICE, "De zaal viel uit.")
    with pytest.raises(NotAllowed):
        await evening.storage.write(changing.send_change, CHAIR, meeting_id, None)
    await send(evening)
    with pytest.raises(Gone):
        await send(evening)
    assert len(await evening.storage.read(lambda unit: unit.convocations.rounds(meeting_id))) == 2


async def test_only_what_was_convened(evening: Evening) -> None:
    """An open assembly is not moved or cancelled any more."""
    await change(evening, None, "Deventer")
    await evening.open()
    with pytest.raises(WrongMeetingState):
        await send(evening)
    with pytest.raises(WrongMeetingState):
        await evening.storage.write(changing.ask_cancel, OFFICE, evening.meeting.id)
