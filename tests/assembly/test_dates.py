"""Dates with a time, as people in the Netherlands write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.dates import read_moment
from assembly.errors import DateNotUnderstood, TimeSkipped, WeekdayWrong

AMSTERDAM = "Europe/Amsterdam"
EVENING = datetime(2019, 2, 13, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "13-02-2019 18:00",
        "13-2-2019 18.00",
        "13/02/2019 18:00 uur",
        "13.02.2019, 18.00u",
        "13 februari 2019 om 18.00 uur",
        "woensdag 13 februari 2019 om 18.00 uur",
        "Wo 13 feb. 2019 18:00",
        " woensdag,  13 februari 2019,  18u ",
        "2019-02-13 18:00",
        "2019-02-13T18:00:00",
        "2019-02-13T17:00Z",
        "2019-02-13T12:00:00.000-05:00",
    ],
)
def test_usual_ways_are_read(text: str) -> None:
    """Digits, words and ISO 8601 all mean the same moment."""
    assert read_moment(text, AMSTERDAM) == EVENING


@pytest.mark.parametrize(
    "text",
    [
        "",
        "morgen",
        "13-02-2019",
        "18:00",
        "30-02-2019 18:00",
        "13-13-2019 18:00",
        "13-02-2019 24:00",
        "13-02-2019 18:61",
        "13-02-19 18:00",
        "13 ju 2019 18:00",
        "flop 13 februari 2019 18:00",
        "13-02-2019 18:00 of later",
        "2019-02-13T18:00+99:00",
        "0001-01-01T00:00+01:00",
        "31-12-9999 23:30+00:00",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    """What is no date, is ambiguous, or lies outside of what a calendar holds cannot be read."""
    with pytest.raises(DateNotUnderstood):
        read_moment(text, AMSTERDAM)


def test_weekday_must_go_with_the_date() -> None:
    """The name of another day points at a mistake."""
    with pytest.raises(WeekdayWrong) as refused:
        read_moment("donderdag 13 februari 2019 om 18.00 uur", AMSTERDAM)
    assert refused.value.day.isoformat() == "2019-02-13"


def test_clock_changes() -> None:
    """In spring an hour does not exist; in autumn the hour that comes twice counts as the first."""
    with pytest.raises(TimeSkipped):
        read_moment("31-03-2019 02:30", AMSTERDAM)
    assert read_moment("31-03-2019 03:00", AMSTERDAM) == datetime(2019, 3, 31, 1, 0, tzinfo=UTC)
    assert read_moment("27-10-2019 02:30", AMSTERDAM) == datetime(2019, 10, 27, 0, 30, tzinfo=UTC)
    assert read_moment("31-03-2019 02:30", "America/Curacao") == datetime(2019, 3, 31, 6, 30, tzinfo=UTC)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - the bounds are given a zone
def test_what_is_written_is_read_back(moment: datetime) -> None:
    """Every minute that a Dutch clock shows is read as that minute."""
    moment = moment.replace(second=0, microsecond=0)
    local = moment.astimezone(ZoneInfo(AMSTERDAM))
    read = read_moment(f"{local:%d-%m-%Y %H:%M}", AMSTERDAM)
    assert read.astimezone(ZoneInfo(AMSTERDAM)).replace(tzinfo=None) == local.replace(tzinfo=None)


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    """Whatever is written is read or refused."""
    try:
        read_moment(text, AMSTERDAM)
    except (DateNotUnderstood, WeekdayWrong, TimeSkipped):
        return
