"""Faults on command: what they look like to a bot, and what they leave behind."""

import asyncio
from typing import Any

import aiohttp
import pytest

from simulator.testing import RunningSimulator
from tests.simulator.support import Raw

Json = dict[str, Any]


async def _texts(sim: RunningSimulator, user: Json) -> list[str]:
    return [message["text"] for message in await sim.messages(user) if message["from"]["is_bot"]]


async def test_refusals(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """429 and 500 hit so many requests of a method, and those have no effect."""
    await sim.fault("429", "sendMessage", times=2, retry_after=7)
    await sim.fault("500", "sendmessage", chat=anna["id"])
    answers = [await raw("sendMessage", chat_id=anna["id"], text=str(number)) for number in range(4)]
    assert [answer.get("error_code") for answer in answers] == [429, 429, 500, None]
    assert answers[0]["parameters"] == {"retry_after": 7}
    assert await _texts(sim, anna) == ["3"]
    assert await sim.call("GET", "/sim/faults") == []


async def test_only_where_planned(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A fault for another chat or method does not hit."""
    await sim.fault("500", "sendMessage", chat=12345)
    await sim.fault("500", "editMessageText")
    assert (await raw("sendMessage", chat_id=anna["id"], text="goed"))["ok"]
    await sim.call("DELETE", "/sim/faults")
    assert await sim.call("GET", "/sim/faults") == []


@pytest.mark.parametrize(("kind", "arrives"), [("reset_before", []), ("reset_after", ["hallo"])])
async def test_reset(sim: RunningSimulator, raw: Raw, anna: Json, kind: str, arrives: list[str]) -> None:
    """The connection breaks without an answer, before or after the message was sent."""
    await sim.fault(kind, "sendMessage")
    with pytest.raises(aiohttp.ClientConnectionError):
        await raw("sendMessage", chat_id=anna["id"], text="hallo")
    assert await _texts(sim, anna) == arrives


@pytest.mark.parametrize(("kind", "arrives"), [("timeout_before", []), ("timeout_after", ["hallo"])])
async def test_timeout(sim: RunningSimulator, raw: Raw, anna: Json, kind: str, arrives: list[str]) -> None:
    """No answer comes, before or after the message was sent; in the end the connection breaks."""
    await sim.fault(kind, "sendMessage", seconds=0.1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await raw("sendMessage", chat_id=anna["id"], text="hallo")
    assert await _texts(sim, anna) == arrives
    await sim.fault(kind, "sendMessage")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(raw("sendMessage", chat_id=anna["id"], text="hallo"), 0.1)


async def test_latency(sim: RunningSimulator, raw: Raw) -> None:
    """Every request of a bot takes at least as long as it was told to."""
    await sim.latency(30)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await raw("getMe")
    assert loop.time() - begun >= 0.03


async def test_unknown_kinds_are_refused(sim: RunningSimulator) -> None:
    """A fault that does not exist, or for a method that does not, is refused."""
    for body in ({"kind": "earthquake"}, {"kind": "500", "method": "sendLove"}, {}):
        assert await sim.call_status("POST", "/sim/faults", body) in (400, 404)
