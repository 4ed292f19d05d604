"""Counting votes on variants and persons: majorities, rounds and the lot, in integers and fractions only."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256

from assembly.motions import Lot, MotionKind, OptionsOutcome, Question, Rule, is_last_round
from assembly.options import ABSTAIN, NONE, Option, Selection
from assembly.tally import Seat

Asked = Question | OptionsOutcome
"""What is asked, before the count and after it."""

_Verdict = tuple[Sequence[str], Sequence[str], Sequence[str]]
"""What is chosen, what remains for a next round, and among which a lot can decide."""


def count(
    seats: Collection[Seat], ballots: Mapping[int, Selection], question: Question, lot: Lot | None = None
) -> OptionsOutcome:
    """Count ``ballots`` (member id -> selection) of ``seats``; of options with as many votes ``lot`` puts one first.

    Abstentions count for presence and never as cast. Raises ``ValueError`` for a ballot without a carried seat, as
    ``tally`` does.
    """
    weights = {seat.member_id: seat.weight for seat in seats if seat.carrier_id is not None}
    strangers = ballots.keys() - weights.keys()
    if strangers:
        raise ValueError(f"ballots without a carried seat: {sorted(strangers)}")
    keys = (*(option.key for option in question.options), ABSTAIN)
    votes = {key: _votes(weights, ballots, key) for key in keys}
    return weigh(seats, votes, sum(weights[member_id] for member_id in ballots), question, lot)


def weigh(
    seats: Collection[Seat], counted: Mapping[str, int], voted: int, question: Question, lot: Lot | None = None
) -> OptionsOutcome:
    """Weigh votes (weights) that were ``counted`` already, by option and ``ABSTAIN``, as ``count`` does.

    ``voted``: the votes of all who voted; a ballot for several options is counted under each of them.
    """
    votes = {option.key: counted[option.key] for option in question.options}
    abstained = counted[ABSTAIN]
    cast = voted - abstained
    present = sum(seat.weight for seat in seats if seat.carrier_id is not None)
    total = sum(seat.weight for seat in seats)
    basis_total = question.majority.basis.of(cast=cast, abstained=abstained, present=present, total=total)
    needed = question.majority.threshold.needed(basis_total)
    chosen, remaining, tied = _decide(question, votes, needed, lot)
    return OptionsOutcome(
        kind=question.kind,
        rule=question.rule,
        round=question.round,
        picks=question.picks,
        options=question.options,
        votes=tuple(votes.values()),
        abstained=abstained,
        not_cast=present - cast - abstained,
        cast=cast,
        present=present,
        total=total,
        majority=question.majority,
        basis_total=basis_total,
        needed=needed,
        chosen=tuple(chosen),
        remaining=tuple(remaining),
        tied=tuple(tied),
        lot=lot,
    )


def decide_again(seats: Collection[Seat], before: OptionsOutcome, question: Question, lot: Lot) -> OptionsOutcome:
    """Weigh what was counted ``before`` once more, with a ``lot``."""
    counted = {**before.standing, ABSTAIN: before.abstained}
    return weigh(seats, counted, before.cast + before.abstained, question, lot)


def draw_lot(options: Iterable[Option], seed: str) -> Lot:
    """Draw all of ``options``, one after the other: in the order of SHA-256 of "seed label", in hexadecimal."""
    drawn = sorted(options, key=lambda option: sha256(f"{seed} {option.label}".encode()).hexdigest())
    return Lot(seed, tuple(option.key for option in drawn))


def uncontested(asked: Asked) -> bool:
    """Whether each candidate is voted on by itself: there are no more of them than seats."""
    candidates = sum(option.key != NONE for option in asked.options)
    return asked.kind is MotionKind.PERSONS and candidates <= asked.picks


def most_votes_decide(asked: Asked) -> bool:
    """Whether the most votes suffice and no majority is needed: for persons in the last round, for a text never.

    Unless the statutes have the most votes decide in any case.
    """
    if uncontested(asked):
        return False
    return asked.rule is Rule.PLURALITY or (asked.kind is MotionKind.PERSONS and is_last_round(asked))


def _votes(weights: Mapping[int, int], ballots: Mapping[int, Selection], key: str) -> int:
    return sum(weights[member_id] for member_id, chosen in ballots.items() if key in chosen)


def _decide(question: Question, votes: Mapping[str, int], needed: int, lot: Lot | None) -> _Verdict:
    drawn = lot.order if lot else ()
    ranked = sorted(votes, key=lambda key: (-votes[key], drawn.index(key) if key in drawn else 0))
    if uncontested(question):
        return [key for key in ranked if key != NONE and votes[key] >= needed], (), ()
    persons, last = question.kind is MotionKind.PERSONS, is_last_round(question)
    suffices = 1 if most_votes_decide(question) else needed
    reaching = [key for key in ranked if votes[key] >= suffices]
    chosen, tied = _first(reaching, question.picks, votes, drawn)
    left = question.picks - len(chosen)
    repeated = question.round > 1
    if tied and (persons or not repeated):
        return chosen, tied, tied if persons and repeated else ()
    if not left or last:
        return chosen, (), ()
    others = [key for key in ranked if key not in chosen]
    sharing: Sequence[str]
    by_lot = persons and question.rule.by_lot
    if question.rule in {Rule.TOP_TWO, Rule.TOP_TWO_LOT}:
        going, sharing = _first(others, 2 * left, votes, drawn if by_lot else ())
        return chosen, [*going, *sharing], sharing if by_lot else ()
    fewest = others[-1:] if lot else [key for key in others if votes[key] == votes[others[-1]]]
    sharing = fewest if by_lot and len(fewest) > 1 else ()
    if len(others) - len(fewest) > left:
        return chosen, [key for key in others if key not in fewest], sharing
    return chosen, others, fewest if persons and repeated else sharing


def _first(
    ranked: Sequence[str], places: int, votes: Mapping[str, int], drawn: Collection[str]
) -> tuple[Sequence[str], Sequence[str]]:
    """Return who has one of the places, and who share the last of them because nothing tells them apart."""
    if len(ranked) <= places:
        return ranked, ()
    bound = votes[ranked[places - 1]]
    if drawn or votes[ranked[places]] < bound:
        return ranked[:places], ()
    return [key for key in ranked if votes[key] > bound], [key for key in ranked if votes[key] == bound]
