"""How an agenda item is put to the vote, where that is settled beforehand."""

from enum import StrEnum
from fractions import Fraction

from assembly.statutes import Statutes
from assembly.tally import Majority, Threshold


class ItemMajority(StrEnum):
    """Which majority a proposal under the item needs."""

    ORDINARY = "ordinary"
    SPECIAL = "special"
    THREE_QUARTERS = "three_quarters"
    UNANIMOUS = "unanimous"

    def of(self, statutes: Statutes) -> Majority:
        """Return it in figures; the first two stand in the statutes, the others are of the same votes as the second."""
        shares = {ItemMajority.THREE_QUARTERS: Fraction(3, 4), ItemMajority.UNANIMOUS: Fraction(1)}
        if self is ItemMajority.ORDINARY:
            return statutes.majority
        if self is ItemMajority.SPECIAL:
            return statutes.special_majority
        return Majority(Threshold(shares[self], strict=False), statutes.special_majority.basis)


class VoteForm(StrEnum):
    """How is voted. ``USUAL``: as the statutes say, which may be a secret vote on persons."""

    USUAL = "usual"
    ROLL_CALL = "roll_call"
