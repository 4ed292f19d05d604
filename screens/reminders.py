"""Reminders: what the reader, or somebody else of its member, has still to do; and whom the secretariat can call."""

from assembly.association import Association
from assembly.facts import reminders as facts
from assembly.reminders import Errand
from screens import presses
from screens.catalogue import _
from screens.content import Button, Content
from screens.convening import reply_rows
from screens.lists import enumerated, fitting
from screens.registry import screen
from screens.texts import clip, escape, long_date_time, member

MEMBERS = 10
"""Members that are named in a sentence; more of them are a list for an office, not for a reader."""

LIST_ROOM = 3000


@screen(facts.Reminder)
def reminder(shown: facts.Reminder, association: Association) -> Content:
    """Say what is still to be done, until when, and offer the buttons for it."""
    whom = enumerated([member(clip(name, 80), association) for name in shown.members[:MEMBERS]])
    title = escape(clip(shown.meeting, 200))
    text = _sentence(shown).format(whom=whom, meeting=title, vote=escape(clip(shown.vote, 300)))
    lines = [_("<b>Reminder</b>"), text]
    if not shown.own:
        lines.append(_("You hear this as coordinator, because it has not been done yet."))
    if shown.until is not None:
        lines.append(_("You can do this until {moment}.").format(moment=long_date_time(shown.until, association)))
    return Content("\n".join(lines), _rows(shown, association))


def _sentence(shown: facts.Reminder) -> str:
    return {
        Errand.REPLY: _("There is no reply yet from {whom} to the convocation of {meeting}. Does somebody come?"),
        Errand.GRANT: _("{whom} said that it grants a proxy for {meeting}. It has not been granted yet."),
        Errand.SIGN: _("The proxy of {whom} for {meeting} is ready and has not been signed yet."),
        Errand.ANSWER: _("The proxy of {whom} for {meeting} has not been accepted or declined yet."),
        Errand.BALLOT: _("No vote has been cast yet for {whom}: {vote}. The ballot stands above in the chat."),
    }[shown.errand]


def _rows(shown: facts.Reminder, association: Association) -> tuple[tuple[Button, ...], ...]:
    if shown.errand is Errand.REPLY:
        return reply_rows(shown.meeting_id, None, association)
    if shown.errand is Errand.BALLOT:
        return ()
    return ((Button(_("See the proxies"), presses.ShowSeats(shown.meeting_id).encode(), style="primary"),),)


@screen(facts.CallList)
def call_list(shown: facts.CallList, association: Association) -> Content:
    """List whom the secretariat can call."""
    heading = {
        Errand.REPLY: _("No reply yet to the convocation"),
        Errand.GRANT: _("Wants to grant a proxy and has not begun"),
        Errand.SIGN: _("A proxy waits for its signature"),
        Errand.ANSWER: _("A proxy waits for its holder"),
        Errand.BALLOT: _("No vote cast yet"),
    }[shown.errand]
    lines = [
        _("<b>Call list: {heading}</b>").format(heading=heading),
        _("{meeting}. Nobody acted after the reminders.").format(meeting=escape(clip(shown.meeting, 200))),
    ]
    if shown.until is not None:
        lines.append(_("It is possible until {moment}.").format(moment=long_date_time(shown.until, association)))
    rows = [f"• <b>{member(clip(line.member, 80), association)}</b>: {_people(line)}" for line in shown.lines]
    text = "\n".join(lines) + "\n\n" + fitting(rows, LIST_ROOM)
    if shown.errand is Errand.BALLOT:
        return Content(text)
    return Content(text, ((Button(_("Who has the convocation"), presses.ShowDeliveries(shown.meeting_id).encode()),),))


def _people(line: facts.CallLine) -> str:
    if not line.people:
        return _("nobody is registered for it")
    return ", ".join(
        escape(clip(name, 60)) + " (" + escape(", ".join(clip(part, 60) for part in (function, email) if part)) + ")"
        for name, function, email in line.people
    )
