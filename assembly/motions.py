"""Motions (voorstellen in stemming): when they may open, take a ballot and close."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from assembly import errors
from assembly.tally import Choice, Majority, Outcome, Seat, Threshold

UPDATE_ORDER_HOLDS = timedelta(hours=48)
"""How long two update ids can be compared: Telegram keeps updates 24 h and restarts the numbers after a quiet week."""


class MotionState(StrEnum):
    """The life of a motion."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Motion:
    """A proposal put to the vote, with the text and the majority that were frozen at opening."""

    id: int
    meeting_id: int
    item_id: int
    number: str
    title: str
    text: str
    majority: Majority
    state: MotionState
    opened_at: datetime
    closed_at: datetime | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Ballot:
    """What stands for one seat. ``update_id`` is the press that it came from.

    ``entry_id``: it was entered on behalf of the member.
    """

    motion_id: int
    member_id: int
    choice: Choice
    person_id: int
    cast_at: datetime
    update_id: int
    entry_id: int | None = None


def check_may_open(seats: Collection[Seat], quorum: Threshold | None, *, persons: bool, roll_call_chosen: bool) -> None:
    """Refuse to open a vote without anybody present, below the quorum, or on persons without an explicit choice.

    ``quorum`` is a share of all votes (weights), counted on those present or represented.
    """
    total = sum(seat.weight for seat in seats)
    present = sum(seat.weight for seat in seats if seat.carrier_id is not None)
    if not present:
        raise errors.NobodyPresent
    if quorum is not None and not quorum.met(present, total):
        raise errors.QuorumMissing(present, quorum.needed(total))
    if persons and not roll_call_chosen:
        raise errors.ExplicitChoiceNeeded


def check_may_cast(motion: Motion, seat: Seat | None, person_id: int, member_name: str) -> None:
    """Refuse a ballot after closing, and one by anybody but the seat's carrier in the frozen electorate."""
    if motion.state is not MotionState.OPEN:
        raise errors.VotingClosed(motion.closed_at or motion.opened_at)
    if seat is None or seat.carrier_id != person_id:
        raise errors.NotYourSeat(member_name)


def supersedes(standing: Ballot | None, update_id: int, now: datetime) -> bool:
    """Whether the press ``update_id`` replaces the ``standing`` ballot.

    A redelivered older press never overwrites a newer one. Numbers further apart in time than
    ``UPDATE_ORDER_HOLDS`` cannot be compared, and such an old press cannot be redelivered either.
    """
    if standing is None or now - standing.cast_at > UPDATE_ORDER_HOLDS:
        return True
    return update_id > standing.update_id
