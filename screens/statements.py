"""Statements with ballots, and what was prepared."""

from assembly.association import Association
from assembly.facts import statements as facts
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.lists import few, label
from screens.meetings import cancel_row
from screens.presses import AskStatement
from screens.registry import screen
from screens.texts import clip, escape, member, one_stop

NAME_LIMIT = 60
TITLE_LIMIT = 250
CHOICES = 90
"""Buttons below Telegram's 100."""


@screen(facts.StatementChoice)
def statement_choice(shown: facts.StatementChoice, _association: Association) -> Content:
    """Ask with which of its ballots somebody says something."""
    text = _("With which of your votes on agenda item {number} do you give a statement?")
    rows = tuple(
        (Button(label(name), AskStatement(shown.motion_id, member_id).encode()),)
        for member_id, name in shown.seats[:CHOICES]
    )
    title = escape(clip(shown.title, TITLE_LIMIT))
    if shown.outside:
        return Content(_("With which of your votes on “{title}” do you give a statement?").format(title=title), rows)
    return Content(f"{text.format(number=escape(shown.number))}\n{title}", rows)


@screen(facts.StatementExpected)
def statement_expected(shown: facts.StatementExpected, association: Association) -> Content:
    """Expect the sentence."""
    asked = _(
        "Type one sentence that explains the vote of {member} on agenda item {number}. "
        "It is made known with the outcome and goes into the minutes."
    )
    if shown.outside:
        asked = _(
            "Type one sentence that explains the vote of {member} on “{title}”. It is made known with the outcome."
        )
    asked = asked.format(
        member=member(clip(shown.member, NAME_LIMIT), association),
        number=escape(shown.number),
        title=escape(clip(shown.title, TITLE_LIMIT)),
    )
    parts = [asked]
    if shown.standing:
        parts.append(one_stop(_("Now: “{text}”. A dash takes it away.").format(text=escape(shown.standing))))
    return Content("\n\n".join(parts), (cancel_row(),))


@screen(facts.StatementRecorded)
def statement_recorded(shown: facts.StatementRecorded, association: Association) -> Content:
    """Confirm what stands."""
    name = member(clip(shown.member, NAME_LIMIT), association)
    if not shown.text:
        return Content(_("The statement of {member} was taken away. The vote stands.").format(member=name))
    text = _("Saved as the statement of {member}: “{text}”. You can change it until the vote is closed.")
    return Content(one_stop(text.format(member=name, text=escape(shown.text))))


def recorded_prepared(receipt: facts.PreparedReceipt) -> str:
    """Return what a press for all that was prepared came to, as plain text that fits the answer to a press."""
    said = ngettext("Cast as prepared for {count} vote.", "Cast as prepared for {count} votes.", receipt.seats)
    lines = [
        text.format(members=few(members))
        for text, members in (
            (_("Nothing is prepared: {members}."), receipt.unprepared),
            (_("Not cast, you do not carry it any more: {members}."), receipt.refused),
            (_("A later choice stands: {members}."), receipt.later),
        )
        if members
    ]
    told = lines[:2]  # the answer to a press has room for two; all of it stands on the ballot
    return " ".join((said.format(count=receipt.seats), *(told or [_("You can change this until the vote is closed.")])))
