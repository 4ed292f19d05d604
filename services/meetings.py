"""Preparing an assembly: creating it, changing what was filled in, and the console that shows where it stands."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assembly import errors
from assembly.agenda import ParsedAgenda
from assembly.convocation import votes_expected
from assembly.dates import read_moment
from assembly.facts.meetings import (
    MeetingConsole,
    MeetingConsoleRef,
    MomentExpected,
    NoAssembly,
    PlaceExpected,
    TitleExpected,
)
from assembly.facts.overviews import MembersRef
from assembly.meetings import Meeting, MeetingState, Reply, check_state
from assembly.members import Acting
from assembly.permissions import Act, check_may, may, states_for
from assembly.wording import written_line
from services.access import acts_of, holders_of, require
from services.agenda_items import replace_agenda, untold
from services.answers import answers
from services.course import course
from services.delivery import count_deliveries, last_batch
from services.notice_period import latest_notice
from services.seats import members_of_day, quorum_of, voting_seats
from services.telling import refresh, show_anew, tell
from storage.facts import load
from storage.tables import Priority
from storage.unit import Unit

TITLE_LIMIT = 200
PLACE_LIMIT = 300
"""UTF-16 units; a stream link may be as long as a place."""

_STREAM = re.compile(r"https://\S+", re.IGNORECASE)


def console_key(meeting_id: int) -> str:
    """Return the key under which a console stands in a chat."""
    return f"console:{meeting_id}"


def members_key(meeting_id: int) -> str:
    """Return the key under which the overview of all members stands in a chat."""
    return f"members:{meeting_id}"


async def ask_title(unit: Unit, telegram_id: int) -> None:
    """Start preparing an assembly: expect its title. Refused while another one is prepared or held."""
    acting = await require(unit, telegram_id, Act.PREPARE_MEETING)
    current = await unit.meetings.current()
    if current is not None:
        raise errors.MeetingExists(current.title)
    await unit.conversations.begin(acting.person.id, "meeting_title")
    await tell(unit, acting, TitleExpected(""))


async def ask_changes(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Fill in title, moment and place of an assembly in draft anew."""
    acting = await require(unit, telegram_id, Act.EDIT_MEETING)
    meeting = await get_meeting(unit, meeting_id)
    check_state(meeting, *states_for(Act.EDIT_MEETING))
    await unit.conversations.begin(acting.person.id, "meeting_title", meeting_id=meeting_id)
    await tell(unit, acting, TitleExpected(meeting.title))


