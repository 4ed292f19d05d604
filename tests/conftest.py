"""What every test may ask for: an association, a clock that turns, and a storage on each of the two databases."""

import gc
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
import typst

from assembly.association import Association
from bot import logs
from storage.engine import Storage
from tests.support.clock import TurnableClock
from tests.support.databases import Databases, PostgresServer, SQLiteFolder, migrated_sqlite, running_postgres

LONG = ("test_kills.py", "test_kill.py", "test_histories.py", "test_permissions.py", "test_play.py", "test_backups.py")
"""Files of which one takes as long as a hundred others: first, so that no process is left alone with it at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what takes longest begin first."""
    items.sort(key=lambda item: item.path.name not in LONG)


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what was loaded, and come less often: it took a twelfth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Run one PostgreSQL for the whole session, started when the first test asks for it."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one SQLite file with the schema, to be copied."""
    return migrated_sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Databases:
    """Give fresh databases; a test that asks for one, however indirectly, runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return SQLiteFolder(request.getfixturevalue("sqlite_template"), tmp_path)
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server


@pytest.fixture
async def database_url(databases: Databases) -> AsyncIterator[str]:
    """Give a migrated, empty database."""
    async with databases.database() as url:
        yield url


@pytest.fixture
def clock() -> TurnableClock:
    """Give a clock that stands still on 13 February 2019, 18.00 in Amsterdam."""
    return TurnableClock()


@pytest.fixture
def association() -> Association:
    """Give an association whose members are municipalities."""
    return Association("Coöperatie Voorbeeld U.A.", member_article="de gemeente ")


@pytest.fixture
async def storage(database_url: str, association: Association, clock: TurnableClock) -> AsyncIterator[Storage]:
    """Open a storage on a database of its own."""
    async with Storage.open(database_url, association, clock) as opened:
        yield opened


@pytest.fixture
def typeset(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Collect what is handed to the typesetter, which does its work all the same."""
    handed: list[dict[str, str]] = []
    compiled: Any = typst.compile

    def watched(*args: Any, sys_inputs: dict[str, str], **options: Any) -> Any:  # noqa: ANN401 - handed on
        handed.append(sys_inputs)
        return compiled(*args, sys_inputs=sys_inputs, **options)

    monkeypatch.setattr(typst, "compile", watched)
    return handed


@pytest.fixture
def _restored_logging() -> Iterator[None]:
    """Leave logging as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs._LIBRARIES}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, known in levels.items():
        logging.getLogger(name).setLevel(known)
    structlog.reset_defaults()
