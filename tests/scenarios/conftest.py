"""The house in which scenarios happen."""

from collections.abc import AsyncIterator

import pytest

from assembly.association import Association
from tests.support.house import House, running_house
from tests.support.webhooks import Way


@pytest.fixture
def way() -> Way:
    """Have updates come by polling; a scenario may ask for the webhook too."""
    return "polling"


@pytest.fixture
def environment() -> dict[str, str]:
    """Return environment variables with which the bot starts: an association's own settings, none by default."""
    return {}


@pytest.fixture
async def house(
    database_url: str,
    association: Association,
    monkeypatch: pytest.MonkeyPatch,
    way: Way,
    environment: dict[str, str],
) -> AsyncIterator[House]:
    """Run the bot against a simulated Telegram, on each database, with a registered secretariat."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    async with running_house(database_url, association, monkeypatch, way) as running:
        yield running
