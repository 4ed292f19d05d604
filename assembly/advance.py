"""Votes cast before the assembly (BW 2:38(8)): by a member's own people, on matters that are voted on by roll-call."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from assembly import errors
from assembly.motions import Ballot, BallotForm, MotionKind, Question
from assembly.tally import Choice, Seat

ADVANCE_LIMIT = 30
"""Days before the assembly: no earlier than that counts as cast in it (BW 2:38(8))."""


@dataclass(frozen=True)
class AdvanceBallot:
    """What a member cast on an item before the assembly.

    ``text_sha256``: of the proposal that it was about. ``lapsed``: that changed since. ``withdrawn``: by the member.
    """

    item_id: int
    member_id: int
    choice: Choice
    person_id: int
    cast_at: datetime
    update_id: int
    text_sha256: str
    lapsed: bool = False
    withdrawn: bool = False

    @property
    def stands(self) -> bool:
        """Whether it counts, if nothing else comes."""
        return not (self.lapsed or self.withdrawn)

    def as_ballot(self, motion_id: int) -> Ballot:
        """Return what stands for the member's seat in a vote."""
        return Ballot(motion_id, self.member_id, (self.choice.value,), self.person_id, self.cast_at, self.update_id)


def first_day(day: date, days: int) -> date:
    """Return the first day on which can be voted on an assembly of ``day``, for a setting of at least one day."""
    return day - timedelta(days=days)


def check_advance(today: date, day: date, days: int) -> None:
    """Refuse a vote before the assembly where the statutes know none, or too early. ``days`` is the setting."""
    if not days:
        raise errors.AdvanceUnknown
    if today < first_day(day, days):
        raise errors.AdvanceTooEarly(first_day(day, days))


def applies(question: Question) -> bool:
    """Whether ballots that were cast before can stand in a vote: on a matter, by roll-call, in its first round."""
    return question.kind is MotionKind.MATTER and question.form is BallotForm.ROLL_CALL and not question.straw


def with_advance(seats: Collection[Seat], cast: Mapping[int, AdvanceBallot]) -> tuple[Seat, ...]:
    """Return the seats, those that nobody carries by who voted before: so such a ballot has a seat that it stands for.

    Who carries a seat in the assembly keeps it, and can vote otherwise: a seat never yields two ballots.
    """
    return tuple(
        replace(seat, carrier_id=cast[seat.member_id].person_id)
        if seat.carrier_id is None and seat.member_id in cast
        else seat
        for seat in seats
    )
