"""A storm of votes end to end over HTTP: a press goes in, its vote is on disk, and the answer comes out.

Everybody presses the first of the seats that it carries in the same moment, and each next one when the answer to the
one before came. Every contender is a process of its own; this process plays Telegram and everybody in it. The latency
is how long the Bot API takes to answer a request. An answer counts where it arrives: by request, or in the response to
the webhook. The contenders take turns, so that a busy moment of the machine hits all of them; medians are compared, and
each vote that was answered must be in the database afterwards. What this bot sends meanwhile is measured with it: the
ballots are redrawn and the turnout goes to the secretariat and a group, within Telegram's limits.

A contender that has not answered everybody after ``--seconds`` is stopped and counts for what it answered until then.
"""

import argparse
import asyncio
import os
import resource
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from math import ceil, inf
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic

import asyncpg

from assembly.association import Association
from bench import electorate, telegram
from bench.electorate import Electorate
from bench.telegram import Storm, Vote
from storage import migrate
from storage.clock import SystemClock
from storage.embedded import embedded_postgres
from storage.engine import Storage

WAYS = ("webhook", "polling")
LATENCIES = (0, 50)
BARE = {"default": "ptb", "concurrent": "ptb-concurrent", "aiogram": "aiogram"}
START_SECONDS = 60.0
STOP_SECONDS = 30.0
SETTLING_SECONDS = 0.5
"""For what else a contender does at its start."""


class Lying(Exception):  # noqa: N818 - reads as what the contender does
    """A vote was answered and is not stored, or refused."""


@dataclass(frozen=True)
class Measured:
    """One run: votes a second, the time from press to answer in seconds, and how busy this process was."""

    rate: float
    p50: float
    p99: float
    driver: float


@dataclass(frozen=True)
class Database:
    """A database with an open vote, of which every run gets a copy. ``fresh`` makes one and returns its URL."""

    name: str
    vote: Electorate
    fresh: Callable[[], Awaitable[str]]


