"""The stage of a rehearsal: what is copied, that the real database is out of its reach, and that nothing stays."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from assembly.association import Association
from assembly.meetings import MeetingState
from assembly.rehearsals import Rehearsal, RehearsalState
from services import convening, sitting
from storage.engine import SchemaMismatch, Storage, UnsuitableDatabase
from storage.engines import parse, sqlite_file
from storage.stages import COPIED, NAME, Stage
from storage.tables import chats, metadata, people
from storage.unit import Unit
from tests.support.assembly import convened, current
from tests.support.clock import TurnableClock
from tests.support.register import OFFICE, Register, filled
from tests.support.tables import Rows, rows_of

EMPTY = frozenset(
    {
        "access_requests",
        "advance_ballots",
        "agenda_changes",
        "attendance",
        "ballots",
        "box_bundles",
        "box_counts",
        "box_voters",
        "boxes",
        "college_decisions",
        "convened",
        "conversations",
        "dead_letters",
        "dispatches",
        "disputes",
        "done_updates",
        "electorate",
        "entries",
        "imports",
        "journal",
        "journal_private",
        "journal_seals",
        "link_failures",
        "member_views",
        "motions",
        "notice_files",
        "notice_receipts",
        "notices",
        "outbox",
        "outcomes",
        "outside_votes",
        "pauses",
        "positions",
        "posted",
        "proxies",
        "proxy_letters",
        "receipts",
        "rectifications",
        "registration_links",
        "rehearsals",
        "reminders",
        "replies",
        "rounds",
        "sheets",
        "statements",
        "turns",
        "uploads",
    }
)


@pytest.fixture
async def register(storage: Storage, clock: TurnableClock) -> Register:
    """Convene a real assembly of three members."""
    register = await filled(storage, "Assen", "Deventer", "Emmen")
    await convened(storage, clock)
    return register


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    """Give the stage beside the database, and leave nothing on it."""
    stage = Stage(database_url)
    yield stage
    await stage.strike()


def test_every_table_has_its_place() -> None:
    """A new table is either copied or empty in a rehearsal; what is copied refers to nothing that is not there."""
    assert set(metadata.tables) == COPIED | EMPTY
    assert not COPIED & EMPTY
    for name in COPIED:
        assert {key.column.table.name for key in metadata.tables[name].foreign_keys} <= COPIED


async def test_played_and_struck(
    storage: Storage,
    stage: Stage,
    register: Register,
    database_url: str,
    association: Association,
    clock: TurnableClock,
) -> None:
    """On the stage the assembly is in draft again and only players have accounts; what is real never changes."""
    players = (register.people["Regiebureau"], register.people["portefeuillehouder Assen"])
    real = await rows_of(database_url)
    await stage.build(storage, Rehearsal(1, 1, RehearsalState.BEGUN, players, ()))
    async with stage.open(replace(association, rehearsal=1), clock) as played:
        meeting = await current(played)
        assert (meeting.id, meeting.state, meeting.convened_at) == (1, MeetingState.DRAFT, None)
        accounts = {OFFICE, register.representative("Assen")}
        assert await played.read(_accounts) == (accounts, set())
        carried = await played.read(_carried)
        assert carried[register.members["Assen"]] == (players[1],)
        dealt = [set(carried[register.members[name]]) & set(players) for name in ("Deventer", "Emmen")]
        assert dealt == [{players[0]}, {players[1]}]
        assert {name for name, rows in (await _rows(played)).items() if rows} <= COPIED
        await played.write(convening.convene, OFFICE, meeting.id, None)
        await played.write(sitting.open_meeting, OFFICE, meeting.id)
        assert {row for row in (await _rows(played))["outbox"] if row[1] not in accounts} == set()
        await played.write(_add_person)
        assert (await current(storage)).state is MeetingState.CONVENED
    assert await rows_of(database_url) == real
    await stage.build(storage, Rehearsal(2, 1, RehearsalState.BEGUN, players, ()))  # what was played is gone
    async with stage.open(replace(association, rehearsal=2), clock) as again:
        assert (await current(again)).state is MeetingState.DRAFT
    await stage.strike()
    assert await _is_there(database_url) is False
    assert await rows_of(database_url) == real
    with pytest.raises(SchemaMismatch):
        async with stage.open(association, clock):
            pass
    await stage.strike()  # twice is no harm


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_nothing_else_is_ever_struck(storage: Storage, database_url: str, register: Register) -> None:
    """A schema that merely bears the name is left alone, and so is the real one, wherever it is."""
    players = (register.people["Regiebureau"],)
    engine = create_async_engine(database_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.exec_driver_sql(f"CREATE SCHEMA {NAME}")
        await connection.exec_driver_sql(f"CREATE TABLE {NAME}.precious (id int)")
        try:
            for use in (Stage(database_url).strike(), _built(database_url, storage, players)):
                with pytest.raises(UnsuitableDatabase):
                    await use
            await connection.exec_driver_sql(f"SELECT id FROM {NAME}.precious")
        finally:
            await connection.exec_driver_sql(f"DROP SCHEMA {NAME} CASCADE")
    with pytest.raises(UnsuitableDatabase):
        Stage(f"{database_url}&schema={NAME}")


async def _built(database_url: str, storage: Storage, players: tuple[int, ...]) -> None:
    await Stage(database_url).build(storage, Rehearsal(1, 1, RehearsalState.BEGUN, players, ()))


async def _accounts(unit: Unit) -> tuple[set[int], set[int]]:
    accounts = (await unit.connection.execute(select(people.c.telegram_id))).scalars()
    groups = (await unit.connection.execute(select(chats.c.chat_id))).scalars()
    return {account for account in accounts if account is not None}, set(groups)


async def _carried(unit: Unit) -> dict[int, tuple[int, ...]]:
    return await unit.people.representatives()


async def _add_person(unit: Unit) -> None:
    """Store a new row under a number that comes after those that were copied."""
    known = {acting.person.id for acting in await unit.people.all()}
    acting = (await unit.people.all())[0]
    assert await unit.people.save(replace(acting.person, id=0, telegram_id=None)) not in known


async def _rows(storage: Storage) -> Rows:
    async def load(unit: Unit) -> Rows:
        return {
            name: [tuple(row) for row in await unit.connection.execute(select(table))]
            for name, table in metadata.tables.items()
        }

    return await storage.read(load)


async def _is_there(database_url: str) -> bool:
    """Whether anything of a stage is beside the database."""
    file = sqlite_file(parse(database_url))
    if file is not None:
        return any(file.parent.glob(f"{file.name}-{NAME}*"))
    engine = create_async_engine(database_url, poolclass=NullPool)
    async with engine.connect() as connection:
        return NAME in await connection.run_sync(lambda sync: inspect(sync).get_schema_names())
