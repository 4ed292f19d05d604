"""An outcome in figures: its bars, its sum and its verdict in plain text, for pictures and pages alike."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from assembly.meeting_kinds import MeetingKind
from assembly.motions import MotionKind, OptionsOutcome
from assembly.options import NONE, Selection
from assembly.options_tally import most_votes_decide
from assembly.tally import Choice, Outcome
from screens.catalogue import _, ngettext
from screens.choices import option_heading, option_name
from screens.majorities import majority_of
from screens.texts import percent
from screens.words import decides_nothing, held_words, tie_in_words


class Pattern(StrEnum):
    """How a bar is filled: told apart without any colour."""

    SOLID = "solid"
    HATCHED = "hatched"
    DOTTED = "dotted"
    EMPTY = "empty"


@dataclass(frozen=True)
class Bar:
    """One of the things that could be chosen, and how many votes it got; ``needed`` of them would have been enough."""

    label: str
    votes: int
    pattern: Pattern
    needed: int | None = None


@dataclass(frozen=True)
class Figures:
    """``verdict`` in a word, ``bars`` in the order of the ballot, and ``lines`` that say how the one follows."""

    verdict: str
    bars: tuple[Bar, ...]
    lines: tuple[str, ...]


def figures(
    outcome: Outcome | OptionsOutcome, *, straw: bool = False, held: MeetingKind = MeetingKind.ASSEMBLY
) -> Figures:
    """Put an outcome in figures; a ``straw`` poll, or a consultation, decides nothing, whatever was counted."""
    found = _of_matter(outcome) if isinstance(outcome, Outcome) else _of_options(outcome)
    if not straw:
        return found
    bars = tuple(replace(bar, needed=None) for bar in found.bars)
    name = _("Straw poll") if held is MeetingKind.ASSEMBLY else held_words(held)
    return Figures(name, bars, (decides_nothing(held),))


def pronounced(outcome: Outcome | OptionsOutcome, verdict: Selection) -> str:
    """Name in plain text what the chair pronounced in place of what was counted, or could."""
    if not verdict:
        return _("No decision")
    if isinstance(outcome, Outcome):
        return _("Adopted") if verdict == (Choice.FOR,) else _("Rejected")
    return _choice(replace(outcome, chosen=verdict))


def largest(bars: tuple[Bar, ...], limit: int) -> tuple[tuple[Bar, ...], str]:
    """Return the bars that there is room for, and how many are left out in words: options with the fewest votes."""
    if len(bars) <= limit:
        return bars, ""
    left = len(bars) - limit
    others = tuple(bar for bar in bars if bar.pattern in {Pattern.DOTTED, Pattern.EMPTY})
    options = sorted((bar for bar in bars if bar not in others), key=lambda bar: -bar.votes)
    shown = (*options[: limit - len(others)], *others)
    return shown, ngettext("… and {count} more", "… and {count} more", left).format(count=left)


def _of_matter(outcome: Outcome) -> Figures:
    bars = (
        Bar(_("For"), outcome.in_favour, Pattern.SOLID, outcome.needed if outcome.basis_total else None),
        Bar(_("Against"), outcome.against, Pattern.HATCHED),
        Bar(_("Abstention"), outcome.abstained, Pattern.DOTTED),
        *_not_cast(outcome),
    )
    return Figures(_("Adopted") if outcome.adopted else _("Rejected"), bars, _sum(outcome))


def _sum(outcome: Outcome) -> tuple[str, ...]:
    if not (outcome.cast and outcome.basis_total):
        return (_("No vote for or against was cast; the proposal is rejected."),)
    if outcome.tied:
        return (tie_in_words(outcome.chair), _needed(outcome))
    share = _("{votes} of the {total} = {percent}").format(
        votes=outcome.in_favour,
        total=outcome.basis_total,
        percent=percent(Fraction(outcome.in_favour, outcome.basis_total)),
    )
    return (share, _needed(outcome))


def _of_options(outcome: OptionsOutcome) -> Figures:
    """Put a choice in figures; what is chosen is filled, all else is hatched."""
    bars = tuple(
        Bar(option_heading(key, outcome.options), votes, Pattern.SOLID if key in outcome.chosen else Pattern.HATCHED)
        for key, votes in outcome.standing.items()
    )
    abstained = Bar(_("Blank"), outcome.abstained, Pattern.DOTTED)
    return Figures(_choice(outcome), (*bars, abstained, *_not_cast(outcome)), _choice_lines(outcome))


def _choice(outcome: OptionsOutcome) -> str:
    if outcome.chosen == (NONE,):
        return _("Rejected")
    if outcome.chosen:
        elected = outcome.kind is MotionKind.PERSONS
        return (_("Elected: {names}") if elected else _("Chosen: {names}")).format(
            names=_names(outcome, outcome.chosen)
        )
    return _("Another round follows") if outcome.remaining else _("Nothing is chosen")


def _choice_lines(outcome: OptionsOutcome) -> tuple[str, ...]:
    lines = []
    if most_votes_decide(outcome):
        lines.append(_("Cast: {cast}. In this round the most votes decide.").format(cast=outcome.cast))
    elif outcome.cast and outcome.basis_total:
        lines.append(_needed(outcome))
    if outcome.lot:
        lines.append(_("The lot decided."))
    if outcome.awaits_lot:
        lines.append(_("The lot decides between {names}.").format(names=_names(outcome, outcome.tied)))
    elif outcome.remaining:
        lines.append(_("Next round: {names}.").format(names=_names(outcome, outcome.remaining)))
    return tuple(lines)


def _names(outcome: OptionsOutcome, keys: Iterable[str]) -> str:
    return ", ".join(option_name(key, outcome.options) for key in keys)


def _not_cast(outcome: Outcome | OptionsOutcome) -> tuple[Bar, ...]:
    return (Bar(_("Not cast"), outcome.not_cast, Pattern.EMPTY),) if outcome.not_cast else ()


def _needed(outcome: Outcome | OptionsOutcome) -> str:
    return _("Cast: {cast}. Needed: {majority} = {needed}.").format(
        cast=outcome.cast, majority=majority_of(outcome.majority, outcome.basis_total), needed=outcome.needed
    )
