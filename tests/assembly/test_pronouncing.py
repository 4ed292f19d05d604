"""What follows a count: which outcome stands, disputes, objections, and the moment of closing."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from assembly import errors
from assembly.motions import BallotForm, Motion, MotionState, has_closed
from assembly.pronouncing import (
    acclaimed,
    by_acclamation,
    check_may_dispute,
    disputes_needed,
    standing,
)
from assembly.tally import Basis, Choice, Majority, Seat, Threshold, tally

NOW = datetime(2019, 2, 13, 19, 0, tzinfo=UTC)
ORDINARY = Majority(Threshold(Fraction(1, 2), strict=True), Basis.CAST)
SEATS = [Seat(1, 3, 10), Seat(2, 2, 11), Seat(3, 1, 11), Seat(4, 4, None)]
WINDOW = timedelta(minutes=5)


def motion(
    number: int,
    state: MotionState = MotionState.PRONOUNCED,
    *,
    supersedes_id: int | None = None,
    closes_at: datetime | None = None,
) -> Motion:
    """Return a motion that is in its state since ``NOW``."""
    return Motion(
        "Voorstel",
        ORDINARY,
        id=number,
        meeting_id=1,
        item_id=1,
        number="2",
        title="Notulen",
        state=state,
        opened_at=NOW,
        state_changed_at=NOW,
        supersedes_id=supersedes_id,
        closes_at=closes_at,
    )


def test_the_last_outcome_stands() -> None:
    """A vote that was held again gives way once the new outcome is pronounced: not while it is open, nor if void."""
    first, other = motion(1), motion(9)
    for state in MotionState:
        again = motion(2, state, supersedes_id=1)
        expected = [again, other] if state is MotionState.PRONOUNCED else [first, other]
        assert list(standing([first, again, other])) == expected
    assert list(standing([first, motion(2, supersedes_id=1), motion(3, supersedes_id=2)])) == [
        motion(3, supersedes_id=2)
    ]


@pytest.mark.parametrize(("form", "needed"), [("roll_call", 4), ("secret", 4), ("acclamation", 1)])
def test_how_many_dispute(form: str, needed: int) -> None:
    """Of 6 votes present more than half, absent ones not counted; a single one where nobody was called."""
    assert disputes_needed(BallotForm(form), SEATS) == needed


def test_disputes_come_at_once() -> None:
    """An outcome is disputed within the window after it was pronounced, and no proposed or void one at all."""
    check_may_dispute(motion(1), WINDOW, NOW + WINDOW)
    with pytest.raises(errors.DisputeTooLate):
        check_may_dispute(motion(1), WINDOW, NOW + WINDOW + timedelta(seconds=1))
    for state in set(MotionState) - {MotionState.PRONOUNCED}:
        with pytest.raises(errors.Gone):
            check_may_dispute(motion(1, state), WINDOW, NOW)


def test_closing_at_a_moment() -> None:
    """A vote has closed from its moment on, and one without a moment never."""
    assert not has_closed(motion(1), NOW)
    assert [has_closed(motion(1, closes_at=NOW), NOW + timedelta(seconds=s)) for s in (-1, 0, 1)] == [False, True, True]


def test_adopted_without_a_vote() -> None:
    """What nobody objected to is adopted with nothing cast, which no count ever gives."""
    outcome = acclaimed(SEATS, ORDINARY)
    assert (outcome.adopted, outcome.cast, outcome.present, outcome.total) == (True, 0, 6, 10)
    assert by_acclamation(outcome)
    for ballots in ({}, {1: Choice.FOR}, {1: Choice.ABSTAIN}, {1: Choice.AGAINST}):
        assert not by_acclamation(tally(SEATS, ballots, ORDINARY))
