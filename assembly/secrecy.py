"""Secret votes: when one can be held without its outcome giving a voter away."""

from collections.abc import Collection

from assembly import errors
from assembly.tally import Seat


def check_may_be_secret(seats: Collection[Seat], minimum: int) -> None:
    """Refuse a secret vote of seats with different weights, or of fewer people than the ``minimum``.

    An outcome is in votes: with weights 1, 1 and 7 it tells which seats make it up. Among few people it tells who voted
    what, and who knows its own vote knows the others'. Seats that nobody carries do not vote and do not count.
    """
    carried = [seat for seat in seats if seat.carrier_id is not None]
    if len({seat.weight for seat in carried}) > 1:
        raise errors.WeightsBetray
    people = len({seat.carrier_id for seat in carried})
    if people < minimum:
        raise errors.TooFewToHide(people, minimum)


def can_be_secret(seats: Collection[Seat], minimum: int) -> bool:
    """Whether a secret vote would not be refused."""
    try:
        check_may_be_secret(seats, minimum)
    except errors.Refusal:
        return False
    return True


def check_may_count(seats: Collection[Seat], voters: Collection[int], minimum: int) -> None:
    """Refuse to count a box in which the votes of fewer people than the ``minimum`` are.

    ``voters`` are the members whose vote is in. Whatever is told of such an outcome, also that it is withheld for being
    unanimous, tells what somebody voted; so it is never counted.
    """
    people = len({seat.carrier_id for seat in seats if seat.member_id in voters})
    if people < minimum:
        raise errors.TooFewVoted(people, minimum)
