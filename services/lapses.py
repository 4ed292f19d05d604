"""Proxies that end by themselves: the assembly or the end date is over, or one of their parties is none any more.

A proxy is granted by the member and not by the person who signed it, so it outlives the term of whoever signed: BW 2:38
and 3:72 look at the grantor itself, and whoever acts for the member now can revoke it. A holder carries a vote for its
own member, or as a guest, so that ends with what it is.
"""

from collections import defaultdict
from collections.abc import Iterable

from assembly.facts.proxies import ProxyEvent
from assembly.meetings import Meeting
from assembly.members import Acting, Member
from assembly.permissions import Act, states_for
from assembly.proxies import LapseReason, Proxy, ProxyState, still_entitled
from services.proxy_cards import tell_both_sides, tell_news
from services.seats import day_of
from storage.standing import StandingProxy
from storage.unit import Unit


async def lapse(unit: Unit, proxies: Iterable[Proxy], reason: LapseReason, actor: Acting | None = None) -> None:
    """Let proxies that are under way lapse, and tell both sides and the secretariat why.

    The caller holds the lock on their assembly. ``actor`` is whose act was the cause, ``None`` where time was.
    """
    for proxy in proxies:
        await end_lapsed(unit, proxy, reason, actor.person.id if actor else None)
        await tell_both_sides(unit, proxy, ProxyEvent(reason.value), actor)


async def end_lapsed(unit: Unit, proxy: Proxy, reason: LapseReason, actor_id: int | None) -> None:
    """Store that a proxy lapsed, without telling anybody."""
    await unit.proxies.end(proxy.id, ProxyState.LAPSED, actor_id, reason)
    await unit.journal.note(
        "proxy_lapsed",
        actor_id=actor_id,
        meeting_id=proxy.meeting_id,
        facts={"proxy": proxy.id, "member": proxy.member_id, "was": proxy.state, "reason": reason},
    )


async def held_by(unit: Unit, person_id: int) -> tuple[Proxy, ...]:
    """Return the proxies under way for the current assembly that the person holds."""
    meeting = await unit.meetings.current()
    if meeting is None:
        return ()
    return tuple(proxy for proxy in await unit.proxies.under_way(meeting.id) if proxy.holder_id == person_id)


async def lapse_ended(unit: Unit, actor: Acting | None = None) -> None:
    """Let everything lapse that no longer holds. Whatever ended a member, a role or a mandate: this is the one rule.

    Called by whoever ends something, as ``actor``, and now and then by the clock; mostly there is nothing to do.
    """
    meeting = await unit.meetings.current()
    if not await _ended_standing(unit) and (meeting is None or not await _ended(unit, meeting)):
        return
    under_way: tuple[Proxy, ...] = ()
    if meeting is not None:
        await unit.meetings.get(meeting.id, lock=True)
        under_way = await unit.proxies.under_way(meeting.id)
    for mandate, reason in await _ended_standing(unit):
        await _end_standing(unit, mandate, reason, actor, silent=mandate.id in {p.standing_id for p in under_way})
    while meeting is not None and (ended := await _ended(unit, meeting)):
        for proxy, reason in ended:
            await lapse(unit, [proxy], reason, actor)  # which may leave its holder representing nobody: hence again


async def _ended(unit: Unit, meeting: Meeting) -> list[tuple[Proxy, LapseReason]]:
    """Return the proxies of the assembly that no longer hold, with the reason.

    A membership that is to end before the assembly still stands: its end can be taken back until its day has come.
    """
    if meeting.state not in states_for(Act.PREPARE_PROXY):
        return []
    proxies = await unit.proxies.under_way(meeting.id)
    day = day_of(unit, meeting)
    gone = {member.id for member in await _over(unit) if not member.active_on(day)} if proxies else set()
    holders = {acting.person.id: acting for acting in await unit.people.all({proxy.holder_id for proxy in proxies})}
    held: dict[int, list[Proxy]] = defaultdict(list)  # nobody else's proxies bear on whether a holder still is one
    for proxy in proxies:
        held[proxy.holder_id].append(proxy)
    found = []
    for proxy in proxies:
        if proxy.member_id in gone:
            found.append((proxy, LapseReason.MEMBER_ENDED))
        elif proxy.holder_member_id in gone:
            found.append((proxy, LapseReason.HOLDER_MEMBER_ENDED))
        elif not still_entitled(proxy, holders[proxy.holder_id], held[proxy.holder_id]):
            found.append((proxy, LapseReason.HOLDER_ENDED))
    return found


async def _ended_standing(unit: Unit) -> list[tuple[StandingProxy, LapseReason]]:
    """Return the mandates that are over, with the reason."""
    mandates = await unit.standing.live()
    today = unit.association.local(unit.now).date()
    gone = {member.id for member in await _over(unit)} if mandates else set()
    holders = {acting.person.id: acting for acting in await unit.people.all({m.holder_id for m in mandates})}
    found = []
    for mandate in mandates:
        holder = holders[mandate.holder_id]
        acts = bool(holder.roles) if mandate.holder_member_id is None else mandate.holder_member_id in holder.acts_for
        if today > mandate.until:
            found.append((mandate, LapseReason.EXPIRED))
        elif mandate.member_id in gone:
            found.append((mandate, LapseReason.MEMBER_ENDED))
        elif mandate.holder_member_id in gone:
            found.append((mandate, LapseReason.HOLDER_MEMBER_ENDED))
        elif not acts:
            found.append((mandate, LapseReason.HOLDER_ENDED))
    return found


async def _over(unit: Unit) -> list[Member]:
    """Return the members whose last day is behind us."""
    today = unit.association.local(unit.now).date()
    return [member for member in await unit.members.all() if member.until is not None and member.until <= today]


async def _end_standing(
    unit: Unit, mandate: StandingProxy, reason: LapseReason, actor: Acting | None, *, silent: bool
) -> None:
    """End a mandate; ``silent`` where a proxy of it is under way, which tells of its own end."""
    await unit.standing.end(mandate.id, actor.person.id if actor else None)
    await unit.journal.note(
        "standing_proxy_lapsed",
        actor_id=actor.person.id if actor else None,
        facts={"standing": mandate.id, "member": mandate.member_id, "reason": reason},
    )
    if not silent:
        await tell_news(unit, mandate, ProxyEvent(reason.value), actor)
