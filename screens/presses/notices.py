"""Buttons of notices, and of the commissions that they can be aimed at."""

from dataclasses import dataclass

from assembly.notices import Circle, Lack
from screens.presses.base import Press


@dataclass(frozen=True)
class StartNotice(Press, code="note"):
    """Start writing a notice."""


@dataclass(frozen=True)
class PageNotices(Press, code="npast"):
    """Show a page of the notices that were sent or planned."""

    page: int


@dataclass(frozen=True)
class ShowAudience(Press, code="naud"):
    """Choose to whom the notice goes."""

    notice_id: int


@dataclass(frozen=True)
class ToggleCircle(Press, code="ncirc"):
    """Add people by what they are, or take them away."""

    notice_id: int
    circle: Circle


@dataclass(frozen=True)
class ToggleCommission(Press, code="ncomm"):
    """Add the people of a commission, or take them away."""

    notice_id: int
    commission_id: int


@dataclass(frozen=True)
class ToggleLack(Press, code="nlack"):
    """Leave only who has not done something, or everybody again."""

    notice_id: int
    lack: Lack


@dataclass(frozen=True)
class ToggleChat(Press, code="nchat"):
    """Add a group or channel, or take it away; its id without the sign."""

    notice_id: int
    chat: int


@dataclass(frozen=True)
class PageNoticeMembers(Press, code="nmemb"):
    """Show a page of members to choose by hand."""

    notice_id: int
    page: int


@dataclass(frozen=True)
class ToggleNoticeMember(Press, code="npick"):
    """Choose a member by hand, or no longer."""

    notice_id: int
    member_id: int
    page: int


@dataclass(frozen=True)
class PreviewNotice(Press, code="nprev"):
    """Show the notice as it will be sent."""

    notice_id: int


@dataclass(frozen=True)
class ToggleSilent(Press, code="nsil"):
    """Let the notice arrive without a sound, or with one."""

    notice_id: int


@dataclass(frozen=True)
class ToggleReceipt(Press, code="nrec"):
    """Ask the readers to confirm, or not."""

    notice_id: int


@dataclass(frozen=True)
class AskNoticeMoment(Press, code="nwhen"):
    """Ask when the notice is to be sent."""

    notice_id: int


@dataclass(frozen=True)
class ForgetNoticeMoment(Press, code="nnow"):
    """Send at once after all, once that is confirmed."""

    notice_id: int


@dataclass(frozen=True)
class SendNotice(Press, code="send"):
    """Send the notice that was shown; ``any_hour`` 1: also in quiet hours."""

    notice_id: int
    any_hour: int


@dataclass(frozen=True)
class PlanNotice(Press, code="nplan"):
    """Send the notice at a moment (minutes of Unix time); ``any_hour`` 1: also in quiet hours."""

    notice_id: int
    minute: int
    any_hour: int


@dataclass(frozen=True)
class UnplanNotice(Press, code="nunpl"):
    """Do not send a planned notice."""

    notice_id: int


@dataclass(frozen=True)
class ShowNotice(Press, code="nshow"):
    """Show how a notice fares."""

    notice_id: int


@dataclass(frozen=True)
class PageReport(Press, code="nrep"):
    """Show a page of the report per person."""

    notice_id: int
    page: int


@dataclass(frozen=True)
class ExportReport(Press, code="nxls"):
    """Send the report as a file."""

    notice_id: int


@dataclass(frozen=True)
class AskCorrection(Press, code="ncor"):
    """Expect other words for a notice."""

    notice_id: int


@dataclass(frozen=True)
class CorrectNotice(Press, code="ncorok"):
    """Replace the words of a notice."""

    notice_id: int


@dataclass(frozen=True)
class AskWithdrawal(Press, code="nwd"):
    """Ask whether a notice is to be deleted."""

    notice_id: int


@dataclass(frozen=True)
class WithdrawNotice(Press, code="nwdok"):
    """Delete a notice wherever it was sent."""

    notice_id: int


@dataclass(frozen=True)
class RepeatNotice(Press, code="nagain"):
    """Send a notice once more to whom it did not reach."""

    notice_id: int


@dataclass(frozen=True)
class ConfirmNotice(Press, code="nok"):
    """Confirm that one received the notice."""

    notice_id: int


@dataclass(frozen=True)
class ShowCommissions(Press, code="comms"):
    """List the commissions."""


@dataclass(frozen=True)
class AskCommission(Press, code="commq"):
    """Ask for the name of a new commission."""


@dataclass(frozen=True)
class ShowCommission(Press, code="comm"):
    """Show a page of the people of a commission."""

    commission_id: int
    page: int


@dataclass(frozen=True)
class AskCommissionPerson(Press, code="commp"):
    """Ask who joins a commission."""

    commission_id: int


@dataclass(frozen=True)
class JoinCommission(Press, code="commin"):
    """Let a person be in a commission."""

    commission_id: int
    person_id: int


@dataclass(frozen=True)
class LeaveCommission(Press, code="commout"):
    """Let a person be in a commission no longer."""

    commission_id: int
    person_id: int


@dataclass(frozen=True)
class AskEndCommission(Press, code="commx"):
    """Ask whether a commission is to be dissolved."""

    commission_id: int


@dataclass(frozen=True)
class EndCommission(Press, code="commxok"):
    """Dissolve a commission."""

    commission_id: int
