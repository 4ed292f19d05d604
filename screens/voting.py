"""Putting to the vote, the ballot and the turnout."""

from assembly.association import Association
from assembly.facts import voting as facts
from assembly.options import Chosen, Selection
from assembly.tally import Choice
from screens.catalogue import _, ngettext
from screens.content import Button, Content
from screens.lists import fitting, label
from screens.majorities import majority_in_words
from screens.positions import stance_name
from screens.presses import CastBallot, ChooseMotion, CloseMotion, OpenMotion, PreviewMotion
from screens.registry import screen
from screens.texts import clip, escape, member, time, visible_length

TITLE_LIMIT = 250
TEXT_LIMIT = 2000
"""UTF-16 units of a title and of the text put to the vote; with the seats they stay below a message's 4,096."""

MESSAGE_LIMIT = 3900
ITEMS_SHOWN = 90
"""Buttons in a list of items, below Telegram's 100."""

NAME_LIMIT = 60


@screen(facts.MotionChoice)
def motion_choice(shown: facts.MotionChoice, _association: Association) -> Content:
    """List the items that can be put to the vote."""
    if not shown.items:
        return Content(_("No agenda item is left to be put to the vote. Mark items for decision via /alv."))
    buttons = tuple(
        (Button(label(f"{item.number} {item.title}"), PreviewMotion(item.item_id).encode()),)
        for item in shown.items[:ITEMS_SHOWN]
    )
    return Content(_("Which agenda item do you put to the vote?"), buttons)


@screen(facts.MotionPreview)
def motion_preview(shown: facts.MotionPreview, _association: Association) -> Content:
    """Show what will be put to the vote, with the button that opens it."""
    lines = [
        _proposal(_("Put to the vote: agenda item {number}"), shown.number, shown.title, shown.text),
        _("Needed: {majority}.").format(majority=majority_in_words(shown.majority)),
        _present(shown.present, shown.total),
    ]
    if shown.quorum is not None:
        lines.append(_("Quorum: {needed} votes.").format(needed=shown.quorum))
    if shown.untold:
        lines.append(_("⚠️ This item was changed after the convocation, and the members were not told."))
    if shown.persons:
        lines.append(
            _(
                "A vote on persons is secret by default. This version does not offer a secret vote yet. "
                "You can choose a roll-call vote explicitly; everybody then sees afterwards who cast what."
            )
        )
    opens = _("Vote by roll-call and open") if shown.persons else _("Open the vote")
    return Content(
        "\n\n".join(lines),
        (
            (Button(opens, OpenMotion(shown.item_id, int(shown.persons)).encode(), style="primary"),),
            (Button(_("Back to the list"), ChooseMotion(shown.meeting_id).encode()),),
        ),
    )


@screen(facts.BallotFacts)
def ballot(shown: facts.BallotFacts, association: Association) -> Content:
    """Show a ballot with a row of buttons per seat; once the vote is closed, what was cast."""
    if shown.closed_at is None:
        heading = "🗳 " + _("Vote: agenda item {number}")
        seats = _("You vote:")
        tail = _("Press your choice. You can change it until the vote is closed.")
    else:
        heading = "🗳 " + _("Vote closed: agenda item {number}")
        seats = _("You voted:")
        tail = _("The vote was closed at {time}.").format(time=time(shown.closed_at, association))
    head = _proposal(heading, shown.number, shown.title, shown.text)
    room = MESSAGE_LIMIT - visible_length(head) - visible_length(tail)
    lines = fitting([_seat_line(seat, association, closed=shown.closed_at is not None) for seat in shown.seats], room)
    rows = () if shown.closed_at else tuple(_seat_buttons(shown.motion_id, seat) for seat in shown.seats)
    return Content(f"{head}\n\n{seats}\n{lines}\n\n{tail}", rows)


def choice_name(choice: Choice) -> str:
    """Return the word for a choice, as it stands on the buttons."""
    return {Choice.FOR: _("for"), Choice.AGAINST: _("against"), Choice.ABSTAIN: _("abstention")}[choice]


