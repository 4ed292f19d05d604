"""Outcomes of votes on variants and persons."""

from collections.abc import Sequence
from fractions import Fraction

from assembly.association import Association
from assembly.facts import voting as facts
from assembly.meeting_kinds import MeetingKind
from assembly.motions import BallotForm, Lot, MotionKind, OptionsOutcome
from assembly.options import NONE, Selection
from assembly.options_tally import most_votes_decide
from screens.catalogue import _, ngettext
from screens.choices import option_heading, option_name
from screens.content import Content
from screens.held_votes import closed_in_words
from screens.lists import enumerated, fitting, names, statement_lines, weights_line
from screens.majorities import majority_of, turnout_in_words
from screens.registry import screen
from screens.texts import clip, escape, percent, visible_length
from screens.words import decides_nothing, outcome_heading

TITLE_LIMIT = 250
TEXT_LIMIT = 400
NAME_LIMIT = 60
COUNTS_LIMIT = 700
EARLIER_LIMIT = 250
SEED_LIMIT = 40
"""UTF-16 units of a title, a text and a name, of all counts, of who was elected before, and of a seed."""

MESSAGE_LIMIT = 3900
SHORTEST = 60
"""UTF-16 units of the message, of which the roll-call gets what is left, and of the names behind an option."""


@screen(facts.OptionsAnnouncement)
def outcome(shown: facts.OptionsAnnouncement, association: Association) -> Content:
    """Announce an outcome with its sum, and who cast what."""
    return Content(counted(shown, association))


def counted(shown: facts.OptionsAnnouncement, association: Association, limit: int = MESSAGE_LIMIT) -> str:
    """Say an outcome with its sum, and who cast what, in at most ``limit`` UTF-16 units."""
    result = shown.outcome
    heading = outcome_heading(shown.held, shown.number, straw=shown.straw)
    parts = [f"<b>{heading}</b>\n{escape(clip(shown.title, TITLE_LIMIT))}"]
    if result.round > 1:
        parts[0] += "\n" + _("Round {round}").format(round=result.round)
    if shown.text != shown.title:
        parts.append(f"<blockquote>{escape(clip(shown.text, TEXT_LIMIT))}</blockquote>")
    if shown.earlier:
        parts.append(_("Elected before: {names}.").format(names=names(shown.earlier, EARLIER_LIMIT)))
    parts.append(_counts(result))
    if shown.held is MeetingKind.CONSULTATION:
        parts.append(leading_in_words(result))
        parts.append(turnout_in_words(result, association))
    parts += [decides_nothing(shown.held)] if shown.straw else [sum_in_words(result), verdict_in_words(result)]
    if shown.form is BallotForm.SECRET:
        parts.append(secrecy_in_words(shown.form))
    tail = closed_in_words(shown.closed_at, shown.held, association)
    room = limit - visible_length("\n\n".join((*parts, tail)))
    return "\n\n".join(part for part in (*parts, _roll_call(shown, room), tail) if part)


def secrecy_in_words(form: BallotForm) -> str:
    """Say of a secret vote that it was one."""
    secret = form is BallotForm.SECRET
    return _("🔒 This was a secret vote: nobody can find out here who voted what.") if secret else ""


def leading_in_words(result: OptionsOutcome) -> str:
    """Say of a consultation what has the most of the votes cast."""
    if not result.cast:
        return _("No vote was cast for any of them.")
    most = max(result.votes)
    leading = [key for key, votes in result.standing.items() if votes == most]
    if len(leading) > 1:
        return _("The votes are tied between {names}.").format(names=_named(result, leading))
    share = _("{votes} of the {total} = {percent}").format(
        votes=most, total=result.cast, percent=percent(Fraction(most, result.cast))
    )
    return _("Most votes: {name}, {share}.").format(name=_named(result, leading), share=share)


def sum_in_words(result: OptionsOutcome) -> str:
    """Say how many votes were needed."""
    if not (result.cast and result.basis_total):
        return _("No vote was cast for any of them.")
    if most_votes_decide(result):
        return _("Cast: {cast}. In this round the most votes decide.").format(cast=result.cast)
    return _("Cast: {cast}. Needed: {majority} = {needed}.").format(
        cast=result.cast, majority=majority_of(result.majority, result.basis_total), needed=result.needed
    )


