"""Quiet hours on the association's clock, over midnight and over both changes of the clock."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

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
