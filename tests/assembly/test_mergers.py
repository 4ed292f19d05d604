"""When a member may merge into another."""

from datetime import date

import pytest

from assembly.errors import MergerImpossible
from assembly.members import Member
from assembly.mergers import check_may_merge

BOER = Member(1, "ten-boer", "Ten Boer", since=date(2010, 2, 1))
GRONINGEN = Member(2, "groningen", "Groningen")
DAY = date(2019, 1, 1)


def test_ten_boer_merges_into_groningen() -> None:
    """A day after the last assembly and within both memberships will do; one that ends later anyway may end earlier."""
    check_may_merge(BOER, GRONINGEN, DAY, date(2018, 6, 21))
    check_may_merge(Member(1, "ten-boer", "Ten Boer", until=date(2019, 1, 2)), GRONINGEN, DAY, None)
    check_may_merge(BOER, Member(2, "g", "Groningen", since=DAY), DAY, None)


@pytest.mark.parametrize(
    ("member", "successor", "day", "held", "reason"),
    [
        (BOER, BOER, DAY, None, "self"),
        (Member(1, "a", "A", until=DAY), GRONINGEN, DAY, None, "ended"),
        (BOER, GRONINGEN, date(2010, 2, 1), None, "not_yet"),
        (BOER, Member(2, "g", "G", until=DAY), DAY, None, "successor"),
        (BOER, Member(2, "g", "G", since=date(2019, 1, 2)), DAY, None, "successor"),
        (BOER, GRONINGEN, DAY, DAY, "held"),
    ],
)
def test_what_makes_no_sense(member: Member, successor: Member, day: date, held: date | None, reason: str) -> None:
    """Each mistake has its reason; an assembly that was held keeps its members."""
    with pytest.raises(MergerImpossible) as refused:
        check_may_merge(member, successor, day, held)
    assert refused.value.reason == reason
