"""Buttons for what comes after the convocation: changing and cancelling it, letters, consent, and the proof."""

from dataclasses import dataclass

from assembly.convocation import Means
from screens.presses.base import Press


@dataclass(frozen=True)
class ChangeMeeting(Press, code="change"):
    """Start changing the date or the place of an assembly for which everybody was convened."""

    meeting_id: int


@dataclass(frozen=True)
class CancelMeeting(Press, code="calloff"):
    """Start cancelling an assembly for which everybody was convened."""

    meeting_id: int


@dataclass(frozen=True)
class KeepAsItIs(Press, code="keep"):
    """Leave the date, or the place, as it is."""

    meeting_id: int


@dataclass(frozen=True)
class SendChange(Press, code="tellall"):
    """Change or cancel the assembly as shown, and tell everybody."""

    meeting_id: int


@dataclass(frozen=True)
class ShowByLetter(Press, code="post"):
    """Show the members that are convened by letter."""

    meeting_id: int
    page: int


@dataclass(frozen=True)
class MakeConvocationLetters(Press, code="print"):
    """Make the letters."""

    meeting_id: int


@dataclass(frozen=True)
class ShowDispatch(Press, code="postto"):
    """Show one member's letter and consent."""

    meeting_id: int
    member_id: int


@dataclass(frozen=True)
class AskSentOn(Press, code="posted"):
    """Ask on which day it was sent: to one member, or to all that are open (0)."""

    meeting_id: int
    member_id: int
    means: Means


@dataclass(frozen=True)
class SentToday(Press, code="today"):
    """It was sent today: to one member, or to all that are open (0)."""

    meeting_id: int
    member_id: int
    means: Means


@dataclass(frozen=True)
class RecordConsent(Press, code="agree"):
    """Note what a member said about being convened electronically: 1 for agreeing, 0 for not."""

    meeting_id: int
    member_id: int
    electronic: int


@dataclass(frozen=True)
class GiveConsent(Press, code="iagree"):
    """Agree to be convened electronically, for all members that the person acts for."""


@dataclass(frozen=True)
class MakeProof(Press, code="proof"):
    """Hand out the proof of convocation."""

    meeting_id: int


@dataclass(frozen=True)
class PrepareSecond(Press, code="second"):
    """Start preparing a second assembly, because the quorum of this one was missing."""

    meeting_id: int
