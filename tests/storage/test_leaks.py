"""After a secret vote nothing tells who voted what; and the search that finds nothing finds it where it is."""

import secrets
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, insert, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.erasing import erase_traces
from services.interrupting import suspend
from services.slips import confirm_slips
from storage.archive import BackupRefused, Header
from storage.backup import back_up, restore
from storage.engine import Storage
from storage.tables import box_counts, box_voters
from storage.unit import Origin, Unit
from tests.services.test_slips import entered
from tests.support.clock import TurnableClock
from tests.support.databases import Databases, PostgresServer
from tests.support.leaks import (
    Secret,
    in_postgresql_files,
    in_sqlite_files,
    in_tables,
    left_in_postgresql_files,
    left_in_sqlite_files,
    links,
    postgresql_files,
)
from tests.support.sitting import OFFICE_NAME, Evening, open_evening, representative

MEMBERS = tuple(f"Lid {letter}" for letter in "ABCDEFGHIJKL")
CHOICES = ("for", "against", "abstain")
FIRST_UPDATE = 900_001

Cast = Callable[[Evening, int, str, str, int], Awaitable[object]]

anonymous = Table(
    "anonymous_ballots",
    MetaData(),
    Column("key", LargeBinary, primary_key=True),
    Column("motion_id", Integer, nullable=False),
    Column("choice", String(32), nullable=False),
    sqlite_with_rowid=False,
)
"""What one would think of first: a row for each ballot, without a name and under a random key."""


@pytest.fixture
async def database_url(databases: Databases) -> AsyncIterator[str]:
    """Give a database of which the files hold nothing of another test."""
    async with databases.database(fresh=True) as url:
        yield url


async def in_a_box(evening: Evening, motion_id: int, member: str, choice: str, update: int) -> None:
    """Vote as it is done."""
    await evening.cast_secret(motion_id, member, choice, update=update)


async def anonymously(evening: Evening, motion_id: int, member: str, choice: str, update: int) -> None:
    """Note in one transaction that the seat voted and, apart, what was cast."""

    async def cast(unit: Unit) -> None:
        await unit.boxes.cast(motion_id, [evening.register.members[member]], [])
        ballot = {"key": secrets.token_bytes(16), "motion_id": motion_id, "choice": choice}
        await unit.connection.execute(insert(anonymous).values(ballot))

    await evening.storage.write(cast, origin=Origin(1, update))


async def by_roll_call(evening: Evening, motion_id: int, member: str, choice: str, update: int) -> None:
    """Vote by name."""
    await evening.cast(motion_id, member, choice, update=update)


