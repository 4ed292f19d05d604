"""A clock that is read elsewhere, so that a demo can hold an assembly in another year."""

from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from aiohttp import ClientError, ClientSession, ClientTimeout


class RemoteClock:
    """The time of the simulator behind ``url`` (its ``GET /sim/clock``), asked anew each time.

    Every part of the process then lives at the same moment, also when the clock is turned. Use as an async context
    manager. Raises ``OSError`` when the clock does not answer, as a database does.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = ClientSession(timeout=ClientTimeout(total=5), raise_for_status=True)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        if self._session is None:
            raise RuntimeError("the clock is not open")
        try:
            async with self._session.get(self._url) as response:
                shown = (await response.json())["now"]
        except ClientError as error:
            raise OSError("the clock does not answer") from error
        return datetime.fromisoformat(shown).astimezone(UTC)
