"""Votes outside a meeting: prepared in chat, opened to all members at once, and closed at their moment."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assembly import errors
from assembly.dates import read_moment
from assembly.facts.outside import (
    OutsideExpected,
    OutsideLine,
    OutsideList,
    OutsideOpened,
    OutsidePart,
    OutsideRef,
    PublicOutsideRef,
)
from assembly.meeting_kinds import MeetingKind
from assembly.meetings import MeetingState
from assembly.members import Acting, Role
from assembly.motions import MotionState
from assembly.outside import OutsideVote, outside_question, outside_seats, read_question
from assembly.permissions import Act
from assembly.wording import written_line, written_text
from services.access import permit, require
from services.ballot_cards import show_ballots
from services.meetings import get_meeting
from services.outcomes import close
from services.outside_cards import outside_key, show_outside
from services.papers import paper_messages
from services.seats import entitled, members_of_day
from services.telling import show_anew, show_groups, spread, tell, tell_all
from services.vote_records import in_journal, names_in_journal
from storage.unit import Unit

TITLE_STEP = "outside_title"
QUESTION_STEP = "outside_question"
CLOSING_STEP = "outside_closing"
KNOWLEDGE_STEP = "outside_knowledge"
TITLE_LIMIT = 200
QUESTION_LIMIT = 2000
KNOWLEDGE_LIMIT = 300
"""UTF-16 units."""

SHOWN = 20
"""Votes in the list."""


async def show_votes(unit: Unit, telegram_id: int) -> None:
    """Show the votes outside a meeting, with the buttons to prepare one."""
    acting = await require(unit, telegram_id, Act.PREPARE_OUTSIDE)
    votes = await unit.outside.latest(SHOWN)
    await tell(
        unit,
        acting,
        OutsideList(tuple(OutsideLine(vote.meeting_id, vote.kind, vote.title, vote.state) for vote in votes)),
    )


async def start(unit: Unit, telegram_id: int, kind: MeetingKind) -> None:
    """Start preparing a vote outside a meeting: expect its title."""
    acting = await require(unit, telegram_id, Act.PREPARE_OUTSIDE)
    if kind is MeetingKind.ASSEMBLY:
        raise errors.Gone
    await _expect(unit, acting, TITLE_STEP, OutsidePart.TITLE, {"held": kind.value})


async def take_title(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the title, and expect the question."""
    title = written_line(text, TITLE_LIMIT)
    await _expect(unit, acting, QUESTION_STEP, OutsidePart.QUESTION, {**data, "title": title})


