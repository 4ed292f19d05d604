"""Ballot slips in a secret vote: who handed one in, the totals, and their confirmation."""

from assembly.association import Association
from assembly.facts import slips as facts
from assembly.options import ABSTAIN, Option
from screens.catalogue import _, ngettext
from screens.choices import option_heading
from screens.content import Button, Content
from screens.lists import fitting, label, names
from screens.meetings import cancel_row
from screens.paging import leafing, page_line
from screens.presses import AskTotals, ClearSlips, ConfirmSlips, MarkSlip, TurnSlips
from screens.registry import screen
from screens.texts import clip, escape

TITLE_LIMIT = 150
NAME_LIMIT = 40
SEATS_SHOWN = 40
OPTION_LIMIT = 60
LINES_LIMIT = 1500
VOTED_LIMIT = 400


@screen(facts.SlipsCard)
def slips(shown: facts.SlipsCard, _association: Association) -> Content:
    """Show the slips with what their reader can do."""
    head = _head(shown.number, shown.title)
    if shown.over:
        tail = _("Nothing waits here any more. What was confirmed was counted; the totals of the slips are not kept.")
        return Content(f"{head}\n\n{tail}")
    handed = ngettext(
        "{count} slip was handed in, of the {left} votes that are not in.",
        "{count} slips were handed in, of the {left} votes that are not in.",
        shown.handed,
    ).format(count=shown.handed, left=shown.left)
    who = [seat for seat in shown.seats if seat.handed]
    parts = [head, handed, fitting([_line(seat) for seat in who], LINES_LIMIT), page_line(shown.page, shown.pages)]
    if shown.totals:
        parts.append("\n".join(_total(key, votes, shown.options) for key, votes in shown.totals))
    elif shown.mine and shown.voted:
        voted = _("Voted already, so no slip of these counts: {names}.")
        parts.append(voted.format(names=names(shown.voted, VOTED_LIMIT)))
    parts.append(_state(shown))
    return Content("\n\n".join(part for part in parts if part), tuple(_rows(shown)))


def _head(number: str, title: str) -> str:
    head = _("<b>Ballot slips</b>: agenda item {number}").format(number=escape(clip(number, 16)))
    return f"{head}\n{escape(clip(title, TITLE_LIMIT))}"


def _line(seat: facts.SlipSeat) -> str:
    carrier = f" ({escape(clip(seat.carrier, NAME_LIMIT))})" if seat.carrier else ""
    return f"• {escape(clip(seat.member, NAME_LIMIT))}{carrier}"


def _total(key: str, votes: int, options: tuple[Option, ...]) -> str:
    return f"{escape(_named(key, options))}: <b>{votes}</b>"


def _named(key: str, options: tuple[Option, ...]) -> str:
    name = clip(option_heading(key, options), OPTION_LIMIT)
    return _("{name} and invalid").format(name=name) if key == ABSTAIN else name


def _state(shown: facts.SlipsCard) -> str:
    who = escape(clip(shown.entered_by, NAME_LIMIT))
    if shown.mine and shown.totals:
        return _("Somebody else of the secretariat, or the chair, confirms it. That closes the vote.")
    if shown.mine:
        return _(
            "Press whose slip is in the ballot box. Then count the slips together and enter the totals. "
            "From then on nobody can vote in Telegram any more."
        )
    if shown.totals:
        return _(
            "Entered by {name}. Do the slips say this? Once you confirm it they are counted with the other votes and "
            "the vote is closed. Then these totals are not kept. Until then do not tell them to anybody."
        ).format(name=who)
    return _("{name} is filling this in.").format(name=who)


def _rows(shown: facts.SlipsCard) -> list[tuple[Button, ...]]:
    number = shown.motion_id
    rows: list[tuple[Button, ...]] = []
    if shown.mine and not shown.totals:
        rows += [(_mark(number, seat),) for seat in shown.seats[:SEATS_SHOWN]]
    rows += leafing(shown.page, shown.pages, lambda page: TurnSlips(number, page))
    if shown.mine and shown.handed:
        text = _("Change the totals") if shown.totals else _("Enter the totals")
        rows.append((Button(text, AskTotals(number).encode(), style="primary"),))
    if not shown.mine and shown.totals:
        confirm = ConfirmSlips(number, shown.version).encode()
        rows.append((Button(_("Confirm and close the vote"), confirm, style="danger"),))
    if shown.may_enter and (shown.handed or not shown.mine):
        text = _("Begin anew") if shown.mine else _("Begin anew yourself")
        rows.append((Button(text, ClearSlips(number).encode()),))
    return rows


def _mark(number: int, seat: facts.SlipSeat) -> Button:
    text = ("✅ " if seat.handed else "") + label(seat.member, NAME_LIMIT)
    return Button(text, MarkSlip(number, seat.member_id, int(not seat.handed)).encode())


@screen(facts.TotalsExpected)
def totals_expected(shown: facts.TotalsExpected, _association: Association) -> Content:
    """Ask for the totals."""
    keys = (*(option.key for option in shown.options), ABSTAIN)
    lines = [f"• {escape(_named(key, shown.options))}" for key in keys]
    parts = [
        _head(shown.number, shown.title),
        ngettext(
            "How often is each of these on the {count} slip? Send the numbers in this order, with spaces between.",
            "How often is each of these on the {count} slips? Send the numbers in this order, with spaces between.",
            shown.slips,
        ).format(count=shown.slips),
        fitting(lines, LINES_LIMIT),
        _("The secretariat and the chair see these totals here, nobody else. Delete your own message afterwards."),
    ]
    if shown.picks > 1:
        parts.insert(3, _("A slip counts for each name on it, {count} at most.").format(count=shown.picks))
    return Content("\n\n".join(parts), (cancel_row(),))
