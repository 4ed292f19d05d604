"""What is still to be done for the assembly at hand, and by whom: the ground of every reminder."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from assembly.convocation import Round, day_set_in
from assembly.meeting_kinds import MeetingKind
from assembly.meetings import Meeting, MeetingState, Reply
from assembly.members import Role
from assembly.motions import Motion, MotionState
from assembly.proxies import ProxyState
from assembly.reminders import Errand, Rung, Task
from services.seats import members_of_day
from services.tallying import cast_by
from storage.unit import Unit


async def anchor(unit: Unit, meeting: Meeting, errand: Errand) -> datetime | None:
    """Return the moment from which the steps of an errand count; ``None`` where it cannot be done now.

    In a vote outside a meeting there is nothing to do but to vote.
    """
    if errand is Errand.BALLOT:
        motion = await unit.motions.open_in(meeting.id) if meeting.state is MeetingState.OPEN else None
        return motion.opened_at if motion and motion.state is MotionState.OPEN else None
    last = last_moment(unit, meeting, errand)
    return last if meeting.state is MeetingState.CONVENED and unit.now <= last else None


def last_moment(unit: Unit, meeting: Meeting, errand: Errand) -> datetime:
    """Return until when a reply can be given, or a proxy granted."""
    hours = 0 if errand is Errand.REPLY else unit.association.statutes.proxy_deadline_hours
    return meeting.starts_at - timedelta(hours=hours)


async def ladder(unit: Unit, meeting: Meeting, errand: Errand, start: datetime) -> Mapping[Rung, datetime]:
    """Return when each step of an errand that counts from ``start`` is due."""
    times, timezone = unit.association.reminders, unit.association.timezone
    if meeting.kind is MeetingKind.ASSEMBLY:
        return times.ladder(errand, start, timezone)
    vote = await unit.outside.get(meeting.id)
    return {} if vote is None else times.outside(vote.closes_at, timezone)


async def told_day(unit: Unit, meeting: Meeting) -> Round | None:
    """Return the round that told the day which holds now; ``None`` before the assembly is convened."""
    rounds = await unit.convocations.rounds(meeting.id)
    return day_set_in(rounds) if rounds else None


async def tasks_of(unit: Unit, meeting: Meeting, errand: Errand) -> list[Task]:
    """Return what is still to be done, by the number of what it is about; nothing that cannot be done any more."""
    if await anchor(unit, meeting, errand) is None:
        return []
    if errand is Errand.BALLOT:
        motion = await unit.motions.open_in(meeting.id)
        return [] if motion is None else await _ballots(unit, motion)
    if errand in {Errand.SIGN, Errand.ANSWER}:
        return await _proxies(unit, meeting, errand)
    return await _replies(unit, meeting, errand)


async def _replies(unit: Unit, meeting: Meeting, errand: Errand) -> list[Task]:
    """Return the members that did not reply, or said that they grant a proxy and have not begun."""
    told = await told_day(unit, meeting)
    if told is None:
        return []
    said = await unit.convocations.replies(meeting.id)
    under_way = {proxy.member_id for proxy in await unit.proxies.under_way(meeting.id)}
    people = await _people(unit)
    tasks = []
    for member in await members_of_day(unit, meeting):
        standing = said.get(member.id)
        if member.id in under_way or (standing and (errand is Errand.REPLY or standing.reply is not Reply.PROXY)):
            continue
        if standing is None and errand is Errand.GRANT:
            continue
        since = standing.replied_at if standing else told.told_at
        tasks.append(
            Task(
                errand,
                told.number,
                member.id,
                since,
                people(member.id, Role.REPRESENTATIVE),
                people(member.id, Role.COORDINATOR),
            )
        )
    return tasks


async def _proxies(unit: Unit, meeting: Meeting, errand: Errand) -> list[Task]:
    """Return the proxies that wait for a signature, or for their holder."""
    awaited = ProxyState.PREPARED if errand is Errand.SIGN else ProxyState.OFFERED
    people = await _people(unit)
    grantors = unit.association.statutes.proxy_grantors
    return [
        Task(
            errand,
            proxy.id,
            proxy.member_id,
            proxy.since,
            people(proxy.member_id, *grantors) if errand is Errand.SIGN else (proxy.holder_id,),
            people(proxy.member_id, Role.COORDINATOR),
        )
        for proxy in await unit.reminders.waiting_proxies(meeting.id)
        if proxy.state is awaited
    ]


async def _ballots(unit: Unit, motion: Motion) -> list[Task]:
    """Return the seats that somebody carries and for which nothing was cast."""
    cast = await cast_by(unit, motion)
    people = await _people(unit)
    return [
        Task(
            Errand.BALLOT,
            motion.id,
            seat.member_id,
            motion.opened_at,
            people(seat.member_id, Role.REPRESENTATIVE) if motion.outside else _known(seat.carrier_id),
            people(seat.member_id, Role.COORDINATOR),
        )
        for seat in await unit.motions.electorate(motion.id)
        if (seat.carrier_id is not None or motion.outside) and seat.member_id not in cast
    ]


def _known(person_id: int | None) -> tuple[int, ...]:
    return () if person_id is None else (person_id,)


async def _people(unit: Unit) -> Callable[..., tuple[int, ...]]:
    """Return a function that names who holds one of some roles for a member, by id."""
    acting = await unit.people.holding([role for role in Role if role.of_member])

    def holding(member_id: int, *roles: Role) -> tuple[int, ...]:
        return tuple(other.person.id for other in acting if any(other.has(role, member_id) for role in roles))

    return holding
