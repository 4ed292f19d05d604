"""How an agenda item is put to the vote, where that is settled beforehand."""

from enum import StrEnum
from fractions import Fraction

from assembly.item_kinds import ItemKind
from assembly.motions import BallotForm
from assembly.statutes import Statutes
from assembly.tally import Majority, Threshold


class ItemMajority(StrEnum):
    """Which majority a proposal under the item needs."""

    ORDINARY = "ordinary"
    SPECIAL = "special"
    THREE_QUARTERS = "three_quarters"
    UNANIMOUS = "unanimous"

    def quorum(self, statutes: Statutes, kind: ItemKind) -> Threshold | None:
        """Return which share of the votes must be there; by some statutes more where more must be in favour."""
        ordinary = self is ItemMajority.ORDINARY and kind is not ItemKind.AMENDMENT
        return statutes.quorum if ordinary else statutes.special_quorum or statutes.quorum

    def of(self, statutes: Statutes, kind: ItemKind) -> Majority:
        """Return it in figures; the first two stand in the statutes, the others are of the same votes as the second.

        Amending the statutes needs the special majority at least (BW 2:43).
        """
        shares = {ItemMajority.THREE_QUARTERS: Fraction(3, 4), ItemMajority.UNANIMOUS: Fraction(1)}
        if self is ItemMajority.ORDINARY and kind is not ItemKind.AMENDMENT:
            return statutes.majority
        if self in {ItemMajority.ORDINARY, ItemMajority.SPECIAL}:
            return statutes.special_majority
        return Majority(Threshold(shares[self], strict=False), statutes.special_majority.basis)


class VoteForm(StrEnum):
    """How is voted. ``USUAL``: as the statutes say, which may be a secret vote on persons."""

    USUAL = "usual"
    ROLL_CALL = "roll_call"
    SECRET = "secret"  # noqa: S105 - a form of voting

    def of(self, statutes: Statutes, kind: ItemKind) -> BallotForm:
        """Return it as it is on the ballot."""
        if self is VoteForm.USUAL:
            secret = kind is ItemKind.PERSONS and statutes.persons_secret
            return BallotForm.SECRET if secret else BallotForm.ROLL_CALL
        return BallotForm(self.value)
