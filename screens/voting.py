"""Putting to the vote, the ballot and the turnout."""

from collections.abc import Sequence
from dataclasses import replace

from assembly.association import Association
from assembly.facts import voting as facts
from assembly.item_settings import VoteForm
from assembly.meeting_kinds import MeetingKind
from assembly.motions import BallotForm, MotionKind, Rule
from assembly.options import NONE, Chosen, Option, Selection
from assembly.positions import Stance
from assembly.tally import Choice
from screens.catalogue import _, ngettext
from screens.choices import (
    NAME_LIMIT,
    choice_name,
    on_matter,
    option_buttons,
    picks_in_words,
    rule_in_words,
    selection_name,
)
from screens.content import Button, Content
from screens.held_votes import (
    TEXT_LIMIT,
    closed_in_words,
    closes_line,
    held,
    leading_rows,
    preview_rows,
    proposal,
    traces_in_words,
)
from screens.lists import few, fitting, label
from screens.majorities import majority_in_words
from screens.positions import stance_name
from screens.presses import (
    CastAll,
    CastBallot,
    CastPrepared,
    ChooseMotion,
    ChooseStatement,
    CloseMotion,
    OpenMotion,
    OpenStraw,
    PreviewMotion,
    ShowBallot,
    ShowOptions,
    ShowSeat,
)
from screens.registry import screen
from screens.texts import clip, escape, long_date_time, member, time, visible_length
from screens.words import held_words

MESSAGE_LIMIT = 3900
ITEMS_SHOWN = 90
"""Buttons in a list of items, below Telegram's 100."""

STATEMENT_LIMIT = 40
RECEIPT_LIMIT = 20
"""UTF-16 units of a statement and a receipt behind a seat."""

OPTIONS_TEXT_LIMIT = 700
OPTIONS_LIMIT = 1500
OPTION_LIMIT = 200
KEY_LIMIT = 8
"""UTF-16 units of the text above options, of all options together, and of one and its number."""

CHOICE_LIMIT = 30
"""UTF-16 units of a choice and of a name in the answer to a press, which has 200."""


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
def motion_preview(shown: facts.MotionPreview, association: Association) -> Content:
    """Show what will be put to the vote, with the buttons that open it."""
    lines = [
        proposal(_("Put to the vote: agenda item {number}"), shown.number, shown.title, shown.text),
        _asked(shown),
        "" if _most_votes(shown) else _("Needed: {majority}.").format(majority=majority_in_words(shown.majority)),
        _present(shown.present, shown.total),
    ]
    if shown.quorum is not None:
        lines.append(_("Quorum: {needed} votes.").format(needed=shown.quorum))
    if shown.untold:
        lines.append(_("⚠️ This item was changed after the convocation, and the members were not told."))
    lines.append(_form_in_words(shown, association))
    straw = Button(_("Hold a straw poll"), OpenStraw(shown.item_id).encode())
    rows = (
        *_opening(shown),
        *(() if shown.form is BallotForm.SECRET else ((straw,),)),
        (Button(_("Variants or candidates"), ShowOptions(shown.item_id).encode()),),
        *preview_rows(shown.item_id),
        (Button(_("Back to the list"), ChooseMotion(shown.meeting_id).encode()),),
    )
    return Content("\n\n".join(line for line in lines if line), rows)


def _form_in_words(shown: facts.MotionPreview, association: Association) -> str:
    """Say of a vote that is secret unless chosen otherwise what that means, or why it cannot be."""
    if shown.form is not BallotForm.SECRET:
        return ""
    if shown.can_be_secret:
        return _(
            "The vote is secret: everybody confirms once, and then it is final. By roll-call everybody sees afterwards "
            "who voted what."
        )
    minimum = association.statutes.secret_minimum
    return ngettext(
        "This vote would be secret, but the outcome would tell who voted what: that takes {count} person with a "
        "vote, all with equally many votes. You can choose roll-call, or vote on paper.",
        "This vote would be secret, but the outcome would tell who voted what: that takes {count} people with a "
        "vote, all with equally many votes. You can choose roll-call, or vote on paper.",
        minimum,
    ).format(count=minimum)


