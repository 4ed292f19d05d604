"""Refusals of preparing, convening and rehearsing an assembly."""

from assembly import errors
from assembly.association import Association
from screens.catalogue import _
from screens.refusals.base import says
from screens.texts import clip, long_date, long_date_time


@says(errors.DateInThePast)
def date_in_the_past(refusal: errors.DateInThePast, association: Association) -> str:
    return _("{moment} has passed; nothing was saved. Send a date in the future.").format(
        moment=long_date_time(refusal.at, association)
    )


@says(errors.NothingChanged)
def nothing_changed(_refusal: errors.NothingChanged, _association: Association) -> str:
    return _("Date and place stay the same, so nobody is told anything. Nothing was saved.")


@says(errors.SecondImpossible)
def second_impossible(_refusal: errors.SecondImpossible, _association: Association) -> str:
    return _(
        "No second assembly can be convened: the statutes must allow it, the quorum must have been missing, and there "
        "is only one."
    )


@says(errors.NobodyRehearses)
def nobody_rehearses(_refusal: errors.NobodyRehearses, _association: Association) -> str:
    return _("Nobody plays yet, so the rehearsal cannot begin. Tick at least one person.")


@says(errors.RehearsalOn)
def rehearsal_on(_refusal: errors.RehearsalOn, _association: Association) -> str:
    return _("The assembly was not opened: its dress rehearsal is still being played. Erase the rehearsal first.")


@says(errors.WrongMeetingState)
def wrong_meeting_state(refusal: errors.WrongMeetingState, _association: Association) -> str:
    return {
        "draft": _("The assembly has not been convened yet, so this is not possible now; nothing was saved."),
        "convened": _(
            "The assembly has been convened but is not open, so this is not possible now; nothing was saved."
        ),
        "open": _("The assembly is open, so this is not possible any more; nothing was saved."),
        "closed": _("The assembly is closed, so this is not possible any more; nothing was saved."),
        "cancelled": _("The assembly was cancelled; nothing was saved."),
    }[refusal.state]


@says(errors.NoMeeting)
def no_meeting(_refusal: errors.NoMeeting, association: Association) -> str:
    return _("No assembly is planned now. You receive a message as soon as {contact} convenes one.").format(
        contact=association.contact
    )


@says(errors.MeetingExists)
def meeting_exists(refusal: errors.MeetingExists, _association: Association) -> str:
    return _("“{title}” is under way already; nothing was saved. Close that assembly first, via /alv.").format(
        title=clip(refusal.title, 80)
    )


@says(errors.AlreadyConvened)
def already_convened(refusal: errors.AlreadyConvened, association: Association) -> str:
    return _("The convocation was sent on {moment} already; nothing was sent again. See /alv.").format(
        moment=long_date_time(refusal.at, association)
    )


@says(errors.NobodyToConvene)
def nobody_to_convene(_refusal: errors.NobodyToConvene, _association: Association) -> str:
    return _("There are no members on that day, so nothing was sent. Read in the register of members first, via /menu.")


@says(errors.NoticeTooLate)
def notice_too_late(refusal: errors.NoticeTooLate, association: Association) -> str:
    return _(
        "Convening was possible until {day} ({days} days of notice); nothing was sent. "
        "Give the reason for the delay first."
    ).format(day=long_date(refusal.latest, association), days=refusal.days)
