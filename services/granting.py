"""Granting a proxy, signing and answering it, and ending it."""

from assembly import errors
from assembly.facts.proxies import ProxyEvent
from assembly.meetings import Meeting
from assembly.members import Acting, Role
from assembly.permissions import Act, states_for
from assembly.proxies import Candidate, Proxy, ProxyRules, ProxyState, check_may_grant, check_still_possible
from services.access import require
from services.proxy_cards import may_sign, show_card, signatories, tell_both_sides
from services.seats import GRANTOR_SIDE, check_no_vote_open, locked, members_of_day
from storage.unit import Unit

BEFORE_THE_END = states_for(Act.PREPARE_PROXY)
"""Proxies are granted, answered and revoked from the convocation until the assembly closes."""


def rules_of(unit: Unit) -> ProxyRules:
    """Return the statutes' rules on proxies."""
    statutes = unit.association.statutes
    return ProxyRules(
        statutes.proxy_kinds, statutes.proxy_maximum, statutes.proxy_deadline_hours, statutes.proxy_substitution
    )


async def check_member_can_grant(unit: Unit, meeting: Meeting, member_id: int) -> None:
    """Refuse what no choice of a holder could mend: no proxies, too late, or nobody who can sign for the member."""
    check_still_possible(meeting.starts_at, unit.now, rules_of(unit))
    if not await signatories(unit, member_id):
        raise errors.NobodyMaySign((await unit.members.names([member_id]))[member_id])


async def check_holder(
    unit: Unit, meeting: Meeting, member_id: int, holder_id: int, holder_member_id: int, *, proxy_id: int | None = None
) -> None:
    """Refuse a proxy of the member to this holder for any reason in the rules; ``proxy_id`` is the proxy itself."""
    holder = await unit.people.get(holder_id)
    if holder is None:
        raise errors.Gone
    proxies = [proxy for proxy in await unit.proxies.under_way(meeting.id) if proxy.id != proxy_id]
    holders = await unit.people.all({proxy.holder_id for proxy in proxies})
    check_may_grant(
        member_id=member_id,
        holder=Candidate(
            holder.person.id,
            holder.person.name,
            holder_member_id,
            registered=holder.person.telegram_id is not None and holder.has(Role.REPRESENTATIVE, holder_member_id),
            represents=holder.members(Role.REPRESENTATIVE),
        ),
        member_names={member.id: member.name for member in await members_of_day(unit, meeting)},
        under_way=proxies,
        starts_at=meeting.starts_at,
        now=unit.now,
        rules=rules_of(unit),
        holder_names={other.person.id: other.person.name for other in holders},
    )


async def check_grant(
    unit: Unit, acting: Acting, meeting: Meeting, member_id: int, holder_id: int, holder_member_id: int
) -> None:
    """Refuse a proxy that this person may not start, that the member cannot grant, or that this holder cannot carry."""
    await check_acts_for(unit, acting, meeting, member_id)
    await check_member_can_grant(unit, meeting, member_id)
    await check_holder(unit, meeting, member_id, holder_id, holder_member_id)


async def grant_proxy(
    unit: Unit,
    telegram_id: int,
    meeting_id: int,
    member_id: int,
    holder_id: int,
    holder_member_id: int,
    message_id: int | None,
) -> None:
    """Prepare a proxy of the member to the holder; signed at once where the person may sign for the member."""
    acting = await require(unit, telegram_id, Act.PREPARE_PROXY)
    meeting = await locked(unit, meeting_id, *BEFORE_THE_END)
    await check_grant(unit, acting, meeting, member_id, holder_id, holder_member_id)
    proxy = await unit.proxies.add(meeting.id, member_id, holder_id, holder_member_id, acting.person.id)
    await unit.conversations.end(acting.person.id)
    await _note(unit, acting, proxy, "proxy_prepared", holder=holder_id, holder_member=holder_member_id)
    await show_card(unit, acting, proxy, message_id)
    if may_sign(unit, acting, member_id):
        await _sign(unit, acting, proxy)
    else:
        await tell_both_sides(unit, proxy, ProxyEvent.PREPARED, acting, await signatories(unit, member_id))


async def sign_proxy(unit: Unit, telegram_id: int, proxy_id: int, message_id: int | None) -> None:
    """Sign a prepared proxy, which offers it to its holder."""
    acting, meeting, proxy = await _at_hand(unit, telegram_id, proxy_id, Act.SIGN_PROXY)
    await _check_signatory(unit, acting, proxy)
    _check_stands(proxy, ProxyState.PREPARED)
    await check_holder(unit, meeting, proxy.member_id, proxy.holder_id, proxy.holder_member_id, proxy_id=proxy.id)
    await show_card(unit, acting, proxy, message_id)
    await _sign(unit, acting, proxy)


