"""An outcome in figures: its bars, its sum and its verdict in plain text, for pictures and pages alike."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assembly.tally import Outcome
from screens.catalogue import _
from screens.majorities import majority_of
from screens.texts import percent


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


def figures(outcome: Outcome) -> Figures:
    """Put an outcome in figures."""
    bars = [
        Bar(_("For"), outcome.in_favour, Pattern.SOLID, outcome.needed if outcome.basis_total else None),
        Bar(_("Against"), outcome.against, Pattern.HATCHED),
        Bar(_("Abstention"), outcome.abstained, Pattern.DOTTED),
        *([Bar(_("Not cast"), outcome.not_cast, Pattern.EMPTY)] if outcome.not_cast else []),
    ]
    return Figures(_("Adopted") if outcome.adopted else _("Rejected"), tuple(bars), _lines(outcome))


def _lines(outcome: Outcome) -> tuple[str, ...]:
    if not (outcome.cast and outcome.basis_total):
        return (_("No vote for or against was cast; the proposal is rejected."),)
    needed = _("Cast: {cast}. Needed: {majority} = {needed}.").format(
        cast=outcome.cast, majority=majority_of(outcome.majority, outcome.basis_total), needed=outcome.needed
    )
    if outcome.tied:
        return (_("The votes are tied; the proposal is rejected."), needed)
    share = _("{votes} of the {total} = {percent}").format(
        votes=outcome.in_favour,
        total=outcome.basis_total,
        percent=percent(Fraction(outcome.in_favour, outcome.basis_total)),
    )
    return (share, needed)
