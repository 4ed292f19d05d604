"""Excluding a member from the vote on one item (uitgesloten), for a reason that stays in the record."""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.facts.outcomes import ExclusionList, ExclusionNews, Wording, WordingExpected
from assembly.meetings import Meeting
from assembly.members import Acting, Role
from assembly.permissions import Act
from assembly.wording import written_text
from services.access import permit, require
from services.members import page_of
from services.motions import votable
from services.seats import members_of_day
from services.telling import tell, tell_all, turn
from storage.meetings import AgendaItem
from storage.unit import Unit

STEP = "exclusion_reason"
REASON_LIMIT = 500

_OF_MEMBER = frozenset(role for role in Role if role.of_member)


def exclusions_key(item_id: int) -> str:
    """Return the key of the message in which members are excluded."""
    return f"exclusions:{item_id}"


async def show(unit: Unit, telegram_id: int, item_id: int, page: int, message_id: int | None) -> None:
    """Show who is excluded from the vote on an item that can still be put to the vote, and who may be."""
    acting = await require(unit, telegram_id, Act.LEAD_VOTE)
    meeting, item = await votable(unit, item_id)
    await _show(unit, acting, meeting, item, page, message_id)


async def ask_reason(unit: Unit, telegram_id: int, item_id: int, member_id: int) -> None:
    """Expect why the member is excluded."""
    acting = await require(unit, telegram_id, Act.OPEN_VOTE)
    meeting, item = await votable(unit, item_id)
    name = await _name(unit, meeting, member_id)
    await unit.conversations.begin(acting.person.id, STEP, item_id=item_id, member_id=member_id)
    await tell(unit, acting, WordingExpected(Wording.EXCLUSION, item.number, item.title, name))


async def take_reason(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Exclude the member for the reason that was typed, and tell its people."""
    await permit(unit, acting, Act.OPEN_VOTE)
    meeting, item = await votable(unit, data["item_id"])
    member_id, reason = data["member_id"], written_text(text, REASON_LIMIT)
    name = await _name(unit, meeting, member_id)
    await unit.exclusions.add(item.id, member_id, reason, acting.person.id)
    await unit.conversations.end(acting.person.id)
    await _changed(unit, acting, meeting, member_id, ExclusionNews(name, item.number, item.title, reason), item)
    await _show(unit, acting, meeting, item, 0, None)


async def lift(unit: Unit, telegram_id: int, item_id: int, member_id: int, message_id: int | None) -> None:
    """Let the member vote after all, and tell its people."""
    acting = await require(unit, telegram_id, Act.OPEN_VOTE)
    meeting, item = await votable(unit, item_id)
    if member_id not in await unit.exclusions.of_item(item.id):
        raise errors.Gone
    name = await _name(unit, meeting, member_id)
    await unit.exclusions.lift(item.id, member_id)
    await _changed(unit, acting, meeting, member_id, ExclusionNews(name, item.number, item.title, ""), item)
    await _show(unit, acting, meeting, item, 0, message_id)


async def _changed(
    unit: Unit, acting: Acting, meeting: Meeting, member_id: int, news: ExclusionNews, item: AgendaItem
) -> None:
    await unit.journal.note(
        "member_excluded" if news.reason else "exclusion_lifted",
        actor_id=acting.person.id,
        meeting_id=meeting.id,
        facts={"item": item.id, "member": member_id},
        private={"reason": news.reason} if news.reason else None,
    )
    await tell_all(unit, await unit.people.holding(_OF_MEMBER, member_id=member_id), news)


async def _show(
    unit: Unit, acting: Acting, meeting: Meeting, item: AgendaItem, page: int, message_id: int | None
) -> None:
    reasons = await unit.exclusions.of_item(item.id)
    members = await members_of_day(unit, meeting)
    on_page, page, pages = page_of([member for member in members if member.id not in reasons], page)
    shown = ExclusionList(
        item.id,
        item.number,
        item.title,
        tuple((member.id, member.name, reasons[member.id]) for member in members if member.id in reasons),
        on_page,
        page,
        pages,
    )
    await turn(unit, acting, shown, exclusions_key(item.id), message_id)


async def _name(unit: Unit, meeting: Meeting, member_id: int) -> str:
    names = {member.id: member.name for member in await members_of_day(unit, meeting)}
    if member_id not in names:
        raise errors.Gone
    return names[member_id]
