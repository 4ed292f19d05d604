"""The simulator inside a test: served in the running loop, on a port of its own.

async with running_simulator() as sim:
    anna = await sim.user("Anna")
    ...start a bot at sim.bot_api_url with sim.token...
    await sim.start(anna)
    await sim.wait_for(anna, "Welkom")
    press = await sim.press(anna, "Ja")
    assert press["answer"]["text"] == "Vastgelegd."
"""

import contextlib
from collections.abc import AsyncIterator

from simulator.app import create_app
from simulator.client import SimClient
from simulator.serving import serving
from simulator.updates import KEPT_SECONDS
from simulator.world import World

TOKEN = "123456789:simulated-bot-token-for-tests"  # noqa: S105 - opens nothing


class RunningSimulator(SimClient):
    """A client of a simulator in the same process, which can also be looked into."""

    def __init__(self, base_url: str, world: World, token: str) -> None:
        super().__init__(base_url)
        self.world = world
        self.token = token

    @property
    def bot_api_url(self) -> str:
        """What python-telegram-bot calls ``base_url``: the token follows immediately."""
        return f"{self.base_url}/bot"

    @property
    def file_url(self) -> str:
        """What python-telegram-bot calls ``base_file_url``."""
        return f"{self.base_url}/file/bot"


@contextlib.asynccontextmanager
async def running_simulator(
    *, validate: bool = False, token: str = TOKEN, username: str = "testbot", limits: bool = False
) -> AsyncIterator[RunningSimulator]:
    """Run a new simulator with one bot; limits are off unless asked for, so that tests are quick.

    A press then waits for its delivery as long as any update: a slow machine is no reason to lose one.
    """
    app = create_app(validate=validate)
    world: World = app.state.world
    world.add_bot(token, username, username.capitalize())
    if not limits:
        world.limits.numbers.enforced = False
        world.limits.numbers.press_seconds = KEPT_SECONDS
    async with serving(app) as base_url, RunningSimulator(base_url, world, token) as simulator:
        yield simulator
