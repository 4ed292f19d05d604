"""A notice to many people within Telegram's limits, beside the same through python-telegram-bot's ``AIORateLimiter``.

Simulator and bot are processes of their own. Somebody votes all the while, twice a second, and after a third of the
messages Telegram asks for silence once (429). Everything is measured where it counts: at the simulator's arrival. The
contenders take turns, so that a busy moment of the machine hits both; medians are compared.
"""

import argparse
import asyncio
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from math import ceil
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from assembly.agenda import ItemKind, ParsedItem
from assembly.association import Association
from assembly.formatting import Formatted
from assembly.members import Member, Person, Role, RoleHeld
from assembly.motions import Question
from assembly.notices import Audience, Circle
from assembly.options import Chosen
from assembly.statutes import Statutes
from assembly.tally import Choice, Seat
from bench.crowd import FIRST, TOKEN
from bench.rival import TEXT
from screens.presses import CastBallot
from services import notice_sending, notices
from simulator.client import SimClient
from storage import migrate
from storage.clock import SystemClock
from storage.engine import Storage
from storage.unit import Unit

LIMIT, WINDOW = 30, 1.0
"""Telegram's limit overall: messages in any window of so many seconds."""

WRITING = ("sendMessage", "editMessageText")
PRESS_SECONDS = 0.5
SILENCE = 3
"""Seconds of silence that Telegram asks for in the middle."""

UNDER_WAY = 0.25
"""A request that arrives so soon after a refusal was under way before that could be known."""

LATEST = 60.0
"""Seconds after which a run is given up where nothing arrives any more."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Measured:
    """One run. ``worst``: requests in the worst second; ``rate``: messages a second, less the silence asked for once.

    ``lost``: seconds in which nothing arrived because of a 429; ``early``: requests that were begun during a silence.
    ``answers``: seconds from a press to its answer. ``missing`` and ``twice``: people whom the notice did not reach, or
    reached twice.
    """

    worst: int
    rate: float
    lost: float
    early: int
    answers: tuple[float, ...]
    missing: int
    twice: int

    @property
    def p99(self) -> float:
        """Seconds within which 99 of 100 presses were answered; infinite where one never was."""
        return sorted(self.answers)[ceil(len(self.answers) * 0.99) - 1]


async def crowd(unit: Unit, people: int) -> tuple[int, int]:
    """Register everybody, open a vote for the first of them, and send the notice; return motion and member."""
    everybody = await unit.people.add_all([Person(0, f"Lid {number}", "lid") for number in range(people)])
    member_id = await unit.members.save(Member(0, "lid", "Lid"))
    await unit.people.grant_roles([(person_id, RoleHeld(Role.OBSERVER)) for person_id in everybody])
    await unit.people.grant_role(everybody[0], RoleHeld(Role.REPRESENTATIVE, member_id))
    for number, person_id in enumerate(everybody):
        await unit.people.bind(person_id, FIRST + number)
    meeting_id = await unit.meetings.add("ALV", unit.now + timedelta(days=1), "", "")
    if meeting_id is None:
        raise RuntimeError("the database is not empty")
    await unit.meetings.set_agenda(meeting_id, [ParsedItem("1", "Begroting", ItemKind.DECISION, ())])
    await unit.meetings.convene(meeting_id, None)
    await unit.meetings.open(meeting_id)
    (item,) = await unit.meetings.items(meeting_id)
    seats = [Seat(member_id, 1, everybody[0])]
    motion_id = await unit.motions.add(item, Question("Besluit", Statutes().majority), seats, everybody[0])
    notice_id = await unit.notices.add(everybody[0])
    await unit.notices.set_texts(notice_id, [Formatted(TEXT)])
    await unit.notices.aim(notice_id, Audience(circles=frozenset({Circle.OBSERVERS})))
    await notice_sending.send(unit, await notices.get_notice(unit, notice_id), everybody[0])
    return motion_id, member_id


@asynccontextmanager
async def running(*command: str, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a Python module as a process, and kill it at the end."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", *command),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=os.environ | environment,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@asynccontextmanager
async def house(sim: SimClient, people: int, folder: Path) -> AsyncIterator[str]:
    """Run this bot on a new database in which the notice waits; yield the data of the voter's button."""
    url = f"sqlite+aiosqlite:///{folder / 'bench.db'}"
    (folder / "bench.db").unlink(missing_ok=True)
    await migrate.upgrade(url)
    async with Storage.open(url, Association("Bench"), SystemClock()) as storage:
        motion_id, member_id = await storage.write(crowd, people)
    settings = {
        "ALVBOT_TOKEN": TOKEN,
        "ALVBOT_API_BASE_URL": sim.base_url,
        "ALVBOT_DATABASE_URL": url,
        "ALVBOT_ASSOCIATION_NAME": "Bench",
        "ALVBOT_LOG_LEVEL": "ERROR",
    }
    async with running("bot", "run", **settings):
        yield CastBallot(motion_id, member_id, Chosen(Choice.FOR)).encode()


@asynccontextmanager
async def rival(sim: SimClient, people: int, _folder: Path) -> AsyncIterator[str]:
    """Run python-telegram-bot with its own rate limiter."""
    async with running("bench.rival", sim.base_url, str(people)):
        yield "stem"


CONTENDERS: dict[str, Callable[[SimClient, int, Path], Any]] = {"alvbot": house, "PTB AIORateLimiter": rival}


