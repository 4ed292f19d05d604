"""Register files as they were read."""

from dataclasses import dataclass

from sqlalchemy import insert, select

from assembly.register_changes import Reading
from assembly.register_file import RegisterFile
from storage.facts import dump, load
from storage.repository import Repository
from storage.tables import imports


@dataclass(frozen=True)
class Import:
    """What stood in a file, and how it is to be taken."""

    file_id: int
    reading: Reading
    contents: RegisterFile


class Imports(Repository):
    """Register files by the id of the file."""

    async def add(self, file_id: int, reading: Reading, contents: RegisterFile) -> None:
        """Store what stood in a file."""
        await self.connection.execute(
            insert(imports).values(file_id=file_id, reading=reading, contents=dump(contents), read_at=self.now)
        )

    async def get(self, file_id: int) -> Import | None:
        """Return what stood in a file, or ``None``."""
        query = select(imports.c.file_id, imports.c.reading, imports.c.contents).where(imports.c.file_id == file_id)
        row = (await self.connection.execute(query)).first()
        return Import(row.file_id, row.reading, load(RegisterFile, row.contents)) if row else None
