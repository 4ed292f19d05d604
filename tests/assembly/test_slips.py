"""Ballot slips: which totals so many of them can say, and how many hide who voted what."""

from itertools import combinations, product

import pytest

from assembly import errors
from assembly.motions import MotionKind, Question
from assembly.options import ABSTAIN, NONE, numbered
from assembly.slips import Bundle, check_hidden, check_may_resume, check_totals, counted_keys, read_totals
from assembly.statutes import Statutes
from assembly.tally import Seat

MAJORITY = Statutes().majority


def question(labels: str, picks: int, *, none: bool = False) -> Question:
    """Return a vote on persons."""
    return Question("", MAJORITY, MotionKind.PERSONS, options=numbered(labels, none=none), picks=picks)


@pytest.mark.parametrize(
    ("asked", "slips"),
    [
        (Question("", MAJORITY), 4),
        (question("ab", 1), 3),
        (question("abc", 2), 3),
        (question("abc", 3), 2),
        (question("ab", 2, none=True), 3),
    ],
)
def test_totals_are_those_that_slips_can_say(asked: Question, slips: int) -> None:
    """Of all totals exactly those are taken that some slips have: every way to fill them in is tried."""
    keys = counted_keys(asked)
    alone = [key for key in keys if key in {ABSTAIN, NONE}]
    named = [key for key in keys if key not in alone]
    ways = [(key,) for key in alone] + [way for size in range(1, asked.picks + 1) for way in combinations(named, size)]
    possible = {tuple(sum(key in way for way in filled) for key in keys) for filled in product(ways, repeat=slips)}
    taken = set()
    for totals in product(range(slips + 2), repeat=len(keys)):
        try:
            check_totals(asked, dict(zip(keys, totals, strict=True)), slips)
        except errors.TotalsDoNotAddUp:
            continue
        taken.add(totals)
    assert taken == possible


def test_totals_are_numbers_in_the_order_of_the_ballot() -> None:
    """As many as there are options and a blank vote, with whatever between them; words are not guessed at."""
    asked = Question("", MAJORITY)
    assert read_totals(asked, "5 3\n1") == read_totals(asked, " 5, 3; 1 ") == {"for": 5, "against": 3, "abstain": 1}
    for text in ("5 3", "5 3 1 0", "voor 5 tegen 3 blanco 1", "", "5 -3 1", "5 3 1.5"):
        with pytest.raises(errors.TotalsNotUnderstood) as refused:
            read_totals(asked, text)
        assert refused.value.count == 3


def test_how_many_hide_each_other() -> None:
    """People count, not seats: among the slips, and among the votes beside them unless there are none."""
    seats = [Seat(member, 1, carrier) for member, carrier in enumerate((1, 1, 2, 3, 4, 5, 6))]
    check_hidden(seats, (), (0, 2, 3), 3)
    check_hidden(seats, (4, 5, 6), (0, 2, 3), 3)
    with pytest.raises(errors.TooFewSlips) as few:
        check_hidden(seats, (), (0, 1, 2), 3)
    assert (few.value.people, few.value.needed) == (2, 3)
    with pytest.raises(errors.TooFewBeside) as beside:
        check_hidden(seats, (5, 6), (0, 2, 3), 3)
    assert (beside.value.people, beside.value.needed) == (2, 3)


def test_who_knows_totals_lets_nobody_vote() -> None:
    """Once totals were entered the vote does not go on, also where they are to be entered anew."""
    check_may_resume(None)
    check_may_resume(Bundle(1, 1, frozenset({1}), None, 1))
    for counts in ({"for": 1}, {}):
        with pytest.raises(errors.SlipsCounted):
            check_may_resume(Bundle(1, 1, frozenset({1}), counts, 1))
