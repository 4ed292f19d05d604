"""The transport speaks with the Bot API, and no error that leaves it holds the token."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.client import AssemblyBot
from bot.transport import NoConnectionError, Transport
from simulator.testing import RunningSimulator

CANARY = "123456:canary-canary-canary-canary-canary1"


@asynccontextmanager
async def serving(answer: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    """Serve every request with ``answer`` and yield the base URL."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def failure(base_url: str, token: str = CANARY) -> TelegramError:
    """Return the error that a bot at ``base_url`` meets, checked for the token in every form in which it is printed."""
    bot = AssemblyBot(token, base_url, answer_seconds=0.3)
    with pytest.raises(TelegramError) as caught:
        await bot.initialize()
    await bot.shutdown()
    error = caught.value
    printed = [str(error), repr(error), repr(bot), *traceback.format_exception(error)]
    assert "canary" not in "".join(printed)
    return error


async def test_methods_with_and_without_files(sim: RunningSimulator, bot: AssemblyBot) -> None:
    """Plain requests, uploads with a name outside ASCII, and downloads arrive byte for byte."""
    anna = await sim.user("Anna")
    await sim.start(anna)
    await bot.send_message(anna["id"], "Welkom, Zoë & co")
    sent = await bot.send_document(anna["id"], b"\x00\xff inhoud", filename="bijlage één 4.bin", caption="Bijlage 4")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("bijlage één 4.bin", 9)
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"\x00\xff inhoud"
    assert (await sim.messages(anna))[-2]["text"] == "Welkom, Zoë & co"


async def test_silence_that_telegram_asks_for(sim: RunningSimulator, bot: AssemblyBot) -> None:
    """A 429 comes out as PTB's RetryAfter."""
    anna = await sim.user("Anna")
    await sim.start(anna)
    await sim.fault("429", "sendMessage", retry_after=7)
    with pytest.raises(RetryAfter):
        await bot.send_message(anna["id"], "Welkom")


async def test_unknown_token() -> None:
    """A token that Telegram does not know is reported as such, without being repeated."""

    async def answer(_request: web.Request) -> web.Response:
        return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)

    async with serving(answer) as url:
        assert isinstance(await failure(url), InvalidToken)


async def test_nobody_listens() -> None:
    """Without a connection it is certain that nothing was sent."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response()

    async with serving(answer) as url:
        pass
    assert isinstance(await failure(url), NoConnectionError)


async def test_no_answer_in_time() -> None:
    """An answer that does not come in time is a timeout, after which the request may have arrived."""

    async def answer(_request: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    async with serving(answer) as url:
        assert isinstance(await failure(url), TimedOut)


async def test_connection_breaks() -> None:
    """A connection that is cut before the answer is a network error, and not one without connection."""

    async def answer(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async with serving(answer) as url:
        error = await failure(url)
    assert isinstance(error, NetworkError)
    assert not isinstance(error, NoConnectionError | TimedOut | BadRequest)


@pytest.mark.parametrize("body", [b"<html>Welcome</html>", b"[]", b"\xff\xfe", b'{"ok": true}', b"[" * 100_000])
async def test_answer_that_is_no_answer(body: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """An answer that cannot be read is a passing error, and is not logged: it may hold people's messages."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(body=body)

    async with serving(answer) as url:
        error = await failure(url)
    assert isinstance(error, NetworkError)
    assert not isinstance(error, BadRequest)
    assert not caplog.records


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 502])
@pytest.mark.parametrize("body", [b"<html>Sign in to the guest network</html>", b"{}", b'{"ok": false, "descr'])
async def test_answer_of_something_on_the_way(status: int, body: bytes) -> None:
    """What a proxy answers says nothing of the token, of a person or of a message: it is an error that passes."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status, body=body)

    async with serving(answer) as url:
        error = await failure(url)
    assert type(error) is NetworkError
    assert "guest" not in str(error)


async def test_too_large_is_permanent() -> None:
    """A 413 will not get better by trying again."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=413)

    async with serving(answer) as url:
        assert isinstance(await failure(url), BadRequest)


async def test_address_that_cannot_be() -> None:
    """Also an impossible address does not bring the token out."""
    assert isinstance(await failure("http://[::1"), NetworkError)


async def test_closed_transport_sends_nothing() -> None:
    """A transport before its start or after its end refuses."""
    transport = Transport(connections=1, read_timeout=1)
    await transport.initialize()
    await transport.initialize()
    await transport.shutdown()
    await transport.shutdown()
    with pytest.raises(NoConnectionError):
        await transport.do_request("http://127.0.0.1/", "GET")


@pytest.mark.parametrize("result", ["{}", "[5]", "null", '[{"message": {}}]'])
async def test_updates_that_are_none(result: str) -> None:
    """An answer to a question for updates that holds something else is an error that passes."""

    async def answer(request: web.Request) -> web.Response:
        me = '{"id": 1, "is_bot": true, "first_name": "Bot", "username": "testbot"}'
        found = me if request.path.endswith("getMe") else result
        return web.Response(text=f'{{"ok": true, "result": {found}}}')

    async with serving(answer) as url, AssemblyBot(CANARY, url) as bot:
        with pytest.raises(NetworkError):
            await bot.raw_updates(0, seconds=0)
