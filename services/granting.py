"""Granting a proxy, signing and answering it, and ending it."""

from dataclasses import replace
from datetime import date

from assembly import errors
from assembly.facts.proxies import ProxyEvent
from assembly.meetings import Meeting
from assembly.members import Acting
from assembly.permissions import Act, states_for
from assembly.proxies import Proxy, ProxyKind, ProxyState, check_still_possible, holder_kind
from services.access import require
from services.entry_marks import entered
from services.holders import check_holder, rules_of
from services.lapses import lapse_ended
from services.meetings import get_meeting
from services.proxy_cards import may_sign, show_card, signatories, tell_both_sides, was_accepted
from services.seats import GRANTOR_SIDE, check_acts_for, check_no_vote_open, day_of, locked
from storage.unit import Unit

BEFORE_THE_END = states_for(Act.PREPARE_PROXY)
"""Proxies are granted, answered and revoked from the convocation until the assembly closes."""


async def chosen_meeting(unit: Unit, meeting_id: int | None) -> int:
    """Return the id of the assembly that is meant: the current one where none is named."""
    if meeting_id is not None:
        return meeting_id
    current = await unit.meetings.current()
    if current is None:
        raise errors.NoMeeting
    return current.id


async def check_member_can_grant(unit: Unit, meeting: Meeting, member_id: int) -> None:
    """Refuse what no choice of a holder could mend: no proxies, too late, or nobody who can sign for the member."""
    check_still_possible(meeting.starts_at, unit.now, rules_of(unit))
    if not unit.association.statutes.proxy_letters and not await signatories(unit, member_id):
        raise errors.NobodyMaySign((await unit.members.names([member_id]))[member_id])


async def check_grant(
    unit: Unit,
    acting: Acting,
    meeting: Meeting,
    member_id: int,
    holder_id: int,
    holder_member_id: int | None,
    until: date | None,
) -> None:
    """Refuse a proxy that this person may not start, that the member cannot grant, or that this holder cannot carry."""
    await check_acts_for(unit, acting, meeting, member_id)
    await check_grantable(unit, meeting, member_id, holder_id, holder_member_id, until)


async def check_grantable(
    unit: Unit, meeting: Meeting, member_id: int, holder_id: int, holder_member_id: int | None, until: date | None
) -> None:
    """Refuse a proxy that the member cannot grant, or that this holder cannot carry, whoever starts it."""
    await check_member_can_grant(unit, meeting, member_id)
    await check_holder(unit, meeting, member_id, holder_id, holder_member_id, until)
    if until is not None:
        await _check_standing(unit, meeting, member_id, until)


async def grant_proxy(
    unit: Unit,
    telegram_id: int,
    meeting_id: int | None,
    member_id: int,
    holder_id: int,
    holder_member_id: int | None,
    message_id: int | None,
    *,
    until: date | None = None,
    instructed: bool = False,
) -> None:
    """Prepare a proxy of the member to the holder; signed at once where the person may sign for the member.

    Without ``meeting_id`` it is for the current assembly. With a last day ``until`` it is a standing one, for this
    assembly and those that follow. ``instructed``: the member's positions go with it.
    """
    acting = await require(unit, telegram_id, Act.PREPARE_PROXY)
    meeting = await locked(unit, await chosen_meeting(unit, meeting_id), *BEFORE_THE_END)
    await check_acts_for(unit, acting, meeting, member_id)
    proxy = await prepare(unit, acting, meeting, member_id, holder_id, holder_member_id, until, instructed=instructed)
    await unit.conversations.end(acting.person.id)
    await show_card(unit, acting, proxy, message_id)
    if may_sign(unit, acting, member_id):
        await sign(unit, acting, proxy)
    else:
        await tell_both_sides(unit, proxy, ProxyEvent.PREPARED, acting, await signatories(unit, member_id))


async def prepare(
    unit: Unit,
    actor: Acting,
    meeting: Meeting,
    member_id: int,
    holder_id: int,
    holder_member_id: int | None,
    until: date | None,
    *,
    instructed: bool = False,
    entry_id: int | None = None,
) -> Proxy:
    """Store a proxy that ``actor`` prepares or enters for the member, under the lock on the assembly."""
    await check_grantable(unit, meeting, member_id, holder_id, holder_member_id, until)
    kind, standing_id = holder_kind(member_id, holder_member_id), None
    if until is not None:
        kind = ProxyKind.STANDING
        standing_id = await unit.standing.add(member_id, holder_id, holder_member_id, until)
    proxy = await unit.proxies.add(
        meeting.id,
        member_id,
        holder_id,
        holder_member_id,
        kind,
        actor.person.id,
        until=until,
        standing_id=standing_id,
        instructed=instructed,
        entry_id=entry_id,
    )
    await _note(
        unit,
        actor,
        proxy,
        "proxy_prepared",
        holder=holder_id,
        holder_member=holder_member_id,
        type=kind,
        until=until,
        instructed=instructed,
        **entered(entry_id),
    )
    return proxy


