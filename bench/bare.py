"""Bots that answer every press and store nothing, each behind the webhook that its library brings along.

``python -m bench.bare KIND URL PORT``, where the kind is one of ``BOTS``; ``nothing`` is no bot at all: it answers
bytes with bytes, and shows how much the bench itself can bring.
"""

import asyncio
import json
import re
import sys

from bench.telegram import SECRET, TOKEN

NOTED = "Genoteerd."


def ptb(url: str, port: int, *, concurrent: bool = False) -> None:
    """Run python-telegram-bot as it comes."""
    from telegram import Update  # noqa: PLC0415 - each kind loads its own library only
    from telegram.ext import Application, CallbackQueryHandler, ContextTypes  # noqa: PLC0415 - same

    async def answer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.callback_query is not None:
            await update.callback_query.answer(NOTED)

    builder = Application.builder().token(TOKEN).base_url(f"{url}/bot")
    application = builder.concurrent_updates(concurrent_updates=concurrent).build()
    application.add_handler(CallbackQueryHandler(answer))
    application.run_webhook(
        "127.0.0.1", port, "telegram", webhook_url=f"http://127.0.0.1:{port}/telegram", secret_token=SECRET
    )


def ptb_concurrent(url: str, port: int) -> None:
    """Run python-telegram-bot with updates side by side."""
    ptb(url, port, concurrent=True)


def aiogram(url: str, port: int) -> None:
    """Run aiogram as it comes."""
    from aiogram import Bot, Dispatcher  # noqa: PLC0415 - see above
    from aiogram.client.session.aiohttp import AiohttpSession  # noqa: PLC0415 - same
    from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415 - same
    from aiogram.types import CallbackQuery  # noqa: PLC0415 - same; it reads the handler's types
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application  # noqa: PLC0415 - same
    from aiohttp import web  # noqa: PLC0415 - same

    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = Dispatcher()

    @dispatcher.callback_query()
    async def answer(query: CallbackQuery) -> None:
        await query.answer(NOTED)

    @dispatcher.startup()
    async def begin() -> None:
        await bot.set_webhook(f"http://127.0.0.1:{port}/telegram", secret_token=SECRET)

    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(app, "/telegram")
    setup_application(app, dispatcher, bot=bot)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None)


class _Nothing(asyncio.Protocol):
    """Answers each press in the response, without reading more of it than its id."""

    _mark = re.compile(rb"stem-\d{7}")

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - for the type
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        mark = self._mark.search(data)
        if mark is not None:
            method = {"method": "answerCallbackQuery", "callback_query_id": mark[0].decode(), "text": NOTED}
            body = json.dumps(method).encode()
            self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


def nothing(url: str, port: int) -> None:
    """Run no bot at all."""
    from aiohttp import ClientSession  # noqa: PLC0415 - see above

    async def serve() -> None:
        await asyncio.get_running_loop().create_server(_Nothing, "127.0.0.1", port)
        async with ClientSession() as session:
            address = {"url": f"http://127.0.0.1:{port}/telegram"}
            await session.post(f"{url}/bot{TOKEN}/setWebhook", json=address)
        await asyncio.Event().wait()

    asyncio.run(serve())


BOTS = {"ptb": ptb, "ptb-concurrent": ptb_concurrent, "aiogram": aiogram, "nothing": nothing}


def main() -> None:
    """Run until killed."""
    kind, url, port = sys.argv[1:]
    BOTS[kind](url, int(port))


if __name__ == "__main__":
    main()
