"""Refusals of preparing and convening an assembly, and of notices."""

from assembly import errors
from assembly.association import Association
from screens.catalogue import _
from screens.refusals.base import says
from screens.texts import clean_name, clip, long_date, long_date_time


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
    ).format(text=clean_name(refusal.text, 40))


@says(errors.WeekdayWrong)
def weekday_wrong(refusal: errors.WeekdayWrong, association: Association) -> str:
    return _("The day and the date do not go together: it is {day}. Nothing was saved. Send the right date.").format(
        day=long_date(refusal.day, association)
    )


@says(errors.TimeSkipped)
def time_skipped(refusal: errors.TimeSkipped, _association: Association) -> str:
    return _("“{text}” does not exist: summer time begins then. Nothing was saved. Send another time.").format(
        text=clean_name(refusal.text, 40)
    )


@says(errors.DateInThePast)
def date_in_the_past(refusal: errors.DateInThePast, association: Association) -> str:
    return _("{moment} has passed; nothing was saved. Send a date in the future.").format(
        moment=long_date_time(refusal.at, association)
    )


@says(errors.AmountNotUnderstood)
def amount_not_understood(refusal: errors.AmountNotUnderstood, _association: Association) -> str:
    return _("“{text}” cannot be read as an amount; nothing was saved. Write for example 0,12.").format(
        text=clip(refusal.text, 40)
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


@says(errors.DayToCome)
def day_to_come(refusal: errors.DayToCome, association: Association) -> str:
    return _("{day} is yet to come; nothing was saved. Send the day on which it was really sent.").format(
        day=long_date(refusal.day, association)
    )


@says(errors.AgendaNotUnderstood)
def agenda_not_understood(_refusal: errors.AgendaNotUnderstood, _association: Association) -> str:
    return _(
        "There are no numbered items in this text; nothing was saved. Begin each item with its number: 1. Opening."
    )


@says(errors.FileRefused)
def file_refused(refusal: errors.FileRefused, _association: Association) -> str:
    sentences = {
        "type": _(
            "This file is of another kind than was asked for; nothing was taken over. Send the kind that is asked for."
        ),
        "program": _("A file of this kind cannot be a paper; nothing was saved. Send for example a PDF."),
        "size": _("This file is larger than {detail} MB; nothing was taken over. Send a smaller file."),
        "empty": _("There is nothing in this file that can be read; nothing was taken over."),
        "rows": _("This file has more than {detail} rows; nothing was taken over."),
        "rows_wrong": _("{detail} rows of this file cannot be read; nothing was taken over. Correct them first."),
        "columns": _("The column “lid” is missing; nothing was taken over. Possible columns: {detail}."),
        "column_twice": _("The column “{detail}” is there twice; nothing was taken over. Leave one of them out."),
        "encoding": _(
            "The letters of this file cannot be read with certainty; nothing was taken over. "
            "Save it anew, in UTF-8 or as an Office file."
        ),
        "quotes": _("A quotation mark in this file is never closed; nothing was taken over. Save it as XLSX."),
        "password": _("This file is protected by a password; nothing was taken over. Take the password off."),
        "old_format": _("This kind of file cannot be read; nothing was taken over. Save it as XLSX or CSV."),
        "macros": _("There are macros in this file; nothing was taken over. Save it without macros."),
        "external": _(
            "This file leans on other files or holds objects; nothing was taken over. Keep only the cells, as XLSX."
        ),
        "merged": _("Cells {detail} are merged; nothing was taken over. Undo the merging of cells everywhere."),
        "sheets": _("This file has more than {detail} sheets; nothing was taken over."),
        "tables": _("More than one sheet has the column “lid”; nothing was taken over. Keep one of: {detail}."),
        "unpacked": _("This file grows too large when it is unpacked; nothing was taken over."),
        "time": _("Reading this file takes too long; nothing was taken over. Keep only what is needed in it."),
        "broken": _("This file is damaged or was made in an unusual way; nothing was taken over. Save it anew."),
        "fetch": _("{detail} could not be fetched from Telegram. Please send it again."),
        "agenda": _(
            "This kind of file cannot be read as an agenda; nothing was taken over. "
            "Save it as DOCX or as PDF with text, or paste the text here."
        ),
        "no_text": _(
            "There is no text in this PDF, only pictures; nothing was taken over. Send the agenda as DOCX, or as text."
        ),
        "pages": _("This file has more than {detail} pages; nothing was taken over. Send the agenda alone."),
    }
    return sentences[refusal.reason].format(detail=refusal.detail)


@says(errors.RegisterMoved)
def register_moved(_refusal: errors.RegisterMoved, _association: Association) -> str:
    return _("The register has changed meanwhile; nothing was taken over. Look at what would change now.")


@says(errors.PaperNumberNotUnderstood)
def paper_number_not_understood(refusal: errors.PaperNumberNotUnderstood, _association: Association) -> str:
    """Say that a paper's number was expected."""
    return _("“{text}” is no number of a paper; nothing was saved. Write for example 4, 4a or B.").format(
        text=clip(refusal.text, 40)
    )


@says(errors.NumberNotUnderstood)
def number_not_understood(refusal: errors.NumberNotUnderstood, _association: Association) -> str:
    return _("“{text}” is not a whole number of at least {minimum}; nothing was saved. Type it again.").format(
        text=clip(refusal.text, 40), minimum=refusal.minimum
    )


@says(errors.DayNotUnderstood)
def day_not_understood(refusal: errors.DayNotUnderstood, _association: Association) -> str:
    return _("“{text}” cannot be read as a date; nothing was saved. Write for example 01-01-2019.").format(
        text=clip(refusal.text, 40)
    )


@says(errors.MergerImpossible)
def merger_impossible(refusal: errors.MergerImpossible, _association: Association) -> str:
    return {
        "self": _("{member} cannot merge into itself; nothing was saved. Choose another member."),
        "ended": _("{member} is no member on that day any more; nothing was saved. Choose an earlier day."),
        "not_yet": _("{member} is not yet a member on that day; nothing was saved. Choose a later day."),
        "successor": _("{member} is not a member on that day; nothing was saved. Choose another member or day."),
        "held": _("An assembly was held with {member} on or after that day; nothing was saved. Choose a later day."),
    }[refusal.reason].format(member=clip(refusal.member, 60))


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


@says(errors.CommissionExists)
def commission_exists(refusal: errors.CommissionExists, _association: Association) -> str:
    """Say that the name is taken."""
    return _("There is a commission “{name}” already; nothing was saved. Type another name.").format(
        name=clip(refusal.name, 60)
    )


@says(errors.NobodyToTell)
def nobody_to_tell(_refusal: errors.NobodyToTell, _association: Association) -> str:
    """Say that the audience is empty."""
    return _("Nobody can be reached there now; nothing was sent. Choose another audience.")


@says(errors.ItemUnknown)
def item_unknown(refusal: errors.ItemUnknown, _association: Association) -> str:
    return _(
        "No item {number} is there to be decided on; nothing was saved. Begin with the item's number: 6.1."
    ).format(number=clip(refusal.number, 60))


@says(errors.ItemVoted)
def item_voted(refusal: errors.ItemVoted, _association: Association) -> str:
    return _("Item {number} was put to the vote already, so it stays as it is; nothing was saved.").format(
        number=refusal.number
    )


@says(errors.ItemWithdrawn)
def item_withdrawn(refusal: errors.ItemWithdrawn, _association: Association) -> str:
    """Say that an item is held over."""
    return _("Item {number} is held over, so it is not put to the vote. Put it on the agenda again first.").format(
        number=refusal.number
    )


@says(errors.NominationTold)
def nomination_told(refusal: errors.NominationTold, _association: Association) -> str:
    """Say that a nomination is known."""
    return _("The members have the nomination of {name}; nothing was changed. Hold the item over instead.").format(
        name=clip(refusal.candidate, 60)
    )


@says(errors.PaperSent)
def paper_sent(refusal: errors.PaperSent, _association: Association) -> str:
    """Say that a paper is known."""
    return _(
        "Paper {number} was sent already, so it stays. Add a new version, or send it again as another number."
    ).format(number=refusal.number)


@says(errors.PaperKnown)
def paper_known(refusal: errors.PaperKnown, _association: Association) -> str:
    """Say that nothing is new."""
    return _("This very file is paper {number} already; nothing was changed.").format(number=refusal.number)


@says(errors.NoPapers)
def no_papers(refusal: errors.NoPapers, _association: Association) -> str:
    """Say that there is nothing to put together."""
    return {
        "zip": _("No papers were sent for this assembly yet. You receive them as soon as they are sent."),
        "pdf": _("None of the papers is a PDF, so they cannot be bound together. Ask for the ZIP instead."),
    }[refusal.form]


@says(errors.PapersUnderWay)
def papers_under_way(refusal: errors.PapersUnderWay, association: Association) -> str:
    """Say which papers are not here yet."""
    return _("Not all papers are here yet ({numbers}). Try again in a minute, or ask {contact}.").format(
        numbers=clip(", ".join(refusal.numbers), 60), contact=association.contact
    )


@says(errors.SetNotMade)
def set_not_made(_refusal: errors.SetNotMade, _association: Association) -> str:
    """Say that binding failed."""
    return _("The papers could not be bound into one PDF. Ask for the ZIP instead, with /stukken.")


@says(errors.SetTooLarge)
def set_too_large(refusal: errors.SetTooLarge, _association: Association) -> str:
    """Say that Telegram takes no such file."""
    return _(
        "All papers together come to {size} MB, and Telegram takes {limit} MB. Open them one by one instead."
    ).format(size=refusal.size, limit=refusal.limit)


@says(errors.NobodyToConvene)
def nobody_to_convene(_refusal: errors.NobodyToConvene, _association: Association) -> str:
    return _("There are no members on that day, so nothing was sent. Read in the register of members first, via /menu.")


@says(errors.NoticeTooLate)
def notice_too_late(refusal: errors.NoticeTooLate, association: Association) -> str:
    return _(
        "Convening was possible until {day} ({days} days of notice); nothing was sent. "
        "Give the reason for the delay first."
    ).format(day=long_date(refusal.latest, association), days=refusal.days)