async def sign_proxy(unit: Unit, telegram_id: int, proxy_id: int, message_id: int | None) -> None:
    """Sign a prepared proxy, which offers it to its holder; a standing one that was accepted before holds at once."""
    acting, _meeting, proxy = await proxy_at_hand(unit, telegram_id, proxy_id, Act.SIGN_PROXY)
    await _check_signatory(unit, acting, proxy)
    check_stands(proxy, ProxyState.PREPARED)
    await check_still_grantable(unit, proxy)
    await show_card(unit, acting, proxy, message_id)
    await sign(unit, acting, proxy)


async def accept_proxy(unit: Unit, telegram_id: int, proxy_id: int, message_id: int | None) -> None:
    """Accept an offered proxy: from now on its holder carries the vote."""
    acting, _meeting, proxy = await proxy_at_hand(unit, telegram_id, proxy_id, Act.HOLD_PROXY)
    await _check_is_holder(unit, acting, proxy)
    check_stands(proxy, ProxyState.OFFERED)
    await check_still_grantable(unit, proxy)
    await unit.proxies.accept(proxy.id)
    if proxy.standing_id is not None:
        await unit.standing.accept(proxy.standing_id)
    await _note(unit, acting, proxy, "proxy_accepted")
    await show_card(unit, acting, proxy, message_id)
    await tell_both_sides(unit, proxy, ProxyEvent.ACCEPTED, acting)


async def decline_proxy(unit: Unit, telegram_id: int, proxy_id: int, message_id: int | None) -> None:
    """Decline an offered proxy, or lay down an accepted one while no vote is open."""
    acting, meeting, proxy = await proxy_at_hand(unit, telegram_id, proxy_id, Act.HOLD_PROXY)
    await _check_is_holder(unit, acting, proxy)
    check_stands(proxy, ProxyState.OFFERED, ProxyState.ACCEPTED)
    event = ProxyEvent.DECLINED
    if proxy.state is ProxyState.ACCEPTED:
        await check_no_vote_open(unit, meeting)
        event = ProxyEvent.LAID_DOWN
    await _end(unit, acting, proxy, ProxyState.DECLINED, event)
    await show_card(unit, acting, proxy, message_id)


async def revoke_proxy(unit: Unit, telegram_id: int, proxy_id: int, message_id: int | None) -> None:
    """Revoke a proxy while no vote is open, and with it the standing one that it is of.

    What is not signed yet, anybody who acts for the member can withdraw; not so a standing one, which was signed once.
    """
    acting, meeting, proxy = await proxy_at_hand(unit, telegram_id, proxy_id, Act.SIGN_PROXY)
    await check_acts_for(unit, acting, meeting, proxy.member_id)
    check_stands(proxy, ProxyState.PREPARED, ProxyState.OFFERED, ProxyState.ACCEPTED)
    if await _was_signed(unit, proxy):
        await _check_signatory(unit, acting, proxy)
    await revoke(unit, acting, meeting, proxy)
    await show_card(unit, acting, proxy, message_id)


async def revoke(unit: Unit, actor: Acting, meeting: Meeting, proxy: Proxy, *, entry_id: int | None = None) -> None:
    """End a proxy of which ``actor`` may do that, or enters that the member does, under the lock on the assembly."""
    check_stands(proxy, ProxyState.PREPARED, ProxyState.OFFERED, ProxyState.ACCEPTED)
    event = ProxyEvent.WITHDRAWN
    if await _was_signed(unit, proxy):
        await check_no_vote_open(unit, meeting)
        event = ProxyEvent.REVOKED
    await _end(unit, actor, proxy, ProxyState.REVOKED, event, **entered(entry_id))


async def _was_signed(unit: Unit, proxy: Proxy) -> bool:
    """Whether somebody who may signed the proxy, now or once for a standing one."""
    return proxy.state is not ProxyState.PREPARED or await was_accepted(unit, proxy)


async def skip_proxy(unit: Unit, telegram_id: int, proxy_id: int, message_id: int | None) -> None:
    """Set a standing proxy aside for this assembly, while no vote is open; it stays for those that follow."""
    acting, meeting, proxy = await proxy_at_hand(unit, telegram_id, proxy_id, Act.SIGN_PROXY)
    await _check_signatory(unit, acting, proxy)
    check_stands(proxy, ProxyState.PREPARED, ProxyState.ACCEPTED)
    if not await was_accepted(unit, proxy):
        raise errors.ProxyMovedOn(proxy.state.value)
    await check_no_vote_open(unit, meeting)
    await _end(unit, acting, proxy, ProxyState.REVOKED, ProxyEvent.SKIPPED)
    await show_card(unit, acting, proxy, message_id)


