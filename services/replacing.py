"""When a holder fails: the grantor's side is alarmed, and has the vote cast after all by one tap."""

from datetime import timedelta

from assembly import errors
from assembly.facts.proxies import ProxyEvent, ReplacementAsked
from assembly.meetings import Meeting, MeetingState, Mode, Reply
from assembly.members import Acting, Role
from assembly.permissions import Act, states_for
from assembly.proxies import Proxy, ProxyState
from services.attendance import check_in
from services.granting import check_stands, grant_proxy, proxy_at_hand, revoke_proxy, skip_proxy
from services.proxy_cards import is_suspended, may_sign, replacing, tell_both_sides, was_accepted, ways_for
from services.replies import give_reply
from services.seats import check_acts_for
from services.telling import tell
from storage.unit import Unit

ABSENT_AFTER = timedelta(minutes=10)
"""So long after the opening a holder that did not check in counts as absent."""


async def raise_alarms(unit: Unit) -> None:
    """Tell the grantor's side and the secretariat, once, of every holder that cannot be reached or did not come.

    Called by the clock. A holder that shows up again is let go of, so that its next failure is told as well.
    """
    meeting = await unit.meetings.current()
    if meeting is None or not await _changed(unit, meeting):
        return
    await unit.meetings.get(meeting.id, lock=True)
    for proxy, event in await _changed(unit, meeting):
        await unit.proxies.note_alarm(proxy.id, alarmed=event is not None)
        if event is not None:
            await tell_both_sides(unit, proxy, event, None)


async def ask_replacement(unit: Unit, telegram_id: int, proxy_id: int) -> None:
    """Show who could carry the vote instead of the holder that the member has now."""
    acting, meeting, proxy = await proxy_at_hand(unit, telegram_id, proxy_id, Act.PREPARE_PROXY)
    await check_acts_for(unit, acting, meeting, proxy.member_id)
    check_stands(proxy, ProxyState.PREPARED, ProxyState.OFFERED, ProxyState.ACCEPTED)
    ways, holder = await replacing(unit, proxy), await unit.people.get(proxy.holder_id)
    if ways is None or holder is None:
        raise errors.Gone
    names = await unit.members.names([proxy.member_id, proxy.holder_member_id or proxy.member_id])
    asked = ReplacementAsked(
        names[proxy.member_id],
        holder.person.name,
        "" if proxy.holder_member_id is None else names[proxy.holder_member_id],
        ways_for(acting, ways),
    )
    await tell(unit, acting, asked)


async def replace_holder(
    unit: Unit,
    telegram_id: int,
    proxy_id: int,
    holder_id: int,
    holder_member_id: int | None,
    message_id: int | None,
) -> None:
    """End the proxy where it is still under way, and grant one to another holder, in one act.

    A standing one is set aside for this assembly only.
    """
    _acting, _meeting, proxy = await proxy_at_hand(unit, telegram_id, proxy_id, Act.PREPARE_PROXY)
    if proxy.state.under_way and await was_accepted(unit, proxy):
        await skip_proxy(unit, telegram_id, proxy.id, None)
    elif proxy.state.under_way:
        await revoke_proxy(unit, telegram_id, proxy.id, None)
    await grant_proxy(unit, telegram_id, proxy.meeting_id, proxy.member_id, holder_id, holder_member_id, message_id)


async def vote_self(unit: Unit, telegram_id: int, proxy_id: int) -> None:
    """Take part oneself after all: check in remotely, or before the opening let know that one will.

    Before the opening it also revokes the proxy where the person may; checking in would suspend it anyhow.
    """
    acting, meeting, proxy = await proxy_at_hand(unit, telegram_id, proxy_id, Act.SIGN_PROXY)
    if not acting.has(Role.REPRESENTATIVE, proxy.member_id):
        raise errors.NotYourMember((await unit.members.names([proxy.member_id]))[proxy.member_id])
    if meeting.state is MeetingState.OPEN:
        await check_in(unit, telegram_id, meeting.id, Mode.REMOTE, None)
        return
    if proxy.state.under_way and may_sign(unit, acting, proxy.member_id):
        await revoke_proxy(unit, telegram_id, proxy.id, None)
    await give_reply(unit, telegram_id, meeting.id, Reply.REMOTE)


async def _changed(unit: Unit, meeting: Meeting) -> list[tuple[Proxy, ProxyEvent | None]]:
    """Return the proxies of which a holder fails and nobody was told yet, or no longer fails and that was told."""
    if meeting.state not in states_for(Act.PREPARE_PROXY):
        return []
    proxies = [proxy for proxy in await unit.proxies.under_way(meeting.id) if proxy.state is not ProxyState.PREPARED]
    people = {acting.person.id: acting for acting in await unit.people.all({proxy.holder_id for proxy in proxies})}
    visits = await unit.attendance.visits(meeting.id)
    present = {visit.person_id for visit in visits if visit.present}
    left = {visit.person_id for visit in visits} - present
    alarmed = await unit.proxies.alarmed(meeting.id)
    found = []
    for proxy in proxies:
        event = await _failure(unit, meeting, proxy, people[proxy.holder_id], present, left)
        if (event is not None) is not (proxy.id in alarmed):
            found.append((proxy, event))
    return found


async def _failure(
    unit: Unit, meeting: Meeting, proxy: Proxy, holder: Acting, present: set[int], left: set[int]
) -> ProxyEvent | None:
    """Return why the holder cannot carry the vote now; ``None`` where it can, or need not."""
    if holder.person.id in present or await is_suspended(unit, proxy):
        return None
    if holder.person.telegram_id is None or not holder.person.reachable:
        return ProxyEvent.HOLDER_UNREACHABLE
    opened = meeting.opened_at
    late = opened is not None and unit.now - opened >= ABSENT_AFTER
    absent = proxy.state is ProxyState.ACCEPTED and (late or holder.person.id in left)
    return ProxyEvent.HOLDER_ABSENT if absent else None