@asynccontextmanager
async def process(
    *command: str, patience: float = STOP_SECONDS, **environment: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a Python module, and stop it at the end as its user would; kill it where that takes too long."""
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", *command),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        env=os.environ | environment,
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.terminate()
            try:
                await asyncio.wait_for(running.wait(), patience)
            except TimeoutError:
                running.kill()
                await running.wait()


def settings(api: str, port: int, way: str, database_url: str) -> dict[str, str]:
    """Return the settings of this bot."""
    webhook = {
        "ALVBOT_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "ALVBOT_WEBHOOK_SECRET": telegram.SECRET,
        "ALVBOT_LISTEN_PORT": str(port),
    }
    return {
        "ALVBOT_TOKEN": telegram.TOKEN,
        "ALVBOT_API_BASE_URL": api,
        "ALVBOT_DATABASE_URL": database_url,
        "ALVBOT_ASSOCIATION_NAME": "Bench",
        **(webhook if way == "webhook" else {}),
    }


async def house(
    vote: Electorate, url: str, way: str, latency_ms: float, seconds: float, program: tuple[str, ...] = ("bot", "run")
) -> Measured:
    """Measure this bot on the database at ``url``. Raises ``Lying`` where what it answered is not there."""
    storm = Storm(vote.buttons)
    measured = await _blow(storm, latency_ms, seconds, lambda _api, _port: program, way, url)
    async with Storage.open(url, Association("Bench"), SystemClock()) as storage:
        check(storm.votes, await storage.read(electorate.stored, vote.motion_id))
    return measured


async def forgetful(vote: Electorate, way: str, latency_ms: float, seconds: float) -> Measured:
    """Measure this bot without its database."""
    storm = Storm(vote.buttons)
    url = "sqlite+aiosqlite:///nowhere.db"
    return await _blow(storm, latency_ms, seconds, lambda _api, _port: ("bench.forgetful",), way, url)


async def bare(kind: str, vote: Electorate, latency_ms: float, seconds: float) -> Measured:
    """Measure a bot of ``bench.bare``."""
    storm = Storm(vote.buttons)
    command = ("bench.bare", kind)
    return await _blow(storm, latency_ms, seconds, lambda api, port: (*command, api, str(port)), patience=0.0)


async def _blow(
    storm: Storm,
    latency_ms: float,
    seconds: float,
    command: Callable[[str, int], tuple[str, ...]],
    way: str = "webhook",
    url: str = "",
    *,
    patience: float = STOP_SECONDS,
) -> Measured:
    """Start a contender and let the storm loose on it."""
    async with telegram.serving(storm, latency_ms / 1000) as api:
        port = _free_port()
        environment = settings(api.url, port, way, url) if url else {}
        async with process(*command(api.url, port), patience=patience, **environment):
            await asyncio.wait_for(api.ready.wait(), START_SECONDS)
            await asyncio.sleep(SETTLING_SECONDS)
            busy, started = _busy(), monotonic()
            api.begin()
            with suppress(TimeoutError):
                await asyncio.wait_for(storm.over.wait(), seconds)
            took = monotonic() - started
            measured = judge(storm.votes, started, took, (_busy() - busy) / took)
    return measured


def judge(votes: Sequence[Vote], started: float, took: float, driver: float = 0.0) -> Measured:
    """Work out a run that ``took`` so many seconds; who still waits for an answer then, waits for ever."""
    if any(vote.refused for vote in votes):
        raise Lying(f"{sum(vote.refused for vote in votes)} votes were refused")
    waits = sorted(inf if vote.answered is None else vote.answered - vote.pressed for vote in votes)
    answered = [vote.answered for vote in votes if vote.answered is not None]
    last = max(answered, default=started + took)
    return Measured(len(answered) / (last - started), _quantile(waits, 0.5), _quantile(waits, 0.99), driver)


def _quantile(values: Sequence[float], share: float) -> float:
    return values[ceil(len(values) * share) - 1]


def check(votes: Sequence[Vote], stored: Mapping[str, int]) -> None:
    """Refuse a run in which a vote was answered that is not stored."""
    lost = [vote.data for vote in votes if vote.answered is not None and vote.data not in stored]
    if lost:
        raise Lying(f"{len(lost)} votes were answered and are not in the database, such as {lost[0]}")


def _busy() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as trial:
        return int(trial.getsockname()[1])


async def _prepared(url: str, voters: int, seats: int) -> Electorate:
    await migrate.upgrade(url)
    async with Storage.open(url, Association("Bench"), SystemClock()) as storage:
        return await storage.write(electorate.assemble, voters, seats)


async def sqlite_database(folder: Path, voters: int, seats: int) -> Database:
    """Make an SQLite database in ``folder``."""
    template, copy = folder / "template.db", folder / "bench.db"
    vote = await _prepared(f"sqlite+aiosqlite:///{template}", voters, seats)

    async def fresh() -> str:
        await asyncio.to_thread(_replace, copy, template)
        return f"sqlite+aiosqlite:///{copy}"

    return Database("sqlite", vote, fresh)


def _replace(file: Path, template: Path) -> None:
    for old in file.parent.glob(f"{file.name}*"):  # its log too
        old.unlink()
    shutil.copy(template, file)


async def postgres_database(url: str, voters: int, seats: int) -> Database:
    """Make a database on the PostgreSQL at ``url``."""

    async def run(*statements: str) -> None:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    def named(name: str) -> str:
        return url.replace("/postgres?", f"/{name}?")

    await run("CREATE DATABASE template")
    vote = await _prepared(named("template"), voters, seats)

    async def fresh() -> str:
        await run("DROP DATABASE IF EXISTS bench", "CREATE DATABASE bench TEMPLATE template")
        return named("bench")

    return Database("postgresql", vote, fresh)


Found = dict[tuple[str, str, int], list[Measured]]
"""The runs of each contender, by its name, its way and the latency in milliseconds."""


async def compare(options: argparse.Namespace, databases: Sequence[Database]) -> Found:
    """Let the contenders take turns, and print a line for each run."""
    found: Found = {}
    vote = databases[0].vote

    def add(name: str, way: str, latency: int, run: Measured) -> None:
        found.setdefault((name, way, latency), []).append(run)
        print(line(name, way, latency, [run]), file=sys.stderr, flush=True)

    for _ in range(options.rounds):
        for latency in options.latency:
            for name, kind in {"itself": "nothing", **BARE}.items():
                add(name, "webhook", latency, await bare(kind, vote, latency, options.seconds))
            for way in options.ways:
                add("no-db", way, latency, await forgetful(vote, way, latency, options.seconds))
                for database in databases:
                    run = await house(database.vote, await database.fresh(), way, latency, options.patience)
                    add(database.name, way, latency, run)
    return found


def report(found: Found, ours: Collection[str]) -> list[str]:
    """Return a line of medians for each contender, with the ratios for those named in ``ours``."""
    lines = []
    for (name, way, latency), runs in found.items():
        told = line(name, way, latency, runs)
        if name in ours:
            others = [(other, "webhook") for other in BARE] + [("no-db", way)]
            told += "".join(
                f"   x-{other} {_middle(runs, 'rate') / _middle(found[other, its_way, latency], 'rate'):.2f}"
                for other, its_way in others
            )
        lines.append(told)
    return lines


def line(name: str, way: str, latency: int, runs: Sequence[Measured]) -> str:
    """Return the medians of ``runs``; how busy this process was says whether it was the bound."""
    return (
        f"{name:<11}{way:<8}{latency:>3}ms {_middle(runs, 'rate'):>7,.0f} votes/s   "
        f"p50 {_middle(runs, 'p50') * 1000:>6,.0f} ms   p99 {_middle(runs, 'p99') * 1000:>6,.0f} ms   "
        f"(bench {_middle(runs, 'driver'):.0%} busy)"
    )


def _middle(runs: Sequence[Measured], name: str) -> float:
    return median(float(getattr(run, name)) for run in runs)


async def measure(options: argparse.Namespace) -> None:
    """Prepare the databases and compare."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="alvbot-bench-", dir=options.directory)))
        databases = []
        if "sqlite" in options.databases:
            databases.append(await sqlite_database(folder, options.voters, options.seats))
        if "postgresql" in options.databases:
            url = stack.enter_context(embedded_postgres(folder / "postgres"))
            databases.append(await postgres_database(url, options.voters, options.seats))
        for told in report(await compare(options, databases), [database.name for database in databases]):
            print(told)


def main() -> None:
    """Measure all contenders."""
    parser = argparse.ArgumentParser(prog="python -m bench.votes", description=__doc__)
    parser.add_argument("--voters", type=int, default=1000, help="people who vote")
    parser.add_argument("--seats", type=int, default=3, help="seats that each of them carries")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each contender")
    parser.add_argument("--latency", type=int, nargs="+", default=LATENCIES, help="milliseconds of the Bot API")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS, help="how updates come to this bot")
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"), default=("sqlite", "postgresql"))
    parser.add_argument("--seconds", type=float, default=4.0, help="how long a bot without database may take")
    parser.add_argument("--patience", type=float, default=120.0, help="how long this bot may take")
    parser.add_argument("--directory", type=Path, help="where the databases stand: the disk that is measured")
    asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
