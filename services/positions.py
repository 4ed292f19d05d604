"""A member's positions (standpunten): given once for an assembly by its people, item by item, until the vote."""

import re
from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.dates import read_day
from assembly.facts.positions import DecisionExpected, PositionLapsed, Positions, PositionsRef
from assembly.meetings import Meeting
from assembly.members import Acting
from assembly.permissions import Act, states_for
from assembly.positions import CollegeDecision, Stance
from assembly.proxies import ProxyState
from assembly.wording import written_line
from services.access import require
from services.instructions import position_line, votable_items
from services.proxy_cards import redraw_card
from services.seats import GRANTOR_SIDE, check_acts_for, locked
from services.telling import refresh, show, show_anew, tell, tell_all
from storage.meetings import AgendaItem
from storage.tables import Priority
from storage.unit import Unit

STEP = "position_remark"
DECISION_STEP = "college_decision"
PAGE_SIZE = 8
REMARK_LIMIT = 200
NUMBER_LIMIT = 64
"""UTF-16 units of a remark and of a decision's number."""

_OPEN = states_for(Act.SET_POSITIONS)
_REMARK = re.compile(r"\s*(\S+?)[.:)]?(?:\s+(.*))?", re.DOTALL)
_DECISION = re.compile(r"\s*(.+?)[\s,;]+((?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})|(?:\d{1,2}\s+\w+\.?\s+\d{4}))\s*")


def positions_key(meeting_id: int, member_id: int) -> str:
    """Return the key of the message in which a member's positions are given."""
    return f"positions:{meeting_id}:{member_id}"


async def show_positions(
    unit: Unit, telegram_id: int, meeting_id: int, member_id: int, page: int, message_id: int | None
) -> None:
    """Show a page of the member's positions: anew, or in the message under which was pressed."""
    acting = await require(unit, telegram_id, Act.SET_POSITIONS)
    meeting = await locked(unit, meeting_id, *_OPEN)
    await check_acts_for(unit, acting, meeting, member_id)
    await unit.conversations.begin(acting.person.id, STEP, meeting_id=meeting.id, member_id=member_id)
    key, ref = positions_key(meeting.id, member_id), PositionsRef(meeting.id, member_id, page)
    if message_id is None or await unit.outbox.posted(telegram_id, key) != message_id:
        await show_anew(unit, acting, ref, key)
    else:
        await show(unit, acting, ref, key, priority=Priority.DIALOGUE)


async def set_position(unit: Unit, telegram_id: int, item_id: int, member_id: int, stance: Stance) -> None:
    """Store what the member wants on one item, until a vote on it is opened."""
    acting = await require(unit, telegram_id, Act.SET_POSITIONS)
    meeting, item = await _open_item(unit, acting, item_id, member_id)
    await _store(unit, acting, meeting, [item], member_id, stance)


async def set_all_for(unit: Unit, telegram_id: int, meeting_id: int, member_id: int) -> None:
    """Let the member be in favour of every item on which no vote was opened."""
    acting = await require(unit, telegram_id, Act.SET_POSITIONS)
    meeting = await locked(unit, meeting_id, *_OPEN)
    await check_acts_for(unit, acting, meeting, member_id)
    items = [item for item in await votable_items(unit, meeting.id) if not await unit.meetings.voted(item.id)]
    await _store(unit, acting, meeting, items, member_id, Stance.FOR)


