"""The way to a proxy: for which member, to whom, and the question before it is granted; who carries whose vote."""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.facts.proxies import (
    CarriedSeat,
    Carrying,
    GrantorChoice,
    HolderChoice,
    OwnSeat,
    PossibleHolder,
    ProxyQuestion,
    ProxyRef,
    SeatsOverview,
)
from assembly.meetings import Meeting, check_state
from assembly.members import Acting, Role
from assembly.permissions import Act
from assembly.proxies import Proxy, ProxyState
from assembly.wording import written_line
from services.access import require
from services.granting import BEFORE_THE_END, check_acts_for, check_grant, check_member_can_grant
from services.proxy_cards import card_key, is_suspended, may_sign, terms
from services.seats import members_of_day, own_members
from services.telling import show_anew, tell, turn
from storage.unit import Unit

STEP = "proxy_holder"
PAGE_SIZE = 8
"""Buttons on a page of possible holders."""

SEARCH_LIMIT = 100
"""UTF-16 units in which to search for a holder."""


async def start(unit: Unit, telegram_id: int, meeting_id: int | None = None, member_id: int | None = None) -> None:
    """Start granting a proxy: ask for which member where the person acts for several, and then to whom.

    Without ``meeting_id`` it is for the current assembly.
    """
    acting = await require(unit, telegram_id, Act.PREPARE_PROXY)
    meeting = await _meeting(unit, meeting_id)
    members = await own_members(unit, acting, meeting)
    if not members:
        raise errors.NotAllowed(Act.PREPARE_PROXY.value)
    if member_id is None and len(members) > 1:
        await tell(unit, acting, GrantorChoice(meeting.id, tuple(members.items())))
        return
    chosen = next(iter(members)) if member_id is None else member_id
    await check_acts_for(unit, acting, meeting, chosen)
    standing = await _under_way(unit, meeting, chosen)
    if standing is not None:
        await show_anew(unit, acting, ProxyRef(standing.id, acting.person.id), card_key(standing.id))
        return
    await check_member_can_grant(unit, meeting, chosen)
    await unit.conversations.begin(acting.person.id, STEP, meeting_id=meeting.id, member_id=chosen)
    await _ask_holder(unit, acting, meeting, chosen, page=0, message_id=None)


async def page_holders(
    unit: Unit, telegram_id: int, meeting_id: int, member_id: int, page: int, message_id: int | None
) -> None:
    """Show another page of possible holders."""
    acting = await require(unit, telegram_id, Act.PREPARE_PROXY)
    meeting = await _meeting(unit, meeting_id)
    await check_acts_for(unit, acting, meeting, member_id)
    await _ask_holder(unit, acting, meeting, member_id, page, message_id)


