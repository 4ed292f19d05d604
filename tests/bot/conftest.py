"""A simulated Telegram, a bot that speaks with it, and screens of the tests' own."""

from collections.abc import AsyncIterator

import pytest

from bot.client import AssemblyBot
from simulator.testing import RunningSimulator, running_simulator
from tests.bot.screens import register_screens
from tests.bot.sending import Json, reader


@pytest.fixture
async def sim() -> AsyncIterator[RunningSimulator]:
    """Run a simulator that checks every request against an independent model of the Bot API."""
    async with running_simulator(validate=True) as simulator:
        yield simulator
        assert not await simulator.log(kind="invalid")


@pytest.fixture
async def bot(sim: RunningSimulator) -> AsyncIterator[AssemblyBot]:
    """Connect the bot; it gives up on an answer after a second."""
    async with AssemblyBot(sim.token, sim.base_url, answer_seconds=1.0) as connected:
        yield connected


@pytest.fixture
def _test_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register the screens of ``tests.bot.screens`` beside the real ones."""
    register_screens(monkeypatch)


@pytest.fixture
async def anna(sim: RunningSimulator) -> Json:
    """Let somebody open a chat with the bot."""
    return await reader(sim, "Anna")
