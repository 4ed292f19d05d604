"""The database is full, read-only, locked, broken or gone while people press, and then it is well again.

Whoever presses is told that it is not stored yet, nothing is confirmed that is not stored, nobody restarts anything,
and in the end every press is stored exactly once.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from operator import attrgetter
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from pydantic import SecretStr
from sqlalchemy.engine import make_url

from assembly.association import Association
from assembly.tally import Choice
from bot import sender
from bot.app import run
from bot.config import Settings
from bot.waiting import Backoff
from simulator.testing import RunningSimulator
from storage import engines
from storage.engine import Storage
from tests.proof.numbers import chance
from tests.proof.troubles import PostgresTroubles, SqliteTroubles
from tests.proof.votes import Vote, answers, confirms, says_not_stored, unlike_the_log, vote_opened
from tests.support.clock import TurnableClock
from tests.support.databases import PostgresServer
from tests.support.house import Unpaced
from tests.support.waiting import until

MEMBERS = [f"Lid {number}" for number in range(1, 25)]
ENOUGH = 5
"""So many answers are awaited in each part: before the trouble, in it, and when it has lasted for a while."""

WITHIN = 60.0
"""Seconds for each part; it takes two or three."""

_NAME = attrgetter("__name__")


def rarer(*troubles: Callable[..., object]) -> list[ParameterSet]:
    """Leave these troubles to the long proof."""
    return [pytest.param(trouble, marks=pytest.mark.proof) for trouble in troubles]


on_sqlite = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten what takes half a minute in an assembly: the waits for locks, for answers and before the next try."""
    monkeypatch.setattr(Backoff, "next", lambda _: 0.1)
    monkeypatch.setattr(engines, "BUSY_SECONDS", 1)
    monkeypatch.setattr(engines, "ANSWER_SECONDS", 3)
    monkeypatch.setitem(engines._PRAGMAS, "busy_timeout", 20)
    monkeypatch.setitem(engines._PRAGMAS, "cache_size", 10)  # pages; what it remembers, SQLite does not read again
    monkeypatch.setattr(sender, "Pacing", Unpaced)


@asynccontextmanager
async def bot_running(sim: RunningSimulator, url: str, association: Association) -> AsyncIterator[None]:
    """Run the bot on the database at ``url``; it ends in good order."""
    settings = Settings(
        token=SecretStr(sim.token),
        api_base_url=sim.base_url,
        database_url=url,
        clock_url=f"{sim.base_url}/sim/clock",
        association_name=association.name,
        member_article=association.member_article,
    )
    stop = asyncio.Event()
    task = asyncio.create_task(run(settings, stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def lived_through(vote: Vote, trouble: Callable[[], AbstractAsyncContextManager[None]]) -> None:
    """Let people press before, in and after the trouble, until all that they pressed is confirmed to Telegram."""
    queue = vote.sim.world.bot().queue

    async def told(what: Callable[[str], bool], since: int = 0) -> None:
        async def enough() -> bool:
            return sum(what(text) for text in answers(vote.sim.world.log.after(since)).values()) >= ENOUGH

        await until(enough, WITHIN)

    async def all_confirmed() -> bool:
        return len(queue) == 0

    quiet = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        pressing = group.create_task(vote.press_on(chance(), quiet))
        await told(confirms)
        async with trouble():
            await told(says_not_stored)
            since, first = vote.sim.world.log.last, queue.first()[0].id
            await told(says_not_stored, since)
            said = set(answers(vote.sim.world.log.after(since)).values())
            assert all(says_not_stored(text) for text in said), "something was confirmed in the middle of the trouble"
            assert queue.first()[0].id == first, "an update was confirmed to Telegram in the middle of the trouble"
        since = vote.sim.world.log.last
        await told(confirms, since)
        quiet.set()
        await pressing
    await until(all_confirmed, WITHIN)
    await until(vote.shown, WITHIN)


@on_sqlite
@pytest.mark.parametrize(
    "trouble",
    [
        SqliteTroubles.full,
        SqliteTroubles.locked,
        *rarer(SqliteTroubles.read_only, SqliteTroubles.worn_out, SqliteTroubles.forgetful, SqliteTroubles.garbled),
    ],
    ids=_NAME,
)
async def test_sqlite(
    database_url: str,
    association: Association,
    clock: TurnableClock,
    sim: RunningSimulator,
    trouble: Callable[[SqliteTroubles], AbstractAsyncContextManager[None]],
) -> None:
    """What can happen to a file and its disk."""
    vote = await vote_opened(database_url, association, clock, sim, *MEMBERS)
    troubles = SqliteTroubles(Path(str(make_url(database_url).database)))
    with troubles.possible():
        async with bot_running(sim, database_url, association):
            await lived_through(vote, lambda: trouble(troubles))
    async with Storage.open(database_url, association, clock) as storage:
        assert await unlike_the_log(storage, vote) == []


@on_postgresql
@pytest.mark.parametrize(
    "trouble",
    [
        PostgresTroubles.full,
        PostgresTroubles.stopped,
        *rarer(PostgresTroubles.read_only, PostgresTroubles.locked, PostgresTroubles.silent, PostgresTroubles.garbled),
    ],
    ids=_NAME,
)
async def test_postgresql(
    databases: PostgresServer,
    database_url: str,
    association: Association,
    clock: TurnableClock,
    sim: RunningSimulator,
    tmp_path: Path,
    trouble: Callable[[PostgresTroubles], AbstractAsyncContextManager[None]],
) -> None:
    """What can happen to a server and to the way there."""
    vote = await vote_opened(database_url, association, clock, sim, *MEMBERS)
    troubles = PostgresTroubles(databases, database_url, tmp_path)
    async with troubles.possible(), bot_running(sim, troubles.url, association):
        await lived_through(vote, lambda: trouble(troubles))
    async with Storage.open(database_url, association, clock) as storage:
        assert await unlike_the_log(storage, vote) == []


@on_sqlite
@pytest.mark.proof
async def test_folder_moved_away(
    database_url: str, association: Association, clock: TurnableClock, sim: RunningSimulator
) -> None:
    """While the folder has another name, the open file goes along: what is confirmed is in it when it is back."""
    vote = await vote_opened(database_url, association, clock, sim, *MEMBERS)
    troubles = SqliteTroubles(Path(str(make_url(database_url).database)))

    async def pressed(members: Sequence[str]) -> None:
        before = len(answers(vote.entries()))
        for member in members:
            await vote.press(member, Choice.FOR)

        async def answered() -> bool:
            return len(answers(vote.entries())) == before + len(members)

        await until(answered, WITHIN)

    async with bot_running(sim, database_url, association):
        await pressed(MEMBERS[:ENOUGH])
        async with troubles.moved_away():
            await pressed(MEMBERS[ENOUGH : 3 * ENOUGH])
        await pressed(MEMBERS[3 * ENOUGH :])
        await until(vote.shown, WITHIN)
    async with Storage.open(database_url, association, clock) as storage:
        assert await unlike_the_log(storage, vote) == []
