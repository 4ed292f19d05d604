"""Secret ballots: choose, confirm, and then only that the vote is in."""

from assembly.association import Association
from assembly.facts import secret as facts
from assembly.options import ABSTAIN, NONE, Selection, joined
from screens.catalogue import _, ngettext
from screens.choices import NAME_LIMIT, option_buttons, selection_name
from screens.content import Button, Content
from screens.held_votes import closes_line, proposal
from screens.lists import fitting, label
from screens.positions import stance_name
from screens.presses import CastSecret, ChooseSecret, ShowChoice, ShowSecret
from screens.registry import Drawn, screen
from screens.texts import clip, escape, member, time, visible_length
from screens.voting import MESSAGE_LIMIT, options_in_words, text_limit

SEATS_SHOWN = 90
"""Buttons of seats, below Telegram's 100."""

ALL = 0
"""Stands for all seats of which the vote is not in."""

Rows = list[tuple[Button, ...]]


@screen(facts.SecretBallot)
def secret_ballot(shown: facts.SecretBallot, association: Association) -> Drawn:
    """Show a ballot of which nothing is chosen."""
    return for_all(shown, association)


def for_all(shown: facts.SecretBallot, association: Association) -> Content:
    """Show the options for all seats at once, or for the one that is left."""
    if shown.closed_at is not None or shown.voided or shown.suspended or not shown.left:
        return Content(_text(shown, association, _end(shown, association)))
    left = shown.left
    scope = left[0].member_id if len(left) == 1 else ALL
    rows = _options(shown, scope, ())
    if len(left) > 1:
        rows.append((Button(_("Choose for each member"), ShowSecret(shown.motion_id, 1).encode()),))
        choose = _("Choose for all {count} votes at once, or for each member. Then you confirm.")
        choose = choose.format(count=len(left))
    else:
        choose = _("Choose {whom}. Then you confirm.").format(whom=_whom(shown, scope, association))
    tail = "\n\n".join(part for part in (choose, closes_line(shown, association), _promise()) if part)
    return Content(_text(shown, association, tail), tuple(rows))


def by_seat(shown: facts.SecretBallot, association: Association) -> Content:
    """Ask for which seat is chosen."""
    rows = tuple(
        (Button(label(seat.member), ShowChoice(shown.motion_id, seat.member_id).encode()),)
        for seat in shown.left[:SEATS_SHOWN]
    )
    text = _text(shown, association, _("On behalf of which member do you vote now?"))
    return Content(text, (*rows, _back(shown)))


def choosing(shown: facts.SecretBallot, member_id: int, chosen: Selection, association: Association) -> Content:
    """Show what is chosen for a seat or for all that are left, to be confirmed; several names also to be changed."""
    whom = _whom(shown, member_id, association)
    rows: Rows = []
    if not chosen or (shown.picks > 1 and chosen not in {(ABSTAIN,), (NONE,)}):
        rows = _options(shown, member_id, chosen)
    if not chosen:
        return Content(_text(shown, association, _("You choose {whom}.").format(whom=whom)), (*rows, _back(shown)))
    said = escape(selection_name(chosen, shown.options))
    tail = _("You choose {whom}: <b>{choice}</b>. After you confirm this is final.").format(whom=whom, choice=said)
    confirm = Button(_("Confirm"), CastSecret(shown.motion_id, member_id, joined(chosen)).encode(), style="primary")
    return Content(_text(shown, association, tail), (*rows, (confirm,), _back(shown)))


def vote_in(receipt: facts.SecretReceipt, association: Association) -> str:
    """Return what a cast came to, as plain text that fits the answer to a press; never what it was."""
    if len(receipt.members) == 1:
        name = association.member_article + clip(receipt.members[0], NAME_LIMIT)
        return _("Your vote on behalf of {member} is cast, and is final.").format(member=name)
    return ngettext(
        "Your {count} vote is cast, and is final.", "Your {count} votes are cast, and are final.", len(receipt.members)
    ).format(count=len(receipt.members))


def _options(shown: facts.SecretBallot, member_id: int, chosen: Selection) -> Rows:
    return option_buttons(
        shown.options, shown.picks, chosen, lambda choice: ChooseSecret(shown.motion_id, member_id, choice)
    )


def _whom(shown: facts.SecretBallot, member_id: int, association: Association) -> str:
    named = next((seat.member for seat in shown.seats if seat.member_id == member_id), None)
    if named is not None:
        return _("on behalf of {member}").format(member=member(clip(named, NAME_LIMIT), association))
    return ngettext("on behalf of {count} member", "on behalf of {count} members", len(shown.left)).format(
        count=len(shown.left)
    )


def _text(shown: facts.SecretBallot, association: Association, tail: str) -> str:
    heading = _("Secret vote: agenda item {number}")
    if shown.closed_at is not None or shown.voided:
        heading = _("Secret vote closed: agenda item {number}")
    parts = [
        proposal("🗳 " + heading, shown.number, shown.title, shown.text, text_limit(shown.options)),
        *options_in_words(shown.options, shown.picks, shown.round),
    ]
    head = "\n\n".join(parts)
    room = MESSAGE_LIMIT - visible_length(head) - visible_length(tail)
    lines = fitting([_line(seat, association, shown) for seat in shown.seats], room)
    return f"{head}\n\n" + _("Your votes:") + f"\n{lines}\n\n{tail}"


def _line(seat: facts.SecretSeat, association: Association, shown: facts.SecretBallot) -> str:
    over = shown.closed_at is not None or shown.voided
    left = _("not cast") if over else _("not cast yet")
    stands = _("<b>cast</b>") if seat.voted else left
    line = _("on behalf of {member}, proxy: {stands}") if seat.by_proxy else _("on behalf of {member}: {stands}")
    text = "• " + line.format(member=member(clip(seat.member, NAME_LIMIT), association), stands=stands)
    if seat.stance is None:
        return text
    asks = _("(instruction: {stance})") if seat.by_proxy else _("(position: {stance})")
    return f"{text} {asks.format(stance=stance_name(seat.stance))}"


def _end(shown: facts.SecretBallot, association: Association) -> str:
    """Say that nothing is left to do here."""
    if shown.voided:
        return _("The vote was declared void. Nothing was counted, and what was cast is erased.")
    if shown.closed_at is not None:
        return _("The vote was closed at {time}.").format(time=time(shown.closed_at, association))
    if shown.suspended:
        return "⏸ " + _("Nothing can be cast now. What was cast stands.")
    return _("Your vote is cast, and is final. Nobody can see here what it was.")


def _promise() -> str:
    """Say what is kept secret and what is not."""
    return _(
        "🔒 The bot keeps that you voted and counts what is chosen, with nothing between the two. Outside of that "
        "promise are Telegram, which passes your choice on, and until the vote is closed the disk of whoever runs the "
        "bot. If everybody votes the same, the outcome tells so."
    )


def _back(shown: facts.SecretBallot) -> tuple[Button, ...]:
    return (Button(_("Back to the ballot"), ShowSecret(shown.motion_id, 0).encode()),)
