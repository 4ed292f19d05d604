"""Positions: given by tapping, and shown where they are an instruction."""

from collections.abc import Sequence

from assembly.association import Association
from assembly.facts import positions as facts
from assembly.positions import Stance
from screens.catalogue import _
from screens.content import Button, Content
from screens.lists import fitting, label
from screens.meetings import cancel_row
from screens.presses import AskDecision, SetAllFor, SetPosition, ShowPositions
from screens.registry import screen
from screens.texts import clip, escape, long_date, member

NAME_LIMIT = 100
TITLE_LIMIT = 120
LINES_LIMIT = 2800
ROWS_SHOWN = 20
"""Items with their buttons on a page: with four buttons each below Telegram's 100."""


def stance_name(stance: Stance) -> str:
    """Return the word for a stance, as it stands on the buttons."""
    return {
        Stance.FOR: _("for"),
        Stance.AGAINST: _("against"),
        Stance.ABSTAIN: _("abstention"),
        Stance.FREE: _("free"),
    }[stance]


@screen(facts.Positions)
def positions(shown: facts.Positions, association: Association) -> Content:
    """Show what the member wants on each item, with a row of buttons for each that is still open."""
    head = [
        _("<b>Positions of {member}</b>").format(member=member(clip(shown.member, NAME_LIMIT), association)),
        escape(clip(shown.title, 200)),
    ]
    if shown.decision is not None:
        head.append(
            _("Decision of the college: {number}, {day}").format(
                number=escape(clip(shown.decision.number, NAME_LIMIT)), day=long_date(shown.decision.day, association)
            )
        )
    body = instruction(shown.lines) or _("No item is there to be decided on.")
    parts = ["\n".join(head), body]
    if shown.pages > 1:
        parts.append(_("Page {page} of {pages}").format(page=shown.page + 1, pages=shown.pages))
    if not shown.open:
        return Content("\n\n".join(parts))
    parts.append(
        _(
            "Tap a position per item. You can change it until its vote opens. A remark? Type number and text, for "
            "example: 6.1 provided that the budget allows. The secretariat does not see the positions."
        )
    )
    return Content("\n\n".join(parts), tuple(_rows(shown)))


def instruction(lines: Sequence[facts.PositionLine], limit: int = LINES_LIMIT) -> str:
    """Write the positions, a line for each item, as far as they fit."""
    return fitting([_line(line) for line in lines], limit)


def _line(line: facts.PositionLine) -> str:
    title = f"<b>{escape(clip(line.number, 16))}</b> {escape(clip(line.title, TITLE_LIMIT))}"
    if line.stance is None:
        said = _("no position")
    elif line.lapsed:
        said = _("⚠️ lapsed: the proposal changed")
    else:
        said = f"<b>{stance_name(line.stance)}</b>"
    text = f"{title}: {said}"
    return f"{text} – <i>{escape(clip(line.remark, 200))}</i>" if line.remark else text


def _rows(shown: facts.Positions) -> list[tuple[Button, ...]]:
    rows = [
        tuple(_stance_button(shown, line, stance) for stance in Stance)
        for line in shown.lines[:ROWS_SHOWN]
        if not line.fixed
    ]
    leaf = []
    if shown.page > 0:
        leaf.append(_page(shown, _("Previous"), shown.page - 1))
    if shown.page + 1 < shown.pages:
        leaf.append(_page(shown, _("Next"), shown.page + 1))
    rows += [tuple(leaf)] if leaf else []
    if shown.lines:
        rows.append((Button(_("For everything"), SetAllFor(shown.meeting_id, shown.member_id).encode()),))
    rows.append((Button(_("Decision of the college"), AskDecision(shown.meeting_id, shown.member_id).encode()),))
    return rows


def _stance_button(shown: facts.Positions, line: facts.PositionLine, stance: Stance) -> Button:
    stands = "✅ " if line.stance is stance and not line.lapsed else ""
    number = f"{clip(line.number, 16)} " if stance is Stance.FOR else ""
    text = label(f"{stands}{number}{stance_name(stance)}")
    return Button(text, SetPosition(line.item_id, shown.member_id, stance).encode())


def _page(shown: facts.Positions, text: str, page: int) -> Button:
    return Button(text, ShowPositions(shown.meeting_id, shown.member_id, page).encode())


@screen(facts.DecisionExpected)
def decision_expected(shown: facts.DecisionExpected, association: Association) -> Content:
    """Ask for number and date of the college's decision."""
    text = _("Under which number and on which day did the college of {member} decide? For example: {example}")
    return Content(
        text.format(member=member(clip(shown.member, NAME_LIMIT), association), example="2019-000305, 12-02-2019"),
        (cancel_row(),),
    )


@screen(facts.PositionLapsed)
def position_lapsed(shown: facts.PositionLapsed, association: Association) -> Content:
    """Tell that a position lapsed because the proposal changed."""
    if shown.again is None:
        text = _(
            "⚠️ The proposal for item {number}, <i>{title}</i>, changed. The instruction of {member} for this item has "
            "lapsed; the proxy stands."
        )
    else:
        text = _(
            "⚠️ The proposal for item {number}, <i>{title}</i>, changed. The position of {member} on it has lapsed. "
            "Give it again."
        )
    said = text.format(
        number=escape(clip(shown.number, 16)),
        title=escape(clip(shown.title, TITLE_LIMIT)),
        member=member(clip(shown.member, NAME_LIMIT), association),
    )
    if shown.again is None:
        return Content(said)
    return Content(said, ((Button(_("See the positions"), ShowPositions(*shown.again).encode()),),))
