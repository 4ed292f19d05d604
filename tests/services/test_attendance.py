"""Opening and closing, checking in and out, and the attendance list."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assembly import errors
from assembly.association import Association
from assembly.facts.attendance import AbsentSeat, AttendanceList, AttendanceRef, Guest, PresentSeat, RepresentedSeat
from assembly.meetings import Mode, Reply
from assembly.members import Role, RoleHeld
from assembly.proxies import ProxyKind, ProxyState
from assembly.tally import Choice, Threshold
from services import attendance, sitting
from services.attendance_list import load_attendance, show_attendance
from services.replies import give_reply
from storage.chats import LinkedChat
from storage.engine import Storage
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OBSERVER, OFFICE, STRANGER
from tests.support.sitting import Evening, convened_evening, coordinator, open_evening, representative

GROUP = -1001


async def attendance_of(evening: Evening) -> AttendanceList:
    """Return the attendance list as it stands."""
    shown = await evening.storage.read(load_attendance, AttendanceRef(evening.meeting.id))
    assert shown is not None
    return shown


async def news(storage: Storage, telegram_id: int) -> list[str]:
    """Return which events of proxies somebody was told of, in order."""
    return [facts["event"] for name, facts in await queued(storage, telegram_id) if name == "ProxyNews"]


async def test_opening_asks_everybody_to_check_in(storage: Storage, clock: TurnableClock) -> None:
    """Everybody who was convened is asked once, and a second opening changes nothing."""
    evening = await open_evening(storage, clock, "Assen", "Emmen")
    for telegram_id in (*evening.register.accounts.values(), CHAIR, OBSERVER):
        assert (await screens(storage, telegram_id)).count("CheckInAsked") == 1
    with pytest.raises(errors.WrongMeetingState):
        await storage.write(sitting.open_meeting, CHAIR, evening.meeting.id)


async def test_only_the_table_opens_and_closes(storage: Storage, clock: TurnableClock) -> None:
    """A coordinator opens nothing, a stranger is told that it is not registered, and the chair may."""
    evening = await convened_evening(storage, clock, "Assen")
    with pytest.raises(errors.NotAllowed):
        await evening.act(sitting.open_meeting, coordinator("Assen"), evening.meeting.id)
    with pytest.raises(errors.NotRegistered):
        await storage.write(sitting.open_meeting, STRANGER, evening.meeting.id)
    await storage.write(sitting.open_meeting, CHAIR, evening.meeting.id)
    with pytest.raises(errors.NotAllowed):
        await evening.act(sitting.close_meeting, representative("Assen"), evening.meeting.id)
    await storage.write(sitting.close_meeting, CHAIR, evening.meeting.id)


async def test_checking_in_needs_an_open_assembly(storage: Storage, clock: TurnableClock) -> None:
    """Before the opening, after the closing and without any assembly nobody checks in."""
    evening = await convened_evening(storage, clock, "Assen")
    for act in (evening.arrive("Assen"), evening.act(attendance.ask_check_in, representative("Assen"))):
        with pytest.raises(errors.WrongMeetingState):
            await act
    await evening.open()
    await evening.close()
    with pytest.raises(errors.WrongMeetingState):
        await evening.arrive("Assen")
    with pytest.raises(errors.NoMeeting):
        await evening.act(attendance.ask_check_in, representative("Assen"))
    with pytest.raises(errors.Gone):
        await evening.act(attendance.check_in, representative("Assen"), 999, Mode.ROOM, None)


async def test_another_mode_changes_how_one_takes_part(storage: Storage, clock: TurnableClock) -> None:
    """Checking in again keeps one stay, with the last mode; the same again changes nothing."""
    evening = await open_evening(storage, clock, "Assen")
    for mode in (Mode.ROOM, Mode.REMOTE, Mode.REMOTE):
        await evening.arrive("Assen", mode=mode)
    assert (await attendance_of(evening)).present == (PresentSeat("Assen", "portefeuillehouder Assen", Mode.REMOTE),)
    assert len(await storage.read(lambda unit: unit.attendance.visits(evening.meeting.id))) == 1


async def test_list_has_its_three_parts_and_guests(storage: Storage, clock: TurnableClock) -> None:
    """Present, represented, absent with and without notice, and guests stand where they belong."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen", "Ommen", "Raalte")
    await evening.granted("Deventer", "Assen")
    await evening.act(give_reply, representative("Emmen"), evening.meeting.id, Reply.ABSENT)
    await evening.granted("Raalte", "Ommen")
    await evening.open()
    await evening.arrive("Assen")
    await storage.write(attendance.check_in, OBSERVER, evening.meeting.id, Mode.REMOTE, None)
    await evening.act(attendance.check_in, coordinator("Emmen"), evening.meeting.id, Mode.ROOM, None)
    shown = await attendance_of(evening)
    assert shown.present == (PresentSeat("Assen", "portefeuillehouder Assen", Mode.ROOM),)
    assert shown.represented == (
        RepresentedSeat("Deventer", "portefeuillehouder Assen", "Assen", ProxyKind.OTHER_MEMBER),
    )
    assert shown.absent == (
        AbsentSeat("Emmen", notice=True),
        AbsentSeat("Ommen", notice=False),
        AbsentSeat("Raalte", notice=True, holder="portefeuillehouder Ommen"),
    )
    assert shown.guests == (
        Guest("Toehoorder", "Toehoorder", Mode.REMOTE),
        Guest("coördinator Emmen", "coördinator", Mode.ROOM),
    )
    assert (shown.votes, shown.total, shown.needed) == (2, 5, None)