async def voted(
    storage: Storage, clock: TurnableClock, cast: Cast, *, secret: bool = True, slips: int = 0
) -> tuple[Evening, Secret]:
    """Hold a vote in which everybody casts at random, in an order that is nobody's; return what nobody may know.

    The last ones hand ``slips`` in, of which the totals are entered and wait.
    """
    evening = await open_evening(storage, clock, *MEMBERS)
    await evening.arrive(*MEMBERS)
    await storage.scrub()  # so that on SQLite the log holds the vote and nothing older
    motion_id = await evening.put_to_vote(secret=secret)
    dice = Random(secrets.randbits(64))  # noqa: S311 - whoever attacks does not know it
    order = dice.sample(MEMBERS, len(MEMBERS))
    chosen = dice.sample([*CHOICES] * (len(MEMBERS) // len(CHOICES)), len(MEMBERS))
    here = len(order) - slips
    for update, (member, choice) in enumerate(zip(order[:here], chosen, strict=False), start=FIRST_UPDATE):
        await cast(evening, motion_id, member, choice, update)
    if slips:
        await evening.act(suspend, OFFICE_NAME, motion_id)
        totals = " ".join(str(chosen[here:].count(choice)) for choice in CHOICES)
        await entered(evening, motion_id, totals, *order[here:])
    register = evening.register
    ids = [register.members[member] for member in order]
    names = [representative(member) for member in order]
    known = Secret(
        motion_id,
        dict(zip(ids, chosen, strict=True)),
        {register.people[name]: seat for name, seat in zip(names, ids, strict=True)},
        {register.accounts[name]: seat for name, seat in zip(names, ids, strict=True)},
        dict(enumerate(ids, start=FIRST_UPDATE)),
    )
    return evening, known


async def search(url: str, secret: Secret, *more: Table) -> dict[str, Mapping[int, str]]:
    """Return by which ways the votes can be told by whoever holds the disk."""
    traces = await in_tables(url, secret, *more)
    if url.startswith("sqlite"):
        traces += in_sqlite_files(url, secret)
    else:
        traces += in_postgresql_files(await postgresql_files(url), secret)
    return links(secret, traces)


async def left(url: str) -> list[str]:
    """Return where what was chosen still stands, be it in bytes that nothing uses."""
    if url.startswith("sqlite"):
        return left_in_sqlite_files(url, CHOICES)
    return left_in_postgresql_files(await postgresql_files(url), CHOICES)


async def kept(_connection: AsyncConnection, _header: Header) -> None:
    """Finish a restore with nothing."""


async def test_nothing_is_left(
    storage: Storage, database_url: str, databases: Databases, clock: TurnableClock, tmp_path: Path
) -> None:
    """Once the traces are erased no row, place, order or transaction links a seat to a choice, nor does a backup."""
    evening, secret = await voted(storage, clock, in_a_box)
    motion = await evening.end_vote(secret.motion_id)
    assert motion.outcome is not None
    await erase_traces(storage)
    assert await search(database_url, secret) == {}
    assert await left(database_url) == []

    async def rows(unit: Unit) -> tuple[list[int], int]:
        seats = await unit.connection.execute(select(box_voters.c.member_id))
        return list(seats.scalars()), len((await unit.connection.execute(select(box_counts))).all())

    assert await storage.read(rows) == (sorted(secret.cast), 0)
    if database_url.startswith("postgresql"):
        query = text("SELECT count(DISTINCT CAST(xmin AS text)) FROM box_voters")
        assert await storage.read(lambda unit: unit.connection.scalar(query)) == 1
    path = tmp_path / "backup"
    with path.open("wb") as file:
        await back_up(database_url, file, clock.moment)
    async with databases.database(migrated=False) as other:
        await restore(other, path, kept, replace=False)
        assert await search(other, secret) == {}
        assert await left(other) == []


async def test_nothing_is_left_of_slips(
    storage: Storage, database_url: str, clock: TurnableClock, tmp_path: Path
) -> None:
    """Totals that wait are in the box and in nothing else, of which no backup is made; then they are erased with it."""
    evening, secret = await voted(storage, clock, in_a_box, slips=6)
    with (tmp_path / "backup").open("wb") as file, pytest.raises(BackupRefused):
        await back_up(database_url, file, clock.moment)
    bundle = await storage.read(lambda unit: unit.boxes.bundle(secret.motion_id))
    assert bundle is not None
    await evening.act(confirm_slips, "Voorzitter", secret.motion_id, bundle.version)
    assert await left(database_url) != []
    await erase_traces(storage)
    assert await search(database_url, secret) == {}
    assert await left(database_url) == []


async def test_a_box_that_is_not_erased_is_found(storage: Storage, database_url: str, clock: TurnableClock) -> None:
    """The same vote, closed and counted: dead rows or the log tell which counter went up with which seat."""
    evening, secret = await voted(storage, clock, in_a_box)
    await evening.end_vote(secret.motion_id)
    found = await search(database_url, secret)
    assert found["transaction"] == secret.cast
    assert await left(database_url) != []


async def test_anonymous_ballots_are_found(storage: Storage, database_url: str, clock: TurnableClock) -> None:
    """Ballots under random keys lie in the order in which they came, or bear the transaction of their voter."""
    await storage.write(lambda unit: unit.connection.run_sync(anonymous.metadata.create_all))
    _evening, secret = await voted(storage, clock, anonymously)
    if database_url.startswith("sqlite"):
        with closing(sqlite3.connect(str(make_url(database_url).database))) as other:
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the order is enough, without the log
        found = await search(database_url, secret, anonymous)
        assert secret.cast in [told for way, told in found.items() if way.startswith("order of page")]
    else:
        found = await search(database_url, secret, anonymous)
        assert found["transaction"] == secret.cast


async def test_a_roll_call_is_found(storage: Storage, database_url: str, clock: TurnableClock) -> None:
    """Where ballots bear their seat the search reads them, and so it does from the journal's JSON."""
    evening, secret = await voted(storage, clock, by_roll_call, secret=False)
    await evening.end_vote(secret.motion_id)
    found = await search(database_url, secret)
    assert found["row"] == secret.cast
    assert await left(database_url) != []


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_each_half_of_the_erasing_is_needed(storage: Storage, database_url: str, clock: TurnableClock) -> None:
    """Tables that are written anew leave their past in SQLite's log, and a new file alone leaves the counters."""
    evening, secret = await voted(storage, clock, in_a_box)
    await evening.end_vote(secret.motion_id)
    await storage.scrub()
    assert "against" in "".join(await left(database_url))
    await storage.write(lambda unit: unit.boxes.rewrite())
    assert (await search(database_url, secret)) == {}
    assert await left(database_url) != []


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_postgresql_deletes_its_log(
    storage: Storage, postgres_server: PostgresServer, clock: TurnableClock
) -> None:
    """Set as ``docs/running.md`` says, the server has no log of the vote any more once the traces are erased."""
    await postgres_server.run("ALTER SYSTEM SET wal_recycle = off", "SELECT pg_reload_conf()")
    evening, secret = await voted(storage, clock, in_a_box)
    await evening.end_vote(secret.motion_id)
    at_the_end = "SELECT pg_walfile_name(pg_current_wal_insert_lsn())"
    segments = "SELECT name FROM pg_ls_waldir() WHERE name <= :last"

    async def left_until(unit: Unit, last: str) -> list[str]:
        return list((await unit.connection.execute(text(segments), {"last": last})).scalars())

    last = await storage.read(lambda unit: unit.connection.scalar(text(at_the_end)))
    assert last in await storage.read(left_until, last)
    await erase_traces(storage)
    assert await storage.read(left_until, last) == []
