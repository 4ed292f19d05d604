"""Three Bot API clients that others wrote, behind one face, so that the same test runs with each."""

import io
import os
from collections.abc import Awaitable
from typing import Any, Protocol

import aiogram
import telebot.asyncio_helper
import telebot.types
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BufferedInputFile
from telebot.async_telebot import AsyncTeleBot
from telebot.asyncio_helper import ApiTelegramException
from telegram.error import TelegramError

from simulator.testing import RunningSimulator

Json = dict[str, Any]

# python-telegram-bot warns of what it will do later; with this it does so now.
os.environ["PTB_TIMEDELTA"] = "true"


class Client(Protocol):
    """What differs between the libraries; ``types`` has their types, ``bot`` their methods."""

    types: Any
    bot: Any

    def __init__(self, sim: RunningSimulator, token: str | None = None) -> None:
        """Make a bot that talks with a simulator; ``token`` defaults to the simulator's bot."""

    async def open(self) -> None:
        """Get ready to send requests."""

    async def close(self) -> None:
        """Close all connections."""

    def file(self, name: str, data: bytes) -> object:
        """Wrap bytes to upload them."""

    def media(self, kind: str, name: str, data: bytes, caption: str | None = None) -> object:
        """Wrap bytes to upload them in an album."""

    def update(self, received: Json) -> Any:  # noqa: ANN401 - the library's own type
        """Read an update that a webhook received."""

    async def download(self, file_id: str) -> bytes:
        """Fetch a file."""

    async def refusal(self, request: Awaitable[object]) -> tuple[str, int | None]:
        """Return the words of a refusal, and what its parameters hold: seconds to wait, or the id of another chat."""


class Ptb(Client):
    """python-telegram-bot's Bot."""

    types: Any = telegram
    bot: Any

    def __init__(self, sim: RunningSimulator, token: str | None = None) -> None:
        self.bot = telegram.Bot(token or sim.token, base_url=sim.bot_api_url, base_file_url=sim.file_url)

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

    def update(self, received: Json) -> Any:  # noqa: ANN401
        """Read an update that a webhook received."""
        return telegram.Update.de_json(received, self.bot)

    async def download(self, file_id: str) -> bytes:
        """Fetch a file."""
        return bytes(await (await self.bot.get_file(file_id)).download_as_bytearray())

    async def refusal(self, request: Awaitable[object]) -> tuple[str, int | None]:
        """Return the words of a refusal, and what its parameters hold."""
        try:
            await request
        except telegram.error.RetryAfter as error:
            wait: Any = error.retry_after
            return error.message, int(wait.total_seconds())
        except telegram.error.ChatMigrated as error:
            return error.message, error.new_chat_id
        except TelegramError as error:
            return error.message, None
        raise AssertionError("the request was not refused")


class Aiogram(Client):
    """aiogram's Bot."""

    types: Any = aiogram.types
    bot: Any

    def __init__(self, sim: RunningSimulator, token: str | None = None) -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(sim.base_url))
        self.bot = aiogram.Bot(token or sim.token, session=session)

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

    def update(self, received: Json) -> Any:  # noqa: ANN401
        """Read an update that a webhook received."""
        return aiogram.types.Update.model_validate(received)

    async def download(self, file_id: str) -> bytes:
        """Fetch a file."""
        stream = await self.bot.download(file_id)
        return bytes(stream.read())

    async def refusal(self, request: Awaitable[object]) -> tuple[str, int | None]:
        """Return the words of a refusal, and what its parameters hold."""
        try:
            await request
        except aiogram.exceptions.TelegramRetryAfter as error:
            return error.message, error.retry_after
        except aiogram.exceptions.TelegramMigrateToChat as error:
            return error.message, error.migrate_to_chat_id
        except TelegramAPIError as error:
            return error.message, None
        raise AssertionError("the request was not refused")


class Telebot(Client):
    """pyTelegramBotAPI's AsyncTeleBot."""

    types: Any = telebot.types
    bot: Any

    def __init__(self, sim: RunningSimulator, token: str | None = None) -> None:
        self.bot = AsyncTeleBot(token or sim.token)
        # Where Telegram is belongs to the whole process in this library.
        places: Any = telebot.asyncio_helper
        places.API_URL = f"{sim.bot_api_url}{{0}}/{{1}}"
        places.FILE_URL = f"{sim.file_url}{{0}}/{{1}}"

    async def open(self) -> None:
        """Get ready to send requests."""
        await self.bot.get_me()

    async def close(self) -> None:
        """Close all connections."""
        await self.bot.close_session()

    def file(self, name: str, data: bytes) -> object:
        """Wrap bytes to upload them."""
        return telebot.types.InputFile(io.BytesIO(data), name)

    def media(self, kind: str, name: str, data: bytes, caption: str | None = None) -> object:
        """Wrap bytes to upload them in an album."""
        wrap: Any = {"document": telebot.types.InputMediaDocument, "photo": telebot.types.InputMediaPhoto}[kind]
        return wrap(self.file(name, data), caption=caption)

    def update(self, received: Json) -> Any:  # noqa: ANN401
        """Read an update that a webhook received."""
        return self.types.Update.de_json(received)

    async def download(self, file_id: str) -> bytes:
        """Fetch a file."""
        file = await self.bot.get_file(file_id)
        return bytes(await self.bot.download_file(file.file_path))

    async def refusal(self, request: Awaitable[object]) -> tuple[str, int | None]:
        """Return the words of a refusal, and what its parameters hold."""
        try:
            await request
        except ApiTelegramException as error:
            parameters = error.result_json.get("parameters", {})
            return error.description, next(iter(parameters.values()), None)
        raise AssertionError("the request was not refused")


CLIENTS: dict[str, type[Client]] = {"ptb": Ptb, "aiogram": Aiogram, "telebot": Telebot}


def keyboard(client: Client, *rows: list[tuple[str, str]]) -> object:
    """Make an inline keyboard of (label, callback data) buttons."""
    button, markup = client.types.InlineKeyboardButton, client.types.InlineKeyboardMarkup
    return markup(inline_keyboard=[[button(text=label, callback_data=data) for label, data in row] for row in rows])


async def words_of(client: Client, request: Awaitable[object]) -> str:
    """Return the words in which a request is refused, in lower case and without the prefixes of whoever says it."""
    words = (await client.refusal(request))[0].lower()
    for prefix in ("telegram server says - ", "bad request: ", "forbidden: ", "conflict: "):
        words = words.removeprefix(prefix)
    return words
