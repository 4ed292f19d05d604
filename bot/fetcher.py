"""Fetches the bytes of documents that people sent, outside any transaction, after the message was taken in.

Registers and agendas are read here as well: that may take seconds, in which no transaction may wait.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from assembly.errors import FileRefused
from assembly.files import DOWNLOAD_LIMIT
from assembly.register_file import RegisterFile
from bot.contents.agendas import read_agenda_text
from bot.contents.tables import read_register_file
from bot.logs import where
from bot.waiting import Backoff, pause, seconds_of, wait_for_any
from services.agenda import PURPOSE as AGENDA
from services.files import REGISTERS, WantedFile, fetch_failed, refuse_content, store_content, wanted
from storage.engine import Storage, StorageUnavailable

AT_ONCE = 4
DOWNLOAD_SECONDS = 120.0
LOOK_SECONDS = 5.0
"""A document usually comes with an answer, whose commit wakes the fetcher; this is for one that does not."""

BREATH = 0.1
"""Seconds between two looks that found nothing: in a vote there is a commit every few milliseconds, and no document."""

READERS: dict[str, Callable[[bytes], Awaitable[RegisterFile | str]]] = {
    **dict.fromkeys(REGISTERS, read_register_file),
    AGENDA: read_agenda_text,
}
"""What is read in the bytes of a document, by what it was sent for."""

_log = structlog.stdlib.get_logger(__name__)


class Fetcher:
    """Downloads what is wanted, the oldest first."""

    def __init__(self, storage: Storage, bot: Bot) -> None:
        self._storage = storage
        self._bot = bot
        self._wake = asyncio.Event()
        storage.on_commit(self._wake.set)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set. Raises ``InvalidToken``."""
        backoff = Backoff()
        while not stop.is_set():
            self._wake.clear()
            try:
                files = await self._storage.read(wanted, AT_ONCE)
                for file in files:
                    await self._fetch(file)
            except InvalidToken:
                raise
            except RetryAfter as error:
                _log.warning("Telegram asks for silence", seconds=seconds_of(error))
                await pause(stop, seconds_of(error))
            except (TelegramError, StorageUnavailable) as error:
                _log.warning("documents not fetched", error=where(error))
                await pause(stop, backoff.next())
            except Exception:  # noqa: BLE001 - whatever an answer does to PTB, the process must go on
                _log.exception("answer not understood")
                await pause(stop, backoff.next())
            else:
                backoff.reset()
                if not files:
                    await pause(stop, BREATH)
                    await wait_for_any(stop, self._wake, seconds=LOOK_SECONDS)

    async def _fetch(self, file: WantedFile) -> None:
        """Fetch and store one document, or give it up where another try would not help."""
        try:
            content = await self._download(file)
        except (BadRequest, Forbidden) as error:
            _log.warning("document given up", file_id=file.id, error=str(error))
            await self._storage.write(fetch_failed, file.id, str(error))
            return
        if content is None:
            await self._storage.write(fetch_failed, file.id, f"larger than {DOWNLOAD_LIMIT} bytes")
            return
        await self._store(file, content)

    async def _store(self, file: WantedFile, content: bytes) -> None:
        try:
            reader = READERS.get(file.purpose)
            read = await reader(content) if reader else None
            await self._storage.write(store_content, file.id, content, read)
            _log.info("document fetched", file_id=file.id, size=len(content))
        except FileRefused as refusal:
            await self._storage.write(refuse_content, file.id, refusal)
        except StorageUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - another try would fail too, and hold up all that came after it
            _log.exception("document given up", file_id=file.id)
            await self._storage.write(fetch_failed, file.id, where(error))

    async def _download(self, file: WantedFile) -> bytes | None:
        """Return the bytes; ``None`` where there are more than Telegram lets a bot download."""
        found = await self._bot.get_file(file.telegram_file_id)
        if max(found.file_size or 0, file.size) > DOWNLOAD_LIMIT:
            return None
        return bytes(await found.download_as_bytearray(read_timeout=DOWNLOAD_SECONDS))
