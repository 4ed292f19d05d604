"""Tally sheets of hands in the room and of voting cards: filling one in, and confirming it."""

from assembly.association import Association
from assembly.entries import SheetSource
from assembly.facts import sheets as facts
from assembly.options import Chosen
from assembly.sheets import SheetState
from assembly.tally import Choice
from screens.catalogue import _, ngettext
from screens.choices import on_matter, option_buttons, option_name, selection_name
from screens.content import Button, Content
from screens.lists import fitting, label, names
from screens.presses import ClearSheet, ConfirmSheet, MarkHand, MarkRest, OfferSheet, ReturnSheet, TurnSheet
from screens.registry import screen
from screens.texts import clip, escape

TITLE_LIMIT = 150
NAME_LIMIT = 40
LINES_LIMIT = 2600
VOTED_LIMIT = 400
SEATS_SHOWN = 28
"""Seats on a page, with three buttons each."""

_CHOICES = tuple(choice.value for choice in Choice)


@screen(facts.SheetCard)
def sheet(shown: facts.SheetCard, _association: Association) -> Content:
    """Show a sheet with what its reader can do."""
    head = {
        SheetSource.HANDS: _("<b>Hands in the room</b>: agenda item {number}"),
        SheetSource.CARDS: _("<b>Voting cards</b>: agenda item {number}"),
    }[shown.source].format(number=escape(clip(shown.number, 16)))
    head += f"\n{escape(clip(shown.title, TITLE_LIMIT))}"
    seat = next((seat for seat in shown.seats[:SEATS_SHOWN] if seat.member_id == shown.seat), None)
    if seat is not None and shown.may_enter:
        return _one_seat(shown, seat, head)
    lines = [
        _line(seat, shown) for seat in shown.seats if seat.selection is not None or (seat.code and shown.may_enter)
    ]
    listed = fitting(lines, LINES_LIMIT) if lines else _("Nothing was entered yet.")
    parts = [head, listed, _state(shown)]
    if shown.voted:
        voted = _("Voted already, so a card of these does not count: {names}.")
        parts.append(voted.format(names=names(shown.voted, VOTED_LIMIT)))
    if shown.uncarried and shown.state is not SheetState.CONFIRMED:
        absent = _(
            "Nobody was there for these when the vote was opened, so a card of these does not count: {names}. Did "
            "somebody come without Telegram? Enter that with /invoeren before the next vote."
        )
        parts.append(absent.format(names=names(shown.uncarried, VOTED_LIMIT)))
    if shown.pages > 1:
        parts.append(_("Page {page} of {pages}").format(page=shown.page + 1, pages=shown.pages))
    return Content("\n\n".join(parts), tuple(_rows(shown)))


def _one_seat(shown: facts.SheetCard, seat: facts.SheetSeat, head: str) -> Content:
    """Ask what was seen of one seat."""
    rows = option_buttons(
        shown.options,
        shown.picks,
        seat.selection or (),
        lambda choice: MarkHand(shown.sheet_id, seat.member_id, choice),
    )
    back = Button(_("Back to the list"), TurnSheet(shown.sheet_id, shown.page, 0).encode())
    return Content(f"{head}\n\n<b>{escape(clip(seat.member, NAME_LIMIT))}</b>{_code(seat)}", (*rows, (back,)))


def _line(seat: facts.SheetSeat, shown: facts.SheetCard) -> str:
    said = selection_name(seat.selection, shown.options) if seat.selection else "–"
    carrier = f" ({escape(clip(seat.carrier, NAME_LIMIT))})" if seat.carrier else ""
    return f"• {escape(clip(seat.member, NAME_LIMIT))}{carrier}{_code(seat)}: <b>{escape(said)}</b>"


def _code(seat: facts.SheetSeat) -> str:
    """Return what stands on the card of a seat, to be compared; nothing on a sheet of hands."""
    return f" <code>{escape(clip(seat.code, 16))}</code>" if seat.code else ""


