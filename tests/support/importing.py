"""Register files that the secretariat sends, for tests of services."""

from itertools import count
from typing import Any

from assembly.errors import Refusal
from assembly.facts.register import ImportPart, RegisterPreview, RegisterPreviewRef
from assembly.register_file import read_register
from assembly.tables import read_csv
from services import files, members, register, register_taking
from storage.engine import Storage
from tests.support.assembly import sends
from tests.support.register import OFFICE

_NUMBERS = count(1)
HEADER = "lid;code;inwonertal;stemmen;vanaf;tot;naam;functie;rol;e-mail"


async def read_in(storage: Storage, *rows: str, elections: bool = False, by: int = OFFICE) -> int:
    """Let the secretariat send a file with these rows under the header; return the file's id."""
    await storage.write(register.ask_elections if elections else members.open_list, by)
    await sends(storage, by, f"leden-{next(_NUMBERS)}.csv")
    file = (await storage.read(files.wanted, 10))[-1]
    content = "\n".join([HEADER, *rows]).encode()
    await storage.write(files.store_content, file.id, content, read_register(read_csv(content)))
    return file.id


async def previewed(storage: Storage, file_id: int, part: ImportPart = ImportPart.CHANGES, page: int = 0) -> Any:  # noqa: ANN401 - what is shown may be errors
    """Return what the secretariat sees of the file."""
    office = await storage.read(lambda unit: unit.people.acting(OFFICE))
    assert office is not None
    return await storage.read(register.load_preview, RegisterPreviewRef(file_id, office.person.id, part, page))


async def take_over(
    storage: Storage, file_id: int, part: ImportPart = ImportPart.CHANGES, *, mark: int | None = None, by: int = OFFICE
) -> Refusal | None:
    """Let the secretariat take a part of the file over, as it is shown or under an earlier ``mark``."""
    if mark is None:
        shown = await previewed(storage, file_id, part)
        assert isinstance(shown, RegisterPreview)
        mark = shown.mark
    refusal: Refusal | None = await storage.write(register_taking.apply_register, by, file_id, part, mark, None)
    return refusal


async def import_rows(storage: Storage, *rows: str) -> None:
    """Read rows in and take them over."""
    assert await take_over(storage, await read_in(storage, *rows)) is None
