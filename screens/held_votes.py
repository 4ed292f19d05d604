"""Votes in which nothing can be cast: suspended, void, or adopting something unless somebody objects."""

from datetime import datetime

from assembly.association import Association
from assembly.facts import voting as facts
from assembly.facts.secret import SecretBallot
from assembly.meeting_kinds import MeetingKind
from assembly.motions import BallotForm, MotionState
from screens import presses
from screens.catalogue import _
from screens.content import Button, Content
from screens.texts import clip, escape, long_date_time, time
from screens.words import item_number

TITLE_LIMIT = 250
TEXT_LIMIT = 2000
"""UTF-16 units of a title and of the text put to the vote; with the seats they stay below a message's 4,096."""

CLOSING_MINUTES = (2, 5, 10)
"""After how many minutes a vote can be let close by itself."""


def proposal(
    heading: str, number: str, title: str, text: str, limit: int = TEXT_LIMIT, *, procedural: bool = False
) -> str:
    """Return the heading with its item's number, and the text put to the vote where it says more than the title."""
    heading = heading.format(number=escape(item_number(number, procedural=procedural)))
    head = f"<b>{heading}</b>\n{escape(clip(title, TITLE_LIMIT))}"
    return head if text == title else f"{head}\n\n<blockquote>{escape(clip(text, limit))}</blockquote>"


def held(shown: facts.BallotFacts | facts.Turnout, association: Association) -> Content | None:
    """Return what is shown of such a vote, or ``None`` for any other."""
    if shown.form is BallotForm.ACCLAMATION:
        return _acclamation(shown, association)
    if shown.state is MotionState.SUSPENDED:
        head = "⏸ " + _("Vote suspended: agenda item {number}")
        tail = _("Nothing can be cast now. What was cast stands.")
    elif shown.state is MotionState.VOIDED:
        head = _("Vote void: agenda item {number}")
        tail = _("What was cast in it does not count.")
    else:
        return None
    text = proposal(head, shown.number, shown.title, shown.text, procedural=shown.procedural)
    return Content(f"{text}\n\n{tail}")


def _acclamation(shown: facts.BallotFacts | facts.Turnout, association: Association) -> Content:
    head = proposal(_("Adopting without a vote: agenda item {number}"), shown.number, shown.title, shown.text)
    if shown.state is MotionState.OPEN and shown.closes_at is not None:
        tail = _("Until {time} one can object; then a vote is held. Else it is adopted.").format(
            time=time(shown.closes_at, association)
        )
        objects = Button(_("I object, I want a vote"), presses.ObjectToAcclamation(shown.motion_id).encode())
        rows = ((objects,),) if isinstance(shown, facts.BallotFacts) else ()
        return Content(f"{head}\n\n{tail}", rows)
    if shown.state is MotionState.VOIDED:
        return Content(f"{head}\n\n" + _("Somebody objected, so a vote is held."))
    return Content(f"{head}\n\n" + _("Nobody objected: it is adopted."))


def leading_rows(shown: facts.Turnout) -> tuple[tuple[Button, ...], ...]:
    """Return what those who lead can do with a vote that is open, besides closing it."""
    if shown.closes_at is None:
        times = tuple(
            Button(
                _("Closes in {minutes} min").format(minutes=minutes),
                presses.SetClosing(shown.motion_id, minutes).encode(),
            )
            for minutes in CLOSING_MINUTES
        )
    else:
        times = (Button(_("Do not close by itself"), presses.SetClosing(shown.motion_id, 0).encode()),)
    return (
        times,
        (
            Button(_("Suspend the vote"), presses.SuspendMotion(shown.motion_id, 1).encode()),
            Button(_("Declare void"), presses.AskVoid(shown.motion_id).encode()),
        ),
    )


def closes_line(shown: facts.BallotFacts | facts.Turnout | SecretBallot, association: Association) -> str:
    """Say when a vote closes by itself; nothing where the chair closes it."""
    if shown.closes_at is None or shown.closed_at is not None:
        return ""
    return _("The vote closes by itself at {time}.").format(time=time(shown.closes_at, association))


def closed_in_words(closed_at: datetime, held: MeetingKind, association: Association) -> str:
    """Say when a vote was closed; on which day too where that was no evening of an assembly."""
    if held is MeetingKind.ASSEMBLY:
        return _("The vote was closed at {time}.").format(time=time(closed_at, association))
    return _("The vote was closed on {moment}.").format(moment=long_date_time(closed_at, association))


def traces_in_words(*, erasing: bool) -> str:
    """Say whether the traces of a secret vote that is over are erased."""
    if erasing:
        return _("⏳ The traces of the secret vote are being erased. Until then no backup is made.")
    return _("The traces of the secret vote are erased: nobody can find out any more who voted what.")


def preview_rows(item_id: int) -> tuple[tuple[Button, ...], ...]:
    """Return what else can be done with an item that is ready to be put to the vote."""
    return (
        (Button(_("Adopt without a vote"), presses.Acclaim(item_id).encode()),),
        (Button(_("Amend the proposal"), presses.AskAmendment(item_id).encode()),),
        (
            Button(_("Hold over"), presses.HoldOver(item_id).encode()),
            Button(_("Exclude a member"), presses.ShowExclusions(item_id, 0).encode()),
        ),
    )
