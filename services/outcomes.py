"""Counting a vote, what the chair pronounces of it, and the decision list."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from assembly import errors
from assembly.facts.outcomes import VerdictChoice, Wording, WordingExpected
from assembly.facts.voting import Decision, DecisionList, DecisionsPublished, WrittenDecision
from assembly.meetings import Meeting
from assembly.members import Acting
from assembly.motions import (
    BallotForm,
    Motion,
    MotionState,
    OptionsOutcome,
    check_selection,
    check_verdict,
    counted_verdict,
)
from assembly.options import Selection, joined
from assembly.permissions import Act, may
from assembly.pronouncing import Cause, decided_by_chair, standing
from assembly.tally import ChairsVote, Outcome
from assembly.wording import written_text
from services.access import holders_of, permit, require
from services.ballot_cards import show_ballots
from services.entry_cards import lapse_entries
from services.instructions import deviations
from services.meetings import get_meeting
from services.outside_cards import show_outside
from services.rounds import elected_before, follows
from services.seats import day_of
from services.tallying import cast_by, count
from services.telling import convened, tell, tell_all, tell_groups, turn
from services.vote_cards import locked_vote, published, show_vote
from services.vote_records import in_journal
from storage.facts import canonical, dump
from storage.tables import Priority
from storage.unit import Unit

OTHERWISE_STEP = "pronounce_otherwise"
REASON_LIMIT = 500


async def close_motion(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Close the vote and count it. A vote that was closed before stays as it is."""
    acting = await require(unit, telegram_id, Act.CLOSE_VOTE)
    motion = await locked_vote(unit, motion_id, MotionState.OPEN)
    if motion.form is BallotForm.ACCLAMATION and motion.closes_at is not None and unit.now < motion.closes_at:
        raise errors.ObjectionPossible(motion.closes_at)
    await close(unit, motion, acting.person.id, unit.now)


async def close(unit: Unit, motion: Motion, closed_by: int | None, closed_at: datetime) -> None:
    """Freeze a vote that was locked and is open, as at ``closed_at``, and count it.

    Those who lead see the outcome that the chair is to pronounce. It is published at once where the statutes want that,
    of a straw poll, which decides nothing, and where nobody objected to adopting something without a vote: the chair
    pronounced that beforehand. A vote outside a meeting is over with it, and nobody pronounces its outcome.
    """
    seats = await unit.motions.electorate(motion.id)
    cast = await cast_by(unit, motion)
    outcome = await count(unit, motion, seats, cast)
    await unit.motions.close(motion.id, closed_by, closed_at, outcome)
    await unit.journal.note(
        "motion_closed",
        actor_id=closed_by,
        meeting_id=motion.meeting_id,
        facts={
            "motion": motion.id,
            "outcome": in_journal(outcome),
            "ballots": [[member_id, ",".join(chosen)] for member_id, chosen in sorted(cast.items())],
        },
    )
    secret = motion.form is BallotForm.SECRET
    found = [] if secret else await deviations(unit, motion, seats, cast)
    if found:  # told here and not with each ballot, because until now nobody else may know the instruction
        await unit.journal.note(
            "instructions_not_followed",
            actor_id=None,
            meeting_id=motion.meeting_id,
            facts={"motion": motion.id, "ballots": [list(ballot) for ballot in found]},
        )
    await lapse_entries(unit, motion.meeting_id, motion.id)
    await show_ballots(unit, motion.id, seats)
    if motion.outside:
        await unit.meetings.close(motion.meeting_id)
    at_once = motion.straw or motion.outside or motion.form is BallotForm.ACCLAMATION
    if at_once or not (unit.association.statutes.chair_pronounces or _awaits_chair(outcome)):
        await _pronounce(unit, closed_by, motion)
    else:
        await _shown(unit, motion.id)


