"""The way to a proxy: for which member, to whom, until when, and the question before it is granted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assembly import errors
from assembly.dates import read_day
from assembly.facts.proxies import GrantorChoice, HolderChoice, ProxyQuestion, ProxyRef, UntilAsked
from assembly.meetings import Meeting, check_state
from assembly.members import Acting
from assembly.permissions import Act
from assembly.proxies import HOLDERS, Proxy, ProxyKind
from assembly.wording import written_line
from services.access import require
from services.granting import BEFORE_THE_END, check_grant, check_member_can_grant, chosen_meeting
from services.holders import allowed_kinds, first_kind, possible_holders
from services.instructions import instruction
from services.meetings import get_meeting
from services.proxy_cards import card_key, may_sign, terms
from services.seats import check_acts_for, own_members
from services.telling import show_anew, tell, turn
from storage.unit import Unit

STEP = "proxy_holder"
UNTIL_STEP = "proxy_until"
PAGE_SIZE = 8
"""Buttons on a page of possible holders."""

SEARCH_LIMIT = 100
"""UTF-16 units in which to search for a holder."""

YEARS_OFFERED = 3
"""So many ends of a year are offered as the last day of a standing proxy."""


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
    await _ask_holder(unit, acting, meeting, chosen, first_kind(unit), standing=False, page=0, message_id=None)


async def page_holders(
    unit: Unit,
    telegram_id: int,
    member_id: int,
    kind: ProxyKind,
    page: int,
    message_id: int | None,
    *,
    standing: bool = False,
) -> None:
    """Show another page of possible holders, or those of another ``kind``."""
    acting = await require(unit, telegram_id, Act.PREPARE_PROXY)
    meeting = await _meeting(unit, None)
    await check_acts_for(unit, acting, meeting, member_id)
    for needed in (kind, *([ProxyKind.STANDING] if standing else [])):
        if needed not in allowed_kinds(unit) or kind not in HOLDERS:
            raise errors.ProxyKindNotAllowed(needed.value)
    await _ask_holder(unit, acting, meeting, member_id, kind, standing=standing, page=page, message_id=message_id)


async def search_holder(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Show the possible holders whose name, or whose member's name, contains what was typed."""
    meeting = await _meeting(unit, data["meeting_id"])
    member_id, kind = data["member_id"], ProxyKind(data["kind"])
    await check_acts_for(unit, acting, meeting, member_id)
    search = written_line(text, SEARCH_LIMIT)
    wanted = search.casefold()
    found = [
        holder
        for holder in await possible_holders(unit, meeting, member_id, kind)
        if wanted in holder.member.casefold() or wanted in holder.name.casefold()
    ]
    shown = HolderChoice(
        meeting.id,
        member_id,
        (await unit.members.names([member_id]))[member_id],
        kind,
        data["standing"],
        allowed_kinds(unit),
        tuple(found[:PAGE_SIZE]),
        page=0,
        pages=1,
        search=search,
        found=len(found),
    )
    await turn(unit, acting, shown, _choice_key(meeting), None)


async def choose_holder(
    unit: Unit,
    telegram_id: int,
    meeting_id: int | None,
    member_id: int,
    holder_id: int,
    holder_member_id: int | None,
    message_id: int | None,
    *,
    until: date | None = None,
) -> None:
    """Show what would be granted, by default for the current assembly, and ask whether that is meant."""
    acting = await require(unit, telegram_id, Act.PREPARE_PROXY)
    meeting = await _meeting(unit, meeting_id)
    await check_grant(unit, acting, meeting, member_id, holder_id, holder_member_id, until)
    question = ProxyQuestion(
        meeting.id,
        member_id,
        holder_id,
        holder_member_id,
        await terms(unit, meeting.id, member_id, holder_id, holder_member_id, until),
        signs=may_sign(unit, acting, member_id),
        positions=len(await instruction(unit, meeting.id, member_id)),
    )
    await turn(unit, acting, question, _choice_key(meeting), message_id)


async def ask_until(
    unit: Unit,
    telegram_id: int,
    member_id: int,
    holder_id: int,
    holder_member_id: int | None,
    message_id: int | None,
) -> None:
    """Ask until which day the standing proxy to this holder will hold."""
    acting = await require(unit, telegram_id, Act.PREPARE_PROXY)
    meeting = await _meeting(unit, None)
    year = unit.association.local(meeting.starts_at).year
    days = tuple(date(year + number, 12, 31) for number in range(YEARS_OFFERED))
    await check_grant(unit, acting, meeting, member_id, holder_id, holder_member_id, days[0])
    said = await terms(unit, meeting.id, member_id, holder_id, holder_member_id, days[0])
    await unit.conversations.begin(
        acting.person.id,
        UNTIL_STEP,
        meeting_id=meeting.id,
        member_id=member_id,
        holder_id=holder_id,
        holder_member_id=holder_member_id,
    )
    asked = UntilAsked(member_id, holder_id, holder_member_id, said.member, said.holder, days)
    await turn(unit, acting, asked, _choice_key(meeting), message_id)


async def take_until(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the last day of a standing proxy as it was typed, and show what would be granted."""
    until = read_day(text)
    telegram_id = acting.person.telegram_id
    if telegram_id is None:
        raise errors.NotRegistered
    await choose_holder(unit, telegram_id, message_id=None, until=until, **data)


def _choice_key(meeting: Meeting) -> str:
    """Return the key of the message in which a holder is chosen."""
    return f"holder:{meeting.id}"


async def _meeting(unit: Unit, meeting_id: int | None) -> Meeting:
    """Return the assembly for which proxies can be granted."""
    meeting = await get_meeting(unit, await chosen_meeting(unit, meeting_id))
    check_state(meeting, *BEFORE_THE_END)
    return meeting


async def _under_way(unit: Unit, meeting: Meeting, member_id: int) -> Proxy | None:
    proxies = await unit.proxies.under_way(meeting.id)
    return next((proxy for proxy in proxies if proxy.member_id == member_id), None)


async def _ask_holder(
    unit: Unit,
    acting: Acting,
    meeting: Meeting,
    member_id: int,
    kind: ProxyKind,
    *,
    standing: bool,
    page: int,
    message_id: int | None,
) -> None:
    await unit.conversations.begin(
        acting.person.id, STEP, meeting_id=meeting.id, member_id=member_id, kind=kind.value, standing=standing
    )
    holders = await possible_holders(unit, meeting, member_id, kind)
    pages = max(1, -(-len(holders) // PAGE_SIZE))
    page = min(page, pages - 1)
    shown = HolderChoice(
        meeting.id,
        member_id,
        (await unit.members.names([member_id]))[member_id],
        kind,
        standing,
        allowed_kinds(unit),
        holders[page * PAGE_SIZE : (page + 1) * PAGE_SIZE],
        page,
        pages,
    )
    await turn(unit, acting, shown, _choice_key(meeting), message_id)
