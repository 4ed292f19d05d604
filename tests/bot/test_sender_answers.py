"""Whatever stands in an answer or comes in place of one: the loop goes on, and what is unknown is reported so."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot import sender
from bot.client import AssemblyBot
from bot.rendering import render_row
from storage.engine import Storage
from storage.tables import SendState
from tests.bot.screens import Line
from tests.bot.sending import ON_SQLITE, done, queue, sending

pytestmark = pytest.mark.usefixtures("_test_screens")

Answer = tuple[int, bytes]
OK = b'{"ok": true, "result": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}}'
ME = b'{"ok": true, "result": {"id": 1, "is_bot": true, "first_name": "Bot", "username": "testbot"}}'

STRANGE: tuple[Answer, ...] = (
    (200, b"<html>Welcome</html>"),
    (200, b""),
    (200, b"[]"),
    (200, b'{"ok": true}'),
    (200, b'{"ok": true, "result": true}'),
    (200, b'{"ok": true, "result": {}}'),
    (200, b'{"ok": true, "result": {"message_id": 1, "date": "yesterday", "chat": 5}}'),
    (200, b'{"ok": false, "error_code": 400, "description": "odd"}'),
    (200, OK[:50]),
    (400, b'{"ok": false, "error_code": 400, "description": "odd", "parameters": [1]}'),
    (403, b"<html>Forbidden</html>"),
    (429, b"<html>Too many requests</html>"),
    (500, b'{"ok": false, "error_code": 500, "descr'),
    (502, b"<html>Bad Gateway</html>"),
    (504, b""),
)


@dataclass
class Telegram:
    """Answers each message to a chat with what is planned for that chat, and then well."""

    planned: Mapping[int, tuple[Answer, int]]
    asked: Counter[int] = field(default_factory=Counter)

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one request."""
        if request.path.endswith("getMe"):
            return web.Response(body=ME)
        chat_id = int((await request.json())["chat_id"])
        self.asked[chat_id] += 1
        (status, body), times = self.planned.get(chat_id, ((200, OK), 0))
        if self.asked[chat_id] > times:
            status, body = 200, OK
        return web.Response(status=status, body=body)


@asynccontextmanager
async def speaking_with(telegram: Telegram) -> AsyncIterator[AssemblyBot]:
    """Serve ``telegram`` and connect a bot with it."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", telegram.answer)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        async with AssemblyBot("1:token", f"http://127.0.0.1:{runner.addresses[0][1]}") as bot:
            yield bot
    finally:
        await runner.cleanup()


@ON_SQLITE
async def test_strange_answers_pass(storage: Storage) -> None:
    """After each strange answer the message is tried again, and it is noted that it may be there twice."""
    telegram = Telegram({chat: (answer, 1) for chat, answer in enumerate(STRANGE, start=1)})
    async with speaking_with(telegram) as bot:
        await queue(storage, *((chat, Line("Bericht")) for chat in telegram.planned))
        async with sending(storage, bot):
            deliveries = await done(storage)
    found = {delivery.chat_id: (delivery.state, delivery.may_have_arrived) for delivery in deliveries}
    assert found == dict.fromkeys(telegram.planned, (SendState.SENT, True))
    assert set(telegram.asked.values()) == {2}


@ON_SQLITE
async def test_answers_that_stay_unreadable(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message of which no answer can be understood is not sent for ever, and holds up nobody, not even its chat."""
    monkeypatch.setattr(sender, "delay_after", lambda _attempts: 0.0)
    telegram = Telegram({1: ((200, b'{"ok": true, "result": true}'), 5)})
    async with speaking_with(telegram) as bot:
        await queue(storage, (1, Line("Onleesbaar")), (1, Line("Daarna")), (2, Line("Ander")))
        async with sending(storage, bot):
            unreadable, after, other = await done(storage)
    assert (unreadable.state, unreadable.may_have_arrived) == (SendState.FAILED, True)
    assert unreadable.error is not None
    assert "Telegram" not in unreadable.error
    assert [(row.state, row.may_have_arrived) for row in (after, other)] == [(SendState.SENT, False)] * 2
    assert telegram.asked == {1: 6, 2: 1}


@ON_SQLITE
async def test_given_up_without_an_answer(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message that is given up after an attempt of which nothing is known is not reported as surely missing."""
    monkeypatch.setattr(sender, "MAXIMUM_ATTEMPTS", 1)
    async with speaking_with(Telegram({1: ((502, b"<html>Bad Gateway</html>"), 9)})) as bot:
        await queue(storage, (1, Line("Bericht")))
        async with sending(storage, bot):
            (delivery,) = await done(storage)
    assert (delivery.state, delivery.may_have_arrived) == (SendState.FAILED, True)


@ON_SQLITE
async def test_silence_is_kept_by_what_was_claimed_already(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that was claimed before a 429 came, and is still being drawn, starts no request within the silence."""
    loop = asyncio.get_running_loop()
    silent_from, drawn = asyncio.Event(), asyncio.Event()
    moments: dict[str, float] = {}

    class Strict(Telegram):
        async def answer(self, request: web.Request) -> web.Response:
            if request.path.endswith("sendMessage"):
                text = (await request.json())["text"]
                if text == "Teveel" and "refused" not in moments:
                    await asyncio.wait_for(drawn.wait(), 5)
                    moments["refused"] = loop.time()
                    refusal = b'{"ok": false, "error_code": 429, "description": "", "parameters": {"retry_after": 2}}'
                    loop.call_later(0.2, silent_from.set)
                    return web.Response(status=429, body=refusal)
                moments[text] = loop.time()
            return await super().answer(request)

    async def slow_rendering(*args: Any) -> Any:  # noqa: ANN401 - as render_row
        rendered = await render_row(*args)
        if args[1].chat_id == 2:
            drawn.set()
            await asyncio.wait_for(silent_from.wait(), 5)
        return rendered

    monkeypatch.setattr(sender, "render_row", slow_rendering)
    async with speaking_with(Strict({})) as bot:
        await queue(storage, (1, Line("Teveel")), (2, Line("Geclaimd")))
        async with sending(storage, bot):
            deliveries = await done(storage)
    assert [(row.state, row.may_have_arrived) for row in deliveries] == [(SendState.SENT, False)] * 2
    assert moments["Teveel"] - moments["refused"] >= 2
    assert moments["Geclaimd"] - moments["refused"] >= 2
