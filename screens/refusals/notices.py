"""Refusals of notices."""

from assembly import errors
from assembly.association import Association
from screens.catalogue import _
from screens.refusals.base import says
from screens.texts import long_date_time


@says(errors.AlreadySent)
def already_sent(refusal: errors.AlreadySent, association: Association) -> str:
    """Say that a notice was sent before."""
    return _("This notice was sent on {moment} already; nothing was sent again.").format(
        moment=long_date_time(refusal.at, association)
    )


@says(errors.NoticeFull)
def notice_full(refusal: errors.NoticeFull, _association: Association) -> str:
    """Say that nothing more can go along."""
    return _(
        "A notice holds at most {texts} texts and {files} files; this one was not added. Go on without it."
    ).format(texts=refusal.texts, files=refusal.files)


@says(errors.MomentPassed)
def moment_passed(refusal: errors.MomentPassed, association: Association) -> str:
    """Say that nothing can be planned in the past."""
    return _("{moment} has passed already; nothing was planned. Choose a later moment.").format(
        moment=long_date_time(refusal.at, association)
    )


@says(errors.QuietHours)
def quiet_hours(refusal: errors.QuietHours, association: Association) -> str:
    """Say that it is quiet now."""
    return _("Quiet hours last until {moment}; nothing was sent. Look at the notice again and choose.").format(
        moment=long_date_time(refusal.until, association)
    )


@says(errors.TooLateToWithdraw)
def too_late_to_withdraw(refusal: errors.TooLateToWithdraw, association: Association) -> str:
    """Say that Telegram deletes nothing that is so old."""
    return _(
        "Telegram deletes nothing after 48 hours; this was sent on {moment}. It stays. You can still correct it."
    ).format(moment=long_date_time(refusal.at, association))


@says(errors.NothingFailed)
def nothing_failed(_refusal: errors.NothingFailed, _association: Association) -> str:
    """Say that there is nobody to repeat it for."""
    return _("There is nobody whom it did not reach and who can be reached now; nothing was sent.")


@says(errors.NobodyToTell)
def nobody_to_tell(_refusal: errors.NobodyToTell, _association: Association) -> str:
    """Say that the audience is empty."""
    return _("Nobody can be reached there now; nothing was sent. Choose another audience.")