async def take_question(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the question, of a consultation with the variants under it, and expect the moment of closing."""
    asked, labels = written_text(text, QUESTION_LIMIT), list[str]()
    if data["held"] == MeetingKind.CONSULTATION:
        asked, labels = read_question(asked)
    found = {**data, "asked": asked.strip() or data["title"], "labels": labels}
    await _expect(unit, acting, CLOSING_STEP, OutsidePart.CLOSING, found)


async def take_closing(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take until when can be voted; of a written resolution how the board knows of it is still to be said."""
    closes_at = read_moment(text, unit.association.timezone)
    if closes_at <= unit.now:
        raise errors.DateInThePast(closes_at)
    found = {**data, "closes_at": closes_at.isoformat()}
    if data["held"] == MeetingKind.WRITTEN:
        await _expect(unit, acting, KNOWLEDGE_STEP, OutsidePart.KNOWLEDGE, found)
    else:
        await _store(unit, acting, found, "")


async def take_knowledge(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take how the board knew of a resolution before it is put to the members: without that it is none (BW 2:40(1))."""
    await _store(unit, acting, data, written_line(text, KNOWLEDGE_LIMIT))


async def _expect(unit: Unit, acting: Acting, step: str, part: OutsidePart, data: Mapping[str, Any]) -> None:
    await permit(unit, acting, Act.PREPARE_OUTSIDE)
    await unit.conversations.begin(acting.person.id, step, **data)
    await tell(unit, acting, OutsideExpected(MeetingKind(data["held"]), part))


async def _store(unit: Unit, acting: Acting, data: Mapping[str, Any], knowledge: str) -> None:
    await permit(unit, acting, Act.PREPARE_OUTSIDE)
    kind, closes_at = MeetingKind(data["held"]), datetime.fromisoformat(data["closes_at"])
    meeting_id, item_id = await unit.outside.add(
        kind, data["title"], data["asked"], closes_at, knowledge, acting.person.id
    )
    if data["labels"]:
        await unit.options.add(item_id, data["labels"], acting.person.id)
    await unit.conversations.end(acting.person.id)
    await unit.journal.note(
        "outside_vote_prepared",
        actor_id=acting.person.id,
        meeting_id=meeting_id,
        facts={"kind": kind, "title": data["title"], "closes_at": closes_at},
    )
    await show_anew(unit, acting, OutsideRef(meeting_id), outside_key(meeting_id))


async def show_vote(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Show one vote at the bottom of the chat."""
    acting = await require(unit, telegram_id, Act.PREPARE_OUTSIDE)
    if await unit.outside.get(meeting_id) is None:
        raise errors.Gone
    await show_anew(unit, acting, OutsideRef(meeting_id), outside_key(meeting_id))


async def open_vote(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Open a vote to all members of today: freeze what is asked and who has a vote, and send every ballot.

    Refuses one of which the moment of closing has passed, and one that was opened before.
    """
    acting = await require(unit, telegram_id, Act.OPEN_OUTSIDE)
    vote = await locked_vote(unit, meeting_id, MeetingState.DRAFT)
    await check_may_open(unit, vote)
    await open_for(unit, vote, acting.person.id)


async def check_may_open(unit: Unit, vote: OutsideVote) -> None:
    """Refuse to open a vote of which the moment of closing has passed, and one in which nobody has a vote."""
    if vote.closes_at <= unit.now:
        raise errors.DateInThePast(vote.closes_at)
    members = await unit.members.active(unit.association.local(unit.now).date())
    if all(member.suspended for member in members):
        raise errors.NobodyPresent


async def open_for(unit: Unit, vote: OutsideVote, person_id: int) -> None:
    """Open a vote that is locked, for the person that opens or planned it, and send its papers to everybody."""
    meeting_id = vote.meeting_id
    await unit.outside.open(meeting_id)
    meeting = await get_meeting(unit, meeting_id)
    members = await members_of_day(unit, meeting)
    seats = outside_seats(members, await unit.people.representatives())
    (item,) = await unit.meetings.items(meeting_id)
    labels = tuple(option.label for option in await unit.options.of_item(item.id))
    asked = outside_question(unit.association.statutes, vote.kind, item.proposal, labels, vote.closes_at)
    motion_id = await unit.motions.add(item, asked, seats, person_id)
    await unit.journal.note(
        "motion_opened",
        actor_id=person_id,
        meeting_id=meeting_id,
        facts={
            "motion": motion_id,
            "item": item.id,
            "question": in_journal(asked),
            "electorate": [[seat.member_id, seat.weight, seat.carrier_id, seat.proxy_id] for seat in seats],
        },
        private=names_in_journal(asked) | {"knowledge": vote.knowledge},
    )
    everybody = entitled(await unit.people.all(), members)
    await unit.convocations.add(meeting_id, [person.person.id for person in everybody])
    await show_ballots(unit, motion_id, seats)
    told = OutsideOpened(vote.kind, vote.title, item.proposal, labels, vote.closes_at)
    voting = {seat.member_id for seat in seats}
    others = [person for person in everybody if voting.isdisjoint(person.members(Role.REPRESENTATIVE))]
    await tell_all(unit, others, told)
    papers = await unit.papers.current(meeting_id)
    await unit.papers.mark_sent([paper.id for paper in papers])
    await spread(unit, everybody, paper_messages(papers, late=False), f"outside:{meeting_id}")
    await show_groups(unit, PublicOutsideRef(meeting_id), outside_key(meeting_id), silent=False)
    await show_outside(unit, meeting_id)


async def close_vote(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Close a vote before its moment. One that was closed before stays as it is."""
    acting = await require(unit, telegram_id, Act.CLOSE_OUTSIDE)
    vote = await unit.outside.get(meeting_id)
    if vote is None:
        raise errors.Gone
    if not await _close(unit, meeting_id, acting.person.id, unit.now):
        raise errors.OutsideMovedOn(vote.title)


async def drop_vote(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Drop a vote that was not opened."""
    acting = await require(unit, telegram_id, Act.PREPARE_OUTSIDE)
    vote = await locked_vote(unit, meeting_id, MeetingState.DRAFT)
    await unit.meetings.cancel(vote.meeting_id)
    await unit.journal.note("outside_vote_dropped", actor_id=acting.person.id, meeting_id=meeting_id, facts={})
    await show_anew(unit, acting, OutsideRef(meeting_id), outside_key(meeting_id))


async def close_due_outside(unit: Unit) -> None:
    """Close every vote outside a meeting of which the moment has come; mostly there is none."""
    for vote in await unit.outside.running():
        if vote.closes_at <= unit.now:
            await _close(unit, vote.meeting_id, None, vote.closes_at)


async def _close(unit: Unit, meeting_id: int, closed_by: int | None, closed_at: datetime) -> bool:
    """Close the vote as at a moment, no later than its own; say whether it was open."""
    await unit.outside.get(meeting_id, lock=True)  # before its motion, as everything else that takes both
    found = await unit.motions.open_in(meeting_id)
    motion = await unit.motions.get(found.id, lock="update") if found else None
    if motion is None or motion.state is not MotionState.OPEN:
        return False
    await close(unit, motion, closed_by, min(closed_at, motion.closes_at or closed_at))
    return True


async def locked_vote(unit: Unit, meeting_id: int, state: MeetingState) -> OutsideVote:
    """Return a vote in a ``state``, locked. Refuses one that has moved on since."""
    vote = await unit.outside.get(meeting_id, lock=True)
    if vote is None:
        raise errors.Gone
    if vote.state is not state:
        raise errors.OutsideMovedOn(vote.title)
    return vote
