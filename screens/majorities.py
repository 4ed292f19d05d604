"""Majorities in words: "meer dan de helft van de uitgebrachte stemmen"."""

from fractions import Fraction

from assembly.tally import Basis, Majority, Threshold
from screens.catalogue import _, ngettext

UNANIMOUS = Threshold(Fraction(1), strict=False)


def majority_in_words(majority: Majority) -> str:
    """Say how many votes in favour adopt a proposal, before anything is counted."""
    votes = {
        Basis.CAST: _("votes cast"),
        Basis.PRESENT: _("votes present or represented"),
        Basis.ALL: _("votes of all members"),
    }[majority.basis]
    if majority.threshold == UNANIMOUS:
        return _("all {votes}").format(votes=votes)
    return _("{share} of the {votes}").format(share=_share(majority.threshold), votes=votes)


def majority_of(majority: Majority, total: int) -> str:
    """Say it of a known total: "meer dan de helft van 16 uitgebrachte stemmen"."""
    votes = {
        Basis.CAST: ngettext("{count} vote cast", "{count} votes cast", total),
        Basis.PRESENT: ngettext("{count} vote present or represented", "{count} votes present or represented", total),
        Basis.ALL: ngettext("{count} vote of all members", "{count} votes of all members", total),
    }[majority.basis].format(count=total)
    if majority.threshold == UNANIMOUS:
        return _("all {votes}").format(votes=votes)
    return _("{share} of {votes}").format(share=_share(majority.threshold), votes=votes)


def _share(threshold: Threshold) -> str:
    """Say a share: "ten minste twee derde"."""
    share = {
        Fraction(1, 2): _("half"),
        Fraction(1, 3): _("one third"),
        Fraction(2, 3): _("two thirds"),
        Fraction(3, 4): _("three quarters"),
    }.get(threshold.share, f"{threshold.share.numerator}/{threshold.share.denominator}")
    return (_("more than {share}") if threshold.strict else _("at least {share}")).format(share=share)
