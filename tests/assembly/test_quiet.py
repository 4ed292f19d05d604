"""Quiet hours on the association's clock, over midnight and over both changes of the clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.quiet import QuietHours

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2026-03-28T18:59:59", None),
        ("2026-03-28T19:00:00", "2026-03-29T06:00:00"),
        ("2026-03-29T05:59:59", "2026-03-29T06:00:00"),
        ("2026-03-29T06:00:00", None),
        ("2026-10-24T18:00:00", "2026-10-25T07:00:00"),
        ("2026-10-25T06:59:59", "2026-10-25T07:00:00"),
        ("2026-10-25T07:00:00", None),
    ],
)
def test_from_eight_to_eight(now: str, ends: str | None) -> None:
    """From 20.00 until 08.00, also in the nights in which the clock changes."""
    local = datetime.fromisoformat(now).replace(tzinfo=UTC).astimezone(AMSTERDAM)
    found = QuietHours().ends(local)
    assert (found and found.astimezone(UTC).replace(tzinfo=None).isoformat()) == ends


def test_hours_within_a_day_and_none() -> None:
    """Quiet hours may lie within a day; where both times are the same there are none."""
    noon = QuietHours(time(12), time(13))
    assert noon.ends(datetime(2026, 1, 1, 12, 30, tzinfo=AMSTERDAM)) == datetime(2026, 1, 1, 13, tzinfo=AMSTERDAM)
    assert noon.ends(datetime(2026, 1, 1, 13, 0, tzinfo=AMSTERDAM)) is None
    assert QuietHours(time(8), time(8)).ends(datetime(2026, 1, 1, 8, 0, tzinfo=AMSTERDAM)) is None


@given(
    moment=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    begin=st.times(),
    end=st.times(),
)
def test_they_end_within_a_day(moment: datetime, begin: time, end: time) -> None:
    """Whatever the hours are, they end within a day (or the hour more of a turned clock), and then it is not quiet."""
    hours = QuietHours(begin, end)
    ends = hours.ends(moment.astimezone(AMSTERDAM))
    if ends is not None:
        assert timedelta(hours=-1) <= ends.astimezone(UTC) - moment <= timedelta(hours=25)
        on_the_clock = ends.astimezone(UTC).astimezone(AMSTERDAM)
        skipped = on_the_clock.time() != end  # the hour that a turned clock leaves out
        assert skipped or hours.ends(on_the_clock) is None
