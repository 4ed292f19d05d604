"""Counting: thresholds, majorities and the outcome of a vote, in integers and fractions only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor


class Choice(StrEnum):
    """What a ballot on a matter can say."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Basis(StrEnum):
    """Of which votes a majority is a share. ``VOTED``: of those cast, with the abstentions and blank ballots."""

    CAST = "cast"
    VOTED = "voted"
    PRESENT = "present"
    ALL = "all"

    def of(self, *, cast: int, abstained: int, present: int, total: int) -> int:
        """Return how many votes that are."""
        return {Basis.CAST: cast, Basis.VOTED: cast + abstained, Basis.PRESENT: present, Basis.ALL: total}[self]


@dataclass(frozen=True)
class Threshold:
    """A share of a total: ``strict`` asks for more than the share, otherwise the share itself suffices.

    "Meer dan de helft" of 34 is 18, "ten minste de helft" of 34 is 17.
    """

    share: Fraction
    strict: bool

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1 or (self.strict and self.share == 1):
            raise ValueError("a threshold's share lies between 0 and 1, and more than all is never reached")

    def needed(self, total: int) -> int:
        """Return the smallest number that reaches the threshold of ``total``; never below one."""
        bound = self.share * total
        return max(1, floor(bound) + 1 if self.strict else ceil(bound))

    def met(self, number: int, total: int) -> bool:
        """Whether ``number`` of ``total`` reaches the threshold."""
        return number >= self.needed(total)


@dataclass(frozen=True)
class Majority:
    """How many votes in favour adopt a proposal."""

    threshold: Threshold
    basis: Basis


@dataclass(frozen=True)
class Seat:
    """One member's vote in a frozen electorate. ``carrier_id`` is the person who carries it, ``None`` when absent."""

    member_id: int
    weight: int
    carrier_id: int | None
    proxy_id: int | None = None


class ChairsVote(StrEnum):
    """The vote of the chair that decides where the votes are tied, by statutes that know it."""

    NONE = "none"
    AWAITED = "awaited"
    GIVEN = "given"


@dataclass(frozen=True)
class Outcome:
    """The counted vote. All numbers are votes (weights), not people.

    ``total``: of all seats; ``present``: of the seats that somebody carries; ``cast``: for and against together;
    ``basis_total``: the votes of which the majority is a share; ``needed``: the votes in favour that adopt.
    ``chair``: whether the chair's vote decides, where the votes are ``tied``.
    """

    in_favour: int
    against: int
    abstained: int
    not_cast: int
    cast: int
    present: int
    total: int
    majority: Majority
    basis_total: int
    needed: int
    adopted: bool
    tied: bool
    chair: ChairsVote = ChairsVote.NONE


def tally(seats: Collection[Seat], ballots: Mapping[int, Choice], majority: Majority) -> Outcome:
    """Count ``ballots`` (member id -> choice) of ``seats`` and weigh them against ``majority``.

    Abstentions count for presence and not as cast, unless the majority's basis says so. A tie on a matter rejects it.
    Raises ``ValueError`` for a ballot without a carried seat: such a ballot must never have been accepted, and leaving
    it out in silence would hide that.
    """
    weights = {seat.member_id: seat.weight for seat in seats if seat.carrier_id is not None}
    strangers = ballots.keys() - weights.keys()
    if strangers:
        raise ValueError(f"ballots without a carried seat: {sorted(strangers)}")

    def votes(choice: Choice) -> int:
        return sum(weights[member_id] for member_id, chosen in ballots.items() if chosen is choice)

    return weigh(seats, {choice: votes(choice) for choice in Choice}, majority)


def weigh(seats: Collection[Seat], votes: Mapping[Choice, int], majority: Majority) -> Outcome:
    """Weigh ``votes`` (weights) that were counted already, of ``seats``, against ``majority``, as ``tally`` does."""
    in_favour, against, abstained = (votes.get(choice, 0) for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN))
    present = sum(seat.weight for seat in seats if seat.carrier_id is not None)
    total = sum(seat.weight for seat in seats)
    cast = in_favour + against
    basis_total = majority.basis.of(cast=cast, abstained=abstained, present=present, total=total)
    needed = majority.threshold.needed(basis_total)
    return Outcome(
        in_favour=in_favour,
        against=against,
        abstained=abstained,
        not_cast=present - cast - abstained,
        cast=cast,
        present=present,
        total=total,
        majority=majority,
        basis_total=basis_total,
        needed=needed,
        adopted=in_favour >= needed and in_favour > against,
        tied=cast > 0 and in_favour == against,
    )