def _opening(shown: facts.MotionPreview) -> tuple[tuple[Button, ...], ...]:
    """Return a button for each way in which the vote can be opened, the usual one first."""
    usual = Button(_("Open the vote"), OpenMotion(shown.item_id, VoteForm.USUAL).encode(), style="primary")
    secret = Button(_("Vote in secret and open"), OpenMotion(shown.item_id, VoteForm.SECRET).encode())
    by_roll_call = Button(_("Vote by roll-call and open"), OpenMotion(shown.item_id, VoteForm.ROLL_CALL).encode())
    if shown.form is not BallotForm.SECRET:
        return ((usual,), *(((secret,),) if shown.can_be_secret else ()))
    return (*(((replace(secret, style="primary"),),) if shown.can_be_secret else ()), (by_roll_call,))


def _contested(shown: facts.MotionPreview) -> bool:
    return shown.kind is MotionKind.VARIANTS or NONE not in {option.key for option in shown.options}


def _most_votes(shown: facts.MotionPreview) -> bool:
    return shown.kind is not MotionKind.MATTER and shown.rule is Rule.PLURALITY and _contested(shown)


def _asked(shown: facts.MotionPreview) -> str:
    """Say between what is chosen, and how that is decided; nothing on a matter."""
    if shown.kind is MotionKind.MATTER:
        return ""
    lines = [f"{place}. {escape(clip(_label(option), OPTION_LIMIT))}" for place, option in _numbered(shown.options)]
    text = fitting(lines, OPTIONS_LIMIT)
    rule = rule_in_words(shown.rule, shown.picks) if _contested(shown) else _("Each name is voted on by itself.")
    return "\n".join(part for part in (text, picks_in_words(shown.picks), rule) if part)


@screen(facts.BallotFacts)
def ballot(shown: facts.BallotFacts, association: Association) -> Content:
    """Show a ballot with its buttons; once the vote is closed, what was cast."""
    special = held(shown, association)
    if special is not None:
        return special
    closed = shown.closed_at is not None
    if closed:
        heading, seats = "🗳 " + _("Vote closed: agenda item {number}"), _("You voted:")
    elif shown.held is not MeetingKind.ASSEMBLY:
        heading, seats = "🗳 " + held_words(shown.held), _("You vote:")
    else:
        opened = _("Straw poll: agenda item {number}") if shown.straw else _("Vote: agenda item {number}")
        heading, seats = "🗳 " + opened, _("You vote:")
    if closed and shown.held is not MeetingKind.ASSEMBLY:
        heading = "🗳 " + _("Closed: {vote}").format(vote=held_words(shown.held))
    if shown.closed_at is not None:
        tail = closed_in_words(shown.closed_at, shown.held, association)
    elif shown.closes_at is not None and shown.held is not MeetingKind.ASSEMBLY:
        until = long_date_time(shown.closes_at, association)
        tail = _("Press your choice. You can change it until the vote is closed, on {moment}.").format(moment=until)
    else:
        tail = _("Press your choice. You can change it until the vote is closed.")
        tail = "\n".join(line for line in (tail, closes_line(shown, association)) if line)
    parts = [
        proposal(
            heading,
            shown.number,
            shown.title,
            shown.text,
            text_limit(shown.options),
            procedural=shown.procedural,
        ),
        *options_in_words(shown.options, shown.picks, shown.round),
    ]
    head = "\n\n".join(parts)
    room = MESSAGE_LIMIT - visible_length(head) - visible_length(tail)
    lines = fitting([_seat_line(seat, shown, association) for seat in shown.seats], room)
    rows = () if closed else (*_buttons(shown), *_beside(shown))
    return Content(f"{head}\n\n{seats}\n{lines}\n\n{tail}", rows)


def text_limit(options: Sequence[Option]) -> int:
    """Return how many UTF-16 units the text put to the vote may take above its options."""
    return TEXT_LIMIT if on_matter(options) else OPTIONS_TEXT_LIMIT


