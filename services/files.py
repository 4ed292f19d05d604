"""Documents: noted when they arrive, fetched by a job, then handed to what they were sent for."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256

from assembly.errors import FileRefused, Refusal
from assembly.facts.registration import NotUnderstood
from services import register
from services.access import require
from services.telling import tell
from storage.files import StoredFile
from storage.unit import Unit

DOWNLOAD_LIMIT = 20_000_000
"""Telegram lets a bot download at most 20 MB."""


@dataclass(frozen=True)
class IncomingFile:
    """A document as Telegram announces it. ``size`` in bytes; ``caption`` may be empty."""

    telegram_file_id: str
    telegram_unique_id: str
    name: str
    mime_type: str
    size: int
    caption: str


@dataclass(frozen=True)
class WantedFile:
    """A document of which the bytes are to be fetched."""

    id: int
    telegram_file_id: str
    size: int


FETCHED: dict[str, Callable[[Unit, StoredFile, bytes], Awaitable[None]]] = {
    register.PURPOSE: register.preview_register,
}
"""What happens with a document of each purpose once its bytes are here."""


async def receive_file(unit: Unit, telegram_id: int, file: IncomingFile) -> None:
    """Take a document for what the sender is busy with; refuse one that belongs to nothing."""
    acting = await require(unit, telegram_id)
    if file.size > DOWNLOAD_LIMIT:
        raise FileRefused("size", str(DOWNLOAD_LIMIT // 1_000_000))
    conversation = await unit.conversations.current(acting.person.id)
    if conversation is None or conversation.step != register.PURPOSE:
        await tell(unit, acting, NotUnderstood())
        return
    await store(unit, acting.person.id, file, register.PURPOSE)
    await register.receive_register(unit, acting, file.name)


async def store(unit: Unit, person_id: int, file: IncomingFile, purpose: str) -> int:
    """Note a document whose bytes are wanted, and return its id."""
    return await unit.files.add(
        telegram_file_id=file.telegram_file_id,
        telegram_unique_id=file.telegram_unique_id,
        name=file.name,
        mime_type=file.mime_type,
        size=file.size,
        purpose=purpose,
        sent_by=person_id,
    )


async def wanted(unit: Unit, limit: int) -> list[WantedFile]:
    """Return the oldest documents of which the bytes are to be fetched."""
    return [WantedFile(file.id, file.telegram_file_id, file.size) for file in await unit.files.wanted(limit)]


async def store_content(unit: Unit, file_id: int, content: bytes) -> None:
    """Store the fetched bytes with their SHA-256 and hand them on; a refusal of the contents goes to the sender."""
    file = await unit.files.get(file_id)
    if file is None or file.state != "wanted":
        return
    await unit.files.fetched(file_id, content, sha256(content).hexdigest())
    fetched = await unit.files.get(file_id)
    handed_on = FETCHED.get(file.purpose)
    if fetched is None or handed_on is None:
        return
    try:
        await handed_on(unit, fetched, content)
    except Refusal as refusal:
        await _tell_sender(unit, file, refusal)


async def fetch_failed(unit: Unit, file_id: int, error: str) -> None:
    """Give a document up and ask its sender to send it again."""
    file = await unit.files.get(file_id)
    if file is None or file.state != "wanted":
        return
    await unit.files.failed(file_id, error)
    await _tell_sender(unit, file, FileRefused("fetch", file.name))


async def _tell_sender(unit: Unit, file: StoredFile, refusal: Refusal) -> None:
    sender = await unit.people.get(file.sent_by)
    if sender is not None:
        await tell(unit, sender, refusal)
