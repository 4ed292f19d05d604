"""The house in which scenarios happen."""

from collections.abc import AsyncIterator

import pytest

from assembly.association import Association
from tests.support.house import House, running_house


@pytest.fixture
async def house(database_url: str, association: Association, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """Run the bot against a simulated Telegram, on each database, with a registered secretariat."""
    async with running_house(database_url, association, monkeypatch) as running:
        yield running
