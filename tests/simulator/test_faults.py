"""Faults on command: what they look like to a bot, what they leave behind, and what the log says of them."""

import asyncio
from typing import Any

import aiohttp
import pytest

from simulator.faults import REQUEST_KINDS, UPDATE_KINDS
from simulator.testing import RunningSimulator
from tests.simulator.support import Raw

Json = dict[str, Any]

STATUSES = ("500", "502", "503", "504")
WHEN = [("before", []), ("after", ["hallo"])]


async def _texts(sim: RunningSimulator, user: Json) -> list[str]:
    return [message["text"] for message in await sim.messages(user) if message["from"]["is_bot"]]


async def _send(sim: RunningSimulator, http: aiohttp.ClientSession, user: Json) -> tuple[int, str, str]:
    """Send "hallo"; return the status, content type and body of whatever comes back."""
    url = f"{sim.base_url}/bot{sim.token}/sendMessage"
    async with http.post(url, json={"chat_id": user["id"], "text": "hallo"}) as response:
        return response.status, response.content_type, await response.text()


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


async def test_flood_shuts_out_of_the_chat(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """Until its time is over everything sent to that chat is refused, edits too, with the seconds that are left."""
    bas = await sim.user("Bas")
    await sim.start(bas)
    sent = (await raw("sendMessage", chat_id=anna["id"], text="eerst"))["result"]
    await sim.fault("flood", "sendMessage", retry_after=60)
    refused = [await raw("sendMessage", chat_id=anna["id"], text=text) for text in ("een", "twee")]
    refused.append(await raw("editMessageText", chat_id=anna["id"], message_id=sent["message_id"], text="drie"))
    assert [answer["error_code"] for answer in refused] == [429] * 3
    assert all(55 <= answer["parameters"]["retry_after"] <= 60 for answer in refused)
    assert (await raw("sendMessage", chat_id=bas["id"], text="ook goed"))["ok"]
    assert await _texts(sim, anna) == ["eerst"]
    await sim.calm()
    assert (await raw("sendMessage", chat_id=anna["id"], text="weer"))["ok"]


async def test_flood_shuts_out_of_all_chats(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """Overall means every chat; answers to presses and asking for updates go on."""
    bas = await sim.user("Bas")
    await sim.start(bas)
    press = await sim.press(anna, data="x", wait=0)
    await sim.fault("flood_all", "sendMessage", retry_after=60)
    answers = [await raw("sendMessage", chat_id=user["id"], text="a") for user in (anna, bas)]
    assert [answer["error_code"] for answer in answers] == [429, 429]
    assert (await raw("answerCallbackQuery", callback_query_id=press["callback_query_id"]))["ok"]
    assert (await raw("getUpdates"))["ok"]


async def test_flood_ends_by_itself(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """When the time is over the chat is open again."""
    await sim.fault("flood", retry_after=1)
    assert (await raw("sendMessage", chat_id=anna["id"], text="te vroeg"))["error_code"] == 429
    await asyncio.sleep(1.05)
    assert (await raw("sendMessage", chat_id=anna["id"], text="op tijd"))["ok"]


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(("when", "arrives"), [("", []), ("_after", ["hallo"])])
async def test_server_errors(
    sim: RunningSimulator, http: aiohttp.ClientSession, anna: Json, status: str, when: str, arrives: list[str]
) -> None:
    """Server errors come as Telegram's JSON or as the page of a proxy, before or after the message was sent."""
    await sim.fault(f"{status}{when}", "sendMessage")
    code, kind, body = await _send(sim, http, anna)
    assert (code, kind) == (int(status), "application/json")
    assert f'"error_code":{status}' in body
    assert await _texts(sim, anna) == arrives
    await sim.fault(f"html_{status}{when}", "sendMessage")
    code, kind, body = await _send(sim, http, anna)
    assert (code, kind) == (int(status), "text/html")
    assert body.startswith(f"<html>\r\n<head><title>{status} ")
    assert await _texts(sim, anna) == arrives * 2


@pytest.mark.parametrize(("when", "arrives"), WHEN)
async def test_reset(sim: RunningSimulator, raw: Raw, anna: Json, when: str, arrives: list[str]) -> None:
    """The connection breaks without an answer, before or after the message was sent."""
    await sim.fault(f"reset_{when}", "sendMessage")
    with pytest.raises(aiohttp.ClientConnectionError):
        await raw("sendMessage", chat_id=anna["id"], text="hallo")
    assert await _texts(sim, anna) == arrives


@pytest.mark.parametrize(("when", "arrives"), WHEN)
async def test_timeout(sim: RunningSimulator, raw: Raw, anna: Json, when: str, arrives: list[str]) -> None:
    """No answer comes, before or after the message was sent; in the end the connection breaks."""
    await sim.fault(f"timeout_{when}", "sendMessage", seconds=0.1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await raw("sendMessage", chat_id=anna["id"], text="hallo")
    assert await _texts(sim, anna) == arrives
    await sim.fault(f"timeout_{when}", "sendMessage")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(raw("sendMessage", chat_id=anna["id"], text="hallo"), 0.1)


@pytest.mark.parametrize(
    ("look", "body"),
    [
        ("truncated", '{"ok":true,"result":{"message_id":'),
        ("not_json", "upstream connect error or disconnect/reset before headers"),
        ("empty", ""),
        ("not_object", "[]"),
        ("no_result", '{"ok":true}'),
    ],
)
@pytest.mark.parametrize(("when", "arrives"), WHEN)
async def test_malformed_answers(
    sim: RunningSimulator, http: aiohttp.ClientSession, anna: Json, look: str, body: str, when: str, arrives: list[str]
) -> None:
    """What is no answer looks the same whether the message was sent or not."""
    await sim.fault(f"{look}_{when}", "sendMessage")
    assert await _send(sim, http, anna) == (200, "application/json", body)
    assert await _texts(sim, anna) == arrives


async def test_wrong_content_type(sim: RunningSimulator, http: aiohttp.ClientSession, anna: Json) -> None:
    """A true answer comes as HTML; where nothing was sent there is none but an error."""
    await sim.fault("wrong_type_after", "sendMessage")
    code, kind, body = await _send(sim, http, anna)
    assert (code, kind, '"text":"hallo"' in body) == (200, "text/html", True)
    await sim.fault("wrong_type_before", "sendMessage")
    code, kind, body = await _send(sim, http, anna)
    assert (code, kind, '"error_code":500' in body) == (500, "text/html", True)
    assert await _texts(sim, anna) == ["hallo"]


async def test_each_fault_is_in_the_log(sim: RunningSimulator, http: aiohttp.ClientSession, anna: Json) -> None:
    """The log names the fault, whom it hit, and whether the request was carried out all the same."""
    for kind in ("429", "html_502", "empty_after", "504_after"):
        await sim.fault(kind, "sendMessage", chat=anna["id"])
        await _send(sim, http, anna)
    logged = await sim.log(kind="fault")
    assert [(entry["fault"], entry["carried_out"]) for entry in logged] == [
        ("429", False),
        ("html_502", False),
        ("empty_after", True),
        ("504_after", True),
    ]
    assert all(entry["method"] == "sendMessage" and entry["chat"] == str(anna["id"]) for entry in logged)
    assert {entry["source"] for entry in logged} == {"command"}
    # What was carried out is there as a request too, with the answer that the bot never saw.
    assert [entry["status"] for entry in await sim.requests("sendMessage")] == [429, 200, 200]


async def test_lost_updates_come_again(
    sim: RunningSimulator, raw: Raw, http: aiohttp.ClientSession, anna: Json
) -> None:
    """An answer of getUpdates that never arrived confirms nothing, not even what was delivered again."""
    first = (await raw.updates())[0]
    assert await raw.updates(first["update_id"] + 1) == []
    await sim.redeliver(first["update_id"])
    await sim.fault("truncated_after", "getUpdates")
    url = f"{sim.base_url}/bot{sim.token}/getUpdates"
    async with http.post(url, json={"offset": first["update_id"] + 1}) as response:
        assert (await response.text()).endswith('"message_id":')
    assert await raw.updates(first["update_id"] + 1) == [first]
    assert await raw.updates(first["update_id"] + 1) == []
    assert anna["id"]


async def test_fetching_a_file(sim: RunningSimulator, raw: Raw, http: aiohttp.ClientSession, anna: Json) -> None:
    """A file can fail to come, but its bytes are never others than they were."""
    await sim.send_documents(anna, ("a.txt", b"inhoud"))
    file_id = (await raw.updates(-1))[0]["message"]["document"]["file_id"]
    path = (await raw("getFile", file_id=file_id))["result"]["file_path"]
    await sim.fault("empty_after", "file")
    await sim.fault("html_502", "file")
    url = f"{sim.file_url}{sim.token}/{path}"
    async with http.get(url) as response:
        assert response.status == 502
    async with http.get(url) as response:
        assert await response.read() == b"inhoud"
    assert [fault["kind"] for fault in await sim.call("GET", "/sim/faults")] == ["empty_after"]


async def test_latency(sim: RunningSimulator, raw: Raw) -> None:
    """Every request of a bot takes at least as long as it was told to."""
    await sim.latency(30)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await raw("getMe")
    assert loop.time() - begun >= 0.03


async def test_unknown_kinds_are_refused(sim: RunningSimulator) -> None:
    """A fault that does not exist, or for a method that does not, is refused."""
    for body in ({"kind": "earthquake"}, {"kind": "500", "method": "sendLove"}, {}, {"kind": "timeout"}):
        assert await sim.call_status("POST", "/sim/faults", body) in (400, 404)


async def test_every_kind_is_described(sim: RunningSimulator) -> None:
    """The description of the control API names all that can be asked for."""
    described = (await sim.call("GET", "/sim/openapi.json"))["paths"]["/sim/faults"]["post"]["description"]
    for kind in (*REQUEST_KINDS, *UPDATE_KINDS):
        look = kind.removesuffix("_after").removesuffix("_before")
        assert look.replace("html_502", "html_500") in described or look.startswith("html_")
