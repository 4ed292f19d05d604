"""To whom a notice goes: chosen by buttons, and worked out when it is shown and again when it is sent."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assembly import errors
from assembly.facts.notices import Aim, AudienceChoice, NoticeMembersChoice
from assembly.meetings import MeetingState
from assembly.members import Acting
from assembly.notices import Audience, Circle, Lack, Lacking
from assembly.permissions import Act
from assembly.wording import written_line
from services.access import permit
from services.notices import draft_of
from services.seats import members_of_day
from services.tallying import cast_by
from services.telling import tell
from storage.chats import LinkedChat
from storage.notices import Notice
from storage.unit import Unit

STEP = "notice_audience"
SEARCH_LIMIT = 100
"""UTF-16 units in which to search."""

PAGE_SIZE = 8


async def show_audience(unit: Unit, telegram_id: int, notice_id: int, message_id: int | None) -> None:
    """Show what can be chosen."""
    acting, notice = await draft_of(unit, telegram_id, notice_id)
    if not notice.texts:
        raise errors.TextMissing
    await unit.conversations.begin(acting.person.id, STEP, notice_id=notice_id)
    await _show(unit, acting, notice, message_id)


async def toggle_circle(unit: Unit, telegram_id: int, notice_id: int, circle: Circle, message_id: int | None) -> None:
    """Add people by what they are, or take them away."""
    acting, notice = await draft_of(unit, telegram_id, notice_id)
    await _aim(unit, acting, notice, notice.audience.with_circle(circle), message_id)


async def toggle_commission(
    unit: Unit, telegram_id: int, notice_id: int, commission_id: int, message_id: int | None
) -> None:
    """Add the people of a commission, or take them away."""
    acting, notice = await draft_of(unit, telegram_id, notice_id)
    if await unit.commissions.get(commission_id) is None:
        raise errors.Gone
    audience = replace(notice.audience, commissions=notice.audience.commissions ^ {commission_id})
    await _aim(unit, acting, notice, audience, message_id)


async def toggle_lack(unit: Unit, telegram_id: int, notice_id: int, lack: Lack, message_id: int | None) -> None:
    """Leave only who has not done something, or everybody again."""
    acting, notice = await draft_of(unit, telegram_id, notice_id)
    if await _lacking(unit, lack) is None:
        raise errors.Gone
    await _aim(unit, acting, notice, notice.audience.with_lack(lack), message_id)


async def toggle_chat(unit: Unit, telegram_id: int, notice_id: int, chat_id: int, message_id: int | None) -> None:
    """Add a group or channel, or take it away."""
    acting, notice = await draft_of(unit, telegram_id, notice_id)
    if await unit.chats.get(chat_id) is None:
        raise errors.Gone
    await _aim(unit, acting, notice, replace(notice.audience, chats=notice.audience.chats ^ {chat_id}), message_id)


async def show_members(unit: Unit, telegram_id: int, notice_id: int, page: int, message_id: int | None) -> None:
    """Show a page of members to choose from."""
    acting, notice = await draft_of(unit, telegram_id, notice_id)
    await _show_members(unit, acting, notice, page, message_id)


async def toggle_member(
    unit: Unit, telegram_id: int, notice_id: int, member_id: int, page: int, message_id: int | None
) -> None:
    """Choose a member by hand, or no longer."""
    acting, notice = await draft_of(unit, telegram_id, notice_id)
    if member_id not in await _members(unit):
        raise errors.Gone
    audience = replace(notice.audience, members=notice.audience.members ^ {member_id})
    await unit.notices.aim(notice_id, audience)
    await _show_members(unit, acting, replace(notice, audience=audience), page, message_id)


async def search_member(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Show the members whose name contains what was typed."""
    await permit(unit, acting, Act.SEND_NOTICE)
    search = written_line(text, SEARCH_LIMIT)
    notice = await unit.notices.get(data["notice_id"])
    if notice is None:
        raise errors.Gone
    found = [(id_, name) for id_, name in (await _members(unit)).items() if search.casefold() in name.casefold()]
    shown = tuple(found[:PAGE_SIZE])
    await tell(unit, acting, NoticeMembersChoice(notice.id, shown, notice.audience.members, 0, 1, search, len(found)))


