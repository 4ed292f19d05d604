"""The stage on which hostile input comes in."""

from collections.abc import AsyncIterator

import pytest

from bot import logs
from simulator.testing import TOKEN
from storage.engine import Storage
from tests.hostile.stage import Stage, staged
from tests.support.clock import TurnableClock


@pytest.fixture
async def stage(
    storage: Storage, clock: TurnableClock, monkeypatch: pytest.MonkeyPatch, _restored_logging: None
) -> AsyncIterator[Stage]:
    """Set the stage, with the logging of a real process; of some lines per update, a storm's worth is kept out."""
    logs.configure("CRITICAL", "json", [TOKEN])
    async with staged(storage, clock, monkeypatch) as ready:
        yield ready
