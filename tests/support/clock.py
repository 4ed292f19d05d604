"""A clock that tests turn."""

from datetime import UTC, datetime, timedelta


class TurnableClock:
    """Stands still at ``moment`` (aware) until it is turned."""

    def __init__(self, moment: datetime = datetime(2019, 2, 13, 17, 0, tzinfo=UTC)) -> None:
        self.moment = moment

    async def now(self) -> datetime:
        """Return the moment at which the clock stands, in UTC."""
        return self.moment.astimezone(UTC)

    def turn(self, step: timedelta) -> None:
        """Move the clock by ``step``."""
        self.moment += step
