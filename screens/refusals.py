"""Every refusal in Dutch: what happened, what was and was not saved, what to do now."""

from collections.abc import Callable
from typing import TypeVar, cast

from assembly import errors
from assembly.association import Association
from screens.catalogue import _, ngettext
from screens.content import Content
from screens.registry import SCREENS, Screen
from screens.texts import clip, escape, long_date, long_date_time

R = TypeVar("R", bound=errors.Refusal)
Say = Callable[[R, Association], str]

SENTENCES: dict[type[errors.Refusal], Say[errors.Refusal]] = {}
ALERT_LIMIT = 200
"""Telegram shows at most 200 characters in the answer to a press."""


def says(kind: type[R]) -> Callable[[Say[R]], Say[R]]:
    """Register the decorated function as the sentence of a refusal, and as its screen."""

    def register(say: Say[R]) -> Say[R]:
        SENTENCES[kind] = cast("Say[errors.Refusal]", say)  # looked up by the refusal's own type only
        SCREENS[kind.__name__] = Screen(
            kind, lambda refusal, association: Content("⚠️ " + escape(say(refusal, association)))
        )
        return say

    return register


def plain(refusal: errors.Refusal, association: Association) -> str:
    """Return the refusal as plain text that fits the answer to a press."""
    return clip(SENTENCES[type(refusal)](refusal, association), ALERT_LIMIT)


def _member(name: str, association: Association) -> str:
    return association.member_article + name


@says(errors.NotRegistered)
def not_registered(_refusal: errors.NotRegistered, association: Association) -> str:
    return _("You are not registered, so nothing was saved. Ask {contact} for your personal link.").format(
        contact=association.contact
    )


@says(errors.NotAllowed)
def not_allowed(_refusal: errors.NotAllowed, association: Association) -> str:
    return _("Your role does not allow this; nothing was saved. Ask {contact} if this is wrong.").format(
        contact=association.contact
    )


@says(errors.Gone)
def gone(_refusal: errors.Gone, _association: Association) -> str:
    return _("This button no longer works; nothing was saved. Ask for a new overview with /menu.")


@says(errors.LinkUnknown)
def link_unknown(refusal: errors.LinkUnknown, association: Association) -> str:
    return ngettext(
        "This link is not right; nothing was registered. You can try {count} more time. "
        "Check the link in your letter or ask {contact}.",
        "This link is not right; nothing was registered. You can try {count} more times. "
        "Check the link in your letter or ask {contact}.",
        refusal.tries_left,
    ).format(count=refusal.tries_left, contact=association.contact)


@says(errors.LinkUsed)
def link_used(_refusal: errors.LinkUsed, association: Association) -> str:
    return _("This link was used or replaced; nothing was registered. Ask {contact} for a new one.").format(
        contact=association.contact
    )


@says(errors.LinkExpired)
def link_expired(refusal: errors.LinkExpired, association: Association) -> str:
    return _("This link expired on {day}; nothing was registered. Ask {contact} for a new one.").format(
        day=long_date(refusal.expired_at, association), contact=association.contact
    )


@says(errors.LockedOut)
def locked_out(refusal: errors.LockedOut, association: Association) -> str:
    return _("Too many wrong links came from this account. Try again after {moment}, or ask {contact}.").format(
        moment=long_date_time(refusal.until, association), contact=association.contact
    )


@says(errors.AccountInUse)
def account_in_use(_refusal: errors.AccountInUse, association: Association) -> str:
    return _(
        "This account or this person is registered already, so nothing was changed. Ask {contact} to mend it."
    ).format(contact=association.contact)


@says(errors.TextTooLong)
def text_too_long(refusal: errors.TextTooLong, _association: Association) -> str:
    return _("This text has {length} characters, at most {limit} fit; nothing was saved. Send a shorter text.").format(
        length=refusal.length, limit=refusal.limit
    )


@says(errors.TextMissing)
def text_missing(_refusal: errors.TextMissing, _association: Association) -> str:
    return _("There is no readable text in this message; nothing was saved. Send the text again.")


@says(errors.DateNotUnderstood)
def date_not_understood(refusal: errors.DateNotUnderstood, _association: Association) -> str:
    return _(
        "“{text}” cannot be read as a date and time; nothing was saved. Write for example 13-02-2019 18:00."
    ).format(text=clip(refusal.text, 40))


@says(errors.WeekdayWrong)
def weekday_wrong(refusal: errors.WeekdayWrong, association: Association) -> str:
    return _("The day and the date do not go together: it is {day}. Nothing was saved. Send the right date.").format(
        day=long_date(refusal.day, association)
    )


@says(errors.TimeSkipped)
def time_skipped(refusal: errors.TimeSkipped, _association: Association) -> str:
    return _("“{text}” does not exist: summer time begins then. Nothing was saved. Send another time.").format(
        text=clip(refusal.text, 40)
    )


