"""Suspending a member: it may attend and may not vote."""

from datetime import date, timedelta

import pytest

from assembly.errors import DayNotUnderstood, Gone, MotionOpen, NotAllowed, NotYourSeat
from assembly.facts.attendance import AttendanceRef
from assembly.tally import Choice
from services import suspensions
from services.attendance_list import load_attendance
from storage.engine import Storage
from tests.support.assembly import says
from tests.support.clock import TurnableClock
from tests.support.queued import queued
from tests.support.register import CHAIR, OFFICE
from tests.support.sitting import OFFICE_NAME, Evening, open_evening, representative


@pytest.fixture
async def evening(storage: Storage, clock: TurnableClock) -> Evening:
    """Give an open assembly of three members."""
    return await open_evening(storage, clock, "Assen", "Deventer", "Emmen")


async def suspend(evening: Evening, member: str, *until: str) -> None:
    """Let the secretariat suspend a member, perhaps until a day."""
    member_id = evening.register.members[member]
    await evening.storage.write(suspensions.ask_reason, OFFICE, member_id, None)
    for text in ("Contributie niet betaald", *until):
        await says(evening.storage, OFFICE, text)
    await evening.act(suspensions.suspend, OFFICE_NAME, member_id, None)


async def seats(evening: Evening, motion_id: int) -> list[int]:
    """Return the members in the electorate."""
    return [seat.member_id for seat in await evening.storage.read(lambda unit: unit.motions.electorate(motion_id))]


async def test_a_suspended_member_attends_without_a_vote(evening: Evening) -> None:
    """It stands on the attendance list, and in no electorate; who is asked for its vote says so."""
    await evening.arrive("Assen", "Deventer")
    await suspend(evening, "Assen")
    listed = await evening.storage.read(load_attendance, AttendanceRef(evening.meeting.id))
    assert listed is not None
    assert [seat.member for seat in listed.present] == ["Assen", "Deventer"]
    assert (listed.suspended, listed.votes, listed.total) == (("Assen",), 1, 2)
    motion = await evening.put_to_vote()
    ids = evening.register.members
    assert await seats(evening, motion) == [ids["Deventer"], ids["Emmen"]]
    with pytest.raises(NotYourSeat):
        await evening.cast(motion, "Assen", Choice.FOR)


async def test_a_proxy_gives_a_suspended_member_no_vote(evening: Evening) -> None:
    """Nobody carries the vote that it has not."""
    await evening.granted("Assen", "Deventer")
    await evening.arrive("Deventer")
    await suspend(evening, "Assen")
    motion = await evening.put_to_vote()
    with pytest.raises(NotYourSeat):
        await evening.cast(motion, "Assen", Choice.FOR, by=representative("Deventer"))


async def test_the_suspension_is_told_and_lifted(evening: Evening) -> None:
    """Its people hear the reason; lifted, it votes again from the next vote on."""
    await evening.arrive("Assen", "Deventer")
    await suspend(evening, "Assen")
    for account in (evening.register.representative("Assen"), evening.register.coordinator("Assen")):
        (news,) = [facts for name, facts in await queued(evening.storage, account) if name == "SuspensionNews"]
        assert (news["reason"], news["lifted"]) == ("Contributie niet betaald", False)
    assen = evening.register.members["Assen"]
    await evening.act(suspensions.lift, OFFICE_NAME, assen, None)
    motion = await evening.put_to_vote()
    assert assen in await seats(evening, motion)
    await evening.end_vote(motion)
    with pytest.raises(Gone):
        await evening.act(suspensions.lift, OFFICE_NAME, evening.register.members["Emmen"], None)


async def test_a_suspension_until_a_day(evening: Evening) -> None:
    """On the day that was typed the member has its vote again; only a day to come makes sense."""
    assen = evening.register.members["Assen"]
    await evening.storage.write(suspensions.ask_reason, OFFICE, assen, None)
    await says(evening.storage, OFFICE, "Contributie niet betaald")
    with pytest.raises(DayNotUnderstood):
        await says(evening.storage, OFFICE, "13-02-2019")
    await suspend(evening, "Assen", "14-02-2019")
    (found,) = [
        member
        for member in await evening.storage.read(lambda u: u.members.active(date(2019, 2, 13)))
        if member.suspended
    ]
    assert found.id == assen
    after = await evening.storage.read(lambda unit: unit.members.active(date(2019, 2, 14)))
    assert not any(member.suspended for member in after)
    evening.clock.turn(timedelta(days=1))
    with pytest.raises(Gone):
        await evening.act(suspensions.lift, OFFICE_NAME, assen, None)


async def test_while_a_vote_is_open_nothing_moves(evening: Evening) -> None:
    """An electorate is frozen: a suspension waits for its end."""
    await evening.arrive("Assen", "Deventer")
    motion = await evening.put_to_vote()
    with pytest.raises(MotionOpen):
        await suspend(evening, "Assen")
    await evening.end_vote(motion)
    await evening.act(suspensions.suspend, OFFICE_NAME, evening.register.members["Assen"], None)


async def test_only_what_was_asked_is_suspended(evening: Evening) -> None:
    """A button of another question suspends nobody, nor does anybody else, nor twice."""
    ids = evening.register.members
    await suspend(evening, "Assen")
    with pytest.raises(Gone):
        await evening.storage.write(suspensions.ask_reason, OFFICE, ids["Assen"], None)
    await evening.storage.write(suspensions.ask_reason, OFFICE, ids["Deventer"], None)
    with pytest.raises(Gone):
        await evening.act(suspensions.suspend, OFFICE_NAME, ids["Deventer"], None)
    await says(evening.storage, OFFICE, "Reden")
    with pytest.raises(Gone):
        await evening.act(suspensions.suspend, OFFICE_NAME, ids["Emmen"], None)
    for service in (suspensions.suspend, suspensions.lift):
        with pytest.raises(NotAllowed):
            await evening.storage.write(service, CHAIR, ids["Assen"], None)
