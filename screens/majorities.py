"""Majorities in words: "meer dan de helft van de uitgebrachte stemmen"."""

from fractions import Fraction

from assembly.association import Association
from assembly.motions import OptionsOutcome
from assembly.tally import Basis, Majority, Outcome, Threshold
from screens.catalogue import _, ngettext
from screens.texts import percent

UNANIMOUS = Threshold(Fraction(1), strict=False)


def majority_in_words(majority: Majority) -> str:
    """Say how many votes in favour adopt a proposal, before anything is counted."""
    votes = {
        Basis.CAST: _("votes cast"),
        Basis.VOTED: _("votes cast, abstentions included"),
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
        Basis.VOTED: ngettext(
            "{count} vote cast, abstentions included", "{count} votes cast, abstentions included", total
        ),
        Basis.PRESENT: ngettext("{count} vote present or represented", "{count} votes present or represented", total),
        Basis.ALL: ngettext("{count} vote of all members", "{count} votes of all members", total),
    }[majority.basis].format(count=total)
    if majority.threshold == UNANIMOUS:
        return _("all {votes}").format(votes=votes)
    return _("{share} of {votes}").format(share=_share(majority.threshold), votes=votes)


def turnout_in_words(outcome: Outcome | OptionsOutcome, association: Association) -> str:
    """Say how many votes were cast in a consultation, and whether that is what the statutes ask for."""
    voted = outcome.cast + outcome.abstained
    share = percent(Fraction(voted, outcome.total)) if outcome.total else percent(Fraction(0))
    said = _("Turnout: {votes} of the {total} = {percent}.").format(votes=voted, total=outcome.total, percent=share)
    needed = association.statutes.consultation_turnout
    if needed is None:
        return said
    valid = _("For a valid consultation {share} of all votes is needed, {needed} here: that was reached.")
    missed = _("For a valid consultation {share} of all votes is needed, {needed} here: that was not reached.")
    text = valid if needed.met(voted, outcome.total) else missed
    return said + "\n" + text.format(share=_share(needed), needed=needed.needed(outcome.total))


def _share(threshold: Threshold) -> str:
    """Say a share: "ten minste twee derde"."""
    share = {
        Fraction(1, 2): _("half"),
        Fraction(1, 3): _("one third"),
        Fraction(2, 3): _("two thirds"),
        Fraction(3, 4): _("three quarters"),
        Fraction(3, 5): _("three fifths"),
        Fraction(4, 5): _("four fifths"),
    }.get(threshold.share, f"{threshold.share.numerator}/{threshold.share.denominator}")
    return (_("more than {share}") if threshold.strict else _("at least {share}")).format(share=share)