@says(errors.DateInThePast)
def date_in_the_past(refusal: errors.DateInThePast, association: Association) -> str:
    return _("{moment} has passed; nothing was saved. Send a date in the future.").format(
        moment=long_date_time(refusal.at, association)
    )


@says(errors.AgendaNotUnderstood)
def agenda_not_understood(_refusal: errors.AgendaNotUnderstood, _association: Association) -> str:
    return _(
        "There are no numbered items in this text; nothing was saved. Begin each item with its number: 1. Opening."
    )


@says(errors.AgendaCutOff)
def agenda_cut_off(_refusal: errors.AgendaCutOff, _association: Association) -> str:
    return _(
        "This text is so long that Telegram may have cut it in two; nothing was saved. "
        "Send the agenda as a text file (.txt)."
    )


@says(errors.FileRefused)
def file_refused(refusal: errors.FileRefused, _association: Association) -> str:
    sentences = {
        "type": _(
            "This file is of another kind than was asked for; nothing was taken over. Send it as CSV or plain text."
        ),
        "program": _("A file of this kind cannot be a paper; nothing was saved. Send for example a PDF."),
        "size": _("This file is larger than {detail} MB; nothing was taken over. Send a smaller file."),
        "empty": _("There is nothing in this file that can be read; nothing was taken over."),
        "rows": _("This file has more than {detail} rows; nothing was taken over."),
        "rows_wrong": _("{detail} rows of this file cannot be read; nothing was taken over. Correct them first."),
        "columns": _("The column “lid” is missing; nothing was taken over. Possible columns: {detail}."),
        "fetch": _("{detail} could not be fetched from Telegram. Please send it again."),
        "number": _("No paper number was found. Send the file again with the caption “bijlage 4”."),
    }
    return sentences[refusal.reason].format(detail=refusal.detail)


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


@says(errors.AgendaMissing)
def agenda_missing(_refusal: errors.AgendaMissing, _association: Association) -> str:
    return _("The assembly has no agenda yet; nothing was sent. Send the agenda first, via /alv.")


@says(errors.AlreadyConvened)
def already_convened(refusal: errors.AlreadyConvened, association: Association) -> str:
    return _("The convocation was sent on {moment} already; nothing was sent again. See /alv.").format(
        moment=long_date_time(refusal.at, association)
    )


@says(errors.NothingToSend)
def nothing_to_send(_refusal: errors.NothingToSend, _association: Association) -> str:
    return _("Every paper was sent already; nothing was sent again. Add the new paper first, via /alv.")


@says(errors.AlreadySent)
def already_sent(refusal: errors.AlreadySent, association: Association) -> str:
    """Say that a notice was sent before."""
    return _("This notice was sent on {moment} already; nothing was sent again.").format(
        moment=long_date_time(refusal.at, association)
    )


@says(errors.NobodyToTell)
def nobody_to_tell(_refusal: errors.NobodyToTell, _association: Association) -> str:
    """Say that the audience is empty."""
    return _("Nobody can be reached there now; nothing was sent. Choose another audience.")


@says(errors.ItemVoted)
def item_voted(refusal: errors.ItemVoted, _association: Association) -> str:
    return _("Item {number} was put to the vote already, so it stays as it is; nothing was saved.").format(
        number=refusal.number
    )


@says(errors.NobodyToConvene)
def nobody_to_convene(_refusal: errors.NobodyToConvene, _association: Association) -> str:
    return _("Nobody is registered yet; nothing was sent. Make the registration links first, via /menu.")


@says(errors.NoticeTooLate)
def notice_too_late(refusal: errors.NoticeTooLate, association: Association) -> str:
    return _(
        "Convening was possible until {day} ({days} days of notice); nothing was sent. "
        "Give the reason for the delay first."
    ).format(day=long_date(refusal.latest, association), days=refusal.days)


@says(errors.ProxyToSelf)
def proxy_to_self(_refusal: errors.ProxyToSelf, _association: Association) -> str:
    return _("A member cannot give a proxy to its own representative; nothing was saved. Choose another member.")


@says(errors.ProxyKindNotAllowed)
def proxy_kind(_refusal: errors.ProxyKindNotAllowed, association: Association) -> str:
    return _("The statutes of {association} do not allow this kind of proxy; nothing was saved.").format(
        association=association.name
    )


@says(errors.ProxyExists)
def proxy_exists(refusal: errors.ProxyExists, _association: Association) -> str:
    return _("A proxy to {holder} is under way already; nothing was saved. Revoke that one first.").format(
        holder=clip(refusal.holder, 60)
    )


@says(errors.ProxyChain)
def proxy_chain(refusal: errors.ProxyChain, association: Association) -> str:
    return _(
        "A vote cannot be passed on: a proxy of {member} stands in the way (BW 3:64). "
        "Nothing was saved. Choose another holder."
    ).format(member=_member(clip(refusal.member, 60), association))


