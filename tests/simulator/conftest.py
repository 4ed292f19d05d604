"""A running simulator, clients of it, and a person in it."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from simulator.testing import RunningSimulator, running_simulator
from tests.simulator.clients import CLIENTS, Client
from tests.simulator.hooks import Hook
from tests.simulator.support import Raw

Json = dict[str, Any]


@pytest.fixture
async def sim() -> AsyncIterator[RunningSimulator]:
    """Run a validating simulator without limits; at the end nothing that it sent itself may have been invalid."""
    async with running_simulator(validate=True) as simulator:
        yield simulator
        assert [entry for entry in await simulator.log(kind="invalid") if entry["what"] != "request"] == []


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """Give an HTTP session."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def raw(sim: RunningSimulator, http: aiohttp.ClientSession) -> Raw:
    """Speak the Bot API without a library."""
    return Raw(sim, http)


@pytest.fixture(params=list(CLIENTS))
async def client(request: pytest.FixtureRequest, sim: RunningSimulator) -> AsyncIterator[Client]:
    """Give each of the client libraries in turn."""
    opened: Client = CLIENTS[request.param](sim)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def anna(sim: RunningSimulator) -> Json:
    """Register a person who has opened the chat with the bot."""
    user = await sim.user("Anna", "de Wit", username="annadewit", language_code="nl")
    await sim.start(user)
    return user


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    """Serve a webhook."""
    served = Hook()
    app = web.Application()
    app.router.add_post("/hook", served.handle)
    app.router.add_get("/hook", served.accept)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    served.url = f"http://{host}:{port}/hook"
    yield served
    served.gate.set()
    await runner.cleanup()