async def test_who_left_was_there(storage: Storage, clock: TurnableClock) -> None:
    """Whose representative left counts no longer, and stays on the list with the time; coming back mends it."""
    evening = await open_evening(storage, clock, "Assen", "Emmen")
    await evening.arrive("Assen", "Emmen")
    await evening.leave("Assen")
    await evening.leave("Assen")
    shown = await attendance_of(evening)
    assert shown.votes == 1
    assert PresentSeat("Assen", "portefeuillehouder Assen", Mode.ROOM, clock.moment) in shown.present
    await evening.arrive("Assen")
    shown = await attendance_of(evening)
    assert (shown.votes, {seat.left_at for seat in shown.present}) == (2, {None})


async def test_colleague_takes_over_when_the_first_leaves(storage: Storage, clock: TurnableClock) -> None:
    """Of two representatives the first who came carries the seat, and the second when the first has left."""
    evening = await open_evening(storage, clock, "Assen", "Emmen")
    colleague = evening.register.people[coordinator("Assen")]
    held = RoleHeld(Role.REPRESENTATIVE, evening.register.members["Assen"])
    await storage.write(lambda unit: unit.people.grant_role(colleague, held))
    await evening.arrive("Assen", "Emmen")
    await evening.act(attendance.check_in, coordinator("Assen"), evening.meeting.id, Mode.ROOM, None)
    assert (await attendance_of(evening)).present[0].person == "portefeuillehouder Assen"
    await evening.leave("Assen")
    assert (await attendance_of(evening)).present[0].person == "coördinator Assen"
    motion_id = await evening.put_to_vote()
    await evening.cast(motion_id, "Assen", Choice.FOR, by=coordinator("Assen"))
    with pytest.raises(errors.NotYourSeat):
        await evening.cast(motion_id, "Assen", Choice.AGAINST)


async def test_coming_suspends_a_proxy_and_leaving_restores_it(storage: Storage, clock: TurnableClock) -> None:
    """A grantor that comes carries its own vote; both sides are told, the grantor too, each time once."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    await evening.granted("Deventer", "Assen")
    await evening.open()
    await evening.arrive("Assen")
    await evening.arrive("Deventer")
    await evening.arrive("Deventer", mode=Mode.REMOTE)
    assert [seat.member for seat in (await attendance_of(evening)).present] == ["Assen", "Deventer"]
    await evening.leave("Deventer")
    assert [seat.member for seat in (await attendance_of(evening)).represented] == ["Deventer"]
    for name in (representative("Deventer"), coordinator("Deventer"), representative("Assen")):
        assert (await news(storage, evening.register.accounts[name]))[-2:] == ["suspended", "resumed"]


async def test_holder_that_leaves_is_told_to_the_grantor(storage: Storage, clock: TurnableClock) -> None:
    """When a holder leaves, the grantor side and the secretariat hear that nobody carries the vote now."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    await evening.granted("Deventer", "Assen")
    await evening.open()
    await evening.arrive("Assen")
    await evening.leave("Assen")
    assert (await news(storage, evening.register.coordinator("Deventer")))[-1] == "holder_left"
    assert (await news(storage, OFFICE))[-1] == "holder_left"
    absent = (await attendance_of(evening)).absent
    assert [(seat.member, seat.holder) for seat in absent] == [("Deventer", "portefeuillehouder Assen")]


