"""What follows a count: which outcome stands, who may dispute it, and what is adopted without one.

The chair's word about the outcome decides; disputed at once, a vote is held again (BW 2:13(3)-(4)).
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from assembly import errors
from assembly.motions import BallotForm, Motion, MotionState
from assembly.tally import ChairsVote, Majority, Outcome, Seat, tally

AWAITED = frozenset({MotionState.OPEN, MotionState.SUSPENDED, MotionState.CLOSED})
"""States in which a vote waits for those who lead: no other vote is opened meanwhile."""


def standing(motions: Collection[Motion]) -> tuple[Motion, ...]:
    """Return the votes of which the outcome stands: pronounced, and not voted on again since."""
    pronounced = [motion for motion in motions if motion.state is MotionState.PRONOUNCED]
    replaced = {motion.supersedes_id for motion in pronounced}
    return tuple(motion for motion in pronounced if motion.id not in replaced)


def disputes_needed(form: BallotForm, seats: Collection[Seat]) -> int:
    """Return how many votes must ask for another vote.

    More than half of those present or represented; one where neither roll was called nor in writing (BW 2:13(4)).
    """
    if form is BallotForm.ACCLAMATION:
        return 1
    return sum(seat.weight for seat in seats if seat.carrier_id is not None) // 2 + 1


def check_may_dispute(motion: Motion, window: timedelta, now: datetime) -> None:
    """Refuse to dispute what was not pronounced, or not within ``window`` after that."""
    if motion.state is not MotionState.PRONOUNCED:
        raise errors.Gone
    until = motion.state_changed_at + window
    if now > until:
        raise errors.DisputeTooLate(until)


def acclaimed(seats: Collection[Seat], majority: Majority) -> Outcome:
    """Return the outcome of what was adopted without a vote, because nobody of ``seats`` objected."""
    return replace(tally(seats, {}, majority), adopted=True)


def left_to_chair(outcome: Outcome) -> Outcome:
    """Return an outcome with the chair's vote awaited, where it decides: the votes are tied, and one more adopts."""
    decides = outcome.tied and outcome.needed <= outcome.in_favour + 1
    return replace(outcome, chair=ChairsVote.AWAITED) if decides else outcome


def decided_by_chair(outcome: Outcome, *, adopted: bool) -> Outcome:
    """Return an outcome for which the chair's vote was awaited, as that vote decides."""
    if outcome.chair is not ChairsVote.AWAITED:
        raise errors.Gone
    return replace(outcome, adopted=adopted, chair=ChairsVote.GIVEN)


def by_acclamation(outcome: Outcome) -> bool:
    """Whether something was adopted without a vote: a vote in which nothing was cast adopts nothing."""
    return outcome.adopted and not outcome.cast
