"""The control API: what it shows, waits for, refuses and describes."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from simulator.client import SimError
from simulator.control.routes import TABLE
from simulator.testing import RunningSimulator
from tests.simulator.support import Raw, png

Json = dict[str, Any]

_DOCUMENT = (Path(__file__).parents[2] / "docs" / "simulator.md").read_text("utf-8")


async def test_people(sim: RunningSimulator) -> None:
    """People are registered, listed and renamed; ids can be chosen but not taken twice."""
    anna = await sim.user("Anna", username="annadewit", language_code="nl", id=77)
    assert anna == {"id": 77, "is_bot": False, "first_name": "Anna", "username": "annadewit", "language_code": "nl"}
    assert (await sim.rename(77, first_name="Anne"))["first_name"] == "Anne"
    assert [user["full_name"] for user in await sim.call("GET", "/sim/users")] == ["Anne"]
    with pytest.raises(SimError, match="409"):
        await sim.user("Bas", id=77)
    assert await sim.call_status("POST", "/sim/users", {}) == 400
    assert await sim.call_status("GET", "/sim/users/78/chats") == 404


async def test_chat_list_and_unread(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A person's chats come with their last message and what was not seen yet."""
    await raw("sendMessage", chat_id=anna["id"], text="Nieuws")
    (chat,) = await sim.call("GET", f"/sim/users/{anna['id']}/chats")
    assert (chat["name"], chat["unread"], chat["last_message"]["text"]) == ("Testbot", 1, "Nieuws")
    await sim.call("GET", "/sim/chats/bot", as_=anna["id"], seen=1)
    (chat,) = await sim.call("GET", f"/sim/users/{anna['id']}/chats")
    assert chat["unread"] == 0