async def measure(name: str, people: int, *, latency_ms: float = 0.0) -> Measured:
    """Let one contender broadcast to so many ``people``, on a simulated Telegram of its own."""
    with TemporaryDirectory(prefix="alvbot-bench-") as folder:
        async with running("bench.crowd", "--people", str(people)) as telegram:
            if telegram.stdout is None:
                raise RuntimeError("a pipe was asked for")
            url = (await telegram.stdout.readline()).decode().strip()
            async with SimClient(url) as sim:
                await sim.latency(latency_ms)
                async with CONTENDERS[name](sim, people, Path(folder)) as data:
                    return await follow(sim, people, data)


async def follow(sim: SimClient, people: int, data: str) -> Measured:
    """Follow a broadcast to its end, pressing meanwhile."""
    voter = {"id": FIRST}
    seen: list[Json] = []
    silenced = False
    still = 0.0
    while (arrived := sum(_is_notice(entry) for entry in seen)) < people and still < LATEST:
        if arrived:
            await sim.press(voter, data=data, wait=0)
        await asyncio.sleep(PRESS_SECONDS)
        new = await sim.log(after=seen[-1]["n"] if seen else 0)
        still = 0.0 if any(map(_is_notice, new)) else still + PRESS_SECONDS
        seen += new
        if not silenced and arrived > people // 3:
            silenced = True
            await sim.fault("flood_all", "sendMessage", retry_after=SILENCE)
    await asyncio.sleep(2 * PRESS_SECONDS)  # for the answers to the last presses
    seen += await sim.log(after=seen[-1]["n"])
    return judge(seen, people)


def judge(entries: Sequence[Json], people: int) -> Measured:
    """Work out what the simulator's log tells."""
    requests = [entry for entry in entries if entry["kind"] == "request"]
    writing = [entry for entry in requests if entry["method"] in WRITING]
    arrivals = sorted(_arrival(entry) for entry in writing)
    received = Counter(entry["params"]["chat_id"] for entry in writing if _is_notice(entry))
    accepted = sorted(_arrival(entry) for entry in writing if _is_notice(entry))
    refused = [
        (entry["mono"], entry["mono"] + entry["response"]["parameters"]["retry_after"])
        for entry in writing
        if entry["status"] == HTTPStatus.TOO_MANY_REQUESTS
    ]
    lost = silent_seconds(accepted, [begin for begin, _end in refused])
    early = sum(any(begin + UNDER_WAY < moment < end for begin, end in refused) for moment in arrivals)
    answered = {
        entry["params"]["callback_query_id"]: _arrival(entry)
        for entry in requests
        if entry["method"] == "answerCallbackQuery"
    }
    pressed = {entry["callback_query_id"]: entry["mono"] for entry in entries if entry["kind"] == "press"}
    return Measured(
        worst_window(arrivals),
        (len(accepted) - 1) / (accepted[-1] - accepted[0] - SILENCE),
        lost,
        early,
        tuple(answered.get(query_id, float("inf")) - moment for query_id, moment in pressed.items()),
        people - len(received),
        sum(count > 1 for count in received.values()),
    )


def worst_window(moments: Sequence[float]) -> int:
    """Return how many of the sorted ``moments`` lie in the fullest half-open window."""
    worst = first = 0
    for last, moment in enumerate(moments):
        while moments[first] + WINDOW <= moment:
            first += 1
        worst = max(worst, last - first + 1)
    return worst


def silent_seconds(accepted: Sequence[float], refusals: Sequence[float]) -> float:
    """Return for how long, together, nothing was accepted after refusals."""
    lost, until = 0.0, 0.0
    for refusal in sorted(refusals):
        if refusal >= until and (after := [moment for moment in accepted if moment > refusal]):
            until = after[0]
            lost += until - refusal
    return lost


def _arrival(entry: Json) -> float:
    return float(entry["mono"]) - float(entry["duration"])


def _is_notice(entry: Json) -> bool:
    sent = entry["kind"] == "request" and entry["method"] == "sendMessage" and entry["status"] == HTTPStatus.OK
    return sent and TEXT in entry["params"]["text"]


async def compare(people: int, rounds: int, latency_ms: float, names: Sequence[str]) -> None:
    """Let the contenders take turns, and print each run and the medians."""
    found: dict[str, list[Measured]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names:
            run = await measure(name, people, latency_ms=latency_ms)
            found[name].append(run)
            print(f"round {number + 1}: {_line(name, [run])}", flush=True)
    print(f"medians of {rounds}, {people} people, {latency_ms:.0f} ms of latency")
    for name, runs in found.items():
        print(_line(name, runs))


def _line(name: str, runs: Sequence[Measured]) -> str:
    def middle(value: Callable[[Measured], float]) -> float:
        return median(value(run) for run in runs)

    rate = middle(lambda run: run.rate)
    return (
        f"{name:<20} worst second {middle(lambda run: run.worst):>4.0f}   rate {rate:>5.1f}/s ({rate / LIMIT:.1%})   "
        f"429: {middle(lambda run: run.lost):>5.1f} s lost, {middle(lambda run: run.early):>3.0f} sent during it   "
        f"press p99 {middle(lambda run: run.p99) * 1000:>6.0f} ms   "
        f"missing {middle(lambda run: run.missing):>3.0f}, twice {middle(lambda run: run.twice):>2.0f}"
    )


def main() -> None:
    """Compare the two."""
    parser = argparse.ArgumentParser(prog="python -m bench.broadcast", description=__doc__)
    parser.add_argument("--people", type=int, default=600, help="recipients in a run; 10000 take almost six minutes")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each contender")
    parser.add_argument("--latency", type=float, default=0.0, help="milliseconds that Telegram takes for a request")
    parser.add_argument("--only", choices=list(CONTENDERS), help="one contender alone")
    options = parser.parse_args()
    names = [options.only] if options.only else list(CONTENDERS)
    asyncio.run(compare(options.people, options.rounds, options.latency, names))


if __name__ == "__main__":
    main()
