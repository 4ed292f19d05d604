"""Two Bot API clients behind one face, so that the same test runs with both."""

from collections.abc import Awaitable
from typing import Any

import aiogram
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BufferedInputFile
from telegram.error import TelegramError

from simulator.testing import RunningSimulator


class Ptb:
    """python-telegram-bot's Bot."""

    types: Any = telegram

    def __init__(self, sim: RunningSimulator, token: str | None = None) -> None:
        """Make a bot that talks with a simulator; ``token`` defaults to the simulator's bot."""
        self.bot: Any = telegram.Bot(token or sim.token, base_url=sim.bot_api_url, base_file_url=sim.file_url)

    async def open(self) -> None:
        """Get ready to send requests."""
        await self.bot.initialize()

    async def close(self) -> None:
        """Close all connections."""
        await self.bot.shutdown()

    def file(self, name: str, data: bytes) -> object:
        """Wrap bytes to upload them."""
        return telegram.InputFile(data, filename=name)

    def media(self, kind: str, name: str, data: bytes, caption: str | None = None) -> object:
        """Wrap bytes to upload them in an album."""
        wrap = {"document": telegram.InputMediaDocument, "photo": telegram.InputMediaPhoto}[kind]
        return wrap(data, caption=caption, filename=name)

    async def download(self, file_id: str) -> bytes:
        """Fetch a file."""
        return bytes(await (await self.bot.get_file(file_id)).download_as_bytearray())

    async def words_of(self, request: Awaitable[object]) -> str:
        """Return the words in which a request is refused, in lower case and without a prefix."""
        try:
            await request
        except TelegramError as error:
            return _bare(error.message)
        raise AssertionError("the request was not refused")


class Aiogram:
    """aiogram's Bot."""

    types: Any = aiogram.types

    def __init__(self, sim: RunningSimulator, token: str | None = None) -> None:
        """Make a bot that talks with a simulator; ``token`` defaults to the simulator's bot."""
        session = AiohttpSession(api=TelegramAPIServer.from_base(sim.base_url))
        self.bot: Any = aiogram.Bot(token or sim.token, session=session)

    async def open(self) -> None:
        """Get ready to send requests."""
        await self.bot.get_me()

    async def close(self) -> None:
        """Close all connections."""
        # AiohttpSession.close() also sleeps a quarter of a second, for the sake of TLS that is not used here.
        await (await self.bot.session.create_session()).close()

    def file(self, name: str, data: bytes) -> object:
        """Wrap bytes to upload them."""
        return BufferedInputFile(data, name)

    def media(self, kind: str, name: str, data: bytes, caption: str | None = None) -> object:
        """Wrap bytes to upload them in an album."""
        wrap: Any = {"document": aiogram.types.InputMediaDocument, "photo": aiogram.types.InputMediaPhoto}[kind]
        return wrap(media=self.file(name, data), caption=caption)

    async def download(self, file_id: str) -> bytes:
        """Fetch a file."""
        stream = await self.bot.download(file_id)
        return bytes(stream.read())

    async def words_of(self, request: Awaitable[object]) -> str:
        """Return the words in which a request is refused, in lower case and without a prefix."""
        try:
            await request
        except TelegramAPIError as error:
            return _bare(error.message)
        raise AssertionError("the request was not refused")


Client = Ptb | Aiogram
CLIENTS: dict[str, type[Client]] = {"ptb": Ptb, "aiogram": Aiogram}


def keyboard(client: Client, *rows: list[tuple[str, str]]) -> object:
    """Make an inline keyboard of (label, callback data) buttons."""
    button, markup = client.types.InlineKeyboardButton, client.types.InlineKeyboardMarkup
    return markup(inline_keyboard=[[button(text=label, callback_data=data) for label, data in row] for row in rows])


def _bare(words: str) -> str:
    lowered = words.lower()
    for prefix in ("telegram server says - ", "bad request: ", "forbidden: ", "conflict: "):
        lowered = lowered.removeprefix(prefix)
    return lowered
