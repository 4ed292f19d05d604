"""Suspending a vote, letting it go on, and declaring it void: what was cast is kept in any case."""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.facts.outcomes import VoteNews, Wording, WordingExpected
from assembly.members import Acting
from assembly.motions import Motion, MotionState
from assembly.permissions import Act
from assembly.slips import check_may_resume
from assembly.wording import written_text
from services.access import holders_of, permit, require
from services.ballot_cards import show_ballots
from services.entry_cards import lapse_entries
from services.slip_cards import drop_slips
from services.telling import tell, tell_all, tell_groups
from services.vote_cards import locked_vote, show_vote
from storage.tables import Priority
from storage.unit import Unit

VOID_STEP = "vote_void"
REASON_LIMIT = 500
VOIDABLE = (MotionState.OPEN, MotionState.SUSPENDED, MotionState.CLOSED)
"""What was not pronounced yet: after that an outcome is voted on again, or corrected."""


async def suspend(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Suspend a vote that is open: nothing can be cast, and what was cast stands. It no longer closes by itself."""
    acting = await require(unit, telegram_id, Act.CLOSE_VOTE)
    motion = await locked_vote(unit, motion_id, MotionState.OPEN)
    await unit.motions.set_closing(motion.id, None)
    await _change(unit, acting.person.id, motion, MotionState.SUSPENDED, "motion_suspended")


async def resume(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Let a vote that was suspended go on, with the same electorate and what was cast."""
    acting = await require(unit, telegram_id, Act.CLOSE_VOTE)
    motion = await locked_vote(unit, motion_id, MotionState.SUSPENDED)
    if await unit.meetings.paused_since(motion.meeting_id) is not None:
        raise errors.MeetingSuspended
    check_may_resume(await unit.boxes.bundle(motion.id))
    await drop_slips(unit, motion.id)
    await _change(unit, acting.person.id, motion, MotionState.OPEN, "motion_resumed")


async def ask_void(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Expect why a vote is void that was not pronounced yet."""
    acting = await require(unit, telegram_id, Act.CLOSE_VOTE)
    motion = await locked_vote(unit, motion_id, *VOIDABLE)
    await unit.conversations.begin(acting.person.id, VOID_STEP, motion_id=motion.id)
    await tell(unit, acting, WordingExpected(Wording.VOID, motion.number, motion.title))


async def take_void(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Declare the vote void for the reason that was typed; its item can be put to the vote again."""
    await permit(unit, acting, Act.CLOSE_VOTE)
    motion = await locked_vote(unit, data["motion_id"], *VOIDABLE)
    await unit.conversations.end(acting.person.id)
    await void(unit, acting.person.id, motion, written_text(text, REASON_LIMIT))


async def void(unit: Unit, actor_id: int, motion: Motion, reason: str = "", objected_by: str = "") -> None:
    """Declare a vote void: its ballots stay in the record and count no more, and everybody who takes part is told."""
    await lapse_entries(unit, motion.meeting_id, motion.id)
    await drop_slips(unit, motion.id)
    await _change(unit, actor_id, motion, MotionState.VOIDED, "motion_voided", reason, objected_by)


async def _change(
    unit: Unit,
    actor_id: int,
    motion: Motion,
    state: MotionState,
    kind: str,
    reason: str = "",
    objected_by: str = "",
) -> None:
    """Bring a vote into another state, and show and tell that to who takes part in it, to who leads and to groups."""
    await unit.motions.set_state(motion.id, state, reason)
    await unit.journal.note(
        kind,
        actor_id=actor_id,
        meeting_id=motion.meeting_id,
        facts={"motion": motion.id},
        private={"reason": reason} if reason else None,
    )
    seats = await unit.motions.electorate(motion.id)
    await show_ballots(unit, motion.id, seats)
    changed = await unit.motions.get(motion.id)
    if changed is not None:
        await show_vote(unit, changed)
    news = VoteNews(motion.number, motion.title, state, reason, objected_by, motion.procedural)
    carriers = await unit.people.all({seat.carrier_id for seat in seats if seat.carrier_id is not None})
    await tell_all(unit, (*carriers, *await holders_of(unit, Act.LEAD_VOTE)), news, priority=Priority.RESULT)
    await tell_groups(unit, news)
