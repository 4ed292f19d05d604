"""Attendance: who checks in and out, and what that does to proxies."""

from assembly import errors
from assembly.facts.attendance import CheckedIn, CheckedOut, CheckInAsked, SeatCarried
from assembly.facts.proxies import ProxyEvent
from assembly.meetings import Meeting, Mode, check_state
from assembly.members import Acting, Role
from assembly.permissions import Act, states_for
from assembly.proxies import Proxy
from services.access import require
from services.attendance_list import redraw_attendance
from services.ballot_cards import show_ballots, show_turnout
from services.entry_marks import entered
from services.floor import leave_floor
from services.meetings import refresh_consoles
from services.proxy_cards import tell_both_sides
from services.seats import carried_by_proxy, locked, members_of_day, seats_now, voting_seats
from services.telling import turn
from storage.unit import Unit


def check_in_key(meeting_id: int) -> str:
    """Return the key of the message in which a person checks in and out."""
    return f"checkin:{meeting_id}"


async def ask_check_in(unit: Unit, telegram_id: int) -> None:
    """Ask whether the person is there, or show how it takes part."""
    acting = await require(unit, telegram_id, Act.CHECK_IN)
    meeting = await unit.meetings.current()
    if meeting is None:
        raise errors.NoMeeting
    check_state(meeting, *states_for(Act.CHECK_IN))
    mode = await unit.attendance.mode(meeting.id, acting.person.id)
    shown = CheckInAsked(meeting.id, meeting.title) if mode is None else await _checked_in(unit, acting, meeting, mode)
    await turn(unit, acting, shown, check_in_key(meeting.id), None)


async def check_in(unit: Unit, telegram_id: int, meeting_id: int, mode: Mode, message_id: int | None) -> None:
    """Note that the person is there; once it is, change how it takes part."""
    acting = await require(unit, telegram_id, Act.CHECK_IN)
    meeting = await locked(unit, meeting_id, *states_for(Act.CHECK_IN))
    await arrive(unit, acting, acting, meeting, mode)
    shown = await _checked_in(unit, acting, meeting, mode)
    await turn(unit, acting, shown, check_in_key(meeting.id), message_id)


async def check_out(unit: Unit, telegram_id: int, meeting_id: int, message_id: int | None) -> None:
    """Note that the person leaves. A seat in a vote that is open stays with it: that electorate is frozen."""
    acting = await require(unit, telegram_id, Act.CHECK_IN)
    meeting = await locked(unit, meeting_id, *states_for(Act.CHECK_IN))
    await depart(unit, acting, acting, meeting)
    motion = await unit.motions.open_in(meeting.id)
    has_ballot = motion is not None and bool(await unit.motions.carried(motion.id, acting.person.id))
    shown = CheckedOut(meeting.id, meeting.title, has_ballot)
    await turn(unit, acting, shown, check_in_key(meeting.id), message_id)


async def arrive(
    unit: Unit, person: Acting, actor: Acting, meeting: Meeting, mode: Mode, *, entry_id: int | None = None
) -> bool:
    """Note that ``person`` takes part in this way, as ``actor`` says; return ``False`` where it did already.

    The caller holds the lock on the assembly.
    """
    before = await unit.attendance.mode(meeting.id, person.person.id)
    if before is None:
        for proxy in await _proxies_without(unit, person, meeting):
            await tell_both_sides(unit, proxy, ProxyEvent.SUSPENDED, person)
        await unit.attendance.arrive(meeting.id, person.person.id, mode, entry_id)
        await _join_vote(unit, person, actor, meeting)
    elif before is not mode:
        await unit.attendance.set_mode(meeting.id, person.person.id, mode)
    if before is not mode:
        await _changed(unit, person, actor, meeting, "checked_in", mode=mode, **entered(entry_id))
    return before is not mode


async def depart(unit: Unit, person: Acting, actor: Acting, meeting: Meeting, *, entry_id: int | None = None) -> bool:
    """Note that ``person`` leaves, as ``actor`` says; return ``False`` where it was not there."""
    if await unit.attendance.mode(meeting.id, person.person.id) is None:
        return False
    left_behind = {s.proxy_id for s in await seats_now(unit, meeting) if s.carrier_id == person.person.id}
    await unit.attendance.leave(meeting.id, person.person.id, entry_id)
    await leave_floor(unit, person, meeting)
    for proxy in await _proxies_without(unit, person, meeting):
        await tell_both_sides(unit, proxy, ProxyEvent.RESUMED, person)
    still_carried = await carried_by_proxy(unit, meeting)
    for proxy in await unit.proxies.in_force(meeting.id):
        if proxy.id in left_behind - still_carried:
            await unit.proxies.note_alarm(proxy.id, alarmed=True)
            await tell_both_sides(unit, proxy, ProxyEvent.HOLDER_LEFT, person)
    await _changed(unit, person, actor, meeting, "checked_out", **entered(entry_id))
    return True


async def _join_vote(unit: Unit, person: Acting, actor: Acting, meeting: Meeting) -> None:
    """Let somebody who arrives vote in the vote that is open, for seats that nobody carries in it.

    Only where the statutes want that; else the electorate stays as it was frozen (setting ``late_arrivals_vote``).
    """
    motion = await unit.motions.open_in(meeting.id) if unit.association.statutes.late_arrivals_vote else None
    if motion is None or await unit.motions.get(motion.id, lock="update") != motion:
        return
    uncarried = {seat.member_id for seat in await unit.motions.electorate(motion.id) if seat.carrier_id is None}
    left = [s for s in await seats_now(unit, meeting) if s.carrier_id == person.person.id and s.member_id in uncarried]
    if not left:
        return
    await unit.motions.carry(motion.id, left)
    await unit.journal.note(
        "electorate_joined",
        actor_id=actor.person.id,
        meeting_id=meeting.id,
        facts={"motion": motion.id, "person": person.person.id, "members": [seat.member_id for seat in left]},
    )
    await show_ballots(unit, motion.id, await unit.motions.carried(motion.id, person.person.id))
    await show_turnout(unit, motion.id)


async def _proxies_without(unit: Unit, acting: Acting, meeting: Meeting) -> list[Proxy]:
    """Return the accepted proxies of the members of which, without this person, no representative is there."""
    own = acting.members(Role.REPRESENTATIVE)
    representatives = await unit.people.representatives()
    present = set(await unit.attendance.present(meeting.id)) - {acting.person.id}
    return [
        proxy
        for proxy in await unit.proxies.in_force(meeting.id)
        if proxy.member_id in own and not present.intersection(representatives[proxy.member_id])
    ]


async def _changed(unit: Unit, person: Acting, actor: Acting, meeting: Meeting, kind: str, **facts: str | int) -> None:
    """Write down that somebody came or went, and bring what shows it up to date."""
    await unit.journal.note(
        kind, actor_id=actor.person.id, meeting_id=meeting.id, facts={"person": person.person.id, **facts}
    )
    await redraw_attendance(unit, meeting.id)
    await refresh_consoles(unit, meeting.id)


async def _checked_in(unit: Unit, acting: Acting, meeting: Meeting, mode: Mode) -> CheckedIn:
    names = {member.id: member.name for member in await members_of_day(unit, meeting)}
    motion = await unit.motions.open_in(meeting.id)
    return CheckedIn(
        meeting.id,
        meeting.title,
        mode,
        tuple(
            SeatCarried(names[seat.member_id], by_proxy=seat.proxy_id is not None)
            for seat in await voting_seats(unit, meeting)
            if seat.carrier_id == acting.person.id
        ),
        waits=motion is not None and not await unit.motions.carried(motion.id, acting.person.id),
    )
