"""Herindeling: deciding that a member merges into another from a day on, and taking that back while it is to come."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from assembly import errors
from assembly.dates import read_day
from assembly.facts.members import MergerDayExpected, MergerDecided, MergerQuestion, SuccessorChoice
from assembly.members import Acting, Member
from assembly.mergers import check_may_merge
from assembly.permissions import Act
from assembly.wording import written_line
from services.access import holders_of, permit, require
from services.attendance_list import redraw_attendance
from services.meetings import refresh_consoles
from services.members import KEY, PAGE_SIZE, SEARCH_LIMIT, member_of, page_of, show_card
from services.memberships import end_memberships, lapsing_with
from services.seats import day_of
from services.telling import tell, turn
from storage.mergers import Merger
from storage.unit import Unit

SUCCESSOR_STEP = "merger_successor"
DAY_STEP = "merger_day"


async def choose(unit: Unit, telegram_id: int, member_id: int, page: int, message_id: int | None) -> None:
    """Ask into which member it merges; from now on a text searches for that."""
    acting = await require(unit, telegram_id, Act.IMPORT_MEMBERS)
    member = await member_of(unit, member_id)
    await unit.conversations.begin(acting.person.id, SUCCESSOR_STEP, member_id=member_id)
    on_page, page, pages = page_of(await _candidates(unit, member), page)
    await turn(unit, acting, SuccessorChoice(member.id, member.name, on_page, page, pages), KEY, message_id)


async def search_successor(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Show the members whose name contains what was typed."""
    await permit(unit, acting, Act.IMPORT_MEMBERS)
    member = await member_of(unit, data["member_id"])
    search = written_line(text, SEARCH_LIMIT)
    found = [other for other in await _candidates(unit, member) if search.casefold() in other.name.casefold()]
    on_page = tuple((other.id, other.name) for other in found[:PAGE_SIZE])
    shown = SuccessorChoice(member.id, member.name, on_page, 0, 1, search=search, found=len(found))
    await turn(unit, acting, shown, KEY, None)


async def choose_successor(
    unit: Unit, telegram_id: int, member_id: int, successor_id: int, message_id: int | None
) -> None:
    """Ask from which day the member is none any more."""
    acting = await require(unit, telegram_id, Act.IMPORT_MEMBERS)
    member, successor = await member_of(unit, member_id), await member_of(unit, successor_id)
    await unit.conversations.begin(acting.person.id, DAY_STEP, member_id=member_id, successor_id=successor_id)
    await turn(unit, acting, MergerDayExpected(member.name, successor.name), KEY, message_id)


