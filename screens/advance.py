"""Voting before the assembly."""

from assembly.association import Association
from assembly.facts import advance as facts
from assembly.tally import Choice
from screens.catalogue import _
from screens.choices import choice_name
from screens.content import Button, Content
from screens.lists import fitting, label
from screens.presses import CastAdvance, ShowAdvance, WithdrawAdvance
from screens.registry import screen
from screens.texts import clip, escape, member

NAME_LIMIT = 60
NUMBER_LIMIT = 16
TITLE_LIMIT = 120
LINES_LIMIT = 2500
"""UTF-16 units."""

ROWS_SHOWN = 20
"""Items with their buttons on a page: with four buttons each below Telegram's 100."""


@screen(facts.AdvanceVotes)
def advance_votes(shown: facts.AdvanceVotes, association: Association) -> Content:
    """Show what stands on each item, with a row of buttons for each while the assembly has not opened."""
    head = _("<b>Voting before the assembly, on behalf of {member}</b>").format(
        member=member(clip(shown.member, NAME_LIMIT), association)
    )
    lines = fitting([_line(line) for line in shown.lines], LINES_LIMIT)
    parts = [
        f"{head}\n{escape(clip(shown.title, 200))}",
        lines or _("There is no item on which can be voted before."),
    ]
    if shown.pages > 1:
        parts.append(_("Page {page} of {pages}").format(page=shown.page + 1, pages=shown.pages))
    if not shown.open:
        return Content("\n\n".join(parts))
    parts.append(
        _(
            "Your vote is saved at once, and nobody sees it. It stands as soon as the item is put to the vote, also "
            "when you are not there. You can change or withdraw it until then. In the assembly it can be changed until "
            "the vote is closed."
        )
    )
    return Content("\n\n".join(parts), tuple(_rows(shown)))


def _line(line: facts.AdvanceLine) -> str:
    title = f"<b>{escape(clip(line.number, NUMBER_LIMIT))}</b> {escape(clip(line.title, TITLE_LIMIT))}"
    if line.choice is None:
        said = _("not cast yet")
    elif line.lapsed:
        said = _("⚠️ lapsed: the proposal changed")
    else:
        said = f"<b>{choice_name(line.choice)}</b>"
    return f"{title}: {said}"


def _rows(shown: facts.AdvanceVotes) -> list[tuple[Button, ...]]:
    rows = [
        (*(_button(shown, line, choice) for choice in Choice), *_withdrawal(shown, line))
        for line in shown.lines[:ROWS_SHOWN]
    ]
    leaf = []
    if shown.page > 0:
        leaf.append(_page(shown, _("Previous"), shown.page - 1))
    if shown.page + 1 < shown.pages:
        leaf.append(_page(shown, _("Next"), shown.page + 1))
    return [*rows, tuple(leaf)] if leaf else rows


def _button(shown: facts.AdvanceVotes, line: facts.AdvanceLine, choice: Choice) -> Button:
    stands = "✅ " if line.choice is choice and not line.lapsed else ""
    number = f"{clip(line.number, NUMBER_LIMIT)} " if choice is Choice.FOR else ""
    return Button(
        label(f"{stands}{number}{choice_name(choice)}"), CastAdvance(line.item_id, shown.member_id, choice).encode()
    )


def _withdrawal(shown: facts.AdvanceVotes, line: facts.AdvanceLine) -> tuple[Button, ...]:
    if line.choice is None or line.lapsed:
        return ()
    return (Button(_("Withdraw"), WithdrawAdvance(line.item_id, shown.member_id).encode(), style="danger"),)


def _page(shown: facts.AdvanceVotes, text: str, page: int) -> Button:
    return Button(text, ShowAdvance(shown.meeting_id, shown.member_id, page).encode())


@screen(facts.AdvanceLapsed)
def advance_lapsed(shown: facts.AdvanceLapsed, association: Association) -> Content:
    """Tell that a vote that was cast before does not count."""
    text = _("⚠️ Item {number}, <i>{title}</i>, changed. What {member} voted on it before the assembly has lapsed.")
    said = text.format(
        number=escape(clip(shown.number, NUMBER_LIMIT)),
        title=escape(clip(shown.title, TITLE_LIMIT)),
        member=member(clip(shown.member, NAME_LIMIT), association),
    )
    if shown.meeting_id is None:
        return Content(said + " " + _("Who is there can vote now."))
    again = Button(_("Vote again"), ShowAdvance(shown.meeting_id, shown.member_id, 0).encode(), style="primary")
    return Content(said + " " + _("You can vote again."), ((again,),))