async def instruct_proxy(
    unit: Unit, telegram_id: int, proxy_id: int, message_id: int | None, *, instructed: bool
) -> None:
    """Let the member's positions go with its proxy as an instruction, or no longer; not while a vote is open."""
    acting, meeting, proxy = await proxy_at_hand(unit, telegram_id, proxy_id, Act.SET_POSITIONS)
    await check_acts_for(unit, acting, meeting, proxy.member_id)
    check_stands(proxy, ProxyState.PREPARED, ProxyState.OFFERED, ProxyState.ACCEPTED)
    await check_no_vote_open(unit, meeting)
    event = ProxyEvent.INSTRUCTED if instructed else ProxyEvent.LEFT_FREE
    if proxy.instructed is not instructed:
        await unit.proxies.instruct(proxy.id, instructed=instructed)
        await _note(unit, acting, proxy, f"proxy_{event.value}")
        await tell_both_sides(unit, replace(proxy, instructed=instructed), event, acting)
    await show_card(unit, acting, proxy, message_id)


async def _check_standing(unit: Unit, meeting: Meeting, member_id: int, until: date) -> None:
    """Refuse a standing proxy that ends before the assembly, and a second one beside the member's own."""
    day = day_of(unit, meeting)
    if until < day:
        raise errors.StandingTooShort(until, day)
    mandate = await unit.standing.of_member(member_id)
    if mandate is not None:
        holder = await unit.people.get(mandate.holder_id)
        raise errors.ProxyExists(holder.person.name if holder else "")


async def proxy_at_hand(unit: Unit, telegram_id: int, proxy_id: int, act: Act) -> tuple[Acting, Meeting, Proxy]:
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


async def check_still_grantable(unit: Unit, proxy: Proxy) -> None:
    """Hold a proxy that is under way against the rules once more: much can have changed since it was prepared."""
    meeting = await get_meeting(unit, proxy.meeting_id)
    await check_holder(
        unit, meeting, proxy.member_id, proxy.holder_id, proxy.holder_member_id, proxy.until, proxy_id=proxy.id
    )


async def _check_signatory(unit: Unit, acting: Acting, proxy: Proxy) -> None:
    name = (await unit.members.names([proxy.member_id]))[proxy.member_id]
    if proxy.member_id not in acting.members(*GRANTOR_SIDE):
        raise errors.NotYourMember(name)
    if not may_sign(unit, acting, proxy.member_id):
        raise errors.NotEntitledToSign(name)


async def _check_is_holder(unit: Unit, acting: Acting, proxy: Proxy) -> None:
    if acting.person.id != proxy.holder_id:
        raise errors.NotYourMember((await unit.members.names([proxy.member_id]))[proxy.member_id])


def check_stands(proxy: Proxy, *expected: ProxyState) -> None:
    """Refuse where the proxy stands elsewhere than the button supposed."""
    if proxy.state not in expected:
        raise errors.ProxyMovedOn(proxy.state.value)


async def sign(unit: Unit, acting: Acting, proxy: Proxy, *, on_paper: bool = False) -> None:
    """Store the signature: in the chat by ``acting``, or ``on_paper`` as ``acting`` of the secretariat has seen it."""
    await unit.proxies.sign(proxy.id, acting.person.id, on_paper=on_paper)
    if await was_accepted(unit, proxy):
        await unit.proxies.accept(proxy.id)
        await _note(unit, acting, proxy, "proxy_confirmed", on_paper=on_paper)
        await tell_both_sides(unit, proxy, ProxyEvent.CONFIRMED, acting)
        return
    await _note(unit, acting, proxy, "proxy_signed", on_paper=on_paper)
    holder = await unit.people.get(proxy.holder_id)
    event = ProxyEvent.SIGNED_ON_PAPER if on_paper else ProxyEvent.SIGNED
    await tell_both_sides(unit, proxy, event, acting, [holder] if holder else [])


async def _end(unit: Unit, acting: Acting, proxy: Proxy, state: ProxyState, event: ProxyEvent, **facts: object) -> None:
    await unit.proxies.end(proxy.id, state, acting.person.id)
    if proxy.standing_id is not None and event is not ProxyEvent.SKIPPED:
        await unit.standing.end(proxy.standing_id, acting.person.id)
    await _note(unit, acting, proxy, f"proxy_{event.value}", **facts)
    await tell_both_sides(unit, proxy, event, acting)
    await lapse_ended(unit, acting)


async def _note(unit: Unit, acting: Acting, proxy: Proxy, kind: str, **facts: object) -> None:
    await unit.journal.note(
        kind,
        actor_id=acting.person.id,
        meeting_id=proxy.meeting_id,
        facts={"proxy": proxy.id, "member": proxy.member_id, **facts},
    )
