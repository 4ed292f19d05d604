"""Weather: seeded faults that can be repeated, read back and ended; and downtime."""

import asyncio
import contextlib
from typing import Any

import aiohttp
import pytest

from simulator.faults import DOWNLOAD, FILE_KINDS, REQUEST_KINDS
from simulator.testing import RunningSimulator, running_simulator
from simulator.weather import Weather
from tests.simulator.hooks import Hook
from tests.simulator.support import Raw, until

Json = dict[str, Any]

_RATES = {"500": 0.2, "flood": 0.1, "reset_after": 0.1, "delay": 0.2, "duplicate": 0.2}


def _kinds(weather: Weather, requests: list[tuple[str, str]]) -> list[str | None]:
    faults = [weather.of_request(method, chat, REQUEST_KINDS) for method, chat in requests]
    return [fault.kind if fault else None for fault in faults]


def test_the_seed_decides() -> None:
    """The same seed gives the same faults, another one others, about as often as the rates say."""
    requests = [("sendMessage", "7")] * 1000
    first = _kinds(Weather(1, _RATES), requests)
    assert first == _kinds(Weather(1, _RATES), requests)
    assert first != _kinds(Weather(2, _RATES), requests)
    assert 150 < first.count("500") < 250
    assert 550 < first.count(None) < 650


def test_other_chats_change_nothing() -> None:
    """What a chat meets does not depend on how others' requests come to lie between its own."""
    alone = _kinds(Weather(1, _RATES), [("sendMessage", "7")] * 50)
    mixed = _kinds(Weather(1, _RATES), [("sendMessage", "7"), ("sendMessage", "8"), ("getUpdates", "")] * 50)
    assert mixed[::3] == alone


def test_files_keep_their_bytes() -> None:
    """A malformed answer never hits the bytes of a file."""
    weather = Weather(1, {"empty_after": 0.5, "html_502": 0.5})
    happened = {fault.kind for _ in range(50) if (fault := weather.of_request(DOWNLOAD, "", FILE_KINDS))}
    assert happened == {"html_502"}


async def _evening(seed: int) -> list[tuple[object, ...]]:
    """Send and write the same things in one weather; return the faults that the log holds."""
    async with running_simulator() as sim, aiohttp.ClientSession() as http:
        people = [await sim.user(name) for name in ("Anna", "Bas")]
        for user in people:
            await sim.start(user)
        raw = Raw(sim, http)
        await sim.set_weather(_RATES, seed, retry_after=1)
        for number in range(20):
            for user in people:
                with contextlib.suppress(aiohttp.ClientError):
                    await raw("sendMessage", chat_id=user["id"], text=str(number))
                await sim.write(user, str(number))
        faults = await sim.log(kind="fault")
        happened = (await sim.weather() or {})["happened"]
        assert sum(happened.values()) == len(faults)
        return [(entry["fault"], entry.get("chat"), entry.get("seconds")) for entry in faults]


async def test_the_same_evening_twice() -> None:
    """On the line, too, the same acts meet the same faults."""
    first = await _evening(3)
    assert {fault[0] for fault in first} == set(_RATES)
    assert await _evening(3) == first


