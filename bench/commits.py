"""Votes per second through ``storage.Storage.write``: a commit for each beside shared commits, on both databases.

A vote-like write is the done-key of its update and the ballot of its seat, on disk when it returns; 1, 32 or 512 of
them wait at a time. The bare driver in a plain loop, with a commit for each vote and with one for 32, shows what there
is to win. The contenders take turns, so that a busy moment of the machine hits all of them; medians are compared.
"""

import argparse
import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import asyncpg

from assembly.agenda import ItemKind, ParsedItem
from assembly.association import Association
from assembly.members import Member, Person
from assembly.motions import Ballot, Question
from assembly.options import joined
from assembly.statutes import Statutes
from assembly.tally import Choice, Seat
from storage import migrate
from storage.clock import SystemClock
from storage.embedded import embedded_postgres
from storage.engine import Storage
from storage.unit import Origin, Unit

BOT_ID = 1
WAITING = (1, 32, 512)
"""Writers at once: somebody alone, the members of one assembly who press in the same moment, and a storm."""

SEATS = max(WAITING)
BARE_SHARING = 32
"""Votes that the bare driver puts into one transaction where it shares."""

DONE_KEY = "INSERT INTO done_updates (bot_id, update_id, done_at) VALUES ({}, {}, {}) ON CONFLICT DO NOTHING"
BALLOT = (
    "INSERT INTO ballots (motion_id, member_id, choice, person_id, cast_at, update_id) VALUES ({}, {}, {}, {}, {}, {})"
    " ON CONFLICT (motion_id, member_id) DO UPDATE SET choice = excluded.choice, person_id = excluded.person_id,"
    " cast_at = excluded.cast_at, update_id = excluded.update_id"
)

_UPDATES = count(1)


@dataclass(frozen=True)
class Electorate:
    """An open motion with the members that may vote and the person who votes for all of them."""

    motion_id: int
    member_ids: tuple[int, ...]
    person_id: int

    def ballot(self) -> Ballot:
        """Return the next press: each member in turn, with a choice that changes."""
        update_id = next(_UPDATES)
        member_id = self.member_ids[update_id % len(self.member_ids)]
        choice = tuple(Choice)[update_id % len(Choice)]
        return Ballot(self.motion_id, member_id, (choice,), self.person_id, datetime.now(UTC), update_id)


async def open_motion(unit: Unit) -> Electorate:
    """Store an assembly with an open motion."""
    person_id = await unit.people.save(Person(0, "Vertegenwoordiger", "portefeuillehouder"))
    member_ids = [await unit.members.save(Member(0, f"lid-{n}", f"Lid {n}")) for n in range(SEATS)]
    meeting_id = await unit.meetings.add("ALV", unit.now + timedelta(days=30), "", "")
    if meeting_id is None:
        raise RuntimeError("the database is not empty")
    await unit.meetings.set_agenda(meeting_id, [ParsedItem("1", "Begroting", ItemKind.DECISION, ())])
    (item,) = await unit.meetings.items(meeting_id)
    seats = [Seat(member_id, 1, person_id) for member_id in member_ids]
    motion_id = await unit.motions.add(item, Question("Besluit", Statutes().majority), seats, person_id)
    return Electorate(motion_id, tuple(member_ids), person_id)


async def cast(unit: Unit, ballot: Ballot) -> None:
    """Store one ballot; ``Storage.write`` adds the done-key."""
    await unit.motions.cast(ballot)


