"""Proxies that lapse before their assembly closes, and what is told about that.

A proxy is granted by the member and not by the person who signed it, so it outlives the term of whoever signed: BW 2:38
and 3:72 look at the grantor itself, and whoever acts for the member now can revoke it. A holder carries a vote as the
representative of its own member, so that ends with the holder's role.
"""

from collections.abc import Iterable

from assembly.facts.proxies import ProxyEvent
from assembly.members import Acting, Role
from assembly.proxies import Proxy, ProxyState
from services.proxy_cards import tell_both_sides
from storage.unit import Unit


async def lapse(unit: Unit, proxies: Iterable[Proxy], reason: ProxyEvent, actor: Acting | None = None) -> None:
    """End ``proxies`` because of ``reason``, and tell both sides; ``actor`` is who caused it, ``None`` for time."""
    for proxy in proxies:
        actor_id = actor.person.id if actor else None
        await unit.proxies.end(proxy.id, ProxyState.LAPSED, actor_id)
        await unit.journal.note(
            "proxy_lapsed",
            actor_id=actor_id,
            meeting_id=proxy.meeting_id,
            facts={"proxy": proxy.id, "was": proxy.state, "reason": reason},
        )
        await tell_both_sides(unit, proxy, reason, actor)


async def held_by(unit: Unit, person_id: int) -> tuple[Proxy, ...]:
    """Return the proxies under way for the current assembly that the person holds."""
    meeting = await unit.meetings.current()
    if meeting is None:
        return ()
    return tuple(proxy for proxy in await unit.proxies.under_way(meeting.id) if proxy.holder_id == person_id)


async def lapse_of_leaver(unit: Unit, actor: Acting | None, person_id: int) -> None:
    """End the proxies that the person holds for a member that it represents no more; both sides are told."""
    left = await unit.people.get(person_id)
    held = await held_by(unit, person_id)
    ended = [p for p in held if left is None or not left.has(Role.REPRESENTATIVE, p.holder_member_id)]
    await lapse(unit, ended, ProxyEvent.HOLDER_ENDED, actor)
