"""What the webhook takes in over HTTP, and what it makes of anything that is no update of Telegram."""

import asyncio
import contextlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientConnectorError, ClientSession, TCPConnector
from telegram import Update
from telegram.ext import TypeHandler

from bot import listening, receiving, texts
from bot.application import build_application
from bot.client import AssemblyBot
from bot.handling import Handling
from bot.listening import Server, serving
from bot.readiness import Readiness
from bot.receiving import Receiver, create_app
from handlers.context import AssemblyContext
from screens.registration import not_handled_text
from simulator.testing import RunningSimulator
from storage.engine import Storage, StorageUnavailable
from tests.bot.sending import ON_SQLITE, Json
from tests.bot.taking_in import Handler, Notebook, letters, message, said_in, store, stored
from tests.support.waiting import until
from tests.support.webhooks import SECRET, SECRET_HEADER, Sender, free_port

HOST = "127.0.0.1"
PATH = "/alv/telegram"


@dataclass(frozen=True)
class Hook:
    """A webhook at work: to send to, to look into, and to speak with byte by byte."""

    telegram: Sender
    port: int
    server: Server
    receiver: Receiver
    readiness: Readiness

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return len(self.server._server.server_state.connections)

    async def talk(self, *pieces: bytes, within: float = 5) -> bytes:
        """Send ``pieces`` over a connection of their own, and return all that comes back until it is closed."""
        reader, writer = await asyncio.open_connection(HOST, self.port)
        try:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
            return await asyncio.wait_for(reader.read(), within)
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()


@asynccontextmanager
async def hooked(storage: Storage, bot: AssemblyBot, handler: Handler) -> AsyncIterator[Hook]:
    """Serve a webhook whose every update goes to ``handler``."""
    application = build_application(bot, storage)
    application.add_handler(TypeHandler(Update, handler))
    receiver, readiness = Receiver(Handling(application, bot), SECRET), Readiness(storage)
    receiver.open()
    port = free_port()
    async with (
        application,
        serving(create_app(receiver, readiness, PATH), HOST, port) as server,
        ClientSession(connector=TCPConnector(limit=0)) as session,
    ):
        yield Hook(Sender(session, f"http://{HOST}:{port}{PATH}"), port, server, receiver, readiness)


async def pressed(sim: RunningSimulator, bot: AssemblyBot, anna: Json, *data: str) -> list[Json]:
    """Let Anna press buttons, and return the updates that Telegram has of it."""
    for one in data:
        await sim.press(anna, data=one, wait=0)
    updates = await bot.raw_updates(0, seconds=0)
    return [update for update in updates if "callback_query" in update]


async def refuse(_update: Update, _context: AssemblyContext) -> None:
    """Fail where nothing should arrive."""
    raise AssertionError("this was let in")


def head(*lines: str, path: str = PATH, secret: str = SECRET) -> bytes:
    """Return the head of a request with an update, with further header lines."""
    known = [f"POST {path} HTTP/1.1", "Host: x", "Content-Type: application/json", f"{SECRET_HEADER}: {secret}"]
    return "\r\n".join([*known, *lines, "", ""]).encode()


async def test_answered_after_the_commit(storage: Storage, bot: AssemblyBot) -> None:
    """As long as the transaction is under way there is no answer; with the answer the effect is there."""
    writing, going_on = asyncio.Event(), asyncio.Event()

    async def slow(unit: Any, said: str) -> None:  # noqa: ANN401 - a service's unit
        writing.set()
        await going_on.wait()
        await store(unit, said)

    async def handler(update: Update, context: AssemblyContext) -> None:
        await context.write(slow, said_in(update))

    async with hooked(storage, bot, handler) as hook:
        answer = asyncio.create_task(hook.telegram.post(message(1, "een")))
        await writing.wait()
        await asyncio.wait({answer}, timeout=0.3)
        assert not answer.done()
        assert await stored(storage) == []
        going_on.set()
        reply = await answer
        assert (reply.status, reply.body) == (200, b"")
        assert await stored(storage) == ["een"]