def _state(shown: facts.SheetCard) -> str:
    who = escape(clip(shown.entered_by, NAME_LIMIT))
    if shown.state is SheetState.CONFIRMED:
        text = "✅ " + _("Confirmed by {name}; these votes count.").format(
            name=escape(clip(shown.decided_by, NAME_LIMIT))
        )
        if shown.skipped:
            text += "\n⚠️ " + ngettext(
                "Not counted, because a vote stood already or the seat is not carried any more: {names}.",
                "Not counted, because votes stood already or the seats are not carried any more: {names}.",
                len(shown.skipped),
            ).format(names=names(shown.skipped, 400))
        return text
    if shown.over:
        return _("The vote is not open; what stands here did not count.")
    if shown.state is SheetState.OFFERED:
        if shown.may_confirm:
            asked = {
                SheetSource.HANDS: _("Entered by {name}. Were the hands like this? It counts once you confirm it."),
                SheetSource.CARDS: _("Entered by {name}. Do the cards say this? It counts once you confirm it."),
            }[shown.source]
            return asked.format(name=who)
        return _("Somebody else of the secretariat, or the chair, confirms it. Until then it does not count.")
    if shown.may_enter:
        return {
            SheetSource.HANDS: _(
                "These seats are in the room and did not vote. Press what you see; then offer it for confirmation."
            ),
            SheetSource.CARDS: _(
                "Check the code on the card. Press what the card says; then offer it for confirmation."
            ),
        }[shown.source]
    return _("{name} is filling this in.").format(name=who)


def _rows(shown: facts.SheetCard) -> list[tuple[Button, ...]]:
    number = shown.sheet_id
    rows: list[tuple[Button, ...]] = []
    if shown.may_enter:
        rows += [_seat_row(shown, seat) for seat in shown.seats[:SEATS_SHOWN]]
        if on_matter(shown.options) and shown.source is SheetSource.HANDS:
            rest = _("All others: {choice}")
            rows.append(
                tuple(
                    Button(
                        label(rest.format(choice=option_name(choice, shown.options))),
                        MarkRest(number, Chosen(choice)).encode(),
                    )
                    for choice in _CHOICES
                )
            )
    leaf = [
        Button(text, TurnSheet(number, page, 0).encode())
        for text, page in ((_("Previous"), shown.page - 1), (_("Next"), shown.page + 1))
        if 0 <= page < shown.pages and shown.state is not SheetState.CONFIRMED
    ]
    if leaf:
        rows.append(tuple(leaf))
    if shown.may_enter:
        rows.append((Button(_("Begin anew"), ClearSheet(number).encode()),))
        rows.append((Button(_("Offer for confirmation"), OfferSheet(number).encode(), style="primary"),))
    if shown.may_confirm:
        rows.append((Button(_("Confirm"), ConfirmSheet(number).encode(), style="primary"),))
    if shown.may_return:
        text = _("Do not confirm") if shown.may_confirm else _("Take it back")
        rows.append((Button(text, ReturnSheet(number).encode(), style="danger"),))
    return rows


def _seat_row(shown: facts.SheetCard, seat: facts.SheetSeat) -> tuple[Button, ...]:
    """Return a button for each choice on a matter, and else one that leads to the choices."""
    name = label(seat.member, NAME_LIMIT)
    if not on_matter(shown.options):
        said = f": {selection_name(seat.selection, shown.options)}" if seat.selection else ""
        return (Button(label(name + said), TurnSheet(shown.sheet_id, shown.page, seat.member_id).encode()),)
    return tuple(
        Button(
            label(("✅ " if seat.selection == (choice,) else "") + f"{name}: {option_name(choice, shown.options)}"),
            MarkHand(shown.sheet_id, seat.member_id, Chosen(choice)).encode(),
        )
        for choice in _CHOICES
    )
