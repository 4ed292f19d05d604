"""Counting: thresholds, bases, ties and weights, against a second count that shares nothing with the first."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly.tally import Basis, Choice, Majority, Outcome, Seat, Threshold, tally

HALF = Fraction(1, 2)
MORE_THAN_HALF = Majority(Threshold(HALF, strict=True), Basis.CAST)
TWO_THIRDS = Majority(Threshold(Fraction(2, 3), strict=False), Basis.CAST)
MAJORITIES = [
    Majority(Threshold(share, strict=strict), basis)
    for share in (Fraction(0), HALF, Fraction(2, 3), Fraction(3, 4), Fraction(1))
    for strict in (True, False)
    for basis in Basis
    if not (strict and share == 1)
]


def count(votes: dict[Choice | None, int], majority: Majority, *, absent: int = 0) -> Outcome:
    """Count single votes: so many for each choice, ``None`` for present seats that did not vote."""
    choices = [choice for choice, number in votes.items() for _ in range(number)]
    seats = [Seat(member_id, 1, member_id) for member_id in range(len(choices))]
    seats += [Seat(len(choices) + extra, 1, None) for extra in range(absent)]
    return tally(seats, {seat: choice for seat, choice in enumerate(choices) if choice is not None}, majority)


def recount(seats: list[Seat], ballots: dict[int, Choice], majority: Majority) -> tuple[int, int, int, int, bool]:
    """Count again: one slip of paper per vote, piles, and whole numbers only."""
    slips = [
        ballots.get(seat.member_id, "nothing") if seat.carrier_id is not None else "absent"
        for seat in seats
        for _ in range(seat.weight)
    ]
    piles = {name: len([slip for slip in slips if slip == name]) for name in (*Choice, "nothing", "absent")}
    yes, no = piles[Choice.FOR], piles[Choice.AGAINST]
    out_of = {
        Basis.CAST: yes + no,
        Basis.VOTED: yes + no + piles[Choice.ABSTAIN],
        Basis.PRESENT: len(slips) - piles["absent"],
        Basis.ALL: len(slips),
    }[majority.basis]
    asked = majority.threshold.share.numerator * out_of
    got = majority.threshold.share.denominator * yes
    enough = got > asked if majority.threshold.strict else got >= asked
    return yes, no, piles[Choice.ABSTAIN], piles["nothing"], enough and yes > no


def test_half_and_more_than_half() -> None:
    """17 of 34 is no "meer dan de helft" and is "ten minste de helft"; 18 is both."""
    more, least = Threshold(HALF, strict=True), Threshold(HALF, strict=False)
    assert more.needed(34) == 18
    assert least.needed(34) == 17
    assert not more.met(17, 34)
    assert least.met(17, 34)
    assert more.met(18, 34)


@pytest.mark.parametrize(
    ("share", "strict", "total", "needed"),
    [
        (HALF, True, 33, 17),
        (HALF, False, 33, 17),
        (Fraction(2, 3), False, 31, 21),
        (Fraction(2, 3), False, 30, 20),
        (Fraction(2, 3), True, 30, 21),
        (Fraction(3, 4), False, 33, 25),
        (Fraction(1), False, 33, 33),
        (Fraction(0), False, 33, 1),
        (Fraction(0), True, 33, 1),
        (HALF, True, 0, 1),
    ],
)
def test_needed(share: Fraction, strict: bool, total: int, needed: int) -> None:
    """The smallest number that reaches a threshold, exact at its edge and never below one."""
    assert Threshold(share, strict=strict).needed(total) == needed


@given(st.fractions(0, 1, max_denominator=20), st.booleans(), st.integers(0, 500))
def test_needed_is_the_smallest(share: Fraction, strict: bool, total: int) -> None:
    """What is needed reaches the share, and one vote fewer does not."""
    if strict and share == 1:
        return
    needed = Threshold(share, strict=strict).needed(total)

    def reaches(number: int) -> bool:
        exact = Fraction(number, total) if total else Fraction(number)
        return number >= 1 and (exact > share if strict else exact >= share)

    assert reaches(needed)
    assert not reaches(needed - 1)


@pytest.mark.parametrize(("share", "strict"), [(Fraction(3, 2), False), (Fraction(-1, 2), False), (Fraction(1), True)])
def test_impossible_thresholds_cannot_be_made(share: Fraction, strict: bool) -> None:
    """No statutes ask for more than all or less than nothing."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        Threshold(share, strict=strict)


def test_a_special_majority() -> None:
    """22 of 31 is enough for two thirds, which is 21 of them; 20 is not."""
    outcome = count({Choice.FOR: 22, Choice.AGAINST: 9}, TWO_THIRDS)
    assert (outcome.cast, outcome.basis_total, outcome.needed, outcome.adopted) == (31, 31, 21, True)
    assert count({Choice.FOR: 21, Choice.AGAINST: 10}, TWO_THIRDS).adopted
    assert not count({Choice.FOR: 20, Choice.AGAINST: 11}, TWO_THIRDS).adopted