def through_storage(storage: Storage, electorate: Electorate, writers: int) -> Callable[[int], Awaitable[None]]:
    """Return the house's own way, with so many writers at once."""

    async def write(votes: int) -> None:
        for _ in range(votes):
            ballot = electorate.ballot()
            await storage.write(cast, ballot, origin=Origin(BOT_ID, ballot.update_id))

    async def run(votes: int) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(writers):
                group.create_task(write(votes // writers))

    return run


@contextmanager
def bare_sqlite(file: Path, electorate: Electorate) -> Iterator[Callable[[int, int], Awaitable[None]]]:
    """Yield Python's own driver in a plain loop, as durable as the house is: (votes, votes in a transaction)."""
    done_key, ballot_row = DONE_KEY.format(*"???"), BALLOT.format(*"??????")
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 5000"):
            connection.execute(f"PRAGMA {pragma}")

        async def run(votes: int, sharing: int) -> None:
            for _ in range(votes // sharing):
                connection.execute("BEGIN IMMEDIATE")
                for _ in range(sharing):
                    b = electorate.ballot()
                    at, choice = b.cast_at.isoformat(" "), joined(b.selection)
                    connection.execute(done_key, (BOT_ID, b.update_id, at))
                    connection.execute(ballot_row, (b.motion_id, b.member_id, choice, b.person_id, at, b.update_id))
                connection.execute("COMMIT")

        yield run


@asynccontextmanager
async def bare_postgres(url: str, electorate: Electorate) -> AsyncIterator[Callable[[int, int], Awaitable[None]]]:
    """Yield asyncpg in a plain loop: (votes, votes in a transaction)."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        done_key = await connection.prepare(DONE_KEY.format("$1", "$2", "$3"))
        ballot_row = await connection.prepare(BALLOT.format("$1", "$2", "$3", "$4", "$5", "$6"))

        async def run(votes: int, sharing: int) -> None:
            for _ in range(votes // sharing):
                async with connection.transaction():
                    for _ in range(sharing):
                        b = electorate.ballot()
                        await done_key.fetch(BOT_ID, b.update_id, b.cast_at)
                        cast = b.motion_id, b.member_id, joined(b.selection), b.person_id, b.cast_at, b.update_id
                        await ballot_row.fetch(*cast)

        yield run
    finally:
        await connection.close()


async def measure(contenders: dict[str, Callable[[int], Awaitable[None]]], votes: int, rounds: int) -> dict[str, float]:
    """Return each contender's median of votes per second over ``rounds`` in which all take turns."""
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            started = time.perf_counter()
            await run(votes)
            rates[name].append(votes / (time.perf_counter() - started))
    return {name: median(measured) for name, measured in rates.items()}


async def compare(database: str, url: str, file: Path | None, votes: int, rounds: int) -> None:
    """Measure one database and print a line for each contender; ``file`` is SQLite's."""
    await migrate.upgrade(url)
    association = Association("Bench")
    async with AsyncExitStack() as stack:
        apart = await stack.enter_async_context(Storage.open(url, association, SystemClock(), sharing=1))
        electorate = await apart.write(open_motion)
        bare = (
            stack.enter_context(bare_sqlite(file, electorate))
            if file
            else await stack.enter_async_context(bare_postgres(url, electorate))
        )
        shared = await stack.enter_async_context(Storage.open(url, association, SystemClock()))
        driver = "sqlite3" if file else "asyncpg"
        contenders: dict[str, Callable[[int], Awaitable[None]]] = {
            f"{driver}, a commit each": lambda votes: bare(votes, 1),
            f"{driver}, a commit for {BARE_SHARING}": lambda votes: bare(votes, BARE_SHARING),
        }
        for waiting in WAITING:
            contenders[f"storage, {waiting} waiting, a commit each"] = through_storage(apart, electorate, waiting)
            contenders[f"storage, {waiting} waiting, shared commits"] = through_storage(shared, electorate, waiting)
        rates = await measure(contenders, votes, rounds)
    base = next(iter(rates.values()))
    for name, rate in rates.items():
        print(f"{database:<12}{name:<40}{rate:>8,.0f} votes/s{rate / base:>8.2f}")


def main() -> None:
    """Measure both databases."""
    parser = argparse.ArgumentParser(prog="python -m bench.commits", description=__doc__)
    parser.add_argument("--votes", type=int, default=1024, help="votes in a run; a multiple of 512")
    parser.add_argument("--rounds", type=int, default=7, help="runs of each contender")
    parser.add_argument("--directory", type=Path, help="where the databases stand: the disk that is measured")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="alvbot-bench-", dir=options.directory) as name:
        file = Path(name) / "bench.db"
        asyncio.run(compare("SQLite", f"sqlite+aiosqlite:///{file}", file, options.votes, options.rounds))
        with embedded_postgres(Path(name) / "postgres") as url:
            asyncio.run(compare("PostgreSQL", url, None, options.votes, options.rounds))


if __name__ == "__main__":
    main()
