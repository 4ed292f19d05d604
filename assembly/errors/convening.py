"""Refusals of preparing, convening and rehearsing an assembly."""

from dataclasses import dataclass
from datetime import date, datetime

from assembly.errors.base import Refusal


@dataclass(eq=False)
class DateInThePast(Refusal):
    """An assembly cannot be planned in the past."""

    at: datetime


@dataclass(eq=False)
class NothingChanged(Refusal):
    """The new date and place are those that hold already."""


@dataclass(eq=False)
class SecondImpossible(Refusal):
    """No second assembly can be held: the statutes know none, the quorum was there, or there is one already."""


@dataclass(eq=False)
class WrongMeetingState(Refusal):
    """The assembly's state does not allow the act."""

    state: str


@dataclass(eq=False)
class NoMeeting(Refusal):
    """No assembly is being prepared or held."""


@dataclass(eq=False)
class MeetingExists(Refusal):
    """Another assembly is being prepared or held already."""

    title: str


@dataclass(eq=False)
class NobodyRehearses(Refusal):
    """A rehearsal needs at least one person who can be reached."""


@dataclass(eq=False)
class RehearsalOn(Refusal):
    """The assembly itself cannot be opened while its rehearsal is played."""


@dataclass(eq=False)
class AlreadyConvened(Refusal):
    """The convocation was sent before."""

    at: datetime


@dataclass(eq=False)
class NobodyToConvene(Refusal):
    """There is no member to convene on the day of the assembly."""


@dataclass(eq=False)
class NoticeTooLate(Refusal):
    """The notice period has passed and no reason was given (setting ``notice_days``)."""

    latest: date
    days: int
