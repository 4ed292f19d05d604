"""The clock that everything is told the time by."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Says what time it is in the assembly's world: tests and demonstrations turn it."""

    async def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    async def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        return datetime.now(UTC)
