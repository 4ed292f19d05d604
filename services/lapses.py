"""Proxies that lapse because their holder represents its member no more."""

from assembly.facts.proxies import ProxyEvent
from assembly.members import Acting, Role
from assembly.proxies import Proxy, ProxyState
from services.proxy_cards import tell_both_sides
from storage.unit import Unit


async def held_by(unit: Unit, person_id: int) -> tuple[Proxy, ...]:
    """Return the proxies under way for the current assembly that the person holds."""
    meeting = await unit.meetings.current()
    if meeting is None:
        return ()
    return tuple(proxy for proxy in await unit.proxies.under_way(meeting.id) if proxy.holder_id == person_id)


async def lapse_of_leaver(unit: Unit, actor: Acting, person_id: int) -> None:
    """End the proxies that the person holds for a member that it represents no more; both sides are told."""
    left = await unit.people.get(person_id)
    for proxy in await held_by(unit, person_id):
        if left is not None and left.has(Role.REPRESENTATIVE, proxy.holder_member_id):
            continue
        await unit.proxies.end(proxy.id, ProxyState.LAPSED, actor.person.id)
        await unit.journal.note(
            "proxy_lapsed",
            actor_id=actor.person.id,
            meeting_id=proxy.meeting_id,
            facts={"proxy": proxy.id, "was": proxy.state},
        )
        await tell_both_sides(unit, proxy, ProxyEvent.HOLDER_ENDED, actor)
