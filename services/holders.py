"""Who may hold a member's proxy: the people to choose from, and the rules for the one that was chosen."""

from collections.abc import Collection
from contextlib import suppress
from datetime import date

from assembly import errors
from assembly.facts.proxies import PossibleHolder
from assembly.meetings import Meeting
from assembly.members import Acting
from assembly.proxies import (
    HOLDERS,
    BoardHolder,
    Proxy,
    ProxyKind,
    ProxyRules,
    candidate,
    check_may_grant,
    on_board,
    represented,
)
from services.seats import GRANTOR_SIDE, members_of_day
from storage.unit import Unit

SUGGESTED = 3
"""So many holders are suggested where one fails."""


def rules_of(unit: Unit) -> ProxyRules:
    """Return the statutes' rules on proxies."""
    statutes = unit.association.statutes
    return ProxyRules(
        statutes.proxy_kinds,
        statutes.proxy_maximum,
        statutes.proxy_deadline_hours,
        statutes.proxy_substitution,
        statutes.proxy_board_holder,
    )


def allowed_kinds(unit: Unit) -> tuple[ProxyKind, ...]:
    """Return the kinds of proxies that the statutes allow, in their own order."""
    return tuple(kind for kind in ProxyKind if kind in unit.association.statutes.proxy_kinds)


def first_kind(unit: Unit) -> ProxyKind:
    """Return the kind of holder that is shown first: a representative of another member where that is allowed."""
    allowed = [kind for kind in HOLDERS if kind in allowed_kinds(unit)]
    return ProxyKind.OTHER_MEMBER if ProxyKind.OTHER_MEMBER in allowed else allowed[0]


async def possible_holders(unit: Unit, meeting: Meeting, member_id: int, kind: ProxyKind) -> tuple[PossibleHolder, ...]:
    """Return the registered people who could hold the member's proxy as this ``kind``, by member and name."""
    names = {member.id: member.name for member in await members_of_day(unit, meeting)}
    proxies = await unit.proxies.under_way(meeting.id)
    refused = unit.association.statutes.proxy_board_holder is BoardHolder.REFUSED
    found = [
        PossibleHolder(acting.person.id, acting.person.name, held_for, names.get(held_for or 0, ""))
        for acting in await _people(unit, member_id, kind, names)
        if acting.person.telegram_id is not None and not (refused and on_board(acting))
        if member_id not in represented(acting, proxies)
        for held_for in _held_for(acting, member_id, kind, proxies)
        if held_for is None or held_for in names
    ]
    return tuple(sorted(found, key=lambda holder: (holder.member.casefold(), holder.name.casefold())))


async def suggestions(unit: Unit, meeting: Meeting, member_id: int, failing: int) -> tuple[PossibleHolder, ...]:
    """Return some people who could hold the member's proxy at once, instead of the person ``failing``.

    Who is there comes first, and of these a colleague; everybody is held against the rules as if the old one were gone.
    """
    proxies = [proxy for proxy in await unit.proxies.under_way(meeting.id) if proxy.member_id != member_id]
    people = {acting.person.id: acting for acting in await unit.people.all()}
    names = {member.id: member.name for member in await members_of_day(unit, meeting)}
    present = await unit.attendance.present(meeting.id)
    found: list[PossibleHolder] = []
    for kind in (ProxyKind.COLLEAGUE, ProxyKind.OTHER_MEMBER):
        found += await possible_holders(unit, meeting, member_id, kind)
    found.sort(key=lambda holder: holder.person_id not in present)
    able: list[PossibleHolder] = []
    for holder in found:
        if holder.person_id == failing or not people[holder.person_id].person.reachable:
            continue
        with suppress(errors.Refusal):
            check_may_grant(
                member_id=member_id,
                holder=candidate(people[holder.person_id], holder.member_id, proxies),
                until=None,
                member_names=names,
                under_way=proxies,
                starts_at=meeting.starts_at,
                now=unit.now,
                rules=rules_of(unit),
                holder_names={},
            )
            able.append(holder)
        if len(able) == SUGGESTED:
            break
    return tuple(able)


async def check_holder(
    unit: Unit,
    meeting: Meeting,
    member_id: int,
    holder_id: int,
    holder_member_id: int | None,
    until: date | None,
    *,
    proxy_id: int | None = None,
) -> None:
    """Refuse a proxy of the member to this holder for any reason in the rules; ``proxy_id`` is the proxy itself."""
    holder = await unit.people.get(holder_id)
    if holder is None:
        raise errors.Gone
    proxies = [proxy for proxy in await unit.proxies.under_way(meeting.id) if proxy.id != proxy_id]
    holders = await unit.people.all({proxy.holder_id for proxy in proxies})
    check_may_grant(
        member_id=member_id,
        holder=candidate(holder, holder_member_id, proxies),
        until=until,
        member_names={member.id: member.name for member in await members_of_day(unit, meeting)},
        under_way=proxies,
        starts_at=meeting.starts_at,
        now=unit.now,
        rules=rules_of(unit),
        holder_names={other.person.id: other.person.name for other in holders},
    )


async def _people(unit: Unit, member_id: int, kind: ProxyKind, names: Collection[int]) -> tuple[Acting, ...]:
    if kind is ProxyKind.COLLEAGUE:
        return await unit.people.holding(GRANTOR_SIDE, member_id=member_id)
    everybody = await unit.people.all()
    if kind is ProxyKind.OUTSIDER:
        return tuple(acting for acting in everybody if acting.roles and not acting.acts_for.intersection(names))
    return everybody


def _held_for(acting: Acting, member_id: int, kind: ProxyKind, proxies: Collection[Proxy]) -> Collection[int | None]:
    """Return the members for which the person could hold the proxy."""
    if kind is ProxyKind.COLLEAGUE:
        return (member_id,)
    return (None,) if kind is ProxyKind.OUTSIDER else represented(acting, proxies)
