"""Buttons for preparing and convening an assembly."""

from dataclasses import dataclass

from assembly.meetings import Reply
from screens.presses.base import Press


@dataclass(frozen=True)
class ShowMeeting(Press, code="alv"):
    """Show the assembly's console."""


@dataclass(frozen=True)
class CreateMeeting(Press, code="new"):
    """Start preparing an assembly."""


@dataclass(frozen=True)
class EditMeeting(Press, code="edit"):
    """Fill in the assembly's title, moment and place anew."""

    meeting_id: int


@dataclass(frozen=True)
class PreviewConvocation(Press, code="prev"):
    """Show the convocation as it will be sent, with the head count."""

    meeting_id: int


@dataclass(frozen=True)
class Convene(Press, code="conv"):
    """Send the convocation."""

    meeting_id: int


@dataclass(frozen=True)
class SendLatePapers(Press, code="late"):
    """Send the papers that came later to everybody who has the set."""

    meeting_id: int


@dataclass(frozen=True)
class ShowDeliveries(Press, code="who"):
    """Show who received the convocation and who replied."""

    meeting_id: int


@dataclass(frozen=True)
class GiveReply(Press, code="rsvp"):
    """Answer the convocation for all members that the person acts for."""

    meeting_id: int
    reply: Reply


@dataclass(frozen=True)
class ConfirmReceipt(Press, code="read"):
    """Say that one has read a round of the convocation."""

    meeting_id: int
    round: int
