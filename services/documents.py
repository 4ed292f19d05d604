"""Documents that people send: noted at once, with their bytes fetched later by a job."""

from dataclasses import dataclass

from assembly.formatting import Entity
from storage.unit import Unit


@dataclass(frozen=True)
class IncomingFile:
    """A document as Telegram announces it.

    ``size`` in bytes; ``caption`` may be empty, and ``entities`` are its formatting. ``picture``: it was sent as a
    photo, and has no ``name``. ``album`` is Telegram's id of what it was sent together with, or empty.
    """

    telegram_file_id: str
    telegram_unique_id: str
    name: str
    mime_type: str
    size: int
    caption: str
    entities: tuple[Entity, ...] = ()
    picture: bool = False
    album: str = ""


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
