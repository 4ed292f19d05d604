"""Callback data: what fits, what is read back, and what is not believed."""

from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.options import PICK_LIMIT, Chosen
from assembly.tally import Choice
from screens.presses import LIMIT, BadPress, CastBallot, Press

LARGEST = 10**12
"""Larger than any key will become; with four of them the data must still fit."""


def largest(kind: type[Any]) -> Any:  # noqa: ANN401 - whatever the field holds
    """Return a value that takes as much room as that type of field ever will."""
    if kind is int:
        return LARGEST
    if kind is date:
        return date(2019, 12, 31)
    if issubclass(kind, Enum):
        return max(kind, key=lambda item: len(str(item.value)))
    if kind is Chosen:
        return Chosen(",".join(str(key) for key in range(10, 11 + PICK_LIMIT)))
    return "representative"


@pytest.mark.parametrize("kind", Press.kinds.values(), ids=lambda kind: kind.__name__)
def test_every_press_fits_and_returns(kind: type[Press]) -> None:
    """Every kind of press fits in 64 bytes with the largest values, and is read back as it was."""
    hints = get_type_hints(kind)
    press = kind(*(largest(hints[field.name]) for field in fields(kind)))
    data = press.encode()
    assert len(data.encode()) <= LIMIT
    assert kind.decode(data) == press
    assert [other for other in Press.kinds.values() if other.matches(data)] == [kind]


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        "1",
        "1:c",
        "1:c:1:2",
        "1:c:1:2:for:",
        "1:c:1:2:yes",
        "1:c:1:2:2,1",
        "1:c:1:2:1,1",
        "1:c:1:2:1,abstain",
        "2:c:1:2:for",
        "1:c:-1:2:for",
        "1:c:+1:2:for",
        "1:c: 1:2:for",
        "1:c:١:2:for",
        "1:c:1e3:2:for",
        "1:c:" + "9" * 19 + ":2:for",
        "1:c::2:for",
        "1:d:1:2:for",
    ],
)
def test_wrong_data_is_no_press(data: str | None) -> None:
    """Anything that this version did not draw itself is no press: wrong version, number, choice, count or sign."""
    assert not CastBallot.matches(data)
    with pytest.raises(BadPress):
        CastBallot.decode(data)


@given(st.text(max_size=70))
def test_any_text_is_decided(data: str) -> None:
    """Whatever text comes, it is a press of at most one kind, and nothing but ``BadPress`` is raised."""
    assert len([kind for kind in Press.kinds.values() if kind.matches(data)]) <= 1


@given(st.integers(0, 10**18 - 1), st.integers(0, 10**18 - 1), st.sampled_from(["1", "2,10", *Choice]))
def test_ballots_return(motion_id: int, member_id: int, choice: str) -> None:
    """A ballot's button says exactly which motion, seat and choice it is for."""
    press = CastBallot(motion_id, member_id, Chosen(choice))
    assert CastBallot.decode(press.encode()) == press
