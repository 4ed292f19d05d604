"""The evening's course stays within its bounds, whatever the seed."""

import pytest

from demo.material import read_people
from demo.plan import BUDGET, GRANTORS, HOLDER, PERSONS, REFUSED, UNANIMOUS, make_plan

MEMBERS = tuple(dict.fromkeys(row.member for row in read_people() if row.member))


@pytest.mark.parametrize("seed", range(20))
def test_everybody_has_one_place(seed: int) -> None:
    """Each member is in the room, remote, represented or absent, and never two of these."""
    plan = make_plan(MEMBERS, seed)
    assert sorted((*plan.room, *plan.remote, *plan.absent, *GRANTORS)) == sorted(MEMBERS)
    assert HOLDER in plan.room
    assert REFUSED in plan.absent
    assert REFUSED not in plan.silent
    assert (len(plan.room), len(plan.remote)) == (20, 4)


@pytest.mark.parametrize("seed", range(20))
def test_votes_are_within_bounds(seed: int) -> None:
    """2.1 is unanimous; at 6.1 a few are against, one abstains, and who is too late does not vote."""
    votes = make_plan(MEMBERS, seed).votes
    assert set(votes[UNANIMOUS].values()) == {"voor"}
    assert list(votes[PERSONS].values()).count("onthouding") <= 1
    against = list(votes[BUDGET].values()).count("tegen")
    assert 2 <= against <= 4
    assert list(votes[BUDGET].values()).count("onthouding") == 1
    assert len(votes[BUDGET]) == len(votes[UNANIMOUS]) - 1


@pytest.mark.parametrize("seed", range(20))
def test_the_wavering_and_the_late_are_present(seed: int) -> None:
    """Who changes the vote ends in favour; who is too late is remote and casts no vote on 6.1."""
    plan = make_plan(MEMBERS, seed)
    assert plan.votes[BUDGET][plan.wavering] == "voor"
    assert plan.too_late in plan.remote
    assert plan.too_late not in plan.votes[BUDGET]
    assert plan.late in (*plan.room, *plan.remote)


def test_the_same_seed_gives_the_same_evening() -> None:
    """A course can be drawn again, and another seed draws another one."""
    assert make_plan(MEMBERS, 1) == make_plan(MEMBERS, 1)
    assert make_plan(MEMBERS, 1) != make_plan(MEMBERS, 2)


def test_the_holder_carries_three_seats() -> None:
    """The representative of Olst-Wijhe votes for its own member and both grantors."""
    assert make_plan(MEMBERS, 1).seats_of(HOLDER) == (HOLDER, *GRANTORS)
    assert make_plan(MEMBERS, 1).seats_of("Assen") == ("Assen",)