async def take_title(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the title and go on to what is still unknown."""
    await prepare(unit, acting, {**data, "title": written_line(text, TITLE_LIMIT)})


async def take_moment(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take date and time, and go on to what is still unknown."""
    starts_at = read_moment(text, unit.association.timezone)
    if starts_at <= unit.now:
        raise errors.DateInThePast(starts_at)
    await prepare(unit, acting, {**data, "starts_at": starts_at.isoformat()})


async def take_place(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the place, with the link to a stream apart, and go on to what is still unknown."""
    place, stream = split_place(text)
    await prepare(unit, acting, {**data, "place": place, "stream": stream})


async def prepare(unit: Unit, acting: Acting, data: Mapping[str, Any], *, quiet: bool = False) -> None:
    """Ask for what is still unknown of an assembly; when all is known, store it.

    ``data`` holds title, moment, place and stream as far as they are known, the id of an assembly that is changed, and
    perhaps the agenda that comes with a new one. ``quiet``: no console is shown afterwards.
    """
    check_may(acting, Act.PREPARE_MEETING)
    if "title" not in data:
        await unit.conversations.begin(acting.person.id, "meeting_title", **data)
        await tell(unit, acting, TitleExpected(""))
    elif "starts_at" not in data:
        await unit.conversations.begin(acting.person.id, "meeting_moment", **data)
        await tell(unit, acting, MomentExpected(data["title"]))
    elif "place" not in data:
        await unit.conversations.begin(acting.person.id, "meeting_place", **data)
        await tell(unit, acting, PlaceExpected(data["title"], datetime.fromisoformat(data["starts_at"])))
    else:
        await _store(unit, acting, data, quiet=quiet)


async def _store(unit: Unit, acting: Acting, data: Mapping[str, Any], *, quiet: bool) -> None:
    title, starts_at = data["title"], datetime.fromisoformat(data["starts_at"])
    place, stream = data["place"], data["stream"]
    meeting_id = data.get("meeting_id")
    if meeting_id is None:
        meeting_id = await unit.meetings.add(title, starts_at, place, stream)
        if meeting_id is None:
            current = await unit.meetings.current()
            raise errors.MeetingExists(current.title if current else title)
        kind = "meeting_created"
    else:
        check_state(await get_meeting(unit, meeting_id, lock=True), *states_for(Act.EDIT_MEETING))
        await unit.meetings.revise(meeting_id, title, starts_at, place, stream)
        kind = "meeting_revised"
    await unit.conversations.end(acting.person.id)
    facts = {"title": title, "starts_at": starts_at, "place": place, "stream": stream}
    await unit.journal.note(kind, actor_id=acting.person.id, facts=facts, meeting_id=meeting_id)
    if "agenda" in data:
        meeting = await get_meeting(unit, meeting_id)
        await replace_agenda(unit, acting, meeting, load(ParsedAgenda, data["agenda"]).items)
    await refresh_consoles(unit, meeting_id)
    if not quiet:
        await open_console(unit, acting, meeting_id)


def split_place(text: str) -> tuple[str, str]:
    """Return the place and the https link in ``text``; either may be empty, and both have their limit."""
    found = _STREAM.search(text)
    if found is None:
        return written_line(text, PLACE_LIMIT), ""
    stream = written_line(found.group().rstrip(".,;)"), PLACE_LIMIT)
    place = (text[: found.start()] + text[found.end() :]).strip(" \n\t,;()")
    return (written_line(place, PLACE_LIMIT) if place else ""), stream


async def get_meeting(unit: Unit, meeting_id: int, *, lock: bool = False) -> Meeting:
    """Return the assembly. Refuses with ``Gone`` where there is none."""
    meeting = await unit.meetings.get(meeting_id, lock=lock)
    if meeting is None:
        raise errors.Gone
    return meeting


async def show_console(unit: Unit, telegram_id: int) -> None:
    """Show the console of the current assembly, or else of the last one, at the bottom of the chat."""
    acting = await require(unit, telegram_id, Act.LEAD_MEETING)
    meeting = await unit.meetings.latest()
    if meeting is None:
        await tell(unit, acting, NoAssembly(may(acting, Act.PREPARE_MEETING)))
        return
    await open_console(unit, acting, meeting.id)


async def open_console(unit: Unit, acting: Acting, meeting_id: int) -> None:
    """Show the console anew at the bottom of the person's chat."""
    await show_anew(unit, acting, MeetingConsoleRef(meeting_id, acting.person.id), console_key(meeting_id))


async def refresh_consoles(unit: Unit, meeting_id: int) -> None:
    """Redraw console and overview wherever they stand, because something changed; after what somebody waits for."""
    leaders = await holders_of(unit, Act.LEAD_MEETING)
    console, members = console_key(meeting_id), members_key(meeting_id)
    await refresh(
        unit,
        leaders,
        lambda acting: MeetingConsoleRef(meeting_id, acting.person.id),
        console,
        priority=Priority.RESULT,
    )
    await refresh(
        unit, leaders, lambda acting: MembersRef(meeting_id, acting.person.id), members, priority=Priority.RESULT
    )


async def second_possible(unit: Unit, meeting: Meeting) -> bool:
    """Whether a second assembly can be held.

    The statutes know one, a quorum was missing, of the assembly or of an item on its agenda, and there is none yet.
    """
    if unit.association.statutes.second_meeting_days is None or meeting.closed_at is None:
        return False
    if await unit.meetings.second_of(meeting.id) is not None:
        return False
    items = [item for item in await unit.meetings.items(meeting.id) if item.kind.votable and item.withdrawn_at is None]
    quorums = [await quorum_of(unit, meeting, item) for item in (None, *items)]
    seats = await voting_seats(unit, meeting)
    present = sum(seat.weight for seat in seats if seat.carrier_id is not None)
    total = sum(seat.weight for seat in seats)
    return not all(quorum.met(present, total) for quorum in quorums if quorum is not None)


async def load_console(unit: Unit, ref: MeetingConsoleRef) -> MeetingConsole | None:
    """Load what the console shows; nothing for somebody who leads no assembly any more."""
    meeting = await unit.meetings.get(ref.meeting_id)
    acting = await unit.people.get(ref.person_id)
    if meeting is None or acting is None or not may(acting, Act.LEAD_MEETING):
        return None
    latest = await latest_notice(unit, meeting)
    items = await unit.meetings.items(meeting.id)
    papers = await unit.papers.current(meeting.id)
    nominations = await unit.nominations.of_meeting(meeting.id)
    members = await members_of_day(unit, meeting)
    replies = await answers(unit, meeting.id)
    said = [replies[member.id].reply for member in members if member.id in replies]
    represented = {proxy.member_id for proxy in await unit.proxies.in_force(meeting.id)}
    voting = [member for member in members if not member.suspended]
    votes = sum(member.votes for member in voting)
    quorum = await quorum_of(unit, meeting)
    return MeetingConsole(
        meeting,
        acts_of(acting),
        items=len(items),
        votable=sum(item.kind.votable for item in items),
        papers=tuple(paper.number for paper in papers),
        unsent=tuple(paper.number for paper in papers if paper.sent_at is None),
        untold=len(await untold(unit, meeting.id)) + sum(found.sent_at is None for found in nominations),
        latest_notice=latest,
        notice_passed=unit.association.local(unit.now).date() > latest,
        members=len(members),
        replies=tuple((reply, said.count(reply)) for reply in Reply),
        deliveries=await count_deliveries(unit, await last_batch(unit, meeting.id)),
        votes_expected=votes_expected(voting, replies, represented),
        votes=votes,
        quorum=quorum.needed(votes) if quorum else None,
        present=len(await unit.attendance.present(meeting.id)),
        votes_present=sum(seat.weight for seat in await voting_seats(unit, meeting) if seat.carrier_id is not None),
        second=await second_possible(unit, meeting),
        sitting=await course(unit, meeting) if meeting.state is MeetingState.OPEN else None,
    )