async def take_day(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the day, show what the merger does, and ask whether that is meant."""
    await permit(unit, acting, Act.IMPORT_MEMBERS)
    member, successor = await member_of(unit, data["member_id"]), await member_of(unit, data["successor_id"])
    day = read_day(text)
    check_may_merge(member, successor, day, await _held(unit))
    ended = replace(member, until=day)
    members = [ended if other.id == member.id else other for other in await unit.members.all()]
    meeting = await unit.meetings.current()
    lapsing = await lapsing_with(unit, ended, meeting)
    proxies = [] if meeting is None else [p for p in await unit.proxies.under_way(meeting.id) if p.id in lapsing]
    holders = {a.person.id: a.person.name for a in await unit.people.all({proxy.holder_id for proxy in proxies})}
    names = {other.id: other.name for other in members}
    people = [a.person.name for a in await unit.people.all() if any(h.member_id == member.id for h in a.roles)]
    question = MergerQuestion(
        member.id,
        member.name,
        successor.id,
        successor.name,
        day,
        len(await unit.members.active(date.fromordinal(day.toordinal() - 1))),
        sum(other.active_on(day) for other in members),
        tuple(people),
        tuple((names[proxy.member_id], holders[proxy.holder_id]) for proxy in proxies),
    )
    await unit.conversations.end(acting.person.id)
    await turn(unit, acting, question, KEY, None)


async def decide_merger(
    unit: Unit, telegram_id: int, member_id: int, successor_id: int, day: int, message_id: int | None, *, follow: bool
) -> None:
    """Decide that the member merges on ``day`` (counted from the first day of the calendar).

    Before that day nothing changes. A day that has come is acted on at once.
    """
    acting = await require(unit, telegram_id, Act.APPLY_MEMBERS)
    await unit.people.lock_office()
    member, successor = await member_of(unit, member_id), await member_of(unit, successor_id)
    on = _day(day)
    check_may_merge(member, successor, on, await _held(unit))
    await _check_no_vote_open(unit)
    await unit.mergers.remove(member.id)  # one that was decided for a later day
    await unit.mergers.add(Merger(member.id, successor.id, follow), acting.person.id)
    await _save(unit, acting, replace(member, until=on), successor, "merger_decided", follow=follow)
    await end_memberships(unit)
    await _show_decided(unit, acting, member_id, message_id)


async def revoke_merger(unit: Unit, telegram_id: int, member_id: int, message_id: int | None) -> None:
    """Take a merger back that is still to come: the member stays. Refuses with ``Gone`` once its day has come."""
    acting = await require(unit, telegram_id, Act.APPLY_MEMBERS)
    await unit.people.lock_office()
    member, merger = await member_of(unit, member_id), (await unit.mergers.all()).get(member_id)
    today = unit.association.local(unit.now).date()
    if merger is None or member.until is None or member.until <= today:
        raise errors.Gone
    successor = await member_of(unit, merger.successor_id)
    await unit.mergers.remove(member.id)
    await _save(unit, acting, member, successor, "merger_revoked", follow=merger.people_follow)
    await _show_decided(unit, acting, member_id, message_id)


async def _save(unit: Unit, acting: Acting, member: Member, successor: Member, kind: str, *, follow: bool) -> None:
    """Store the last day of the member, or that it has none any more; the others of the secretariat are told."""
    revoked = kind == "merger_revoked"
    day = member.until or unit.association.local(unit.now).date()
    await unit.members.save(replace(member, until=None) if revoked else member)
    await unit.journal.note(
        kind,
        actor_id=acting.person.id,
        facts={"member": member.id, "successor": successor.id, "day": day, "people_follow": follow},
    )
    news = MergerDecided(member.name, successor.name, day, follow, revoked, acting.person.name)
    for secretary in await holders_of(unit, Act.IMPORT_MEMBERS):
        if secretary.person.id != acting.person.id:
            await tell(unit, secretary, news)
    meeting = await unit.meetings.current()
    if meeting is not None:
        await redraw_attendance(unit, meeting.id)
        await refresh_consoles(unit, meeting.id)


async def _show_decided(unit: Unit, acting: Acting, member_id: int, message_id: int | None) -> None:
    await show_card(unit, acting, await member_of(unit, member_id), message_id)


async def _candidates(unit: Unit, member: Member) -> list[Member]:
    """Return the members of today or later into which another can merge."""
    today = unit.association.local(unit.now).date()
    return [
        other
        for other in await unit.members.all()
        if other.id != member.id and (other.until is None or today < other.until)
    ]


async def _held(unit: Unit) -> date | None:
    held = await unit.meetings.last_opened()
    return day_of(unit, held) if held else None


async def _check_no_vote_open(unit: Unit) -> None:
    current = await unit.meetings.current()
    meeting = await unit.meetings.get(current.id, lock=True) if current else None
    motion = await unit.motions.open_in(meeting.id) if meeting else None
    if motion is not None:
        raise errors.MotionOpen(motion.title)


def _day(ordinal: int) -> date:
    """Return the day with this number. Refuses with ``Gone`` what no button of ours says."""
    try:
        return date.fromordinal(ordinal)
    except (ValueError, OverflowError) as error:
        raise errors.Gone from error
