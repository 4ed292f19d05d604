"""Facts: dataclasses to JSON and back, and the one text that stands for a value."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import IntEnum
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly.errors import LockedOut
from assembly.meetings import Mode
from assembly.statutes import Statutes
from assembly.tally import Basis, Majority, Seat, Threshold
from storage.facts import canonical, dump, load


class Level(IntEnum):
    """A number with a name."""

    LOW = 1
    HIGH = 2


@dataclass(frozen=True)
class Everything:
    """Facts of every kind that screens ask for."""

    at: datetime
    day: date | None
    mode: Mode
    level: Level
    majority: Majority
    seats: tuple[Seat, ...]
    pairs: tuple[tuple[int, str], ...]
    names: dict[int, str]
    modes: frozenset[Mode]
    share: Fraction
    text: str = ""
    nothing: None = field(default=None)


fractions = st.fractions(0, 1)
texts = st.text(st.characters(exclude_categories=["Cs"]))
seats = st.builds(Seat, st.integers(1), st.integers(1, 10), st.none() | st.integers(1), st.none())
everything = st.builds(
    Everything,
    at=st.datetimes(timezones=st.just(UTC)),
    day=st.none() | st.dates(),
    mode=st.sampled_from(Mode),
    level=st.sampled_from(Level),
    majority=st.builds(Majority, st.builds(Threshold, fractions, st.just(value=False)), st.sampled_from(Basis)),
    seats=st.lists(seats, max_size=3).map(tuple),
    pairs=st.lists(st.tuples(st.integers(), texts), max_size=3).map(tuple),
    names=st.dictionaries(st.integers(), texts, max_size=3),
    modes=st.frozensets(st.sampled_from(Mode)),
    share=fractions,
    text=texts,
)


@given(everything)
@settings(max_examples=50, deadline=None)
def test_facts_survive_json(facts: Everything) -> None:
    """What goes through JSON comes back equal, with the same types."""
    text = json.dumps(dump(facts))
    loaded = load(Everything, json.loads(text))
    assert loaded == facts
    assert repr(loaded.share) == repr(facts.share)


def test_settings_and_refusals_survive_json() -> None:
    """The association's settings and refusals, which are exceptions, go the same way."""
    assert load(Statutes, json.loads(json.dumps(dump(Statutes())))) == Statutes()
    until = datetime(2019, 2, 13, 18, 0, tzinfo=UTC)
    assert load(LockedOut, dump(LockedOut(until))).until == until


@pytest.mark.parametrize("facts", [{"text": "x"}, "x", None, Everything])
def test_only_dataclasses_are_facts(facts: object) -> None:
    """Anything but an instance of a dataclass is refused."""
    with pytest.raises(TypeError):
        dump(facts)


@pytest.mark.parametrize("data", [{}, {"until": "tomorrow"}])
def test_facts_that_do_not_fit(data: dict[str, str]) -> None:
    """Data without a needed field, or with an unreadable one, is refused."""
    with pytest.raises(ValueError, match="until"):
        load(LockedOut, data)


def test_canonical_text() -> None:
    """Equal values have one text, whatever the order in which they were filled."""
    one = {"b": [1, Mode.ROOM], "a": datetime(2019, 2, 13, tzinfo=UTC), "ë": None}
    other = {"ë": None, "a": datetime(2019, 2, 13, tzinfo=UTC), "b": (1, "room")}
    assert canonical(one) == canonical(other) == '{"a":"2019-02-13T00:00:00Z","b":[1,"room"],"ë":null}'