async def test_waiting(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """Waiting ends with the message, its text or its button; or tells what is there instead."""
    waiting = asyncio.create_task(sim.wait_for(anna, "Stem", label="Voor"))
    await raw("sendMessage", chat_id=anna["id"], text="Stem nu")
    keyboard = {"inline_keyboard": [[{"text": "Voor", "callback_data": "v"}]]}
    sent = (await raw("sendMessage", chat_id=anna["id"], text="Stem", reply_markup=keyboard))["result"]
    assert (await waiting)["message_id"] == sent["message_id"]
    with pytest.raises(SimError) as error:
        await sim.wait_for(anna, "Stem", after=sent["message_id"], within=0.05)
    assert error.value.status == 408
    assert [message["text"] for message in error.value.body["messages"]][-1] == "Stem"


async def test_pressing_what_is_not_there(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A wrong label is answered with the labels that are there; a link is no press."""
    rows = [[{"text": "Voor", "callback_data": "v"}, {"text": "Stukken", "url": "https://voorbeeld.nl"}]]
    await raw("sendMessage", chat_id=anna["id"], text="Stem", reply_markup={"inline_keyboard": rows})
    with pytest.raises(SimError) as error:
        await sim.press(anna, "Blanco")
    assert (error.value.status, error.value.body["labels"]) == (404, ["Voor", "Stukken"])
    with pytest.raises(SimError, match="no callback data"):
        await sim.press(anna, "Stukken")
    press = await sim.press(anna, "Voor", wait=0.01)
    assert (press["answer"], press["data"]) == (None, "v")
    shown = await sim.call("GET", f"/sim/presses/{press['callback_query_id']}")
    assert (shown["label"], shown["user"]) == ("Voor", anna["id"])
    assert await sim.call_status("GET", "/sim/presses/1") == 404


async def test_newest_message_with_the_label(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """Without a message id the newest message that has the label is pressed."""
    numbers = []
    for data in ("oud", "nieuw"):
        keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": data}]]}
        sent = await raw("sendMessage", chat_id=anna["id"], text="?", reply_markup=keyboard)
        numbers.append(sent["result"]["message_id"])
    assert (await sim.press(anna, "Ja", wait=0))["message_id"] == numbers[1]
    assert (await sim.press(anna, "Ja", message_id=numbers[0], wait=0))["data"] == "oud"


async def test_clock(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """Messages carry the simulated time, which runs on from where it was turned to."""
    await sim.set_clock("2019-01-21T10:00:00+01:00")
    sent = (await raw("sendMessage", chat_id=anna["id"], text="Toen"))["result"]
    assert 0 <= sent["date"] - 1_548_061_200 < 60
    assert (await sim.clock()).startswith("2019-01-21T09:00:")
    assert (await sim.last_message(anna))["date"].startswith("2019-01-21T09:00:")
    assert await sim.call_status("PUT", "/sim/clock", {"now": "gisteren"}) == 400


async def test_log(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """The log tells requests, updates and presses in order; files appear as their digest, tokens not at all."""
    await raw.upload("sendDocument", {"document": ("a.txt", b"a")}, chat_id=anna["id"])
    (entry,) = await sim.requests("sendDocument")
    assert entry["params"]["document"]["size"] == 1
    assert entry["params"]["document"]["sha256"].startswith("ca978112")
    assert (entry["status"], entry["response"]["ok"]) == (200, True)
    await sim.write(anna, "Dank u")
    (said,) = await sim.log(after=entry["n"], kind="user")
    assert (said["action"], said["text"], said["user"]) == ("write", "Dank u", anna["id"])
    everything = await sim.log()
    assert [item["n"] for item in everything] == list(range(1, len(everything) + 1))
    assert sim.token.partition(":")[2] not in json.dumps(everything)
    assert await sim.log(after=everything[-1]["n"]) == []


async def test_events(sim: RunningSimulator, http: aiohttp.ClientSession, anna: Json) -> None:
    """The live stream gives each log entry with its number, and resumes after the last one seen."""
    async with http.get(f"{sim.base_url}/sim/events?after=0") as stream:
        assert stream.content_type == "text/event-stream"
        lines = [(await stream.content.readline()).decode().strip() for _ in range(5)]
    assert lines[:2] == ["retry: 1000", ""]
    assert lines[2] == "id: 1"
    assert json.loads(lines[3].removeprefix("data: "))["n"] == 1
    async with http.get(f"{sim.base_url}/sim/events", headers={"Last-Event-ID": "2"}) as stream:
        lines = [(await stream.content.readline()).decode().strip() for _ in range(3)]
    assert lines[2] == "id: 3"
    assert anna["id"]


async def test_photos_and_files(sim: RunningSimulator, raw: Raw, http: aiohttp.ClientSession, anna: Json) -> None:
    """People send photos and albums; files come back with name and type, and nothing that could run is shown inline."""
    await sim.send_photos(anna, ("a.png", png()), ("b.png", png()), caption="Kaartjes")
    assert len((await raw.updates(-1))[0]["message"]["photo"]) == 3
    photo = (await sim.last_message(anna))["photo"]
    assert await sim.file(photo["file_id"]) == png()
    await sim.send_documents(anna, ("verslag über.html", b"<script>"))
    document = (await sim.last_message(anna))["document"]
    async with http.get(f"{sim.base_url}/sim/files/{document['file_unique_id']}") as response:
        assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''verslag%20%C3%BCber.html"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    with pytest.raises(SimError):
        await sim.file("nope")


async def test_who_may_not_write(sim: RunningSimulator, anna: Json) -> None:
    """Blocked, deleted and empty are refused with a reason."""
    assert await sim.call_status("POST", "/sim/chats/bot/messages", {"from": anna["id"], "text": "  "}) == 400
    assert await sim.call_status("POST", "/sim/chats/bot/messages", {"from": anna["id"], "text": "x" * 4097}) == 400
    assert await sim.call_status("POST", "/sim/chats/bot/messages", {"text": "x"}) == 400
    assert await sim.call_status("POST", "/sim/chats/nobody/messages", {"from": anna["id"], "text": "x"}) == 404
    await sim.block(anna)
    assert await sim.call_status("POST", "/sim/chats/bot/messages", {"from": anna["id"], "text": "x"}) == 403
    await sim.unblock(anna)
    await sim.delete_account(anna)
    assert await sim.call_status("POST", "/sim/chats/bot/messages", {"from": anna["id"], "text": "x"}) == 403


async def test_wrong_steering_is_refused(sim: RunningSimulator) -> None:
    """Limits and bodies that make no sense are refused."""
    for verb, path, body in (
        ("POST", "/sim/limits", {"speed": 1}),
        ("POST", "/sim/limits", {"per_chat": 0}),
        ("POST", "/sim/redeliver", {"update_ids": [1]}),
        ("POST", "/sim/updates", {"update": 1}),
        ("POST", "/sim/migrate", {"chat": -1}),
        ("POST", "/sim/chats", {"type": "party", "title": "x", "owner": 1}),
        ("POST", "/sim/users", {"first_name": "x", "id": "seven"}),
        ("POST", "/sim/latency", {"ms": "slow"}),
        ("GET", "/sim/nothing", None),
    ):
        assert await sim.call_status(verb, path, body) in (400, 404)


async def test_description(sim: RunningSimulator) -> None:
    """Every control route is described."""
    described = await sim.call("GET", "/sim/openapi.json")
    operations = {(verb.upper(), path) for path, item in described["paths"].items() for verb in item}
    assert operations == {(verb, re.sub(r":\w+\}", "}", path)) for verb, path, _ in TABLE}
    assert all(item["summary"] for path in described["paths"].values() for item in path.values())


async def test_pages_need_nothing_from_elsewhere(sim: RunningSimulator, http: aiohttp.ClientSession) -> None:
    """The pages and what they load come from the simulator alone."""
    for path in ("/", "/sim/docs"):
        async with http.get(f"{sim.base_url}{path}") as response:
            page = await response.text()
            assert response.status == 200
        for loaded in re.findall(r'(?:src|href)="([^"#]+)"', page):
            assert loaded.startswith("/")
            async with http.get(f"{sim.base_url}{loaded}") as response:
                assert response.status == 200


async def test_documented_commands(sim: RunningSimulator, raw: Raw, http: aiohttp.ClientSession) -> None:
    """The commands that the documentation shows work in their order, given a message with the button they press."""
    commands = re.findall(r"curl (-X DELETE )?\"?\$api(/sim[^\s\"]*)\"?(?: -d '(.*)')?", _DOCUMENT)
    assert len(commands) == _DOCUMENT.count("curl ")
    for deleting, path, body in commands:
        if path == "/sim/press":
            keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "ja"}]]}
            await raw("sendMessage", chat_id=5200000001, text="Komt u?", reply_markup=keyboard)
            body = body.replace('"wait": 5', '"wait": 0')  # noqa: PLW2901 - nobody answers here
        verb = "DELETE" if deleting else "POST" if body else "GET"
        async with http.request(verb, f"{sim.base_url}{path}", data=body or None) as response:
            assert response.status == 200, (path, await response.text())
