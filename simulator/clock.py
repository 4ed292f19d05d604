"""The simulated time of day.

Message dates and retention follow this clock, which can be turned to any moment (a demonstration may play in 2019).
Timeouts and rate limits never follow it: they run on the monotonic clock.
"""

from datetime import UTC, datetime, timedelta


def iso(moment: datetime) -> str:
    """Write a moment as ISO 8601 in UTC, to the second: ``2019-01-21T09:00:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class SimClock:
    """A clock that runs at normal speed from wherever it was last turned to."""

    def __init__(self) -> None:
        self._offset = timedelta()

    def now(self) -> datetime:
        """Return the simulated moment, in UTC."""
        return datetime.now(UTC) + self._offset

    def timestamp(self) -> int:
        """Return the simulated moment as Unix time in whole seconds."""
        return int(self.now().timestamp())

    @property
    def offset_seconds(self) -> float:
        """How far the simulated time is ahead of the real time, in seconds."""
        return self._offset.total_seconds()

    def turn_to(self, moment: datetime) -> None:
        """Set the clock to an aware moment; it keeps running from there."""
        self._offset = moment - datetime.now(UTC)
