"""Items that move, come and go: everybody else keeps counting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.numbering import heading_of, moved, put_between, put_in, taken_out

AGENDA = ["1", "2", "2.1", "2.2", "3", "3a", "3b", "5", "5.1"]
ITEMS = list(enumerate(AGENDA))


def numbers(items: list[tuple[int, str]]) -> dict[str, str]:
    """Return the new number of each item by the old one."""
    return {AGENDA[item_id] if item_id < len(AGENDA) else "new": number for item_id, number in items}


def test_an_item_moves_with_its_points() -> None:
    """Two neighbours change places and numbers, each with what stands below it."""
    found = moved(ITEMS, AGENDA.index("2"), up=False)
    assert found is not None
    assert [number for _, number in found] == ["1", "2", "2a", "2b", "3", "3.1", "3.2", "5", "5.1"]
    assert numbers(found)["3a"] == "2a"
    assert numbers(found)["2.1"] == "3.1"


def test_a_point_moves_among_its_own() -> None:
    """A sub point stays below its item."""
    found = moved(ITEMS, AGENDA.index("3b"), up=True)
    assert found is not None
    assert numbers(found) == {**dict(zip(AGENDA, AGENDA, strict=True)), "3a": "3b", "3b": "3a"}


@pytest.mark.parametrize(("number", "up"), [("1", True), ("2.1", True), ("5", False), ("5.1", False), ("3b", False)])
def test_the_first_and_the_last_stay(number: str, up: bool) -> None:
    """There is nothing to change places with."""
    assert moved(ITEMS, AGENDA.index(number), up=up) is None


def test_a_new_item_pushes_on_until_a_gap() -> None:
    """What follows counts on; a number that was left free before is taken up."""
    found = numbers(put_in(ITEMS, AGENDA.index("1"), 99))
    assert [found[number] for number in ("new", "2", "2.1", "3", "3a", "5")] == ["2", "3", "3.1", "4", "4a", "5"]
    assert numbers(put_in(ITEMS, AGENDA.index("3"), 99))["new"] == "4"
    assert numbers(put_in(ITEMS, AGENDA.index("3a"), 99))["3b"] == "3c"


def test_a_late_item_changes_no_known_number() -> None:
    """It gets a letter that is free."""
    assert numbers(put_between(ITEMS, AGENDA.index("2"), 99))["new"] == "2a"
    assert numbers(put_between(ITEMS, AGENDA.index("3"), 99))["new"] == "3c"
    assert numbers(put_between(ITEMS, AGENDA.index("3a"), 99))["new"] == "3c"
    found = put_between(ITEMS, AGENDA.index("2"), 99)
    assert [item_id for item_id, _ in found][4] == 99


def test_an_item_goes_with_its_points() -> None:
    """What follows counts on."""
    found, gone = taken_out(ITEMS, AGENDA.index("2"))
    assert [AGENDA[item_id] for item_id in gone] == ["2", "2.1", "2.2"]
    assert [number for _, number in found] == ["1", "2", "2a", "2b", "5", "5.1"]


@pytest.mark.parametrize(("number", "above"), [("6", ""), ("6.1", "6"), ("4a", "4"), ("2b.1", "2b")])
def test_headings(number: str, above: str) -> None:
    """A point stands under what its number begins with."""
    assert heading_of(number) == above


@given(st.lists(st.tuples(st.sampled_from("udiat"), st.integers(0, 99)), max_size=30))
def test_numbers_stay_unique(steps: list[tuple[str, int]]) -> None:
    """Whatever is done, no number is there twice and no item gets lost."""
    items, count = list(ITEMS), len(ITEMS)
    for what, which in steps:
        if not items:
            return
        item_id = items[which % len(items)][0]
        if what in "ud":
            items = moved(items, item_id, up=what == "u") or items
        elif what == "i":
            items = put_in(items, item_id, count)
            count += 1
        elif what == "a":
            items = put_between(items, item_id, count)
            count += 1
        else:
            items, _gone = taken_out(items, item_id)
        assert len({number for _, number in items}) == len(items) == len({item_id for item_id, _ in items})
