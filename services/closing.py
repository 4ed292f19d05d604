"""Votes that close by themselves at their moment."""

from datetime import timedelta

from assembly import errors
from assembly.facts.outcomes import VoteKeptOpen
from assembly.motions import BallotForm, Motion, MotionState, has_closed
from assembly.permissions import Act
from services.access import holders_of, require
from services.ballot_cards import show_ballots
from services.outcomes import close
from services.telling import tell
from services.vote_cards import locked_vote, show_vote
from storage.unit import Unit

MINUTES = frozenset({2, 5, 10})
"""After how many minutes a vote can be let close by itself."""


async def set_closing(unit: Unit, telegram_id: int, motion_id: int, minutes: int) -> None:
    """Let a vote close by itself in so many ``minutes`` from now; 0 leaves it to the chair."""
    acting = await require(unit, telegram_id, Act.CLOSE_VOTE)
    motion = await locked_vote(unit, motion_id, MotionState.OPEN)
    if minutes not in {0, *MINUTES} or motion.form is BallotForm.ACCLAMATION or has_closed(motion, unit.now):
        raise errors.Gone
    closes_at = unit.now + timedelta(minutes=minutes) if minutes else None
    await unit.motions.set_closing(motion.id, closes_at)
    await unit.journal.note(
        "motion_closing_set",
        actor_id=acting.person.id,
        meeting_id=motion.meeting_id,
        facts={"motion": motion.id, "closes_at": closes_at},
    )
    await show_ballots(unit, motion.id, await unit.motions.electorate(motion.id))
    await show_vote(unit, motion)


async def close_due(unit: Unit) -> None:
    """Close every vote of which the moment has come; called every few seconds, mostly for nothing."""
    for motion_id in await unit.motions.due():
        motion = await unit.motions.get(motion_id, lock="update")
        if motion is not None and motion.state is MotionState.OPEN and motion.closes_at is not None:
            try:
                await close(unit, motion, None, motion.closes_at)
            except errors.TooFewVoted as refusal:
                await _keep_open(unit, motion, refusal)


async def _keep_open(unit: Unit, motion: Motion, refusal: errors.TooFewVoted) -> None:
    """Leave a secret vote that cannot be counted to the chair: more can vote, or it is declared void."""
    await unit.motions.set_closing(motion.id, None)
    facts = {"motion": motion.id}
    await unit.journal.note("motion_kept_open", actor_id=None, meeting_id=motion.meeting_id, facts=facts)
    await show_ballots(unit, motion.id, await unit.motions.electorate(motion.id))
    await show_vote(unit, motion)
    for leader in await holders_of(unit, Act.LEAD_VOTE):
        await tell(unit, leader, VoteKeptOpen(motion.number, motion.title, refusal.people, refusal.needed))
