"""A simulated Telegram that checks everything against an independent model of the Bot API."""

from collections.abc import AsyncIterator

import pytest

from simulator.testing import RunningSimulator, running_simulator


@pytest.fixture
async def sim() -> AsyncIterator[RunningSimulator]:
    """Run a simulator; nothing that the bot sends it may be wrong."""
    async with running_simulator(validate=True) as simulator:
        yield simulator
        assert not await simulator.log(kind="invalid")
