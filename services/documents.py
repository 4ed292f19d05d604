"""Documents that people send: noted at once, with their bytes fetched later by a job."""

from dataclasses import dataclass

from storage.unit import Unit


@dataclass(frozen=True)
class IncomingFile:
    """A document as Telegram announces it.

    A photo has no ``name``. ``size`` in bytes; ``caption`` may be empty, and ``caption_html`` is the same with its
    formatting.
    """

    telegram_file_id: str
    telegram_unique_id: str
    name: str
    mime_type: str
    size: int
    caption: str
    caption_html: str = ""


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