async def take_remark(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take a remark beside a position: the item's number and the words. The number alone takes the remark away."""
    meeting = await locked(unit, data["meeting_id"], *_OPEN)
    member_id = data["member_id"]
    found = _REMARK.fullmatch(text)
    number = found[1] if found else text.strip()
    item = next((item for item in await votable_items(unit, meeting.id) if item.number == number), None)
    if item is None:
        raise errors.ItemUnknown(number)
    await _open_item(unit, acting, item.id, member_id)
    words = (found[2] or "").strip() if found else ""
    remark = written_line(words, REMARK_LIMIT) if words else ""
    await unit.positions.set_remark(item.id, member_id, remark, acting.person.id)
    await _changed(unit, acting, meeting, [item], member_id)
    page = await _page_of(unit, item)
    await show_anew(unit, acting, PositionsRef(meeting.id, member_id, page), positions_key(meeting.id, member_id))


async def ask_decision(unit: Unit, telegram_id: int, meeting_id: int, member_id: int) -> None:
    """Expect number and date of the college's decision."""
    acting = await require(unit, telegram_id, Act.SET_POSITIONS)
    meeting = await locked(unit, meeting_id, *_OPEN)
    await check_acts_for(unit, acting, meeting, member_id)
    await unit.conversations.begin(acting.person.id, DECISION_STEP, meeting_id=meeting.id, member_id=member_id)
    await tell(unit, acting, DecisionExpected((await unit.members.names([member_id]))[member_id]))


async def take_decision(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take number and date of the college's decision: "2019-000305, 12-02-2019"."""
    meeting = await locked(unit, data["meeting_id"], *_OPEN)
    member_id = data["member_id"]
    await check_acts_for(unit, acting, meeting, member_id)
    found = _DECISION.fullmatch(text)
    if found is None:
        raise errors.DayNotUnderstood(text)
    decision = CollegeDecision(written_line(found[1], NUMBER_LIMIT), read_day(found[2]))
    await unit.positions.set_decision(meeting.id, member_id, decision, acting.person.id)
    await unit.conversations.begin(acting.person.id, STEP, meeting_id=meeting.id, member_id=member_id)
    await unit.journal.note(
        "college_decision_given",
        actor_id=acting.person.id,
        meeting_id=meeting.id,
        facts={"member": member_id, "number": decision.number, "day": decision.day},
    )
    await show_anew(unit, acting, PositionsRef(meeting.id, member_id, 0), positions_key(meeting.id, member_id))


async def load_positions(unit: Unit, ref: PositionsRef) -> Positions | None:
    """Load a page of a member's positions."""
    meeting = await unit.meetings.get(ref.meeting_id)
    if meeting is None:
        return None
    items = await votable_items(unit, meeting.id)
    pages = max(1, -(-len(items) // PAGE_SIZE))
    page = min(ref.page, pages - 1)
    given = await unit.positions.of_member(meeting.id, ref.member_id)
    voted = {motion.item_id for motion in await unit.motions.of_meeting(meeting.id) if motion.decides}
    return Positions(
        meeting.id,
        ref.member_id,
        (await unit.members.names([ref.member_id]))[ref.member_id],
        meeting.title,
        tuple(
            position_line(item, given.get(item.id), fixed=item.id in voted)
            for item in items[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
        ),
        await unit.positions.decision(meeting.id, ref.member_id),
        page,
        pages,
        open=meeting.state in _OPEN,
    )


async def lapse_positions(unit: Unit, item: AgendaItem) -> None:
    """Let the positions on an item lapse because its proposal changed; each member's side and its holder are told.

    A proxy itself stands: only the instruction for this item is gone.
    """
    page = await _page_of(unit, item)
    instructed = {proxy.member_id: proxy for proxy in await unit.proxies.under_way(item.meeting_id) if proxy.instructed}
    members = await unit.positions.lapse(item.id)
    names = await unit.members.names(list(members))
    for member_id in members:
        lapsed = PositionLapsed(names[member_id], item.number, item.title, None)
        again = PositionLapsed(names[member_id], item.number, item.title, (item.meeting_id, member_id, page))
        await tell_all(
            unit, await unit.people.holding(GRANTOR_SIDE, member_id=member_id), again, priority=Priority.DIALOGUE
        )
        proxy = instructed.get(member_id)
        holder = await unit.people.get(proxy.holder_id) if proxy and proxy.state is not ProxyState.PREPARED else None
        if proxy is not None and holder is not None and member_id not in holder.acts_for:
            await tell(unit, holder, lapsed)
        if proxy is not None:
            await redraw_card(unit, proxy)
        await _refresh(unit, item.meeting_id, member_id, page)


async def _open_item(unit: Unit, acting: Acting, item_id: int, member_id: int) -> tuple[Meeting, AgendaItem]:
    """Return the locked assembly and the item, on which this person may still give the member's position."""
    found = await unit.meetings.item(item_id)
    if found is None:
        raise errors.Gone
    meeting = await locked(unit, found.meeting_id, *_OPEN)
    await check_acts_for(unit, acting, meeting, member_id)
    if await unit.meetings.voted(item_id):
        raise errors.ItemVoted(found.number)
    if not found.kind.votable:
        raise errors.ItemUnknown(found.number)
    return meeting, found


async def _store(
    unit: Unit, acting: Acting, meeting: Meeting, items: list[AgendaItem], member_id: int, stance: Stance
) -> None:
    for item in items:
        await unit.positions.set_stance(item.id, member_id, stance, acting.person.id)
    await _changed(unit, acting, meeting, items, member_id)


async def _changed(unit: Unit, acting: Acting, meeting: Meeting, items: list[AgendaItem], member_id: int) -> None:
    """Write down that positions were given, never which, and bring what shows them up to date."""
    await unit.journal.note(
        "positions_given",
        actor_id=acting.person.id,
        meeting_id=meeting.id,
        facts={"member": member_id, "items": [item.id for item in items]},
    )
    page = await _page_of(unit, items[0]) if items else 0
    await _refresh(unit, meeting.id, member_id, page)
    for proxy in await unit.proxies.under_way(meeting.id):
        if proxy.member_id == member_id:
            await redraw_card(unit, proxy)


async def _refresh(unit: Unit, meeting_id: int, member_id: int, page: int) -> None:
    """Redraw the positions for the member's people who have them open."""
    people = await unit.people.holding(GRANTOR_SIDE, member_id=member_id)
    ref = PositionsRef(meeting_id, member_id, page)
    await refresh(unit, people, lambda _reader: ref, positions_key(meeting_id, member_id))


async def _page_of(unit: Unit, item: AgendaItem) -> int:
    items = await votable_items(unit, item.meeting_id)
    return next((place // PAGE_SIZE for place, other in enumerate(items) if other.id == item.id), 0)
