"""Requests in every form that a client may send, and those that are none."""

import io
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from simulator.testing import RunningSimulator
from tests.simulator.hooks import Hook
from tests.simulator.support import Raw

Json = dict[str, Any]


class Line:
    """Sends what it is told and returns the status and the JSON answer."""

    def __init__(self, sim: RunningSimulator, http: aiohttp.ClientSession) -> None:
        """Speak with a simulator."""
        self._sim, self._http = sim, http

    async def __call__(self, verb: str, path: str, **more: Any) -> tuple[int, Any]:  # noqa: ANN401 - whatever aiohttp takes
        """Send a request to a path below the bot's token."""
        url = f"{self._sim.base_url}/bot{self._sim.token}/{path}"
        async with self._http.request(verb, url, **more) as response:
            return response.status, await response.json(content_type=None)


@pytest.fixture
def line(sim: RunningSimulator, http: aiohttp.ClientSession) -> Line:
    """Give a line to the simulator, without validation: only Telegram's own strictness counts here."""
    sim.world.validator = None
    return Line(sim, http)


async def test_every_form(line: Line, anna: Json) -> None:
    """Query, form, multipart and JSON say the same, by GET and by POST, in whatever case the method is written."""
    fields = {"chat_id": str(anna["id"]), "text": "hallo"}
    multipart = aiohttp.FormData(fields)
    multipart.add_field("extra", b"", filename="")
    for verb, path, more in (
        ("GET", "sendMessage", {"params": fields}),
        ("POST", "sendmessage", {"params": fields}),
        ("POST", "SENDMESSAGE", {"data": fields}),
        ("GET", "sendMessage", {"data": fields}),
        ("POST", "sendMessage", {"data": multipart}),
        ("POST", "sendMessage", {"json": fields}),
        ("POST", "sendMessage", {"json": {"chat_id": anna["id"], "text": "hallo"}}),
        ("POST", "", {"json": {**fields, "method": "sendMessage"}}),
    ):
        status, answer = await line(verb, path, **more)
        assert (status, answer["result"]["text"]) == (200, "hallo"), (verb, path, more)


async def test_numbers_and_texts_are_one(line: Line, anna: Json) -> None:
    """A number may be written as a text and a text as a number; unknown parameters are passed over."""
    fields = {"chat_id": str(anna["id"]), "text": 2019, "disable_notification": "True", "reply_to_message_id": "1"}
    _, answer = await line("POST", "sendMessage", json={**fields, "colour": "red"})
    assert (answer["result"]["text"], answer["result"]["reply_to_message"]["message_id"]) == ("2019", 1)
    entity = {"type": "bold", "offset": "0", "length": "4"}
    _, answer = await line("POST", "sendMessage", json={**fields, "entities": [entity]})
    assert answer["result"]["entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    _, answer = await line("POST", "deleteMessages", json={"chat_id": anna["id"], "message_ids": ["1"]})
    assert answer["result"] is True


async def test_the_first_of_equal_names_counts(line: Line, anna: Json) -> None:
    """The query comes before the body, and within each the first."""
    chat = anna["id"]
    body = f'{{"chat_id": {chat}, "text": "body", "text": "again"}}'
    headers = {"Content-Type": "application/json"}
    _, answer = await line("POST", "sendMessage", data=body, headers=headers)
    assert answer["result"]["text"] == "body"
    _, answer = await line("POST", "sendMessage?text=query&text=again", data=body, headers=headers)
    assert answer["result"]["text"] == "query"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1]"),
        ("application/json", b'"text"'),
        ("application/json", b"[" * 100_000),
        ("application/json", b"\xff\xfe"),
        ("text/plain", b'{"text": "a"}'),
        ("application/octet-stream", b'{"text": "a"}'),
    ],
)
async def test_what_cannot_be_read_has_no_parameters(line: Line, kind: str, body: bytes) -> None:
    """A broken body is no error of its own: what is missing is."""
    status, answer = await line("POST", "sendMessage", data=body, headers={"Content-Type": kind})
    assert (status, answer["description"]) == (400, "Bad Request: message text is empty")


async def test_broken_multipart(line: Line) -> None:
    """Multipart without boundary, or with broken parts, is refused."""
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
        status, answer = await line("POST", "sendMessage", data=b"--x\r\nnonsense", headers={"Content-Type": kind})
        assert (status, answer["ok"]) == (400, False)