@says(errors.ProxyLimit)
def proxy_limit(refusal: errors.ProxyLimit, _association: Association) -> str:
    return ngettext(
        "{holder} carries {count} proxy already, which is the maximum in the statutes (BW 2:38). Nothing was saved.",
        "{holder} carries {count} proxies already, which is the maximum in the statutes (BW 2:38). Nothing was saved.",
        refusal.maximum,
    ).format(holder=clip(refusal.holder, 60), count=refusal.maximum)


@says(errors.ProxyDeadlinePassed)
def proxy_deadline(refusal: errors.ProxyDeadlinePassed, association: Association) -> str:
    return _(
        "Proxies could be granted until {moment}; nothing was saved. Ask {contact} what is still possible."
    ).format(moment=long_date_time(refusal.deadline, association), contact=association.contact)


@says(errors.HolderNotEntitled)
def holder_not_entitled(refusal: errors.HolderNotEntitled, _association: Association) -> str:
    return _("{holder} cannot carry a vote: not registered as a member's representative. Nothing was saved.").format(
        holder=clip(refusal.holder, 60)
    )


@says(errors.NobodyMaySign)
def nobody_may_sign(refusal: errors.NobodyMaySign, association: Association) -> str:
    return _(
        "Nobody who may sign a proxy of {member} is registered; nothing was saved. Ask {contact} to register somebody."
    ).format(member=_member(clip(refusal.member, 60), association), contact=association.contact)


@says(errors.NotEntitledToSign)
def not_entitled_to_sign(refusal: errors.NotEntitledToSign, association: Association) -> str:
    return _("Only somebody who may sign on behalf of {member} can do this; nothing was changed.").format(
        member=_member(clip(refusal.member, 60), association)
    )


@says(errors.ProxyMovedOn)
def proxy_moved_on(refusal: errors.ProxyMovedOn, _association: Association) -> str:
    return {
        "prepared": _("This proxy has yet to be signed; nothing was changed. See /stem."),
        "offered": _("This proxy was signed before; nothing was changed. See /stem."),
        "accepted": _("This proxy was accepted before; nothing was changed. See /stem."),
        "declined": _("The holder does not take this proxy; nothing was changed. Grant another one with /volmacht."),
        "revoked": _("This proxy was revoked; nothing was changed. Grant another one with /volmacht."),
        "lapsed": _("This proxy has lapsed; nothing was changed."),
    }[refusal.state]


@says(errors.NotYourMember)
def not_your_member(refusal: errors.NotYourMember, association: Association) -> str:
    return _("You cannot do this for {member}; nothing was saved.").format(
        member=_member(clip(refusal.member, 60), association)
    )


@says(errors.MotionOpen)
def motion_open(refusal: errors.MotionOpen, _association: Association) -> str:
    return _("The vote on “{title}” is open; nothing was changed. Wait until it is closed.").format(
        title=clip(refusal.title, 80)
    )


@says(errors.NotVotable)
def not_votable(refusal: errors.NotVotable, _association: Association) -> str:
    return _(
        "Agenda item {number} is not there to be decided on; the vote was not opened. Change its kind first."
    ).format(number=refusal.number)


@says(errors.NotYourSeat)
def not_your_seat(refusal: errors.NotYourSeat, association: Association) -> str:
    return _(
        "You do not carry the vote of {member} here; nothing was saved. See /stem for the votes that you carry."
    ).format(member=_member(clip(refusal.member, 60), association))


@says(errors.VotingClosed)
def voting_closed(refusal: errors.VotingClosed, association: Association) -> str:
    return _("The vote was closed on {moment}; this press was not counted. What you cast before stands.").format(
        moment=long_date_time(refusal.closed_at, association)
    )


@says(errors.QuorumMissing)
def quorum_missing(refusal: errors.QuorumMissing, _association: Association) -> str:
    return _("{present} votes are present or represented and {needed} are needed; the vote was not opened.").format(
        present=refusal.present, needed=refusal.needed
    )


@says(errors.NobodyPresent)
def nobody_present(_refusal: errors.NobodyPresent, _association: Association) -> str:
    return _("No member is present or represented yet; the vote was not opened. Let the members check in first.")


@says(errors.ExplicitChoiceNeeded)
def explicit_choice(_refusal: errors.ExplicitChoiceNeeded, _association: Association) -> str:
    return _("A vote on persons is secret unless roll-call is chosen. The vote was not opened. Choose roll-call first.")


@says(errors.NoDecisions)
def no_decisions(_refusal: errors.NoDecisions, _association: Association) -> str:
    return _("Nothing has been voted on yet, so there is no decision list; nothing was sent.")


@says(errors.DecisionsSent)
def decisions_sent(_refusal: errors.DecisionsSent, _association: Association) -> str:
    return _("The decision list was sent already and has not changed since; nothing was sent.")
