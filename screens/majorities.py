"""Majorities in words: "meer dan de helft van de uitgebrachte stemmen"."""

from fractions import Fraction

from assembly.tally import Basis, Majority, Threshold
from screens.catalogue import _, ngettext


def majority_in_words(majority: Majority) -> str:
    """Say how many votes in favour adopt a proposal, before anything is counted."""
    votes = {
        Basis.CAST: _("the votes cast"),
        Basis.PRESENT: _("the votes present or represented"),
        Basis.ALL: _("the votes of all members"),
    }[majority.basis]
    return _("{share} of {votes}").format(share=_share(majority.threshold), votes=votes)


def majority_of(majority: Majority, total: int) -> str:
    """Say it of a known total: "meer dan de helft van 16 uitgebrachte stemmen"."""
    votes = {
        Basis.CAST: ngettext("{count} vote cast", "{count} votes cast", total),
        Basis.PRESENT: ngettext("{count} vote present or represented", "{count} votes present or represented", total),
        Basis.ALL: ngettext("{count} vote of all members", "{count} votes of all members", total),
    }[majority.basis].format(count=total)
    return _("{share} of {votes}").format(share=_share(majority.threshold), votes=votes)


def _share(threshold: Threshold) -> str:
    """Say a share: "ten minste twee derde"."""
    share = {
        Fraction(1, 2): _("half"),
        Fraction(1, 3): _("one third"),
        Fraction(2, 3): _("two thirds"),
        Fraction(3, 4): _("three quarters"),
        Fraction(1): _("the whole"),
    }.get(threshold.share, f"{threshold.share.numerator}/{threshold.share.denominator}")
    return (_("more than {share}") if threshold.strict else _("at least {share}")).format(share=share)
