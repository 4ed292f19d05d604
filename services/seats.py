"""The assembly at hand and its seats: who carries which vote now."""

from collections.abc import Iterable, Mapping
from datetime import date

from assembly import errors
from assembly.meeting_kinds import MeetingKind
from assembly.meetings import Meeting, MeetingState, carriers, check_state
from assembly.members import Acting, Member
from assembly.permissions import RULES, Act
from assembly.pronouncing import AWAITED
from assembly.statutes import Statutes
from assembly.tally import Seat, Threshold
from storage.meetings import AgendaItem
from storage.unit import Unit

GRANTOR_SIDE = RULES[Act.PREPARE_PROXY].roles
"""Who acts for a member."""


async def locked(unit: Unit, meeting_id: int, *allowed: MeetingState) -> Meeting:
    """Return the assembly, in one of the ``allowed`` states, and keep others from changing it or what hangs on it.

    Everything that bears on who carries a seat takes this lock first: opening and closing, checking in and out,
    proxies, and opening a vote. So limits hold when two act at once, and a frozen electorate is of one moment.
    """
    meeting = await locked_of_any_kind(unit, meeting_id, *allowed)
    if meeting.kind is not MeetingKind.ASSEMBLY:
        raise errors.Gone
    return meeting


async def locked_of_any_kind(unit: Unit, meeting_id: int, *allowed: MeetingState) -> Meeting:
    """Return the same for what is done in an assembly, and in a vote outside one as well."""
    meeting = await unit.meetings.get(meeting_id, lock=True)
    if meeting is None:
        raise errors.Gone
    check_state(meeting, *allowed)
    return meeting


def day_of(unit: Unit, meeting: Meeting) -> date:
    """Return the day of an assembly, on the association's own clock."""
    return unit.association.local(meeting.starts_at).date()


async def members_of_day(unit: Unit, meeting: Meeting) -> tuple[Member, ...]:
    """Return the members on the day of the assembly, by name, with the votes that the statutes give them."""
    return unit.association.statutes.weigh(await unit.members.active(day_of(unit, meeting)))


def entitled(people: Iterable[Acting], members: Iterable[Member]) -> list[Acting]:
    """Return who belongs at an assembly: people with a role of the association, or of a member of that day."""
    ids = {None, *(member.id for member in members)}
    return [acting for acting in people if any(held.member_id in ids for held in acting.roles)]


async def own_members(unit: Unit, acting: Acting, meeting: Meeting) -> dict[int, str]:
    """Return the members of the day, by id, for which the person acts."""
    ids = acting.members(*GRANTOR_SIDE)
    return {member.id: member.name for member in await members_of_day(unit, meeting) if member.id in ids}


async def check_acts_for(unit: Unit, acting: Acting, meeting: Meeting, member_id: int) -> None:
    """Refuse somebody who does not act for the member, and a member that is none on the day of the assembly."""
    names = {member.id: member.name for member in await members_of_day(unit, meeting)}
    if member_id not in names:
        raise errors.Gone
    if member_id not in acting.members(*GRANTOR_SIDE):
        raise errors.NotYourMember(names[member_id])


async def seats_now(unit: Unit, meeting: Meeting) -> tuple[Seat, ...]:
    """Return for every member of the day who carries its seat now, or did when the assembly closed."""
    return carriers(
        await members_of_day(unit, meeting),
        await unit.people.representatives(meeting.closed_at),
        await unit.proxies.in_force(meeting.id),
        await unit.attendance.present(meeting.id),
        substitution=unit.association.statutes.proxy_substitution,
    )


async def carried_by_proxy(unit: Unit, meeting: Meeting) -> frozenset[int]:
    """Return the ids of the proxies by which somebody who is there carries a seat now, along the way or at its end."""
    return frozenset(seat.proxy_id for seat in await seats_now(unit, meeting) if seat.proxy_id is not None)


async def voting_seats(unit: Unit, meeting: Meeting) -> tuple[Seat, ...]:
    """Return the seats that have a vote: a member that is suspended on the day attends without one."""
    suspended = {member.id for member in await members_of_day(unit, meeting) if member.suspended}
    return tuple(seat for seat in await seats_now(unit, meeting) if seat.member_id not in suspended)


async def entitled_seats(unit: Unit, meeting: Meeting, item_id: int) -> tuple[Seat, ...]:
    """Return the seats that have a vote on an item: without those that are excluded from it."""
    excluded = await unit.exclusions.of_item(item_id)
    return tuple(seat for seat in await voting_seats(unit, meeting) if seat.member_id not in excluded)


async def check_nothing_awaited(unit: Unit, meeting: Meeting) -> None:
    """Refuse while a vote is open in the assembly, or its outcome is not pronounced yet."""
    await check_no_vote_open(unit, meeting)
    for motion in await unit.motions.of_meeting(meeting.id):
        if motion.state in AWAITED:
            raise errors.OutcomeAwaited(motion.title)


async def check_no_vote_open(unit: Unit, meeting: Meeting) -> None:
    """Refuse while a vote is open in the assembly, or suspended."""
    motion = await unit.motions.open_in(meeting.id)
    if motion is not None:
        raise errors.MotionOpen(motion.title)


async def statutes_of(unit: Unit, meeting: Meeting) -> Statutes:
    """Return the statutes as they hold in an assembly: a second one is held because the first had no quorum."""
    statutes = unit.association.statutes
    return statutes if await unit.meetings.first_of(meeting.id) is None else statutes.for_second_meeting


async def quorum_of(unit: Unit, meeting: Meeting, item: AgendaItem | None = None) -> Threshold | None:
    """Return the quorum that the assembly needs, or the vote on one of its items."""
    statutes = await statutes_of(unit, meeting)
    return statutes.quorum if item is None else item.majority.quorum(statutes, item.kind)


async def by_name(unit: Unit, carriers: Mapping[int, int]) -> dict[int, int]:
    """Return seats (by member id) with their carriers in the order of the members' names."""
    names = await unit.members.names(list(carriers))
    return dict(sorted(carriers.items(), key=lambda seat: names[seat[0]].casefold()))
