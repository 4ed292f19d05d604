"""Files that were made here and that Telegram has: each is uploaded once, and sent by its file id from then on."""

from storage.unit import Unit


async def known_upload(unit: Unit, key: str) -> str | None:
    """Return the file id under which Telegram has the file of that key, or ``None``."""
    return await unit.uploads.get(key)


async def remember_upload(unit: Unit, key: str, telegram_file_id: str) -> None:
    """Note under which file id Telegram has a file that was made here."""
    await unit.uploads.remember(key, telegram_file_id)
