"""Setting up: a place for the database, its schema, and the first person of the secretariat."""

from pathlib import Path

from assembly.members import Role
from bot.complaints import directory_unusable
from services.registration import first_secretariat, make_link
from storage import migrate
from storage.engines import parse, sqlite_file
from storage.unit import Unit


def prepare_directory(database_url: str) -> None:
    """Create the folder of an SQLite database. Raises ``Complaint`` where it cannot be written to."""
    file = sqlite_file(parse(database_url))
    if file is None:
        return
    directory = file.absolute().parent
    try:
        directory.mkdir(parents=True, exist_ok=True)
        _try_to_write(directory)
    except OSError as error:
        raise directory_unusable(directory) from error


def _try_to_write(directory: Path) -> None:
    """Write and remove a file: permissions alone do not tell of a read-only or full disk."""
    trial = directory / ".alvbot-trial"
    trial.write_bytes(b"alvbot")
    trial.unlink()


async def migrate_new(database_url: str) -> None:
    """Give a database without schema one; leave any other as it is."""
    if await migrate.current(database_url) is None:
        await migrate.upgrade(database_url)


async def first_link(unit: Unit, name: str) -> str | None:
    """Return the token of a registration link for the first person of the secretariat.

    Somebody who was set up before and never registered gets a new link, which ends the earlier one. ``None`` when the
    secretariat is registered already: it makes its links in the chat.
    """
    secretariat = await unit.people.holding([Role.SECRETARIAT])
    if any(acting.person.telegram_id is not None for acting in secretariat):
        return None
    if secretariat:
        return await make_link(unit, secretariat[0].person.id)
    return await first_secretariat(unit, name)
