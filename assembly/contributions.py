"""What an agenda item costs each member: an amount for each inhabitant, computed exactly."""

import re
from fractions import Fraction

from assembly.errors import AmountNotUnderstood

_AMOUNT = re.compile(
    r"(?:€|eur(?:o)?)?\s*(?P<euros>\d{1,6}(?:[.,]\d{1,6})?)\s*(?:euro)?(?P<cents>\s*cents?)?(?:\s*per\s+inwoner)?\.?",
    re.IGNORECASE,
)
MOST = Fraction(1_000_000)


def read_amount(text: str) -> Fraction:
    """Read "€ 0,12", "0,12 per inwoner" or "12 cent" as euros. Raises ``AmountNotUnderstood`` for anything else."""
    found = _AMOUNT.fullmatch(" ".join(text.split()))
    if found is None:
        raise AmountNotUnderstood(text)
    amount = Fraction(found["euros"].replace(",", ".")) / (100 if found["cents"] else 1)
    if not 0 < amount < MOST:
        raise AmountNotUnderstood(text)
    return amount


def contribution(per_inhabitant: Fraction, inhabitants: int) -> Fraction:
    """Return what a member with so many inhabitants pays, in euros and exact: nothing is rounded here."""
    return per_inhabitant * inhabitants


def is_rounded(amount: Fraction) -> bool:
    """Whether an amount is no whole number of cents, so that what is shown of it is rounded."""
    return (amount * 100).denominator != 1
