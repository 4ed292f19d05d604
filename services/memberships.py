"""Memberships that end: what that does to people and proxies on the day itself, which a tick of the clock notices.

The rules look at the day themselves, so a seat is gone from its first moment; this only clears up behind it.
"""

from assembly.facts.members import MembershipEnded
from assembly.meetings import Meeting, MeetingState
from assembly.members import Acting, Member, Role, RoleHeld
from assembly.permissions import Act
from assembly.proxies import LapseReason
from services.access import holders_of
from services.lapses import lapse, lapse_ended
from services.roles import change_roles
from services.seats import day_of
from services.telling import tell
from storage.unit import Unit

_OF_MEMBER = frozenset(role for role in Role if role.of_member)


async def end_memberships(unit: Unit) -> None:
    """End the roles and proxies of every membership that is over by now; waits while a vote is open."""
    if not await _due(unit):
        return
    await unit.people.lock_office()
    current = await unit.meetings.current()
    meeting = await unit.meetings.get(current.id, lock=True) if current else None
    if meeting is not None and await unit.motions.open_in(meeting.id) is not None:
        return
    for member in await _due(unit):
        await _end(unit, member, meeting)


async def lapsing_with(unit: Unit, member: Member, meeting: Meeting | None) -> dict[int, LapseReason]:
    """Return why which proxies lapse once the membership is over: granted by it, or held for it, by their id."""
    if meeting is None or member.until is None or day_of(unit, meeting) < member.until:
        return {}
    return {
        proxy.id: LapseReason.MEMBER_ENDED if proxy.member_id == member.id else LapseReason.HOLDER_MEMBER_ENDED
        for proxy in await unit.proxies.under_way(meeting.id)
        if member.id in {proxy.member_id, proxy.holder_member_id}
    }


async def _due(unit: Unit) -> list[Member]:
    """Return the members whose time is over and who still have people or proxies.

    An assembly of the day before that is still open is held with everybody who was a member that day.
    """
    today = unit.association.local(unit.now).date()
    ended = [member for member in await unit.members.all() if member.until is not None and member.until <= today]
    if not ended:
        return []
    meeting = await unit.meetings.current()
    sitting = meeting is not None and meeting.state is MeetingState.OPEN
    holding = {member_id for acting in await unit.people.all() for member_id in acting.members(*_OF_MEMBER)}
    return [
        member
        for member in ended
        if not (sitting and meeting is not None and member.until is not None and day_of(unit, meeting) < member.until)
        if member.id in holding or await lapsing_with(unit, member, meeting)
    ]


async def _end(unit: Unit, member: Member, meeting: Meeting | None) -> None:
    reasons = await lapsing_with(unit, member, meeting)
    proxies = [] if meeting is None else [p for p in await unit.proxies.under_way(meeting.id) if p.id in reasons]
    for proxy in proxies:  # before the roles: those who act for the member still hear of it
        await lapse(unit, [proxy], reasons[proxy.id])
    successor, follows = await _successor(unit, member)
    people = await unit.people.holding(_OF_MEMBER, member_id=member.id)
    for acting in people:
        ended = [held for held in acting.roles if held.member_id == member.id]
        await change_roles(unit, None, acting.person.id, gained=_gained(acting, ended, follows), ended=ended)
    await lapse_ended(unit)
    await unit.journal.note(
        "membership_ended",
        actor_id=None,
        facts={
            "member": member.id,
            "until": member.until,
            "successor": successor.id if successor else None,
            "people": [acting.person.id for acting in people],
            "proxies": [proxy.id for proxy in proxies],
        },
    )
    today = unit.association.local(unit.now).date()
    news = MembershipEnded(
        member.name,
        successor.name if successor else None,
        member.until or today,
        len(people),
        follows is not None,
        len(proxies),
        len(await unit.members.active(today)),
    )
    for secretary in await holders_of(unit, Act.IMPORT_MEMBERS):
        await tell(unit, secretary, news)


async def _successor(unit: Unit, member: Member) -> tuple[Member | None, Member | None]:
    """Return the member into which it merged, and the one for which its people go on, if they do.

    That may have merged on into another by now.
    """
    mergers = await unit.mergers.all()
    merger = mergers.get(member.id)
    if merger is None:
        return None, None
    successor = await unit.members.get(merger.successor_id)
    if not merger.people_follow:
        return successor, None
    today, at = unit.association.local(unit.now).date(), successor
    while at is not None and at.until is not None and at.until <= today:
        onward = mergers.get(at.id)
        at = await unit.members.get(onward.successor_id) if onward else None
    return successor, at


def _gained(acting: Acting, ended: list[RoleHeld], follows: Member | None) -> list[RoleHeld]:
    if follows is None:
        return []
    return [held for role in ended if (held := RoleHeld(role.role, follows.id)) not in acting.roles]