def verdict_in_words(result: OptionsOutcome) -> str:
    """Say what is chosen, what is left to decide and what the lot did."""
    persons = result.kind is MotionKind.PERSONS
    lines = []
    if result.lot is not None:
        lines += _lot(result, result.lot)
    for key in result.chosen:
        adopted = _("✅ <b>Elected</b>: {name}") if persons else _("✅ <b>Adopted</b>: {name}")
        if key == NONE:
            adopted = _("❌ <b>Rejected</b>: {name}")
        lines.append(adopted.format(name=_named(result, [key])) + _share(result, result.standing[key]) + ".")
    left = result.picks - len(result.chosen)
    if result.awaits_lot:
        text = _("The votes are tied between {names}; the lot decides among them who takes part in the next round.")
        lines.append(text.format(names=_named(result, result.tied)))
    elif result.remaining:
        text = _("Nothing is decided yet. A next round is possible between {names}.")
        if result.chosen:
            text = ngettext(
                "{count} seat is left. A next round is possible between {names}.",
                "{count} seats are left. A next round is possible between {names}.",
                left,
            )
        lines.append(text.format(count=left, names=_named(result, result.remaining)))
        if result.tied:
            lines.append(_("The votes are tied between {names}.").format(names=_named(result, result.tied)))
    elif not result.chosen:
        lines.append(_("❌ <b>Nobody is elected</b>.") if persons else _("❌ <b>Nothing is adopted</b>."))
    elif left:
        lines.append(ngettext("{count} seat stays empty.", "{count} seats stay empty.", left).format(count=left))
    return "\n".join(lines)


def chosen_in_words(result: OptionsOutcome, verdict: Selection, earlier: Sequence[str], day: str) -> str:
    """Say for the decision list what was chosen on a day, in all rounds together; ``verdict``: what stands of this."""
    chosen = [key for key in verdict if key in result.standing and key != NONE]
    voted = [
        ngettext("{name} ({votes} vote)", "{name} ({votes} votes)", result.standing[key]).format(
            name=_named(result, [key]), votes=result.standing[key]
        )
        for key in chosen
    ]
    if earlier:
        voted.insert(0, names(earlier, EARLIER_LIMIT))
    if result.kind is MotionKind.PERSONS:
        said = _("Elected on {day}: {names}.") if voted else _("Nobody was elected on {day}.")
    else:
        said = _("Adopted on {day}: {names}.") if voted else _("Nothing was adopted on {day}.")
    return said.format(day=day, names=", ".join(voted))


def _lot(result: OptionsOutcome, lot: Lot) -> list[str]:
    return [
        _("The votes were tied; the lot decided. The order drawn: {names}.").format(names=_named(result, lot.order)),
        _(
            "To draw again: order the names by the SHA-256 of “{seed}”, a space and the name as it stands here. "
            "Who comes first, goes first."
        ).format(seed=escape(clip(lot.seed, SEED_LIMIT))),
    ]


def _named(result: OptionsOutcome, keys: tuple[str, ...] | list[str]) -> str:
    shown = [escape(clip(option_name(key, result.options), NAME_LIMIT)) for key in keys]
    return enumerated(shown) if len(shown) <= 6 else ", ".join(shown[:6]) + " …"  # noqa: PLR2004 - a sentence


def _share(result: OptionsOutcome, votes: int) -> str:
    if not result.basis_total:
        return ""
    return ", " + _("{votes} of the {total} = {percent}").format(
        votes=votes, total=result.basis_total, percent=percent(Fraction(votes, result.basis_total))
    )


def _counts(result: OptionsOutcome) -> str:
    """Return a line for each option with its votes, the most first."""
    counted = sorted(result.standing.items(), key=lambda item: -item[1])
    lines = [f"{escape(clip(option_heading(key, result.options), NAME_LIMIT))}: {votes}" for key, votes in counted]
    lines.append(_("Blank: {count}").format(count=result.abstained))
    if result.not_cast:
        lines.append(_("Not cast: {count}").format(count=result.not_cast))
    return fitting(lines, COUNTS_LIMIT)


def _roll_call(shown: facts.OptionsAnnouncement, room: int) -> str:
    cast = shown.roll_call
    named = [
        (escape(clip(option_heading(key, shown.outcome.options), NAME_LIMIT)) + ": {names}.", who)
        for key, who in zip(cast.keys, cast.names, strict=False)
    ]
    named += [
        (_("Did not vote: {names}."), cast.not_cast),
        (_("Entered by the secretariat: {names}."), cast.entered),
        (_("Entered from voting cards: {names}."), cast.on_card),
    ]
    present = [(text, who) for text, who in named if who]
    each = max(SHORTEST, room // (len(present) + 1) - NAME_LIMIT)
    lines = [text.replace("{names}", names(who, each)) for text, who in present]
    if not lines:
        return ""
    said = [*([weights_line()] if cast.weighted else []), *statement_lines(cast.statements, room // 4)]
    head = [_("Who voted what:")] if any(cast.names) else []  # of a secret vote only who did not vote is known
    voted = fitting([*head, *lines], room - visible_length("\n".join(said)) - 1)
    return "\n".join((voted, *said))
