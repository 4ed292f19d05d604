"""Refusals of ballot slips in a secret vote."""

from dataclasses import dataclass

from assembly.errors.base import Refusal


@dataclass(eq=False)
class SlipsWait(Refusal):
    """Slips are entered while the vote is suspended."""


@dataclass(eq=False)
class SlipsCounted(Refusal):
    """The slips were counted, so that nobody can vote any more who might know their totals."""


@dataclass(eq=False)
class SlipsChanged(Refusal):
    """The slips were changed after they were shown."""


@dataclass(eq=False)
class NoSlips(Refusal):
    """No slip was handed in yet."""


@dataclass(eq=False)
class SeatHasVoted(Refusal):
    """The vote of a member is in, so that no slip counts for it, or nobody carries it."""

    member: str


@dataclass(eq=False)
class TooFewSlips(Refusal):
    """Fewer people handed a slip in than can be counted in secret (setting ``secret_minimum``)."""

    people: int
    needed: int


@dataclass(eq=False)
class TooFewBeside(Refusal):
    """Beside the slips there are votes of fewer people than can be counted in secret (setting ``secret_minimum``)."""

    people: int
    needed: int


@dataclass(eq=False)
class TotalsNotUnderstood(Refusal):
    """The text has not as many numbers as there are totals to ``count``."""

    count: int


@dataclass(eq=False)
class TotalsDoNotAddUp(Refusal):
    """So many ``slips``, with at most ``picks`` names each, cannot say these totals."""

    slips: int
    picks: int
