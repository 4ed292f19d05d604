"""When a vote may open and take a ballot, and which press wins."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly import errors
from assembly.motions import (
    UPDATE_ORDER_HOLDS,
    Ballot,
    Motion,
    MotionState,
    check_may_cast,
    check_may_open,
    supersedes,
)
from assembly.tally import Basis, Choice, Majority, Seat, Threshold

OPENED = datetime(2019, 2, 13, 18, 0, tzinfo=UTC)
CLOSED = OPENED + timedelta(minutes=5)
MAJORITY = Majority(Threshold(Fraction(1, 2), strict=True), Basis.CAST)
QUORUM = Threshold(Fraction(1, 2), strict=True)


def motion(state: MotionState, closed_at: datetime | None = None) -> Motion:
    """Return a motion in a state."""
    return Motion(
        "Besluit",
        MAJORITY,
        id=1,
        meeting_id=1,
        item_id=1,
        number="6.1",
        title="Innovatie",
        state=state,
        opened_at=OPENED,
        state_changed_at=closed_at or OPENED,
        closed_at=closed_at,
    )


def ballot(choice: Choice, update_id: int, cast_at: datetime = OPENED) -> Ballot:
    """Return a ballot of one seat."""
    return Ballot(1, 1, (choice.value,), 10, cast_at, update_id)


def seats(present: int, total: int) -> list[Seat]:
    """Return seats of one vote each, of which the first ``present`` are carried."""
    return [Seat(member, 1, member if member < present else None) for member in range(total)]


def test_a_vote_opens() -> None:
    """With a quorum, or with anybody where none is needed, a vote may open."""
    check_may_open(seats(18, 34), QUORUM)
    check_may_open(seats(1, 34), None)


@pytest.mark.parametrize("quorum", [None, QUORUM])
def test_nobody_present(quorum: Threshold | None) -> None:
    """A vote without voters is refused, before any quorum is."""
    for empty in (seats(0, 34), []):
        with pytest.raises(errors.NobodyPresent):
            check_may_open(empty, quorum)


def test_the_quorum() -> None:
    """17 of 34 is no "meer dan de helft"; it is "ten minste de helft"."""
    with pytest.raises(errors.QuorumMissing) as refused:
        check_may_open(seats(17, 34), QUORUM)
    assert (refused.value.present, refused.value.needed) == (17, 18)
    check_may_open(seats(17, 34), Threshold(Fraction(1, 2), strict=False))


def test_the_quorum_counts_weights() -> None:
    """One present seat of five votes is a quorum against four absent ones of one."""
    check_may_open([Seat(0, 5, 1), *(Seat(m, 1, None) for m in range(1, 5))], QUORUM)


def test_the_carrier_casts() -> None:
    """The carrier of a seat in the frozen electorate may cast while the vote is open."""
    check_may_cast(motion(MotionState.OPEN), Seat(1, 1, 10), 10, "Deventer", CLOSED)


def test_after_closing() -> None:
    """A ballot after closing is refused with the time of closing, whoever presses."""
    for seat in (Seat(1, 1, 10), None):
        with pytest.raises(errors.VotingClosed) as refused:
            check_may_cast(motion(MotionState.CLOSED, CLOSED), seat, 10, "Deventer", CLOSED)
        assert refused.value.closed_at == CLOSED


@pytest.mark.parametrize("seat", [None, Seat(1, 1, None), Seat(1, 1, 11)])
def test_somebody_elses_seat(seat: Seat | None) -> None:
    """No seat, a seat that nobody carries and another's seat take no ballot."""
    with pytest.raises(errors.NotYourSeat) as refused:
        check_may_cast(motion(MotionState.OPEN), seat, 10, "Deventer", CLOSED)
    assert refused.value.member == "Deventer"


def test_the_moment_of_closing_is_tested_by_the_rule() -> None:
    """From the moment at which a vote closes by itself no ballot is taken, also where nobody has closed it yet."""
    closing = replace(motion(MotionState.OPEN), closes_at=CLOSED)
    check_may_cast(closing, Seat(1, 1, 10), 10, "Deventer", CLOSED - timedelta(microseconds=1))
    with pytest.raises(errors.VotingClosed) as refused:
        check_may_cast(closing, Seat(1, 1, 10), 10, "Deventer", CLOSED)
    assert refused.value.closed_at == CLOSED


def test_the_first_press_stands() -> None:
    """Where nothing stands, any press does."""
    assert supersedes(None, 1, OPENED)


def test_an_older_press_never_wins() -> None:
    """A press that comes again out of order, or twice, changes nothing; a later one does."""
    standing = ballot(Choice.AGAINST, 500)
    assert not supersedes(standing, 499, OPENED + timedelta(seconds=30))
    assert not supersedes(standing, 500, OPENED + timedelta(seconds=30))
    assert supersedes(standing, 501, OPENED)


def test_numbers_start_anew_after_a_quiet_week() -> None:
    """Telegram restarts the numbers at random: after so long a lower one may be the later press."""
    standing = ballot(Choice.AGAINST, 500)
    assert not supersedes(standing, 3, OPENED + UPDATE_ORDER_HOLDS)
    assert supersedes(standing, 3, OPENED + UPDATE_ORDER_HOLDS + timedelta(seconds=1))


@given(st.lists(st.tuples(st.integers(1, 50), st.sampled_from(Choice)), min_size=1, max_size=30))
def test_the_last_press_stands_in_any_order(presses: list[tuple[int, Choice]]) -> None:
    """However presses are delayed and repeated, what stands is the one that was pressed last."""
    by_id = dict(reversed(presses))
    standing: Ballot | None = None
    for seconds, (update_id, _) in enumerate(presses):
        now = OPENED + timedelta(seconds=seconds)
        if supersedes(standing, update_id, now):
            standing = ballot(by_id[update_id], update_id, now)
    assert standing is not None
    assert (standing.update_id, standing.selection) == (max(by_id), (by_id[max(by_id)],))


def test_every_order_of_three_presses() -> None:
    """For, against, for again: in all six orders of arrival the last one stands."""
    pressed = [(1, Choice.FOR), (2, Choice.AGAINST), (3, Choice.ABSTAIN)]
    for order in permutations(pressed):
        standing: Ballot | None = None
        for update_id, choice in order:
            if supersedes(standing, update_id, OPENED):
                standing = ballot(choice, update_id)
        assert standing is not None
        assert standing.selection == (Choice.ABSTAIN,)