@ON_SQLITE
@pytest.mark.parametrize(
    "given",
    [
        {},
        {SECRET_HEADER: ""},
        {SECRET_HEADER: SECRET[:-1]},
        {SECRET_HEADER: f"{SECRET}1"},
        {SECRET_HEADER: SECRET.swapcase()},
        {SECRET_HEADER: "gehéim-van-Telegram-en-de-bot_1"},
        {SECRET_HEADER: "geheim\u202e\U0001f5f3"},
        {"Authorization": f"Bearer {SECRET}"},
    ],
)
async def test_without_the_secret(storage: Storage, bot: AssemblyBot, given: dict[str, str]) -> None:
    """Whoever does not know the secret, to the letter, is refused, and nothing is handled."""
    async with hooked(storage, bot, refuse) as hook:
        reply = await hook.telegram.post(message(1, "een"), given)
        assert reply.status == 403
        assert SECRET.encode() not in reply.body
    assert await letters(storage) == []


@ON_SQLITE
async def test_secret_is_compared_in_constant_time(
    storage: Storage, bot: AssemblyBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison takes as long for a good guess as for a bad one: it is Python's own for this."""
    compared: list[tuple[object, object]] = []

    def comparing(given: bytes, known: bytes) -> bool:
        compared.append((given, known))
        return False

    monkeypatch.setattr(hmac, "compare_digest", comparing)
    async with hooked(storage, bot, refuse) as hook:
        assert (await hook.telegram.post(message(1, "een"))).status == 403
    assert compared == [(SECRET.encode(), SECRET.encode())]


@ON_SQLITE
async def test_secret_comes_before_the_body(storage: Storage, bot: AssemblyBot) -> None:
    """A body is not waited for where the secret is wrong, and nothing more is read."""
    async with hooked(storage, bot, refuse) as hook:
        answer = await hook.talk(head("Content-Length: 100", secret="wrong"))
        assert answer.startswith(b"HTTP/1.1 403 ")


@ON_SQLITE
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe\xff",
        b"[" * 100_000,
        b"null",
        b'"update_id"',
        b'[{"update_id": 1}]',
        b"{}",
        b'{"update_id": "1"}',
        b'{"update_id": 1.0}',
        b'{"update_id": true}',
        b'{"update_id": null}',
        b'{"update_id": -1}',
        b'{"update_id": 9223372036854775808}',
        b'{"update_id": 1' + b"0" * 5000 + b"}",
    ],
)
async def test_body_that_is_no_update(storage: Storage, bot: AssemblyBot, body: bytes) -> None:
    """What Telegram cannot have sent is refused and leaves nothing behind."""
    async with hooked(storage, bot, refuse) as hook:
        assert (await hook.telegram.post(body)).status == 400
    assert await letters(storage) == []


async def test_update_that_nobody_can_read(storage: Storage, bot: AssemblyBot) -> None:
    """An update of Telegram that cannot be parsed is kept, and accepted: sent again it would be no better."""
    async with hooked(storage, bot, refuse) as hook:
        reply = await hook.telegram.post({"update_id": 7, "message": {"message_id": "?"}})
        assert reply.status == 200
    assert len(await letters(storage)) == 1


@ON_SQLITE
async def test_largest_update_is_let_in(storage: Storage, bot: AssemblyBot) -> None:
    """A body of exactly the maximum is read, in pieces of whatever size."""
    filled = b'{"update_id": 7}'.ljust(receiving.MAXIMUM_BYTES)
    half = len(filled) // 2
    async with hooked(storage, bot, Notebook().note) as hook:
        answer = await hook.talk(
            head(f"Content-Length: {len(filled)}", "Connection: close"), filled[:half], filled[half:]
        )
        assert answer.startswith(b"HTTP/1.1 200 ")


@ON_SQLITE
async def test_body_that_is_too_large(storage: Storage, bot: AssemblyBot) -> None:
    """A body that says that it is too large is not read."""
    async with hooked(storage, bot, refuse) as hook:
        answer = await hook.talk(head(f"Content-Length: {receiving.MAXIMUM_BYTES + 1}"))
        assert answer.startswith(b"HTTP/1.1 413 ")


@ON_SQLITE
async def test_endless_body(storage: Storage, bot: AssemblyBot) -> None:
    """A body without a length is cut off where it becomes too large."""
    piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    async with hooked(storage, bot, refuse) as hook:
        with contextlib.suppress(ConnectionError):  # what is still on its way when we hang up
            answer = await hook.talk(head("Transfer-Encoding: chunked"), *[piece] * 17)
            assert answer.startswith(b"HTTP/1.1 413 ")

        async def gone() -> bool:
            return hook.connections == 0

        await until(gone)


