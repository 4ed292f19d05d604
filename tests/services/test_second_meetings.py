"""A second assembly: only where the statutes know one and the quorum was missing, with its own period and no quorum."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from assembly.association import Association
from assembly.errors import DateInThePast, MeetingExists, NotAllowed, SecondImpossible, WrongMeetingState
from assembly.facts.meetings import MeetingConsole, MeetingConsoleRef
from assembly.nominations import Nomination
from assembly.statutes import Statutes
from assembly.tally import Choice, Threshold
from services import convening, meetings, second_meetings, sitting
from services.meetings import load_console
from storage.engine import Storage
from storage.unit import Unit
from tests.support.assembly import current, says
from tests.support.clock import TurnableClock
from tests.support.queued import queued
from tests.support.register import CHAIR, OFFICE
from tests.support.sitting import OFFICE_NAME, Evening, open_evening

MOST = Threshold(Fraction(1, 2), strict=True)


@pytest.fixture
async def storage(database_url: str, association: Association, clock: TurnableClock) -> AsyncIterator[Storage]:
    """Open a storage for an association with a quorum, and second assemblies a week after their convocation."""
    statutes = Statutes(quorum=MOST, second_meeting_days=7)
    async with Storage.open(database_url, replace(association, statutes=statutes), clock) as opened:
        yield opened


async def closed(storage: Storage, clock: TurnableClock, *present: str) -> Evening:
    """Hold and close an assembly of three members at which only some were."""
    evening = await open_evening(storage, clock, "Assen", "Deventer", "Zwolle")
    await evening.arrive(*present)
    await evening.close()
    return evening


async def console(evening: Evening, meeting_id: int) -> MeetingConsole:
    """Load the console of the secretariat."""
    loaded = await evening.storage.read(
        load_console, MeetingConsoleRef(meeting_id, evening.register.people[OFFICE_NAME])
    )
    assert loaded is not None
    return loaded


async def test_it_has_the_agenda_and_no_quorum(storage: Storage, clock: TurnableClock) -> None:
    """The first decided nothing for want of votes; the second has its agenda, a shorter period, and decides."""
    evening = await closed(storage, clock, "Assen")
    first = evening.meeting
    assert (await console(evening, first.id)).second
    await storage.write(second_meetings.ask_second, OFFICE, first.id)
    with pytest.raises(DateInThePast):
        await says(storage, OFFICE, "13-02-2019 10:00")
    await says(storage, OFFICE, "27-02-2019 18:00")
    second = await current(storage)
    assert (second.title, second.place, second.id != first.id) == (first.title, first.place, True)
    old = await storage.read(lambda unit: unit.meetings.items(first.id))
    new = await storage.read(lambda unit: unit.meetings.items(second.id))
    assert [(item.number, item.title, item.kind) for item in new] == [(i.number, i.title, i.kind) for i in old]
    shown = await console(evening, second.id)
    assert (shown.quorum, shown.latest_notice) == (None, date(2019, 2, 19))
    assert not (await console(evening, first.id)).second
    clock.moment = datetime(2019, 2, 14, 9, tzinfo=UTC)
    await storage.write(convening.convene, OFFICE, second.id, None)
    invitations = [facts for name, facts in await queued(storage, CHAIR) if name == "Invitation"]
    assert [facts["first"] for facts in invitations] == [None, "2019-02-13T17:00:00Z"]
    again = replace(evening, meeting=second)
    clock.moment = second.starts_at
    await again.act(sitting.open_meeting, OFFICE_NAME, second.id)
    await again.arrive("Assen")
    motion = await again.put_to_vote()
    await again.cast(motion, "Assen", Choice.FOR)
    assert (await again.end_vote(motion)).outcome is not None


async def test_nominations_come_along(storage: Storage, clock: TurnableClock) -> None:
    """A candidate of whom the members were told stands under the same item, to be told again; no other does."""
    evening = await open_evening(storage, clock, "Assen", "Deventer", "Zwolle")
    office = evening.register.people[OFFICE_NAME]
    item_id = await evening.item("3")

    async def nominate(unit: Unit) -> None:
        told = await unit.nominations.add(
            item_id, Nomination("kandidaat A", reasons="kennis"), office, supervisory=True
        )
        await unit.nominations.add(item_id, Nomination("kandidaat B"), office, supervisory=True)
        await unit.nominations.mark_sent([told])

    await storage.write(nominate)
    await evening.close()
    await storage.write(second_meetings.ask_second, OFFICE, evening.meeting.id)
    await says(storage, OFFICE, "27-02-2019 18:00")
    second = await current(storage)
    found = await storage.read(lambda unit: unit.nominations.of_meeting(second.id))
    assert [(one.number, one.nomination, one.supervisory, one.sent_at) for one in found] == [
        ("3", Nomination("kandidaat A", reasons="kennis"), True, None)
    ]


async def test_not_where_the_quorum_was_there(storage: Storage, clock: TurnableClock) -> None:
    """Two of three votes are more than half: no second assembly."""
    evening = await closed(storage, clock, "Assen", "Zwolle")
    assert not (await console(evening, evening.meeting.id)).second
    with pytest.raises(SecondImpossible):
        await storage.write(second_meetings.ask_second, OFFICE, evening.meeting.id)


async def test_only_once_and_only_by_the_secretariat(storage: Storage, clock: TurnableClock) -> None:
    """Not before the first is closed, not beside another assembly, not by the chair, and not twice."""
    evening = await open_evening(storage, clock, "Assen", "Deventer")
    with pytest.raises(WrongMeetingState):
        await storage.write(second_meetings.ask_second, OFFICE, evening.meeting.id)
    await evening.close()
    with pytest.raises(NotAllowed):
        await storage.write(second_meetings.ask_second, CHAIR, evening.meeting.id)
    await storage.write(second_meetings.ask_second, OFFICE, evening.meeting.id)
    await says(storage, OFFICE, "27-02-2019 18:00")
    with pytest.raises(SecondImpossible):
        await storage.write(second_meetings.ask_second, OFFICE, evening.meeting.id)


async def test_not_beside_another_assembly(storage: Storage, clock: TurnableClock) -> None:
    """While another assembly is prepared there is no place for it."""
    evening = await closed(storage, clock)
    await storage.write(meetings.ask_title, OFFICE)
    for text in ("Andere ALV", "13-03-2019 18:00", "Utrecht"):
        await says(storage, OFFICE, text)
    await storage.write(second_meetings.ask_second, OFFICE, evening.meeting.id)
    with pytest.raises(MeetingExists):
        await says(storage, OFFICE, "27-02-2019 18:00")