async def test_other_verbs(sim: RunningSimulator, line: Line, http: aiohttp.ClientSession, anna: Json) -> None:
    """Only GET and POST are understood; nothing else has an effect."""
    url = f"{sim.base_url}/bot{sim.token}/sendMessage?chat_id={anna['id']}&text=nee"
    for verb in ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"):
        async with http.request(verb, url) as response:
            assert (response.status, await response.read()) == (501, b"")
    assert [message["text"] for message in await sim.messages(anna)] == ["/start"]
    assert (await line("GET", "getMe"))[0] == 200


async def test_unknown_methods(line: Line) -> None:
    """Methods that do not exist, or not yet here, are told so in Telegram's words."""
    for name in ("sendLove", "sendPoll", "a/b", ""):
        assert await line("GET", name) == (
            404,
            {"ok": False, "error_code": 404, "description": "Not Found: method not found"},
        )


async def test_attached_files(raw: Raw, line: Line, anna: Json) -> None:
    """A file may be in its own field, or anywhere by attach://."""
    file = ("a.txt", b"inhoud")
    for name, params in (("document", {}), ("any", {"document": "attach://any"})):
        answer = await raw.upload("sendDocument", {name: file}, chat_id=anna["id"], **params)
        assert answer["result"]["document"]["file_size"] == 6
    media = [{"type": "document", "media": f"attach://{name}"} for name in ("x", "y")]
    answer = await raw.upload("sendMediaGroup", {"x": file, "y": file}, chat_id=anna["id"], media=media)
    assert len(answer["result"]) == 2
    assert (await line("GET", "getMe"))[0] == 200


async def _endless() -> AsyncIterator[bytes]:
    """Yield a form that never ends, so that nothing announces its length."""
    yield b'--x\r\nContent-Disposition: form-data; name="document"; filename="a"\r\n\r\n'
    while True:
        yield b"x" * 1024 * 1024


async def test_too_much(line: Line, anna: Json) -> None:
    """More than Telegram takes is refused, whether it was announced or not: bodies, parameters and numbers of files."""
    multipart = {"Content-Type": "multipart/form-data; boundary=x"}
    refused = {"ok": False, "error_code": 413, "description": "Request Entity Too Large"}
    assert await line("POST", "sendDocument", data=io.BytesIO(bytes(52 * 1024 * 1024)), headers=multipart) == (
        413,
        refused,
    )
    assert await line("POST", "sendDocument", data=_endless(), headers=multipart) == (413, refused)
    long = json.dumps({"chat_id": anna["id"], "text": "x" * 1024 * 1024})
    as_json = {"Content-Type": "application/json"}
    assert await line("POST", "sendMessage", data=io.BytesIO(long.encode()), headers=as_json) == (413, refused)
    as_form = aiohttp.FormData({"chat_id": str(anna["id"])}, default_to_multipart=True)
    as_form.add_field("text", "x" * 1024 * 1024)
    assert await line("POST", "sendMessage", data=as_form) == (413, refused)
    files = aiohttp.FormData()
    for number in range(51):
        files.add_field(f"f{number}", b"x", filename="x")
    assert await line("POST", "sendMessage", data=files) == (413, refused)


async def test_halves_of_characters(line: Line, anna: Json) -> None:
    """Half of a surrogate pair is refused wherever it stands."""
    keyboard = json.dumps({"inline_keyboard": [[{"text": "a", "callback_data": "\ud83d"}]]})
    for fields in ({"text": "\ud83d"}, {"text": "a", "reply_markup": keyboard}):
        status, answer = await line("POST", "sendMessage", json={"chat_id": anna["id"], **fields})
        assert (status, answer["description"]) == (400, "Bad Request: strings must be encoded in UTF-8")


async def test_answers_of_webhooks(sim: RunningSimulator, line: Line, hook: Hook, anna: Json) -> None:
    """A method in a webhook's answer is carried out if it came as JSON or as a form, and a redirect is no answer."""
    method = {"method": "sendMessage", "chat_id": anna["id"]}
    hook.redirect()
    hook.reply("application/json", json.dumps({**method, "text": "als json"}))
    hook.reply("application/x-www-form-urlencoded", f"method=SendMessage&chat_id={anna['id']}&text=als+formulier")
    hook.reply("text/html", json.dumps({**method, "text": "als pagina"}))
    await line("GET", "setWebhook", params={"url": hook.url})
    await sim.wait_for(anna, "als json")
    await sim.write(anna, "twee")
    await sim.wait_for(anna, "als formulier")
    await sim.write(anna, "drie")
    received = [(await hook.next())[0]["message"]["text"] for _ in range(4)]
    assert received == ["/start", "/start", "twee", "drie"]
    await sim.idle(0.1)
    assert "als pagina" not in [message["text"] for message in await sim.messages(anna)]