def options_in_words(options: Sequence[Option], picks: int, number: int) -> list[str]:
    """Return which round it is, what can be chosen, and how many; on a matter only the round."""
    parts = [_("Round {round}").format(round=number)] if number > 1 else []
    if on_matter(options):
        return parts
    lines = [f"{key}. {escape(clip(_label(option), OPTION_LIMIT))}" for key, option in _numbered(options)]
    parts.append("\n".join(part for part in (fitting(lines, OPTIONS_LIMIT), picks_in_words(picks)) if part))
    return [part for part in parts if part]


def _numbered(options: Sequence[Option]) -> list[tuple[str, Option]]:
    return [(clip(option.key, KEY_LIMIT), option) for option in options if option.key != NONE]


def _label(option: Option) -> str:
    return option.label or "–"


def _buttons(shown: facts.BallotFacts) -> list[tuple[Button, ...]]:
    """Return the buttons of a ballot: so few taps as there can be, and never more than Telegram allows."""
    seat = next((seat for seat in shown.seats if shown.seat in {None, seat.member_id}), None)
    several = len(shown.seats) > 1 or shown.page > 0
    if on_matter(shown.options):
        rows = [_seat_buttons(shown.motion_id, seat) for seat in shown.seats]
        return [_all_buttons(shown), *rows] if several else rows
    if seat is not None and (shown.seat is not None or not several):
        member_id = seat.member_id
        rows = option_buttons(
            shown.options,
            shown.picks,
            seat.selection or (),
            lambda choice: CastBallot(shown.motion_id, member_id, choice),
        )
        back = Button(_("All my votes"), ShowBallot(shown.motion_id, shown.page).encode())
        return [*rows, (back,)] if several else rows
    same = {seat.selection for seat in shown.seats}
    current = next(iter(same)) if len(same) == 1 else None
    rows = option_buttons(shown.options, shown.picks, current or (), lambda choice: CastAll(shown.motion_id, choice))
    return [*rows, *((_seat_button(shown, seat),) for seat in shown.seats)]


def _beside(shown: facts.BallotFacts) -> list[tuple[Button, ...]]:
    """Return the buttons for what was prepared and, once there is a ballot, for a statement with it."""
    ready = sum(seat.stance not in {None, Stance.FREE} for seat in shown.seats)
    rows: list[tuple[Button, ...]] = []
    if ready:
        text = _("Vote as prepared ({count})").format(count=ready)
        rows.append((Button(text, CastPrepared(shown.motion_id).encode(), style="success"),))
    if any(seat.selection is not None for seat in shown.seats):
        rows.append((Button(_("Give a statement"), ChooseStatement(shown.motion_id).encode()),))
    return rows


def _all_buttons(shown: facts.BallotFacts) -> tuple[Button, ...]:
    labels = {Choice.FOR: _("All for"), Choice.AGAINST: _("All against"), Choice.ABSTAIN: _("All abstain")}
    return tuple(
        Button(text, CastAll(shown.motion_id, Chosen(choice)).encode(), style="primary")
        for choice, text in labels.items()
    )


def _seat_button(shown: facts.BallotFacts, seat: facts.BallotSeat) -> Button:
    text = _("Only {member}").format(member=clip(seat.member, NAME_LIMIT))
    return Button(label(text), ShowSeat(shown.motion_id, seat.member_id).encode())