async def recipients(unit: Unit, audience: Audience) -> list[Acting]:
    """Return the registered people who receive the notice as things stand now, by name."""
    lacking = None
    if audience.lack is not None:
        lacking = await _lacking(unit, audience.lack) or Lacking(())
    people = [acting for acting in await unit.people.all() if acting.person.telegram_id is not None]
    return audience.recipients(people, await unit.commissions.people(audience.commissions), lacking)


async def linked(unit: Unit, audience: Audience) -> list[LinkedChat]:
    """Return the chosen groups and channels that are linked now."""
    return [chat for chat in await unit.chats.linked() if chat.chat_id in audience.chats]


async def in_words(unit: Unit, audience: Audience) -> Aim:
    """Return what was chosen, by name."""
    members = {member.id: member.name for member in await unit.members.all()}
    return Aim(
        tuple(circle for circle in Circle if circle in audience.circles),
        tuple(each.name for each in await unit.commissions.all() if each.id in audience.commissions),
        tuple(name for member_id, name in members.items() if member_id in audience.members),
        audience.lack,
        tuple(chat.title for chat in await unit.chats.linked() if chat.chat_id in audience.chats),
    )


async def _aim(unit: Unit, acting: Acting, notice: Notice, audience: Audience, message_id: int | None) -> None:
    await unit.notices.aim(notice.id, audience)
    await _show(unit, acting, replace(notice, audience=audience), message_id)


async def _show(unit: Unit, acting: Acting, notice: Notice, message_id: int | None) -> None:
    people = [other for other in await unit.people.all() if other.person.telegram_id is not None]
    circles = [(circle, len(Audience(circles=frozenset({circle})).recipients(people, (), None))) for circle in Circle]
    members = await _members(unit)
    choice = AudienceChoice(
        notice.id,
        notice.audience,
        tuple((circle, count) for circle, count in circles if count),
        tuple((each.id, each.name) for each in await unit.commissions.all()),
        await _lacks(unit, notice.audience),
        tuple(name for member_id, name in members.items() if member_id in notice.audience.members),
        tuple((chat.chat_id, chat.title) for chat in await unit.chats.linked()),
        len(await recipients(unit, notice.audience)),
    )
    await tell(unit, acting, choice, edit=message_id)


async def _show_members(unit: Unit, acting: Acting, notice: Notice, page: int, message_id: int | None) -> None:
    members = list((await _members(unit)).items())
    pages = max(1, -(-len(members) // PAGE_SIZE))
    page = min(page, pages - 1)
    shown = tuple(members[page * PAGE_SIZE : (page + 1) * PAGE_SIZE])
    await tell(
        unit, acting, NoticeMembersChoice(notice.id, shown, notice.audience.members, page, pages), edit=message_id
    )


async def _members(unit: Unit) -> dict[int, str]:
    """Return the members of today, by id, in the order of their names."""
    today = unit.association.local(unit.now).date()
    return {member.id: member.name for member in await unit.members.active(today)}


async def _lacks(unit: Unit, audience: Audience) -> tuple[Lack, ...]:
    """Return what somebody has not done yet, or was chosen before."""
    found = []
    for lack in Lack:
        lacking = await _lacking(unit, lack)
        if lack is audience.lack or (lacking is not None and lacking.members):
            found.append(lack)
    return tuple(found)


async def _lacking(unit: Unit, lack: Lack) -> Lacking | None:
    """Return who has not done it yet; ``None`` where it cannot be done now."""
    if lack is Lack.REGISTRATION:
        waiting = [acting for acting in await unit.people.all() if acting.person.telegram_id is None]
        return Lacking({held.member_id for acting in waiting for held in acting.roles if held.member_id is not None})
    meeting = await unit.meetings.current()
    if meeting is None:
        return None
    if lack is Lack.REPLY:
        if meeting.state is not MeetingState.CONVENED:
            return None
        said = await unit.convocations.replies(meeting.id)
        return Lacking({member.id for member in await members_of_day(unit, meeting)} - said.keys())
    motion = await unit.motions.open_in(meeting.id)
    if motion is None:
        return None
    cast = await cast_by(unit, motion)
    left = [seat for seat in await unit.motions.electorate(motion.id) if seat.member_id not in cast]
    return Lacking({seat.member_id for seat in left}, {seat.carrier_id for seat in left if seat.carrier_id is not None})