async def test_read_back_and_calm(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """The weather can be read with what happened, and after it is ended nothing happens any more."""
    assert await sim.weather() is None
    await sim.set_weather({"500": 1.0, "delay": 1.0}, 5, methods=["sendmessage"], lasts=60, delay=30)
    assert (await raw("sendMessage", chat_id=anna["id"], text="a"))["error_code"] == 500
    assert (await raw("getMe"))["ok"]
    assert (await sim.write(anna, "laat"))["update_id"] is None
    weather = await sim.weather() or {}
    assert (weather["seed"], weather["methods"], weather["happened"]) == (5, ["sendMessage"], {"500": 1, "delay": 1})
    assert 0 < weather["left"] <= 60
    await sim.calm()
    assert await sim.weather() is None
    assert (await raw.updates(-1))[0]["message"]["text"] == "laat"
    assert (await raw("sendMessage", chat_id=anna["id"], text="a"))["ok"]


async def test_ends_by_itself(sim: RunningSimulator, raw: Raw) -> None:
    """Weather with a duration is over when it is over."""
    await sim.set_weather({"500": 1.0}, lasts=0.05)
    await asyncio.sleep(0.06)
    assert (await raw("getMe"))["ok"]
    assert (await sim.weather() or {})["left"] == 0


async def test_weather_that_makes_no_sense(sim: RunningSimulator) -> None:
    """Unknown kinds and impossible rates are refused."""
    senseless: list[object] = [{"hail": 0.1}, {"500": 2}, {"500": 0.6, "502": 0.6}, {"delay": "often"}, [], None]
    for rates in senseless:
        assert await sim.call_status("POST", "/sim/weather", {"rates": rates}) == 400
    assert await sim.call_status("POST", "/sim/weather", {"rates": {}, "methods": ["sendLove"]}) == 404
    assert await sim.weather() is None


async def test_a_moment_of_downtime(sim: RunningSimulator, raw: Raw) -> None:
    """Weather can take Telegram down for a moment; the log says when and for how long."""
    await sim.set_weather({"downtime": 1.0}, downtime=0.2, methods=["getMe"])
    with pytest.raises(aiohttp.ClientConnectionError):
        await raw("getMe")
    (began, hit) = await sim.log(kind="fault")
    assert (began["fault"], began["source"], 0 < began["seconds"] <= 0.2) == ("downtime", "weather", True)
    assert (hit["fault"], hit["method"]) == ("reset_before", "getMe")


async def test_everything_is_down(sim: RunningSimulator, raw: Raw, http: aiohttp.ClientSession, anna: Json) -> None:
    """Every request meets the same, the control API works on, and what people do waits."""
    await sim.go_down(kind="html_502")
    for path in (f"/bot{sim.token}/getMe", f"/bot{sim.token}/getUpdates", f"/file/bot{sim.token}/x"):
        async with http.get(f"{sim.base_url}{path}") as response:
            assert (response.status, response.content_type) == (502, "text/html")
    await sim.write(anna, "wie hoort mij")
    assert await sim.call("GET", "/sim/downtime") == {"down": True, "seconds": None}
    await sim.come_up()
    assert (await raw.updates(-1))[0]["message"]["text"] == "wie hoort mij"
    assert await sim.call("GET", "/sim/downtime") == {"down": False, "seconds": 0.0}


async def test_what_waits_is_cut(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A request that waits for updates is cut when Telegram goes down, and loses nothing."""
    offset = (await raw.updates())[-1]["update_id"] + 1
    waiting = asyncio.create_task(raw.updates(offset, timeout=30))
    await until(lambda: sim.world.bot().queue.is_polled)
    await sim.go_down(seconds=0.1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await asyncio.wait_for(waiting, 5)
    await sim.write(anna, "nog hier")
    with pytest.raises(aiohttp.ClientConnectionError):
        await raw.updates(offset)
    await asyncio.sleep(0.1)
    assert (await raw.updates(offset))[0]["message"]["text"] == "nog hier"


async def test_hanging(sim: RunningSimulator, raw: Raw) -> None:
    """Down can also mean that nothing answers."""
    await sim.go_down(kind="timeout_before")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(raw("getMe"), 0.1)


async def test_webhooks_wait(sim: RunningSimulator, raw: Raw, hook: Hook, anna: Json) -> None:
    """While Telegram is down nothing is delivered; afterwards everything is, by itself."""
    await raw("setWebhook", url=hook.url)
    await hook.next()
    await sim.go_down()
    await sim.write(anna, "tijdens")
    await sim.idle(0.1)
    assert hook.received.empty()
    await sim.come_up()
    assert (await hook.next())[0]["message"]["text"] == "tijdens"
    await sim.go_down(seconds=0.2)
    await sim.write(anna, "nogmaals")
    assert (await hook.next())[0]["message"]["text"] == "nogmaals"
    assert await sim.call_status("POST", "/sim/downtime", {"kind": "reset_after"}) == 400