@ON_SQLITE
async def test_chunked_update(storage: Storage, bot: AssemblyBot) -> None:
    """A body may come in pieces without a length, as some proxies send it."""
    async with hooked(storage, bot, Notebook().note) as hook:
        answer = await hook.talk(
            head("Transfer-Encoding: chunked", "Connection: close"),
            b'8\r\n{"update\r\n',
            b'8\r\n_id": 7}\r\n0\r\n\r\n',
        )
        assert answer.startswith(b"HTTP/1.1 200 ")


@ON_SQLITE
async def test_slow_body(storage: Storage, bot: AssemblyBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body that does not come is not waited for."""
    monkeypatch.setattr(receiving, "BODY_SECONDS", 0.1)
    async with hooked(storage, bot, refuse) as hook:
        answer = await hook.talk(head("Content-Length: 100"), b"{")
        assert answer.startswith(b"HTTP/1.1 408 ")


@ON_SQLITE
@pytest.mark.parametrize("said", [b"", b"POST ", head()[:-2]])
async def test_slow_head(storage: Storage, bot: AssemblyBot, monkeypatch: pytest.MonkeyPatch, said: bytes) -> None:
    """Who connects and does not come to the point is cut off, however far it got."""
    monkeypatch.setattr(listening, "HEAD_SECONDS", 0.1)
    async with hooked(storage, bot, refuse) as hook:
        assert await hook.talk(said) == b""


@ON_SQLITE
async def test_slow_head_of_a_later_request(
    storage: Storage, bot: AssemblyBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an answer too a new request has to come to the point: empty lines keep no connection open."""
    monkeypatch.setattr(listening, "HEAD_SECONDS", 0.1)
    async with hooked(storage, bot, refuse) as hook:
        reader, writer = await asyncio.open_connection(HOST, hook.port)
        writer.write(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert await asyncio.wait_for(reader.readuntil(b"}"), 5)
        writer.write(b"\r\n")
        with contextlib.suppress(ConnectionError):
            assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()


@ON_SQLITE
async def test_endless_head(storage: Storage, bot: AssemblyBot) -> None:
    """Who goes on and on before it says what it wants is cut off, and nothing of it is kept."""
    async with hooked(storage, bot, refuse) as hook:
        with contextlib.suppress(ConnectionError):  # cut off while it speaks
            assert await hook.talk(head()[:-2] + b"X-More: and more\r\n" * 50_000) == b""


@ON_SQLITE
async def test_crowd(storage: Storage, bot: AssemblyBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections are open up to a number; one more is closed at once."""
    monkeypatch.setattr(listening, "CONNECTIONS", 2)
    async with hooked(storage, bot, refuse) as hook, contextlib.AsyncExitStack() as stack:
        for _ in range(2):
            _, writer = await asyncio.open_connection(HOST, hook.port)
            stack.callback(writer.close)

        async def crowded() -> bool:
            return hook.connections == 2

        await until(crowded)
        reader, writer = await asyncio.open_connection(HOST, hook.port)
        stack.callback(writer.close)
        with contextlib.suppress(ConnectionError):
            assert await asyncio.wait_for(reader.read(), 5) == b""


@ON_SQLITE
@pytest.mark.parametrize(
    ("method", "path", "content_type", "status"),
    [
        ("POST", "/alv/telegram", "application/json; charset=utf-8", 200),
        ("POST", "/telegram", "Application/JSON", 200),
        ("POST", "/", "application/json", 200),
        ("POST", "/alv/telegram/", "application/json", 404),
        ("POST", "/alv", "application/json", 404),
        ("POST", "/elders/telegram", "application/json", 404),
        ("POST", "/alv//telegram", "application/json", 404),
        ("GET", "/alv/telegram", "application/json", 405),
        ("PUT", "/telegram", "application/json", 405),
        ("POST", "/health", "application/json", 405),
        ("POST", "/alv/telegram", "application/x-www-form-urlencoded", 415),
        ("POST", "/alv/telegram", "", 415),
    ],
)
async def test_method_path_and_type(
    storage: Storage, bot: AssemblyBot, method: str, path: str, content_type: str, status: int
) -> None:
    """Only a JSON body that is posted to the webhook's path, or to what a proxy leaves of it, is let in."""
    async with hooked(storage, bot, Notebook().note) as hook:
        headers = {SECRET_HEADER: SECRET, "Content-Type": content_type, "X-Forwarded-Prefix": "/alv"}
        url = f"http://{HOST}:{hook.port}{path}"
        async with hook.telegram.session.request(method, url, data=b'{"update_id": 7}', headers=headers) as response:
            assert response.status == status
            assert "location" not in response.headers


@ON_SQLITE
async def test_storage_away(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be stored is to be sent again; the press is told so once, and is recorded once when it works."""
    write, away = storage.write, True

    async def unsure(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as Storage.write
        if away:
            raise StorageUnavailable("away")
        return await write(*args, **kwargs)

    (press,) = await pressed(sim, bot, anna, "stem")
    monkeypatch.setattr(storage, "write", unsure)
    async with hooked(storage, bot, Notebook().note) as hook:
        for _ in range(2):
            reply = await hook.telegram.post(press)
            assert (reply.status, reply.headers["Retry-After"]) == (503, "5")
        (told,) = await sim.requests("answerCallbackQuery")
        assert told["params"]["text"] == texts.not_stored()
        away = False
        assert (await hook.telegram.post(press)).status == 200
    assert await stored(storage) == ["stem"]


async def test_same_update_twice_at_once(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """Sent again while it is still in hand, an update has one effect and each delivery its answer."""
    arrived, going_on = asyncio.Event(), asyncio.Event()
    notebook = Notebook()

    async def handler(update: Update, context: AssemblyContext) -> None:
        arrived.set()
        await going_on.wait()
        await notebook.note(update, context)

    (press,) = await pressed(sim, bot, anna, "stem")
    async with hooked(storage, bot, handler) as hook:
        first = asyncio.create_task(hook.telegram.post(press))
        await arrived.wait()
        again = asyncio.create_task(hook.telegram.post(press))
        await asyncio.sleep(0)
        going_on.set()
        replies = [(await first), (await again)]
    assert [reply.method["text"] for reply in replies] == ["Vastgelegd", texts.already_handled()]
    assert await stored(storage) == ["stem"]


@ON_SQLITE
async def test_answer_rides_in_the_response(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json
) -> None:
    """The answer to a press is the body, in the Bot API's form, and no request is made for it."""
    (press,) = await pressed(sim, bot, anna, "stem")
    async with hooked(storage, bot, Notebook().note) as hook:
        reply = await hook.telegram.post(press)
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.method == {
        "method": "answerCallbackQuery",
        "callback_query_id": press["callback_query"]["id"],
        "text": "Vastgelegd",
        "show_alert": False,
    }
    assert await sim.requests("answerCallbackQuery") == []


@ON_SQLITE
async def test_empty_answer(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """An answer that says nothing still ends the waiting, and has no more parameters than it needs."""

    async def handler(_update: Update, context: AssemblyContext) -> None:
        await context.answer()

    (press,) = await pressed(sim, bot, anna, "stem")
    async with hooked(storage, bot, handler) as hook:
        reply = await hook.telegram.post(press)
    assert reply.method == {"method": "answerCallbackQuery", "callback_query_id": press["callback_query"]["id"]}


@ON_SQLITE
@pytest.mark.parametrize("fails", [False, True])
async def test_answers_keep_their_order(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, *, fails: bool
) -> None:
    """Where a second answer follows, also because the handler failed, both go by request, the first one first."""

    async def handler(_update: Update, context: AssemblyContext) -> None:
        await context.answer("eerst")
        if fails:
            raise LookupError
        await context.answer("daarna", alert=True)

    (press,) = await pressed(sim, bot, anna, "stem")
    async with hooked(storage, bot, handler) as hook:
        reply = await hook.telegram.post(press)
    assert (reply.status, reply.body) == (200, b"")
    told = [entry["params"].get("text") for entry in await sim.requests("answerCallbackQuery")]
    assert told == ["eerst", not_handled_text(storage.association) if fails else "daarna"]


@ON_SQLITE
async def test_side_by_side_each_response_carries_its_own(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json
) -> None:
    """However many presses are in hand, each response answers the press that came with its request."""
    berta = await sim.user("Berta")
    await sim.start(berta)
    await pressed(sim, bot, anna, "a1", "a2")
    presses = await pressed(sim, bot, berta, "b1", "b2")

    async def handler(update: Update, context: AssemblyContext) -> None:
        await context.write(store, said_in(update))
        await context.answer(said_in(update))

    async with hooked(storage, bot, handler) as hook:
        replies = await asyncio.gather(*(hook.telegram.post(press) for press in presses))
    assert [reply.method["text"] for reply in replies] == [press["callback_query"]["data"] for press in presses]
    assert [reply.method["callback_query_id"] for reply in replies] == [
        press["callback_query"]["id"] for press in presses
    ]


@ON_SQLITE
async def test_too_many_in_hand(storage: Storage, bot: AssemblyBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a number in hand an update is put off, and taken when there is room."""
    monkeypatch.setattr(receiving, "MAXIMUM_IN_HAND", 1)
    arrived, going_on = asyncio.Event(), asyncio.Event()

    async def handler(_update: Update, _context: AssemblyContext) -> None:
        arrived.set()
        await going_on.wait()

    async with hooked(storage, bot, handler) as hook:
        first = asyncio.create_task(hook.telegram.post(message(1, "een")))
        await arrived.wait()
        busy = await hook.telegram.post(message(2, "twee", sender=12))
        assert (busy.status, busy.headers["Retry-After"]) == (503, "1")
        going_on.set()
        assert (await first).status == 200
        assert (await hook.telegram.post(message(2, "twee", sender=12))).status == 200


@ON_SQLITE
async def test_stop_finishes_what_is_in_hand(storage: Storage, bot: AssemblyBot) -> None:
    """At the end nobody is let in any more; what is in hand is stored and answered."""
    arrived, going_on = asyncio.Event(), asyncio.Event()
    notebook = Notebook()

    async def handler(update: Update, context: AssemblyContext) -> None:
        arrived.set()
        await going_on.wait()
        await notebook.note(update, context)

    async with hooked(storage, bot, handler) as hook:
        idle = asyncio.create_task(hook.talk())
        in_hand = asyncio.create_task(hook.telegram.post(message(1, "een")))
        await arrived.wait()
        ending = asyncio.create_task(hook.server.finish())
        assert await idle == b""
        with pytest.raises(ClientConnectorError):
            await hook.telegram.post(message(2, "twee"))
        assert not ending.done()
        going_on.set()
        assert (await in_hand).status == 200
        await ending
    assert await stored(storage) == ["een"]


async def test_health_and_readiness(storage: Storage, bot: AssemblyBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process tells that it lives and which parts are ready, also while the database is away, and nothing else."""
    monkeypatch.setattr("bot.readiness.FRESH_SECONDS", 0.0)
    async with hooked(storage, bot, refuse) as hook:
        for path in ("/../health", "/../../health"):
            alive = await hook.telegram.get(path)
            assert (alive.status, alive.body) == (200, b'{"alive":true}')
        waiting = await hook.telegram.get("/../../ready")
        assert (waiting.status, waiting.body) == (503, b'{"database":true,"telegram":false,"webhook":false}')
        hook.readiness.telegram = hook.readiness.webhook = True
        ready = await hook.telegram.get("/../ready")
        assert (ready.status, ready.body) == (200, b'{"database":true,"telegram":true,"webhook":true}')
        assert set(ready.headers) == {"Cache-Control", "Content-Length", "Content-Type"}

        async def away(*_args: object) -> None:
            raise StorageUnavailable("away")

        monkeypatch.setattr(storage, "read", away)
        lost = await hook.telegram.get("/../ready")
        assert (lost.status, lost.body) == (503, b'{"database":false,"telegram":true,"webhook":true}')
        assert (await hook.telegram.get("/../health")).status == 200


@ON_SQLITE
async def test_asking_often_whether_it_is_ready_costs_nothing(
    storage: Storage, bot: AssemblyBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often anybody asks, the database is asked once in a while, and one that hangs is not waited for."""
    looks = 0

    async def hanging(*_args: object) -> None:
        nonlocal looks
        looks += 1
        await asyncio.Event().wait()

    monkeypatch.setattr(storage, "read", hanging)
    monkeypatch.setattr("bot.readiness.PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr("bot.readiness.FRESH_SECONDS", 60.0)
    async with hooked(storage, bot, refuse) as hook:
        replies = await asyncio.gather(*(hook.telegram.get("/../ready") for _ in range(20)))
    assert {reply.status for reply in replies} == {503}
    assert looks == 1
