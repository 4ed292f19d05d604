"""Documents: noted when they arrive, fetched by a job, then handed to what they were sent for."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from assembly.errors import FileRefused, Refusal
from assembly.facts.registration import NotUnderstood
from assembly.files import DOWNLOAD_LIMIT
from assembly.members import Acting
from assembly.register_changes import Reading
from assembly.register_file import RegisterFile
from services import agenda, entering, letters, notices, outside_files, paper_cards, papers, register
from services.access import known, require
from services.documents import IncomingFile
from services.telling import tell
from services.texts import receive_other
from storage.files import StoredFile
from storage.unit import Unit


@dataclass(frozen=True)
class WantedFile:
    """A document of which the bytes are to be fetched."""

    id: int
    telegram_file_id: str
    size: int
    purpose: str


RECEIVERS: dict[str, Callable[[Unit, Acting, IncomingFile, Mapping[str, Any]], Awaitable[None]]] = {
    Reading.UPDATE.value: register.receive_update,
    Reading.ELECTIONS.value: register.receive_elections,
    "meeting_title": agenda.receive_agenda_file,
    agenda.PURPOSE: agenda.receive_agenda_file,
    agenda.PREVIEW_STEP: agenda.receive_agenda_file,
    papers.PURPOSE: papers.receive_paper,
    paper_cards.STEP: papers.receive_paper,
    outside_files.PURPOSE: outside_files.receive_paper,
    notices.PURPOSE: notices.receive_notice_file,
    letters.PURPOSE: letters.receive_letter,
    entering.PURPOSE: entering.receive_paper,
}
"""Which service takes a document at each step of a conversation."""

REGISTERS = frozenset(reading.value for reading in Reading)
"""The purposes of which the bytes are a register."""

FETCHED: dict[str, Callable[[Unit, StoredFile, Any], Awaitable[None]]] = {
    Reading.UPDATE.value: register.show_read,
    Reading.ELECTIONS.value: register.show_read,
    agenda.PURPOSE: agenda.read_agenda_file,
    letters.PURPOSE: letters.keep_letter,
    entering.PURPOSE: entering.keep_paper,
}
"""What happens with a document of each purpose once its bytes are here; it gets what was read in them, or the bytes."""


PHOTOGRAPHED = frozenset({letters.PURPOSE, entering.PURPOSE, notices.PURPOSE})
"""The steps that take a photo as well as a document."""


async def receive_photo(unit: Unit, telegram_id: int, photo: IncomingFile) -> None:
    """Take a photo where the sender's step takes one; elsewhere it is no document."""
    acting = await known(unit, telegram_id)
    conversation = await unit.conversations.current(acting.person.id) if acting else None
    if conversation is not None and conversation.step in PHOTOGRAPHED:
        await receive_file(unit, telegram_id, photo)
    else:
        await receive_other(unit, telegram_id)


async def receive_file(unit: Unit, telegram_id: int, file: IncomingFile) -> None:
    """Take a document for what the sender is busy with; refuse one that belongs to nothing."""
    acting = await require(unit, telegram_id)
    if file.size > DOWNLOAD_LIMIT:
        raise FileRefused("size", str(DOWNLOAD_LIMIT // 1_000_000))
    conversation = await unit.conversations.current(acting.person.id)
    receive = RECEIVERS.get(conversation.step) if conversation else None
    if conversation is None or receive is None:
        await tell(unit, acting, NotUnderstood())
        return
    await receive(unit, acting, file, conversation.data)


async def wanted(unit: Unit, limit: int) -> list[WantedFile]:
    """Return the oldest documents of which the bytes are to be fetched."""
    return [
        WantedFile(file.id, file.telegram_file_id, file.size, file.purpose) for file in await unit.files.wanted(limit)
    ]


async def store_content(unit: Unit, file_id: int, content: bytes, read: RegisterFile | str | None = None) -> None:
    """Store the fetched bytes with their SHA-256 and hand them on; a refusal of the contents goes to the sender.

    ``read`` is what was read in them, outside of any transaction, where that is done for what they were sent for.
    """
    file = await unit.files.get(file_id)
    if file is None or file.state != "wanted":
        return
    digest = sha256(content).hexdigest()
    await unit.files.fetched(file_id, content, digest)
    handed_on = FETCHED.get(file.purpose)
    if handed_on is None:
        return
    try:
        fetched = replace(file, state="fetched", size=len(content), sha256=digest)
        await handed_on(unit, fetched, content if read is None else read)
    except Refusal as refusal:
        await _tell_sender(unit, file, refusal)


async def fetch_failed(unit: Unit, file_id: int, error: str) -> None:
    """Give a document up and ask its sender to send it again."""
    file = await unit.files.get(file_id)
    if file is None or file.state != "wanted":
        return
    await unit.files.failed(file_id, error)
    await _tell_sender(unit, file, FileRefused("fetch", file.name))


async def refuse_content(unit: Unit, file_id: int, refusal: FileRefused) -> None:
    """Give a document up whose bytes are not what they should be, and tell its sender why; they are not kept."""
    file = await unit.files.get(file_id)
    if file is None or file.state != "wanted":
        return
    await unit.files.failed(file_id, refusal.reason)
    await _tell_sender(unit, file, refusal)


async def _tell_sender(unit: Unit, file: StoredFile, refusal: Refusal) -> None:
    sender = await unit.people.get(file.sent_by)
    if sender is not None:
        await tell(unit, sender, refusal)
