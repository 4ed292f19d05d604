"""Votes outside a meeting that open by themselves, at a moment that was planned."""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.dates import read_moment
from assembly.facts.outside import OutsideExpected, OutsidePart, OutsideRef
from assembly.meetings import MeetingState
from assembly.members import Acting
from assembly.outside import check_opening
from assembly.permissions import Act, check_may
from services.access import require
from services.outside import check_may_open, locked_vote, open_for
from services.outside_cards import outside_key, show_outside
from services.telling import show_anew, tell
from storage.unit import Unit

STEP = "outside_opening"


async def ask_opening(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Expect the moment at which a vote opens by itself."""
    acting = await require(unit, telegram_id, Act.OPEN_OUTSIDE)
    vote = await locked_vote(unit, meeting_id, MeetingState.DRAFT)
    await unit.conversations.begin(acting.person.id, STEP, meeting_id=meeting_id)
    await tell(unit, acting, OutsideExpected(vote.kind, OutsidePart.OPENING))


async def take_opening(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the moment: then the vote opens by itself, as if this person opened it."""
    check_may(acting, Act.OPEN_OUTSIDE)
    vote = await locked_vote(unit, data["meeting_id"], MeetingState.DRAFT)
    opens_at = read_moment(text, unit.association.timezone)
    check_opening(opens_at, vote.closes_at, unit.now)
    await unit.outside.plan(vote.meeting_id, opens_at, acting.person.id)
    await unit.conversations.end(acting.person.id)
    await unit.journal.note(
        "outside_vote_planned",
        actor_id=acting.person.id,
        meeting_id=vote.meeting_id,
        facts={"opens_at": opens_at},
    )
    await show_anew(unit, acting, OutsideRef(vote.meeting_id), outside_key(vote.meeting_id))


async def unplan(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Do not let a vote open by itself."""
    acting = await require(unit, telegram_id, Act.OPEN_OUTSIDE)
    vote = await locked_vote(unit, meeting_id, MeetingState.DRAFT)
    await _unplan(unit, vote.meeting_id, acting.person.id)


async def open_due_outside(unit: Unit) -> None:
    """Open every vote that is due by now; one that cannot be opened waits for somebody, and its planner is told why."""
    for due in await unit.outside.due_to_open():
        vote = await unit.outside.get(due.meeting_id, lock=True)
        if vote is None or vote.state is not MeetingState.DRAFT or vote.opens_at is None or vote.opens_by is None:
            continue
        try:
            await check_may_open(unit, vote)
        except errors.Refusal as refusal:
            await _unplan(unit, vote.meeting_id, None)
            planner = await unit.people.get(vote.opens_by)
            if planner is not None:
                await tell(unit, planner, refusal)
        else:
            await open_for(unit, vote, vote.opens_by)


async def _unplan(unit: Unit, meeting_id: int, actor_id: int | None) -> None:
    await unit.outside.plan(meeting_id, None, None)
    await unit.journal.note("outside_vote_unplanned", actor_id=actor_id, meeting_id=meeting_id, facts={})
    await show_outside(unit, meeting_id)
