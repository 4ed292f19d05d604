"""How an item is put to the vote: which majority a proposal needs."""

from fractions import Fraction

from assembly.item_kinds import ItemKind
from assembly.item_settings import ItemMajority
from assembly.statutes import Statutes


def test_an_amendment_needs_the_special_majority_at_least() -> None:
    """Whatever was chosen, the statutes are not amended by an ordinary majority; a larger one can be asked."""
    statutes = Statutes()
    ordinary = {majority: majority.of(statutes, ItemKind.DECISION) for majority in ItemMajority}
    assert ordinary[ItemMajority.ORDINARY] == statutes.majority
    assert ordinary[ItemMajority.SPECIAL] == statutes.special_majority
    assert [ordinary[majority].threshold.share for majority in list(ItemMajority)[2:]] == [Fraction(3, 4), Fraction(1)]
    amending = {majority: majority.of(statutes, ItemKind.AMENDMENT) for majority in ItemMajority}
    assert amending == ordinary | {ItemMajority.ORDINARY: statutes.special_majority}