def selection_name(chosen: Selection) -> str:
    """Return the words for what a ballot says."""
    names = {choice.value: choice_name(choice) for choice in Choice}
    return clip(", ".join(names.get(key, key) for key in chosen), NAME_LIMIT)


def _seat_line(seat: facts.BallotSeat, association: Association, *, closed: bool) -> str:
    if seat.selection is not None:
        stands = f"<b>{escape(selection_name(seat.selection))}</b>"
    else:
        stands = _("not cast") if closed else _("not cast yet")
    line = _("on behalf of {member}, proxy: {stands}") if seat.by_proxy else _("on behalf of {member}: {stands}")
    text = "• " + line.format(member=member(clip(seat.member, NAME_LIMIT), association), stands=stands)
    if seat.stance is None:
        return text
    asks = _("(instruction: {stance})") if seat.by_proxy else _("(position: {stance})")
    return f"{text} {asks.format(stance=stance_name(seat.stance))}"


def _seat_buttons(motion_id: int, seat: facts.BallotSeat) -> tuple[Button, ...]:
    name = label(seat.member)
    return tuple(
        Button(
            ("✅ " if seat.selection == (choice,) else "") + f"{name}: {choice_name(choice)}",
            CastBallot(motion_id, seat.member_id, Chosen(choice)).encode(),
        )
        for choice in Choice
    )


def recorded(receipt: facts.Receipt, association: Association) -> str:
    """Return what a press on a ballot came to, as plain text that fits the answer to a press."""
    name = association.member_article + clip(receipt.member, NAME_LIMIT)
    if receipt.pressed != receipt.standing:
        text = _("Your later choice stands: {choice}, on behalf of {member}.")
        return text.format(choice=selection_name(receipt.standing), member=name)
    said = {
        Choice.FOR: _("You voted for on behalf of {member}. You can change this until the vote is closed."),
        Choice.AGAINST: _("You voted against on behalf of {member}. You can change this until the vote is closed."),
        Choice.ABSTAIN: _("You abstained on behalf of {member}. You can change this until the vote is closed."),
    }[Choice(",".join(receipt.standing))].format(member=name)
    if receipt.deviates_from is None:
        return said
    return (
        said
        + " "
        + _("Mind: this differs from the position: {stance}.").format(stance=stance_name(receipt.deviates_from))
    )


@screen(facts.Turnout)
def turnout(shown: facts.Turnout, association: Association) -> Content:
    """Show how many votes were cast, never for what; who leads the vote can close it here."""
    heading = (
        _("Vote opened: agenda item {number}") if shown.closed_at is None else _("Vote closed: agenda item {number}")
    )
    cast = ngettext("{cast} of the {present} vote cast", "{cast} of the {present} votes cast", shown.present)
    lines = [
        _proposal("🗳 " + heading, shown.number, shown.title, shown.text),
        f"<b>{cast.format(cast=shown.cast, present=shown.present)}</b>\n" + _present(shown.present, shown.total),
    ]
    if shown.closed_at is not None:
        lines.append(_("The vote was closed at {time}.").format(time=time(shown.closed_at, association)))
        return Content("\n\n".join(lines))
    close = Button(_("Close the vote"), CloseMotion(shown.motion_id).encode(), style="danger")
    return Content("\n\n".join(lines), ((close,),) if shown.leads else ())


def _present(present: int, total: int) -> str:
    return ngettext(
        "Present or represented: {present} of the {total} vote.",
        "Present or represented: {present} of the {total} votes.",
        total,
    ).format(present=present, total=total)


def _proposal(heading: str, number: str, title: str, text: str) -> str:
    """Return the heading with its item's number, and the text put to the vote where it says more than the title."""
    head = f"<b>{heading.format(number=escape(number))}</b>\n{escape(clip(title, TITLE_LIMIT))}"
    return head if text == title else f"{head}\n\n<blockquote>{escape(clip(text, TEXT_LIMIT))}</blockquote>"
