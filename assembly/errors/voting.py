"""Refusals of votes and decisions."""

from dataclasses import dataclass
from datetime import date, datetime

from assembly.errors.base import Refusal


@dataclass(eq=False)
class NotCheckedIn(Refusal):
    """Only who takes part can ask for the floor."""


@dataclass(eq=False)
class MotionOpen(Refusal):
    """The act has to wait: a vote is open."""

    title: str


@dataclass(eq=False)
class NotVotable(Refusal):
    """The agenda item is not there to be decided on."""

    number: str


@dataclass(eq=False)
class NotYourSeat(Refusal):
    """The presser does not carry this seat in the frozen electorate."""

    member: str


@dataclass(eq=False)
class VotingSuspended(Refusal):
    """The vote is suspended, or void, so that nothing can be cast."""

    void: bool


@dataclass(eq=False)
class OutcomeAwaited(Refusal):
    """The outcome of an earlier vote was not pronounced yet."""

    title: str


@dataclass(eq=False)
class MeetingSuspended(Refusal):
    """The assembly is suspended, so that nothing can be put to the vote."""


@dataclass(eq=False)
class NotYourVote(Refusal):
    """The person carries no seat in the vote."""


@dataclass(eq=False)
class DisputeTooLate(Refusal):
    """An outcome can be disputed at once, and no longer."""

    until: datetime


@dataclass(eq=False)
class ObjectionPossible(Refusal):
    """One can still object to adopting an item without a vote, so that it is not adopted yet."""

    until: datetime


@dataclass(eq=False)
class ObjectionTooLate(Refusal):
    """The time in which one could object to adopting an item without a vote is over."""


@dataclass(eq=False)
class VotedBefore(Refusal):
    """Somebody voted before the assembly and not in favour, so the item is not adopted without a vote."""

    number: str


@dataclass(eq=False)
class AcclamationNotAllowed(Refusal):
    """The statutes know no appointment of persons by acclamation."""


@dataclass(eq=False)
class TooManyChosen(Refusal):
    """A ballot chooses more options than there are seats to fill."""

    picks: int


@dataclass(eq=False)
class TooManyOptions(Refusal):
    """More options under an agenda item than a vote can have."""

    maximum: int


@dataclass(eq=False)
class NoSeats(Refusal):
    """The presser carries no seat in this vote, or none any more."""


@dataclass(eq=False)
class AdvanceUnknown(Refusal):
    """The statutes know no votes before the assembly (setting ``advance_days``; BW 2:38(8))."""


@dataclass(eq=False)
class AdvanceTooEarly(Refusal):
    """Votes are taken from a day on before the assembly (setting ``advance_days``; BW 2:38(8))."""

    first_day: date


@dataclass(eq=False)
class VariantAlone(Refusal):
    """One variant under a question is no choice."""

    label: str


@dataclass(eq=False)
class OutsideMovedOn(Refusal):
    """A vote outside a meeting was opened, closed or dropped since the screen was drawn."""

    title: str


@dataclass(eq=False)
class OpensTooLate(Refusal):
    """A vote outside a meeting cannot open by itself when it is over already."""

    closes_at: datetime


@dataclass(eq=False)
class NothingCast(Refusal):
    """A statement goes with a ballot, and the presser cast none for this seat."""


@dataclass(eq=False)
class NothingPrepared(Refusal):
    """Nothing was prepared for any of the seats that the presser carries."""


@dataclass(eq=False)
class VotingClosed(Refusal):
    """The vote closed before the press was handled."""

    closed_at: datetime


@dataclass(eq=False)
class QuorumMissing(Refusal):
    """Fewer seats are present or represented than the quorum asks (setting ``quorum``)."""

    present: int
    needed: int


@dataclass(eq=False)
class NobodyPresent(Refusal):
    """A vote needs at least one seat that somebody carries."""


@dataclass(eq=False)
class WeightsBetray(Refusal):
    """Seats have different weights, so that the outcome of a secret vote would tell who voted what."""


@dataclass(eq=False)
class TooFewToHide(Refusal):
    """Fewer people carry a vote than a secret vote needs (setting ``secret_minimum``)."""

    people: int
    needed: int


@dataclass(eq=False)
class TooFewVoted(Refusal):
    """The votes of fewer people are in the box than can be counted in secret (setting ``secret_minimum``)."""

    people: int
    needed: int


@dataclass(eq=False)
class VoteIsIn(Refusal):
    """The vote is in the box of a secret vote, where nobody can take it out or see it."""


@dataclass(eq=False)
class NotOnPaperInSecret(Refusal):
    """A single ballot on paper cannot be entered in a secret vote: who enters it would know it."""


@dataclass(eq=False)
class NoDecisions(Refusal):
    """Nothing was voted on yet, so that there is no decision list to send."""


@dataclass(eq=False)
class DecisionsSent(Refusal):
    """The decision list was sent as it stands."""
