"""Refusals of what people type."""

from assembly import errors
from assembly.association import Association
from screens.catalogue import _
from screens.refusals.base import says
from screens.texts import clean_name, clip, long_date


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


@says(errors.AmountNotUnderstood)
def amount_not_understood(refusal: errors.AmountNotUnderstood, _association: Association) -> str:
    return _("“{text}” cannot be read as an amount; nothing was saved. Write for example 0,12.").format(
        text=clip(refusal.text, 40)
    )


@says(errors.DayToCome)
def day_to_come(refusal: errors.DayToCome, association: Association) -> str:
    return _("{day} is yet to come; nothing was saved. Send the day on which it was really sent.").format(
        day=long_date(refusal.day, association)
    )


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