async def accept_proxy(unit: Unit, telegram_id: int, proxy_id: int, message_id: int | None) -> None:
    """Accept an offered proxy: from now on its holder carries the vote."""
    acting, meeting, proxy = await _at_hand(unit, telegram_id, proxy_id, Act.HOLD_PROXY)
    await _check_is_holder(unit, acting, proxy)
    _check_stands(proxy, ProxyState.OFFERED)
    await check_holder(unit, meeting, proxy.member_id, proxy.holder_id, proxy.holder_member_id, proxy_id=proxy.id)
    await unit.proxies.accept(proxy.id)
    await _note(unit, acting, proxy, "proxy_accepted")
    await show_card(unit, acting, proxy, message_id)
    await tell_both_sides(unit, proxy, ProxyEvent.ACCEPTED, acting)


async def decline_proxy(unit: Unit, telegram_id: int, proxy_id: int, message_id: int | None) -> None:
    """Decline an offered proxy, or lay down an accepted one while no vote is open."""
    acting, meeting, proxy = await _at_hand(unit, telegram_id, proxy_id, Act.HOLD_PROXY)
    await _check_is_holder(unit, acting, proxy)
    _check_stands(proxy, ProxyState.OFFERED, ProxyState.ACCEPTED)
    event = ProxyEvent.DECLINED
    if proxy.state is ProxyState.ACCEPTED:
        await check_no_vote_open(unit, meeting)
        event = ProxyEvent.LAID_DOWN
    await _end(unit, acting, proxy, ProxyState.DECLINED, event, message_id)


async def revoke_proxy(unit: Unit, telegram_id: int, proxy_id: int, message_id: int | None) -> None:
    """Revoke a proxy while no vote is open. What is not signed yet, anybody who acts for the member can withdraw."""
    acting, meeting, proxy = await _at_hand(unit, telegram_id, proxy_id, Act.SIGN_PROXY)
    await check_acts_for(unit, acting, meeting, proxy.member_id)
    _check_stands(proxy, ProxyState.PREPARED, ProxyState.OFFERED, ProxyState.ACCEPTED)
    event = ProxyEvent.WITHDRAWN
    if proxy.state is not ProxyState.PREPARED:
        await _check_signatory(unit, acting, proxy)
        await check_no_vote_open(unit, meeting)
        event = ProxyEvent.REVOKED
    await _end(unit, acting, proxy, ProxyState.REVOKED, event, message_id)


async def check_acts_for(unit: Unit, acting: Acting, meeting: Meeting, member_id: int) -> None:
    """Refuse somebody who does not act for the member, and a member that is none on the day of the assembly."""
    names = {member.id: member.name for member in await members_of_day(unit, meeting)}
    if member_id not in names:
        raise errors.Gone
    if member_id not in acting.members(*GRANTOR_SIDE):
        raise errors.NotYourMember(names[member_id])


async def _at_hand(unit: Unit, telegram_id: int, proxy_id: int, act: Act) -> tuple[Acting, Meeting, Proxy]:
    """Return who acts, the locked assembly, and the proxy as it stands under that lock."""
    acting = await require(unit, telegram_id, act)
    proxy = await unit.proxies.get(proxy_id)
    if proxy is None:
        raise errors.Gone
    meeting = await locked(unit, proxy.meeting_id, *BEFORE_THE_END)
    standing = await unit.proxies.get(proxy_id)
    if standing is None:
        raise errors.Gone
    return acting, meeting, standing


async def _check_signatory(unit: Unit, acting: Acting, proxy: Proxy) -> None:
    name = (await unit.members.names([proxy.member_id]))[proxy.member_id]
    if proxy.member_id not in acting.members(*GRANTOR_SIDE):
        raise errors.NotYourMember(name)
    if not may_sign(unit, acting, proxy.member_id):
        raise errors.NotEntitledToSign(name)


async def _check_is_holder(unit: Unit, acting: Acting, proxy: Proxy) -> None:
    if acting.person.id != proxy.holder_id:
        raise errors.NotYourMember((await unit.members.names([proxy.member_id]))[proxy.member_id])


def _check_stands(proxy: Proxy, *expected: ProxyState) -> None:
    if proxy.state not in expected:
        raise errors.ProxyMovedOn(proxy.state.value)


async def _sign(unit: Unit, acting: Acting, proxy: Proxy) -> None:
    await unit.proxies.sign(proxy.id, acting.person.id)
    await _note(unit, acting, proxy, "proxy_signed")
    holder = await unit.people.get(proxy.holder_id)
    await tell_both_sides(unit, proxy, ProxyEvent.SIGNED, acting, [holder] if holder else [])


async def _end(
    unit: Unit, acting: Acting, proxy: Proxy, state: ProxyState, event: ProxyEvent, message_id: int | None
) -> None:
    await unit.proxies.end(proxy.id, state, acting.person.id)
    await _note(unit, acting, proxy, f"proxy_{event.value}")
    await show_card(unit, acting, proxy, message_id)
    await tell_both_sides(unit, proxy, event, acting)


async def _note(unit: Unit, acting: Acting, proxy: Proxy, kind: str, **facts: int) -> None:
    await unit.journal.note(
        kind,
        actor_id=acting.person.id,
        meeting_id=proxy.meeting_id,
        facts={"proxy": proxy.id, "member": proxy.member_id, **facts},
    )