async def test_who_is_late_waits_for_the_next_vote(storage: Storage, clock: TurnableClock) -> None:
    """Who checks in during a vote is told that it takes part from the next; who leaves keeps its ballot."""
    evening = await open_evening(storage, clock, "Assen", "Emmen")
    await evening.arrive("Assen")
    motion_id = await evening.put_to_vote()
    await evening.arrive("Emmen")
    late = dict(await queued(storage, evening.register.representative("Emmen")))["CheckedIn"]
    assert late["waits"]
    assert late["seats"] == [{"member": "Emmen", "by_proxy": False}]
    with pytest.raises(errors.NotYourSeat):
        await evening.cast(motion_id, "Emmen", Choice.FOR)
    await evening.leave("Assen")
    left = dict(await queued(storage, evening.register.representative("Assen")))["CheckedOut"]
    assert left["has_ballot"]
    await evening.cast(motion_id, "Assen", Choice.FOR)


async def test_list_follows_every_change_where_it_is_shown(storage: Storage, clock: TurnableClock) -> None:
    """Who asked for the list gets one redraw that waits, however often it changes; nobody else gets one."""
    evening = await open_evening(storage, clock, "Assen", "Emmen")
    await storage.write(show_attendance, CHAIR, evening.meeting.id)
    await evening.arrive("Assen", "Emmen")
    await evening.leave("Assen")
    assert (await screens(storage, CHAIR)).count("AttendanceRef") == 1
    assert "AttendanceRef" not in await screens(storage, OFFICE)


@pytest.mark.parametrize(("strict", "reached"), [(True, False), (False, True)])
async def test_quorum_is_on_the_list(
    association: Association, database_url: str, clock: TurnableClock, *, strict: bool, reached: bool
) -> None:
    """One of two is no more than half, and is at least half."""
    statutes = replace(association.statutes, quorum=Threshold(Fraction(1, 2), strict=strict))
    async with Storage.open(database_url, replace(association, statutes=statutes), clock) as storage:
        evening = await open_evening(storage, clock, "Assen", "Emmen")
        await evening.arrive("Assen")
        shown = await attendance_of(evening)
        assert shown.needed is not None
        assert (shown.votes >= shown.needed) is reached


async def test_closing_lapses_proxies_and_keeps_the_list(storage: Storage, clock: TurnableClock) -> None:
    """The closing tells both sides of every proxy in one message, and the list stays as it was then."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen", "Raalte")
    accepted = await evening.granted("Deventer", "Assen")
    offered = await evening.grant("Raalte", "Assen")
    await evening.open()
    await evening.arrive("Assen")
    before = await attendance_of(evening)
    await evening.close()
    assert [(await evening.proxy(proxy_id)).state for proxy_id in (accepted, offered)] == [ProxyState.LAPSED] * 2
    after = await attendance_of(evening)
    assert replace(after, at=before.at) == before
    lapsed = {
        name: [(proxy["member"], proxy["holder"]) for proxy in facts["lapsed"]]
        for name, telegram_id in evening.register.accounts.items()
        for screen, facts in await queued(storage, telegram_id)
        if screen == "MeetingClosed"
    }
    deventer, raalte = ("Deventer", "portefeuillehouder Assen"), ("Raalte", "portefeuillehouder Assen")
    assert lapsed[representative("Assen")] == [deventer, raalte]
    assert lapsed[coordinator("Deventer")] == [deventer]
    assert lapsed[representative("Raalte")] == [raalte]
    assert lapsed[representative("Emmen")] == []
    assert set(lapsed) == set(evening.register.accounts)


async def test_groups_hear_of_opening_and_closing(storage: Storage, clock: TurnableClock) -> None:
    """A linked group is told that the assembly opened and closed, without anybody's proxies."""
    evening = await convened_evening(storage, clock, "Assen")
    await storage.write(lambda unit: unit.chats.link(LinkedChat(GROUP, "group", "ALV")))
    await evening.open()
    await evening.close()
    told = await queued(storage, GROUP)
    assert [name for name, _ in told] == ["MeetingOpened", "MeetingClosed"]
    assert told[1][1]["lapsed"] == []


async def test_closing_waits_for_the_vote(storage: Storage, clock: TurnableClock) -> None:
    """While a vote is open the assembly cannot be closed."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    motion_id = await evening.put_to_vote()
    with pytest.raises(errors.MotionOpen):
        await evening.close()
    await evening.end_vote(motion_id)
    await evening.close()
