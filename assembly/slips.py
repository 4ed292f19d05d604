"""Ballot slips (stembriefjes) in a secret vote: who handed one in, and totals; never which slip is whose."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assembly import errors
from assembly.motions import Motion, MotionState, Question
from assembly.options import ABSTAIN, NONE
from assembly.tally import Seat

_NUMBERS = re.compile(r"\s*[0-9]{1,6}([\s,;]+[0-9]{1,6})*[\s,;]*")


@dataclass(frozen=True)
class Bundle:
    """The slips of one vote until they are counted with it: the ``members`` that handed one in, and the totals.

    ``counts`` has them by option; it is ``None`` before any were entered, and empty where they have to be entered
    anew. ``version`` rises with every change, so that nobody confirms what it did not see.
    """

    motion_id: int
    entered_by: int
    members: frozenset[int]
    counts: Mapping[str, int] | None
    version: int

    @property
    def offered(self) -> bool:
        """Whether it waits for its confirmation."""
        return bool(self.counts)


def counted_keys(question: Question) -> tuple[str, ...]:
    """Return what slips are counted by, in the order of the ballot; invalid ones are no votes cast, as blank ones."""
    return (*(option.key for option in question.options), ABSTAIN)


def check_may_fill(motion: Motion) -> None:
    """Refuse slips unless the vote is suspended: only then can nobody vote any more who might hear their totals."""
    if motion.state is MotionState.OPEN:
        raise errors.SlipsWait
    if motion.state is MotionState.VOIDED:
        raise errors.VotingSuspended(void=True)
    if motion.state is not MotionState.SUSPENDED:
        raise errors.VotingClosed(motion.closed_at or motion.opened_at)


def check_may_resume(bundle: Bundle | None) -> None:
    """Refuse to let people vote after others counted the slips: somebody could tell them the totals."""
    if bundle is not None and bundle.counts is not None:
        raise errors.SlipsCounted


def check_hidden(seats: Collection[Seat], voters: Collection[int], members: Collection[int], minimum: int) -> None:
    """Refuse the slips of fewer people than the ``minimum``, and slips beside the votes of fewer that cast here.

    ``voters`` are the members whose vote is in the box. Who counted the slips subtracts them from the outcome.
    """
    people = _people(seats, members)
    if people < minimum:
        raise errors.TooFewSlips(people, minimum)
    beside = _people(seats, voters)
    if 0 < beside < minimum:
        raise errors.TooFewBeside(beside, minimum)


def read_totals(question: Question, text: str) -> Mapping[str, int]:
    """Read totals as numbers in the order of ``counted_keys``."""
    keys = counted_keys(question)
    numbers = [int(number) for number in re.findall(r"[0-9]+", text)] if _NUMBERS.fullmatch(text) else []
    if len(numbers) != len(keys):
        raise errors.TotalsNotUnderstood(len(keys))
    return dict(zip(keys, numbers, strict=True))


def check_totals(question: Question, counts: Mapping[str, int], slips: int) -> None:
    """Refuse totals that so many ``slips`` cannot say.

    A slip that is not blank names at least one option, at most ``picks``, and each once; "none of these" stands alone.
    """
    alone = [key for key in (ABSTAIN, NONE) if key in counts]
    named = slips - sum(counts[key] for key in alone)
    votes: Sequence[int] = [votes for key, votes in counts.items() if key not in alone]
    if not named <= sum(votes) <= named * question.picks or any(count > named for count in votes):
        raise errors.TotalsDoNotAddUp(slips, question.picks)


def _people(seats: Collection[Seat], members: Collection[int]) -> int:
    return len({seat.carrier_id for seat in seats if seat.member_id in members})