@pytest.mark.parametrize("majority", MAJORITIES)
def test_a_tie_rejects(majority: Majority) -> None:
    """Equal votes reject under every majority, and are told as a tie."""
    outcome = count({Choice.FOR: 8, Choice.AGAINST: 8, Choice.ABSTAIN: 3}, majority)
    assert outcome.tied
    assert not outcome.adopted


@pytest.mark.parametrize("majority", MAJORITIES)
def test_nothing_cast_rejects(majority: Majority) -> None:
    """Abstentions alone adopt nothing, and are no tie."""
    outcome = count({Choice.ABSTAIN: 5, None: 2}, majority, absent=1)
    assert not outcome.adopted
    assert not outcome.tied


def test_abstentions_are_present_and_not_cast() -> None:
    """An abstention counts for those present, never for the votes cast."""
    outcome = count({Choice.FOR: 3, Choice.AGAINST: 2, Choice.ABSTAIN: 20, None: 4}, MORE_THAN_HALF, absent=5)
    assert (outcome.cast, outcome.abstained, outcome.not_cast, outcome.present, outcome.total) == (5, 20, 4, 29, 34)
    assert outcome.adopted


@pytest.mark.parametrize(
    ("basis", "total", "adopted"), [(Basis.CAST, 16, True), (Basis.PRESENT, 24, False), (Basis.ALL, 34, False)]
)
def test_the_basis_decides(basis: Basis, total: int, adopted: bool) -> None:
    """The same votes can be enough of those cast, and not of those present or of all."""
    votes: dict[Choice | None, int] = {Choice.FOR: 11, Choice.AGAINST: 5, Choice.ABSTAIN: 6, None: 2}
    outcome = count(votes, Majority(Threshold(HALF, strict=True), basis), absent=10)
    assert (outcome.basis_total, outcome.adopted) == (total, adopted)


def test_unanimous_of_all() -> None:
    """Outside an assembly all members must agree: one that is absent or abstains stops it."""
    unanimous = Majority(Threshold(Fraction(1), strict=False), Basis.ALL)
    assert count({Choice.FOR: 33}, unanimous).adopted
    assert not count({Choice.FOR: 32, Choice.ABSTAIN: 1}, unanimous).adopted
    assert not count({Choice.FOR: 32}, unanimous, absent=1).adopted


def test_weights_are_counted_not_people() -> None:
    """One seat of five votes outweighs four of one."""
    seats = [Seat(0, 5, 100), *(Seat(member_id, 1, member_id) for member_id in range(1, 5))]
    ballots = {0: Choice.FOR} | dict.fromkeys(range(1, 5), Choice.AGAINST)
    outcome = tally(seats, ballots, MORE_THAN_HALF)
    assert (outcome.in_favour, outcome.against, outcome.total, outcome.adopted) == (5, 4, 9, True)


@pytest.mark.parametrize("seats", [[Seat(1, 1, 10)], [Seat(1, 1, 10), Seat(2, 1, None)]])
def test_a_ballot_without_a_carried_seat_stops_the_count(seats: list[Seat]) -> None:
    """A ballot that should never have been accepted is not left out in silence."""
    with pytest.raises(ValueError, match=r"\[2\]"):
        tally(seats, {2: Choice.FOR}, MORE_THAN_HALF)


def check(seats: list[Seat], ballots: dict[int, Choice], majority: Majority) -> None:
    """Compare the two counts, and the sums that must fit."""
    outcome = tally(seats, ballots, majority)
    found = (outcome.in_favour, outcome.against, outcome.abstained, outcome.not_cast, outcome.adopted)
    assert found == recount(seats, ballots, majority)
    assert outcome.cast == outcome.in_favour + outcome.against
    assert outcome.cast + outcome.abstained + outcome.not_cast == outcome.present <= outcome.total
    assert outcome.adopted == (
        outcome.in_favour >= outcome.needed and not outcome.tied and outcome.in_favour > outcome.against
    )


@pytest.mark.parametrize("majority", MAJORITIES)
def test_the_second_count_agrees_on_every_small_vote(majority: Majority) -> None:
    """Every way in which five members can vote, not vote or be absent, under every majority."""
    for answers in product([*Choice, None, "absent"], repeat=5):
        seats = [Seat(member, 1, None if answer == "absent" else member) for member, answer in enumerate(answers)]
        check(seats, {m: Choice(a) for m, a in enumerate(answers) if a in tuple(Choice)}, majority)


@settings(max_examples=1000)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from([*Choice, None, "absent"])), max_size=40),
    st.sampled_from(MAJORITIES),
)
def test_the_second_count_agrees_on_weighted_votes(answers: list[tuple[int, str | None]], majority: Majority) -> None:
    """Random electorates with random weights."""
    seats = [
        Seat(member, weight, None if answer == "absent" else member % 3)
        for member, (weight, answer) in enumerate(answers)
    ]
    check(seats, {m: Choice(a) for m, (_, a) in enumerate(answers) if a in tuple(Choice)}, majority)
