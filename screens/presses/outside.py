"""Buttons of votes outside a meeting."""

from dataclasses import dataclass

from assembly.meeting_kinds import MeetingKind
from screens.presses.base import Press


@dataclass(frozen=True)
class ShowOutsideVotes(Press, code="ov"):
    """List the votes outside a meeting."""


@dataclass(frozen=True)
class StartOutside(Press, code="ovnew"):
    """Prepare a consultation or a written resolution."""

    kind: MeetingKind


@dataclass(frozen=True)
class ShowOutside(Press, code="ovshow"):
    """Show a vote outside a meeting."""

    meeting_id: int


@dataclass(frozen=True)
class OpenOutside(Press, code="ovopen"):
    """Open it to all members."""

    meeting_id: int


@dataclass(frozen=True)
class PlanOutside(Press, code="ovplan"):
    """Say when it opens by itself."""

    meeting_id: int


@dataclass(frozen=True)
class UnplanOutside(Press, code="ovunpl"):
    """Do not let it open by itself."""

    meeting_id: int


@dataclass(frozen=True)
class AskOutsideFiles(Press, code="ovfile"):
    """Add papers to it."""

    meeting_id: int


@dataclass(frozen=True)
class RemoveOutsideFile(Press, code="ovfrem"):
    """Take a paper of it away."""

    paper_id: int


@dataclass(frozen=True)
class CloseOutside(Press, code="ovclose"):
    """Close it before its moment."""

    meeting_id: int


@dataclass(frozen=True)
class DropOutside(Press, code="ovdrop"):
    """Drop it before it was opened."""

    meeting_id: int


@dataclass(frozen=True)
class ShowAbsent(Press, code="ovpap"):
    """Choose of which member a ballot on paper came in."""

    meeting_id: int


@dataclass(frozen=True)
class ChooseAbsent(Press, code="ovpapm"):
    """Enter what stands on the paper of this member."""

    motion_id: int
    member_id: int