async def pronounce(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Let what was counted stand, and publish it.

    Refuses with ``Gone`` what was pronounced before, and a tie that the chair's vote is to decide.
    """
    acting = await require(unit, telegram_id, Act.PRONOUNCE_OUTCOME)
    motion = await locked_vote(unit, motion_id, MotionState.CLOSED)
    _check_counted(motion)
    await _pronounce(unit, acting.person.id, motion)


async def break_tie(unit: Unit, telegram_id: int, motion_id: int, *, adopted: bool) -> None:
    """Let the chair's vote decide a tie (setting ``chair_breaks_ties``), and publish the outcome."""
    acting = await require(unit, telegram_id, Act.PRONOUNCE_OUTCOME)
    motion = await locked_vote(unit, motion_id, MotionState.CLOSED)
    if not isinstance(motion.outcome, Outcome):
        raise errors.Gone
    outcome = decided_by_chair(motion.outcome, adopted=adopted)
    await unit.motions.add_outcome(motion.id, Cause.TIE, outcome, acting.person.id)
    await unit.journal.note(
        "tie_broken",
        actor_id=acting.person.id,
        meeting_id=motion.meeting_id,
        facts={"motion": motion.id, "outcome": in_journal(outcome)},
    )
    await _pronounce(unit, acting.person.id, motion)


def _check_counted(motion: Motion) -> None:
    """Refuse to pronounce what the chair's vote is to decide first."""
    if _awaits_chair(motion.outcome):
        raise errors.Gone


def _awaits_chair(outcome: Outcome | OptionsOutcome | None) -> bool:
    return isinstance(outcome, Outcome) and outcome.chair is ChairsVote.AWAITED


async def offer_verdicts(
    unit: Unit, telegram_id: int, motion_id: int, chosen: Selection = (), message_id: int | None = None
) -> None:
    """Show what the chair can pronounce in place of what was counted; of several options with what is ``chosen``."""
    acting = await require(unit, telegram_id, Act.PRONOUNCE_OUTCOME)
    motion = await locked_vote(unit, motion_id, MotionState.CLOSED)
    _check_counted(motion)
    if motion.outcome is None:
        raise errors.Gone
    if chosen:
        check_selection(motion, joined(chosen))
    counted = counted_verdict(motion.outcome)
    shown = VerdictChoice(motion.id, motion.number, motion.title, motion.outcome, counted, chosen)
    await turn(unit, acting, shown, f"verdict:{motion.id}", message_id)


async def ask_otherwise(unit: Unit, telegram_id: int, motion_id: int, verdict: Selection) -> None:
    """Expect why the chair pronounces this ``verdict`` in place of what was counted."""
    acting = await require(unit, telegram_id, Act.PRONOUNCE_OUTCOME)
    motion = await locked_vote(unit, motion_id, MotionState.CLOSED)
    _check_counted(motion)
    check_verdict(motion, verdict)
    await unit.conversations.begin(acting.person.id, OTHERWISE_STEP, motion_id=motion.id, verdict=list(verdict))
    await tell(unit, acting, WordingExpected(Wording.OTHERWISE, motion.number, motion.title))


async def take_otherwise(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Let the chair's word stand against the count (BW 2:13(3)), and publish both with the reason that was typed."""
    await permit(unit, acting, Act.PRONOUNCE_OUTCOME)
    motion = await locked_vote(unit, data["motion_id"], MotionState.CLOSED)
    verdict = tuple(data["verdict"])
    check_verdict(motion, verdict)
    reason = written_text(text, REASON_LIMIT)
    await unit.conversations.end(acting.person.id)
    await _pronounce(unit, acting.person.id, motion, verdict, reason)


async def _pronounce(
    unit: Unit, pronounced_by: int | None, motion: Motion, verdict: Selection | None = None, reason: str = ""
) -> None:
    """Let an outcome stand, or a ``verdict`` for a ``reason``, and publish it to everybody and to the groups, once."""
    if verdict is not None and motion.outcome is not None:
        await unit.motions.add_outcome(motion.id, Cause.OTHERWISE, motion.outcome, pronounced_by, verdict, reason)
    await unit.motions.pronounce(motion.id)
    await unit.journal.note(
        "outcome_pronounced",
        actor_id=pronounced_by,
        meeting_id=motion.meeting_id,
        facts={"motion": motion.id, **({} if verdict is None else {"verdict": list(verdict)})},
        private={"reason": reason} if reason else None,
    )
    await announce(unit, await _shown(unit, motion.id))


async def announce(unit: Unit, pronounced: Motion) -> None:
    """Publish an outcome as it stands to everybody who was convened, to who leads, and to the groups."""
    told = await published(unit, pronounced)
    audience = (*await convened(unit, pronounced.meeting_id), *await holders_of(unit, Act.LEAD_VOTE))
    await tell_all(unit, audience, told, priority=Priority.RESULT)
    await tell_groups(unit, told.for_groups)


async def _shown(unit: Unit, motion_id: int) -> Motion:
    """Show a vote as it stands now to those who lead, and return it."""
    motion = await unit.motions.get(motion_id)
    if motion is None:
        raise errors.Gone
    await (show_outside(unit, motion.meeting_id) if motion.outside else show_vote(unit, motion))
    return motion


async def show_decisions(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Show the decision list as it stands."""
    acting = await require(unit, telegram_id, Act.SEE_DECISIONS)
    meeting = await get_meeting(unit, meeting_id)
    await tell(unit, acting, await _decisions(unit, meeting, may_publish=may(acting, Act.PUBLISH_DECISIONS)))


async def publish_decisions(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Send the decision list to everybody who was convened and to the groups; each state of the list once."""
    acting = await require(unit, telegram_id, Act.PUBLISH_DECISIONS)
    meeting = await get_meeting(unit, meeting_id, lock=True)
    decisions = await _decisions(unit, meeting, may_publish=False)
    if not (decisions.decisions or decisions.written):
        raise errors.NoDecisions
    batch = f"decisions:{meeting.id}:{sha256(canonical(dump(decisions)).encode()).hexdigest()[:16]}"
    if await unit.outbox.report(batch):
        raise errors.DecisionsSent
    await unit.journal.note(
        "decisions_published",
        actor_id=acting.person.id,
        meeting_id=meeting.id,
        facts={"decisions": len(decisions.decisions), "written": len(decisions.written)},
    )
    people = await tell_all(unit, await convened(unit, meeting.id), decisions, priority=Priority.RESULT, batch=batch)
    await tell_groups(unit, decisions, batch=batch)
    await tell(unit, acting, DecisionsPublished(people))


async def _decisions(unit: Unit, meeting: Meeting, *, may_publish: bool) -> DecisionList:
    """Return what was decided, with the corrections to it.

    Of what was voted on again the last outcome, of a vote in rounds the last one with all who were elected.
    """
    motions = [motion for motion in standing(await unit.motions.of_meeting(meeting.id)) if motion.decides]
    decided = [motion for motion in motions if not any(follows(other, motion) for other in motions)]
    corrections = await unit.verdicts.rectified([motion.id for motion in decided])
    return DecisionList(
        meeting.id,
        meeting.title,
        day_of(unit, meeting),
        tuple(
            Decision(
                motion.number,
                motion.text,
                motion.outcome,
                elected_before(motion, motions),
                "" if motion.verdict is None else motion.reason,
                tuple(found.text for found in corrections if found.motion_id == motion.id),
                motion.verdict or (),
            )
            for motion in decided
            if motion.outcome is not None
        ),
        may_publish,
        await _written(unit, meeting),
    )


async def _written(unit: Unit, meeting: Meeting) -> tuple[WrittenDecision, ...]:
    """Return the resolutions in writing since the assembly before, which this one takes note of."""
    before = await unit.meetings.opened_before(meeting)
    decisions = []
    for vote in await unit.outside.written(before.closed_at if before else None, meeting.closed_at or unit.now):
        for motion in await unit.motions.of_meeting(vote.meeting_id):
            if isinstance(motion.outcome, Outcome) and motion.closed_at is not None:
                day = unit.association.local(motion.closed_at).date()
                decisions.append(WrittenDecision(motion.text, day, motion.outcome, vote.knowledge))
    return tuple(decisions)