async def search_holder(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Show the possible holders whose name, or whose member's name, contains what was typed."""
    meeting = await _meeting(unit, data["meeting_id"])
    member_id = data["member_id"]
    await check_acts_for(unit, acting, meeting, member_id)
    search = written_line(text, SEARCH_LIMIT)
    wanted = search.casefold()
    found = [
        holder
        for holder in await _possible_holders(unit, meeting, member_id)
        if wanted in holder.member.casefold() or wanted in holder.name.casefold()
    ]
    name = (await unit.members.names([member_id]))[member_id]
    shown = HolderChoice(meeting.id, member_id, name, tuple(found[:PAGE_SIZE]), 0, 1, search=search, found=len(found))
    await turn(unit, acting, shown, _choice_key(meeting), None)


async def choose_holder(
    unit: Unit,
    telegram_id: int,
    meeting_id: int,
    member_id: int,
    holder_id: int,
    holder_member_id: int,
    message_id: int | None,
) -> None:
    """Show what would be granted, and ask whether that is meant."""
    acting = await require(unit, telegram_id, Act.PREPARE_PROXY)
    meeting = await _meeting(unit, meeting_id)
    await check_grant(unit, acting, meeting, member_id, holder_id, holder_member_id)
    question = ProxyQuestion(
        meeting.id,
        member_id,
        holder_id,
        holder_member_id,
        await terms(unit, meeting.id, member_id, holder_id, holder_member_id),
        signs=may_sign(unit, acting, member_id),
    )
    await turn(unit, acting, question, _choice_key(meeting), message_id)


async def show_seats(unit: Unit, telegram_id: int, meeting_id: int | None = None) -> None:
    """Show who casts the votes of the person's members, and on whose behalf the person votes."""
    acting = await require(unit, telegram_id, Act.SEE_SEATS)
    meeting = await (unit.meetings.current() if meeting_id is None else unit.meetings.get(meeting_id))
    if meeting is None:
        raise errors.NoMeeting
    proxies = await unit.proxies.under_way(meeting.id)
    names = {member.id: member.name for member in await members_of_day(unit, meeting)}
    holders = {other.person.id: other.person.name for other in await unit.people.all({p.holder_id for p in proxies})}
    by_member = {proxy.member_id: proxy for proxy in proxies}
    own = []
    for member_id, name in (await own_members(unit, acting, meeting)).items():
        proxy = by_member.get(member_id)
        if proxy is None:
            own.append(OwnSeat(member_id, name, Carrying.SELF))
            continue
        own.append(
            OwnSeat(
                member_id,
                name,
                await _carrying(unit, proxy),
                holders[proxy.holder_id],
                names.get(proxy.holder_member_id, ""),
                proxy.id if proxy.state is ProxyState.PREPARED or may_sign(unit, acting, member_id) else None,
            )
        )
    carried = [
        CarriedSeat(proxy.id, names.get(proxy.member_id, ""), await _carrying(unit, proxy))
        for proxy in proxies
        if proxy.holder_id == acting.person.id and proxy.state is not ProxyState.PREPARED
    ]
    overview = SeatsOverview(
        meeting.id, meeting.title, tuple(own), tuple(carried), may_change=meeting.state in BEFORE_THE_END
    )
    await tell(unit, acting, overview)


def _choice_key(meeting: Meeting) -> str:
    """Return the key of the message in which a holder is chosen."""
    return f"holder:{meeting.id}"


async def _meeting(unit: Unit, meeting_id: int | None) -> Meeting:
    """Return the assembly for which proxies can be granted."""
    meeting = await (unit.meetings.current() if meeting_id is None else unit.meetings.get(meeting_id))
    if meeting is None:
        raise errors.NoMeeting if meeting_id is None else errors.Gone
    check_state(meeting, *BEFORE_THE_END)
    return meeting


async def _under_way(unit: Unit, meeting: Meeting, member_id: int) -> Proxy | None:
    proxies = await unit.proxies.under_way(meeting.id)
    return next((proxy for proxy in proxies if proxy.member_id == member_id), None)


async def _ask_holder(
    unit: Unit, acting: Acting, meeting: Meeting, member_id: int, page: int, message_id: int | None
) -> None:
    holders = await _possible_holders(unit, meeting, member_id)
    pages = max(1, -(-len(holders) // PAGE_SIZE))
    page = min(page, pages - 1)
    name = (await unit.members.names([member_id]))[member_id]
    on_page = holders[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    shown = HolderChoice(meeting.id, member_id, name, on_page, page, pages)
    await turn(unit, acting, shown, _choice_key(meeting), message_id)


async def _possible_holders(unit: Unit, meeting: Meeting, member_id: int) -> tuple[PossibleHolder, ...]:
    """Return the registered representatives of the other members of the day, by member and name."""
    names = {member.id: member.name for member in await members_of_day(unit, meeting)}
    holders = [
        PossibleHolder(acting.person.id, acting.person.name, represented, names[represented])
        for acting in await unit.people.holding({Role.REPRESENTATIVE})
        if acting.person.telegram_id is not None and not acting.has(Role.REPRESENTATIVE, member_id)
        for represented in acting.members(Role.REPRESENTATIVE)
        if represented in names
    ]
    return tuple(sorted(holders, key=lambda holder: (holder.member.casefold(), holder.name.casefold())))


async def _carrying(unit: Unit, proxy: Proxy) -> Carrying:
    if await is_suspended(unit, proxy):
        return Carrying.SUSPENDED
    return {
        ProxyState.PREPARED: Carrying.PREPARED,
        ProxyState.OFFERED: Carrying.OFFERED,
        ProxyState.ACCEPTED: Carrying.ACCEPTED,
    }[proxy.state]