def _seat_line(seat: facts.BallotSeat, shown: facts.BallotFacts, association: Association) -> str:
    if seat.selection is not None:
        stands = f"<b>{escape(selection_name(seat.selection, shown.options))}</b>"
    else:
        stands = _("not cast") if shown.closed_at else _("not cast yet")
    line = _("on behalf of {member}, proxy: {stands}") if seat.by_proxy else _("on behalf of {member}: {stands}")
    mark = "▸ " if shown.seat == seat.member_id else "• "
    text = mark + line.format(member=member(clip(seat.member, NAME_LIMIT), association), stands=stands)
    if seat.stance is not None:
        asks = _("(instruction: {stance})") if seat.by_proxy else _("(position: {stance})")
        text += " " + asks.format(stance=stance_name(seat.stance))
    if seat.statement:
        text += " " + _("– “{text}”").format(text=escape(clip(seat.statement, STATEMENT_LIMIT)))
    if seat.receipt:
        text += "\n   " + _("receipt: {code}").format(code=f"<code>{escape(clip(seat.receipt, RECEIPT_LIMIT))}</code>")
    return text


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
    standing = clip(selection_name(receipt.standing, receipt.options), NAME_LIMIT)
    if receipt.pressed != receipt.standing:
        return _("Your later choice stands: {choice}, on behalf of {member}.").format(choice=standing, member=name)
    said: dict[Selection, str] = {
        (Choice.FOR,): _("You voted for on behalf of {member}. You can change this until the vote is closed."),
        (Choice.AGAINST,): _("You voted against on behalf of {member}. You can change this until the vote is closed."),
        (Choice.ABSTAIN,): _("You abstained on behalf of {member}. You can change this until the vote is closed."),
    }
    chose = _("Your choice on behalf of {member}: {choice}. You can change this until the vote is closed.")
    text = (said if on_matter(receipt.options) else {}).get(receipt.standing, chose)
    text = text.format(member=name, choice=standing)
    if receipt.deviates_from is None:
        return text
    return (
        text
        + " "
        + _("Mind: this differs from the position: {stance}.").format(stance=stance_name(receipt.deviates_from))
    )


def recorded_for_all(receipt: facts.ReceiptForAll, _association: Association) -> str:
    """Return what a press for all seats came to, as plain text that fits the answer to a press."""
    said = ngettext("Saved for {count} vote: {choice}.", "Saved for {count} votes: {choice}.", receipt.seats)
    lines = [
        text.format(members=few(members))
        for text, members in (
            (_("Not cast, you do not carry it any more: {members}."), receipt.refused),
            (_("A later choice stands: {members}."), receipt.later),
            (_("Mind: this differs from the position: {members}."), receipt.deviating),
        )
        if members
    ]
    choice = clip(selection_name(receipt.pressed, receipt.options), CHOICE_LIMIT)
    said = said.format(count=receipt.seats, choice=choice)
    return " ".join((said, *(lines or [_("You can change this until the vote is closed.")])))


@screen(facts.Turnout)
def turnout(shown: facts.Turnout, association: Association) -> Content:
    """Show how many votes were cast, never for what; who leads the vote can close it here."""
    special = held(shown, association)
    if special is not None:
        return special
    secret = shown.form is BallotForm.SECRET
    heading = _("Secret vote opened: agenda item {number}") if secret else _("Vote opened: agenda item {number}")
    if shown.closed_at is not None:
        heading = _("Secret vote closed: agenda item {number}") if secret else _("Vote closed: agenda item {number}")
    cast = ngettext("{cast} of the {present} vote cast", "{cast} of the {present} votes cast", shown.present)
    if shown.straw and shown.closed_at is None:
        heading = _("Straw poll: agenda item {number}")
    rounds = [_("Round {round}").format(round=shown.round)] if shown.round > 1 else []
    lines = [
        proposal("🗳 " + heading, shown.number, shown.title, shown.text, procedural=shown.procedural),
        *rounds,
        f"<b>{cast.format(cast=shown.cast, present=shown.present)}</b>\n" + _present(shown.present, shown.total),
    ]
    if shown.closed_at is not None:
        lines.append(_("The vote was closed at {time}.").format(time=time(shown.closed_at, association)))
        if secret:
            lines.append(traces_in_words(erasing=shown.erasing))
        return Content("\n\n".join(lines))
    if closes := closes_line(shown, association):
        lines.append(closes)
    close = Button(_("Close the vote"), CloseMotion(shown.motion_id).encode(), style="danger")
    return Content("\n\n".join(lines), ((close,), *leading_rows(shown)) if shown.leads else ())


def _present(present: int, total: int) -> str:
    return ngettext(
        "Present or represented: {present} of the {total} vote.",
        "Present or represented: {present} of the {total} votes.",
        total,
    ).format(present=present, total=total)
