"""What an item costs: amounts as people write them, and exact sums."""

from fractions import Fraction

import pytest

from assembly.contributions import contribution, is_rounded, read_amount
from assembly.errors import AmountNotUnderstood


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0,12", "0.12"),
        ("€ 0,12 per inwoner", "0.12"),
        ("€0.12", "0.12"),
        ("12 cent per inwoner.", "0.12"),
        ("12,5 cent", "0.125"),
        ("EUR 3", "3"),
        ("1 euro", "1"),
    ],
)
def test_amounts_as_people_write_them(text: str, amount: str) -> None:
    """With a comma or a point, in euros or cents, with or without a sign."""
    assert read_amount(text) == Fraction(amount)


@pytest.mark.parametrize("text", ["", "gratis", "-1", "0", "1.000,50", "1000001", "0,1234567", "twaalf cent"])
def test_what_is_no_amount(text: str) -> None:
    """Nothing, a negative amount, and what could be meant in two ways are refused."""
    with pytest.raises(AmountNotUnderstood):
        read_amount(text)


def test_exact() -> None:
    """The sum of the source: 12 cents for each of 99,957 inhabitants, to the cent; half a cent more is told apart."""
    assert contribution(Fraction("0.12"), 99_957) == Fraction("11994.84")
    assert not is_rounded(contribution(Fraction("0.12"), 99_957))
    assert is_rounded(contribution(Fraction("0.125"), 99_957))
