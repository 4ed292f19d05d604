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
async def house(
    database_url: str, association: Association, monkeypatch: pytest.MonkeyPatch, way: Way
) -> AsyncIterator[House]:
    """Run the bot against a simulated Telegram, on each database, with a registered secretariat."""
    async with running_house(database_url, association, monkeypatch, way) as running:
        yield running
