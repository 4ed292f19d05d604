"""Votes on variants and persons: rounds, seats, ties and the lot, against a second count by another way of thinking."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from random import Random

import pytest

from assembly import errors
from assembly.motions import MotionKind, OptionsOutcome, Question, Rule, check_selection
from assembly.options import ABSTAIN, NONE, Option, Selection, numbered, selection
from assembly.options_tally import count, draw_lot
from assembly.tally import Basis, Choice, Majority, Seat, Threshold, tally

MAJORITY = Majority(Threshold(Fraction(1, 2), strict=True), Basis.CAST)
SHARES = [Fraction(0), Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(1)]


def asked(kind: MotionKind, rule: Rule, labels: str, *, picks: int = 1, **more: object) -> Question:
    """Return a question with options named by letters; "-" is "none of these"."""
    options = numbered(labels.removesuffix("-"), none=labels.endswith("-"))
    return replace(Question("", MAJORITY, kind, rule=rule, options=options, picks=picks), **more)  # type: ignore[arg-type]


def voted(question: Question, slips: dict[str, int], **more: object) -> OptionsOutcome:
    """Count slips: so many with each text of letters, "" for blank ones."""
    keys = {option.label or "-": option.key for option in question.options}
    cast = [
        selection(keys[letter] for letter in letters) or (ABSTAIN,)
        for letters, number in slips.items()
        for _ in range(number)
    ]
    seats = [Seat(member_id, 1, member_id) for member_id in range(len(cast))]
    return count(seats, dict(enumerate(cast)), question, **more)  # type: ignore[arg-type]


def told(outcome: OptionsOutcome) -> tuple[str, str, str]:
    """Return who is chosen, who remains and who is tied, by letters."""
    return (
        "".join(outcome.labels(outcome.chosen)),
        "".join(outcome.labels(sorted(outcome.remaining))),
        "".join(outcome.labels(sorted(outcome.tied))),
    )


PERSONS, VARIANTS = MotionKind.PERSONS, MotionKind.VARIANTS
TOP_TWO, ELIMINATION, PLURALITY = Rule.TOP_TWO, Rule.ELIMINATION, Rule.PLURALITY
TOP_TWO_LOT, ELIMINATION_LOT = Rule.TOP_TWO_LOT, Rule.ELIMINATION_LOT


@pytest.mark.parametrize(
    ("question", "slips", "expected"),
    [
        # A majority in the first round; blank slips count for nothing.
        (asked(PERSONS, TOP_TWO, "ABC"), {"A": 6, "B": 3, "C": 2, "": 20}, ("A", "", "")),
        # None: the two with the most votes go on, and whoever has as many as the second.
        (asked(PERSONS, TOP_TWO, "ABC"), {"A": 5, "B": 4, "C": 2}, ("", "AB", "")),
        (asked(PERSONS, TOP_TWO, "ABCD"), {"A": 5, "B": 3, "C": 3, "D": 1}, ("", "ABC", "")),
        # In the second round the most votes suffice; a tie there can be decided by lot.
        (asked(PERSONS, TOP_TWO, "ABC", round=2), {"A": 5, "B": 4, "C": 2}, ("A", "", "")),
        (asked(PERSONS, TOP_TWO, "AB", round=2), {"A": 5, "B": 5}, ("", "AB", "AB")),
        # Two seats: who has the majority is in; four remain for two seats, two for one.
        (asked(PERSONS, TOP_TWO, "ABCDE", picks=2), {"AB": 4, "AC": 3, "DE": 2}, ("A", "BC", "")),
        (asked(PERSONS, TOP_TWO, "ABCDE", picks=2), {"AB": 2, "CD": 2, "E": 1, "AD": 1, "BC": 1}, ("", "ABCD", "")),
        # Two seats, three with a majority: the most votes come first, a tie for the last seat is voted on again.
        (asked(PERSONS, TOP_TWO, "ABC", picks=2), {"AB": 3, "AC": 3, "BC": 3, "A": 1}, ("A", "BC", "")),
        # No more candidates than seats: each is voted on by itself, and "none of these" is a vote against.
        (asked(PERSONS, TOP_TWO, "A-"), {"A": 5, "-": 5}, ("", "", "")),
        (asked(PERSONS, TOP_TWO, "A-"), {"A": 6, "-": 5, "": 9}, ("A", "", "")),
        (asked(PERSONS, PLURALITY, "AB-", picks=2), {"AB": 2, "A": 2, "-": 1}, ("A", "", "")),
        # The fewest votes drop out, all who share them, as long as more than the seats remain.
        (asked(PERSONS, ELIMINATION, "ABCD"), {"A": 4, "B": 3, "C": 1, "D": 1}, ("", "AB", "")),
        (asked(PERSONS, ELIMINATION, "ABC"), {"A": 4, "B": 2, "C": 2}, ("", "ABC", "")),
        (asked(PERSONS, ELIMINATION, "ABC", round=2), {"A": 4, "B": 2, "C": 2}, ("", "ABC", "BC")),
        (asked(PERSONS, ELIMINATION, "AB"), {"A": 4, "B": 2}, ("A", "", "")),
        # By some statutes the lot decides who goes on, and who drops out, of persons with as many votes.
        (asked(PERSONS, TOP_TWO_LOT, "ABCD"), {"A": 5, "B": 3, "C": 3, "D": 1}, ("", "ABC", "BC")),
        (asked(PERSONS, TOP_TWO_LOT, "ABC"), {"A": 5, "B": 4, "C": 2}, ("", "AB", "")),
        (asked(VARIANTS, TOP_TWO_LOT, "ABCD"), {"A": 5, "B": 3, "C": 3, "D": 1}, ("", "ABC", "")),
        (asked(PERSONS, ELIMINATION_LOT, "ABCD"), {"A": 4, "B": 3, "C": 1, "D": 1}, ("", "AB", "CD")),
        (asked(PERSONS, ELIMINATION_LOT, "ABC"), {"A": 4, "B": 2, "C": 2}, ("", "ABC", "BC")),
        (asked(PERSONS, ELIMINATION_LOT, "ABC"), {"A": 4, "B": 3, "C": 2}, ("", "AB", "")),
        # Variants: the last round decides only with a majority, and a tie there rejects.
        (asked(VARIANTS, ELIMINATION, "ABC-"), {"A": 4, "B": 3, "C": 2, "-": 2}, ("", "AB", "")),
        (asked(VARIANTS, ELIMINATION, "AB", round=2), {"A": 4, "B": 4}, ("", "", "")),
        (asked(VARIANTS, TOP_TWO, "ABC", round=2), {"A": 4, "B": 3, "C": 2}, ("", "", "")),
        (asked(VARIANTS, TOP_TWO, "AB-"), {"A": 2, "B": 1, "-": 5}, ("", "", "")),
        # The most votes suffice where the statutes say so; a tie is voted on once more, and then rejects.
        (asked(VARIANTS, PLURALITY, "ABC"), {"A": 4, "B": 3, "C": 2}, ("A", "", "")),
        (asked(VARIANTS, PLURALITY, "ABC"), {"A": 4, "B": 4, "C": 2}, ("", "AB", "")),
        (asked(VARIANTS, PLURALITY, "AB", round=2), {"A": 4, "B": 4}, ("", "", "")),
        (asked(PERSONS, PLURALITY, "ABC", picks=2), {"AB": 3, "C": 3}, ("", "ABC", "")),
        # Nobody cast anything: nothing is decided.
        (asked(VARIANTS, TOP_TWO, "AB"), {"": 3}, ("", "AB", "")),
        (asked(PERSONS, PLURALITY, "AB"), {"": 3}, ("", "", "")),
    ],
)
def test_rounds(question: Question, slips: dict[str, int], expected: tuple[str, str, str]) -> None:
    """Each rule by examples: who is chosen, who goes on, and among whom a lot can decide."""
    assert told(voted(question, slips)) == expected


def recount(
    seats: list[Seat], ballots: dict[int, Selection], question: Question, order: tuple[str, ...]
) -> tuple[dict[str, int], set[str], set[str], set[str]]:
    """Count again: a slip of paper per vote, and of each option by itself how many stand before it.

    Returns the piles, and who is chosen, who goes on and who is tied.
    """
    slips = [ballots.get(s.member_id, ()) if s.carrier_id is not None else None for s in seats for _ in range(s.weight)]
    piles = Counter(key for slip in slips for key in slip or ())
    names = [option.key for option in question.options]
    valid = sum(bool(slip) and slip != (ABSTAIN,) for slip in slips)
    out_of = {
        Basis.CAST: valid,
        Basis.VOTED: sum(bool(slip) for slip in slips),
        Basis.PRESENT: sum(s is not None for s in slips),
        Basis.ALL: len(slips),
    }
    share, strict = question.majority.threshold.share, question.majority.threshold.strict

    def enough(name: str) -> bool:
        got, ask = piles[name] * share.denominator, share.numerator * out_of[question.majority.basis]
        return piles[name] > 0 and (got > ask or (got == ask and not strict))

    def before(name: str, group: set[str]) -> set[str]:
        """Return who stands before or beside an option."""
        return {
            other
            for other in group
            if piles[other] > piles[name]
            or (piles[other] == piles[name] and not (order and order.index(name) < order.index(other)))
        }

    people, again = question.kind is PERSONS, question.round > 1
    candidates = set(names) - {NONE}
    if people and len(candidates) <= question.picks:
        return piles, {name for name in candidates if enough(name)}, set(), set()
    two = question.rule in {TOP_TWO, TOP_TWO_LOT}
    drawn_in = people and question.rule in {TOP_TWO_LOT, ELIMINATION_LOT}
    closing = question.rule is PLURALITY or (again if two else len(names) - 1 <= question.picks)
    relative = question.rule is PLURALITY or (closing and people)
    able = {name for name in names if (piles[name] > 0 if relative else enough(name))}
    chosen = {name for name in able if len(before(name, able)) <= question.picks}
    level = {name for name in able - chosen if not order and sum(piles[o] > piles[name] for o in able) < question.picks}
    if level and (people or not again):
        return piles, chosen, level, level if people and again else set()
    left = question.picks - len(chosen)
    if closing or left == 0:
        return piles, chosen, set(), set()
    others = set(names) - chosen
    if two:
        go_on = {name for name in others if sum(piles[o] > piles[name] for o in others) < 2 * left}
        if not drawn_in:
            return piles, chosen, go_on, set()
        placed = {name for name in others if len(before(name, others)) <= 2 * left}
        return piles, chosen, placed if order else go_on, set() if order else go_on - placed
    out = {name for name in others if before(name, others) == others}
    draw = out if drawn_in and len(out) > 1 else set()
    stay = others - out if len(others - out) > left else others
    return piles, chosen, stay, out if stay == others and people and again else draw


def drawn_case(dice: Random) -> tuple[list[Seat], dict[int, Selection], Question]:
    """Return a vote of any kind, with few votes, so that there are many ties."""
    kind = dice.choice((VARIANTS, PERSONS))
    picks = dice.choice((1, 1, 2, 3)) if kind is PERSONS else 1
    size = dice.randint(2, 6) if kind is VARIANTS else dice.randint(1, 6)
    labels = "ABCDEF"[:size] + ("-" if size <= picks or (kind is VARIANTS and dice.random() < 0.5) else "")
    share, strict = dice.choice(SHARES), dice.random() < 0.5
    majority = Majority(Threshold(share, strict=strict and share < 1), dice.choice(list(Basis)))
    question = asked(kind, dice.choice(list(Rule)), labels, picks=picks, round=dice.choice((1, 2)), majority=majority)
    names = [option.key for option in question.options if option.key != NONE]
    heavy = dice.choice((1, 1, 5))
    seats = [
        Seat(member_id, dice.randint(1, heavy), dice.choice((None, 7, 8))) for member_id in range(dice.randint(1, 14))
    ]
    ballots: dict[int, Selection] = {}
    for seat in seats:
        if seat.carrier_id is None or dice.random() < 0.1:
            continue
        some = selection(dice.sample(names, dice.randint(1, min(picks, len(names)))))
        alone = [(ABSTAIN,), *([(NONE,)] if labels.endswith("-") else [])]
        ballots[seat.member_id] = dice.choice(alone) if dice.random() < 0.2 else some
    return seats, ballots, question


def agree(number: int, seed: int) -> None:
    """Count so many random votes in both ways, half of them with a lot."""
    dice = Random(seed)  # noqa: S311 - dice that can be thrown again
    seen: Counter[str] = Counter()
    for _ in range(number):
        seats, ballots, question = drawn_case(dice)
        lot = draw_lot(question.options, str(dice.random())) if dice.random() < 0.5 else None
        outcome = count(seats, ballots, question, lot)
        piles, *sets = recount(seats, ballots, question, lot.order if lot else ())
        assert outcome.standing == {option.key: piles[option.key] for option in question.options}
        assert [set(outcome.chosen), set(outcome.remaining), set(outcome.tied)] == sets, (seats, ballots, question, lot)
        assert (won := [piles[key] for key in outcome.chosen]) == sorted(won, reverse=True)
        assert outcome.cast + outcome.abstained + outcome.not_cast == outcome.present <= outcome.total
        assert len(outcome.chosen) <= question.picks
        assert not (lot and outcome.tied), "a lot leaves nothing undecided"
        assert bool(outcome.remaining) <= (len(outcome.remaining) > question.picks - len(outcome.chosen) > 0)
        seen.update(
            name for name in ("chosen", "remaining", "tied") if getattr(outcome, name) and question.kind is PERSONS
        )
    assert min(seen[name] for name in ("chosen", "remaining", "tied")) > number // 50, seen


def test_second_count_agrees() -> None:
    """Two programs that share nothing come to the same."""
    agree(3000, 1)


@pytest.mark.proof
def test_second_count_agrees_on_100_000() -> None:
    """The same, 100,000 times."""
    agree(100_000, 2)


def test_lot_can_be_drawn_again() -> None:
    """The order is that of the hashes of seed and name, as anybody can work it out; each order comes as often."""
    options = numbered(["Jansen", "Pieters", "Özdemir"])
    lot = draw_lot(options, "4f0c")
    by_hand = sorted((sha256(f"4f0c {o.label}".encode()).hexdigest(), o.key) for o in options)
    assert lot.order == tuple(key for _digest, key in by_hand)
    assert draw_lot(reversed(options), "4f0c") == lot
    orders = Counter(draw_lot(options, str(seed)).order for seed in range(3000))
    assert len(orders) == 6
    assert min(orders.values()) > 400


def test_lot_decides_the_tie() -> None:
    """With the lot the same votes have one outcome: who is drawn first is elected, who is drawn last drops out."""
    tie = asked(PERSONS, TOP_TWO, "AB", round=2)
    first = voted(tie, {"A": 2, "B": 2})
    for seed in ("a", "b", "c", "d"):
        lot = draw_lot([option for option in tie.options if option.key in first.tied], seed)
        assert voted(tie, {"A": 2, "B": 2}, lot=lot).chosen == lot.order[:1]
    fewest = asked(PERSONS, ELIMINATION, "ABC", round=2)
    lot = draw_lot([Option("2", "B"), Option("3", "C")], "e")
    assert set(voted(fewest, {"A": 4, "B": 2, "C": 2}, lot=lot).remaining) == {"1", lot.order[0]}


def test_weights_count() -> None:
    """A seat of five votes outweighs four of one, with the majority of all votes."""
    majority = replace(MAJORITY, basis=Basis.ALL)
    question = asked(VARIANTS, TOP_TWO, "AB", majority=majority)
    seats = [Seat(0, 5, 1), *(Seat(member_id, 1, 1) for member_id in range(1, 5)), Seat(9, 1, None)]
    ballots: dict[int, Selection] = {0: ("1",), **dict.fromkeys(range(1, 5), ("2",))}
    outcome = count(seats, ballots, question)
    assert (outcome.votes, outcome.needed, outcome.basis_total, outcome.chosen) == ((5, 4), 6, 10, ())
    assert outcome.remaining == ("1", "2")


def test_foreign_ballot_is_never_left_out_in_silence() -> None:
    """A ballot of an absent seat must never have been accepted."""
    with pytest.raises(ValueError, match="carried"):
        count([Seat(1, 1, None)], {1: ("1",)}, asked(VARIANTS, TOP_TWO, "AB"))


@pytest.mark.parametrize(
    ("question", "good", "bad"),
    [
        (Question("", MAJORITY), ["for", "against", "abstain"], ["1", "none", "for,abstain", ""]),
        (asked(VARIANTS, TOP_TWO, "AB-"), ["1", "2", "none", "abstain"], ["3", "for", "1,abstain", "1,none"]),
        (asked(PERSONS, TOP_TWO, "ABC", picks=2), ["1", "1,3", "abstain"], ["none", "4", "1,4"]),
    ],
)
def test_what_a_ballot_can_say(question: Question, good: list[str], bad: list[str]) -> None:
    """Only options of the vote; an abstention and "none of these" stand alone."""
    for text in good:
        assert ",".join(check_selection(question, text)) == text
    for text in bad:
        with pytest.raises(errors.Gone):
            check_selection(question, text)


def test_no_more_than_the_seats() -> None:
    """More names than seats are refused with how many there are."""
    with pytest.raises(errors.TooManyChosen) as refused:
        check_selection(asked(PERSONS, TOP_TWO, "ABC", picks=2), "1,2,3")
    assert refused.value.picks == 2


def test_matter_is_a_vote_on_two_options() -> None:
    """Voor and tegen counted as texts are adopted by the same votes."""
    dice = Random(3)  # noqa: S311 - dice that can be thrown again
    for _ in range(300):
        seats = [Seat(member_id, dice.randint(1, 3), 1) for member_id in range(dice.randint(1, 9))]
        said = {seat.member_id: dice.choice(list(Choice)) for seat in seats}
        matter = tally(seats, said, MAJORITY)
        texts = count(seats, {key: (choice.value,) for key, choice in said.items()}, Question("", MAJORITY, VARIANTS))
        assert matter.adopted == (texts.chosen == ("for",))
        assert (matter.cast, matter.abstained, matter.needed) == (texts.cast, texts.abstained, texts.needed)
