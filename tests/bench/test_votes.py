"""The storm of votes in short: it measures right, and a bot that answers what it does not store is found out."""

import math
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from assembly.association import Association
from bench import electorate
from bench.telegram import FIRST, Storm, Vote
from bench.votes import Lying, Measured, bare, check, house, judge, report, sqlite_database
from screens.presses import CastBallot
from services.ballots import cast_ballot, cast_for_all
from storage.clock import SystemClock
from storage.engine import Storage
from storage.unit import Origin, Unit

SECONDS = 60.0


def test_rates_and_waits() -> None:
    """The rate counts what was answered, until the last answer; who was not answered waits for ever."""
    votes = [Vote(n, str(n), pressed=0.0, answered=n / 100) for n in range(1, 100)]
    found = judge(votes, 0.0, 2.0)
    assert found.rate == pytest.approx(100.0)
    assert (found.p50, found.p99) == (0.5, 0.99)
    assert judge([*votes, Vote(0, "late"), Vote(0, "later")], 0.0, 2.0).p99 == math.inf


def test_line_of_a_house() -> None:
    """A line of ours holds its medians against those of the others at the same latency."""
    runs = {name: [Measured(rate, 0.1, 0.25, 0.5)] for name, rate in {"default": 20, "concurrent": 40}.items()}
    found = {(name, "webhook", 50): measured for name, measured in runs.items()}
    found |= {(name, "webhook", 50): [Measured(100, 0.1, 0.25, 0.5)] for name in ("aiogram", "no-db")}
    found["sqlite", "webhook", 50] = [Measured(rate, 0.1, 0.25, 0.5) for rate in (1, 200, 900)]
    assert " ".join(report(found, ["sqlite"])[-1].split()) == (
        "sqlite webhook 50ms 200 votes/s p50 100 ms p99 250 ms (bench 50% busy) "
        "x-default 10.00 x-concurrent 5.00 x-aiogram 2.00 x-no-db 2.00"
    )


def test_refusal_is_no_vote() -> None:
    """An alert says that nothing was stored."""
    with pytest.raises(Lying, match="1 votes were refused"):
        judge([Vote(0, "a", answered=1.0, refused=True)], 0.0, 1.0)


def test_lost_vote_is_noticed() -> None:
    """Every vote that was answered must be there; one that was not answered may be."""
    votes = [Vote(0, "a", answered=1.0), Vote(0, "b", answered=1.0), Vote(0, "c")]
    check(votes, {"a": 1, "b": 2, "c": 3})
    with pytest.raises(Lying, match="1 votes were answered and are not in the database, such as b"):
        check(votes, {"a": 1, "c": 3})


def test_next_button_is_pressed_after_the_answer() -> None:
    """One answer to each press counts, and the storm is over with the last."""
    storm = Storm([("a", "b")])
    assert storm.press(0) is not None
    assert storm.answer(0, refused=False) is not None
    assert storm.answer(0, refused=False) is None
    assert storm.press(0) is not None
    assert storm.press(0) is None
    assert not storm.over.is_set()
    storm.answer(1, refused=False)
    assert storm.over.is_set()


@pytest.mark.parametrize("way", ["webhook", "polling"])
async def test_short_storm(tmp_path: Path, way: str) -> None:
    """Every vote of this bot is answered and stored; without its database it is found out."""
    database = await sqlite_database(tmp_path, voters=8, seats=3)
    found = await house(database.vote, await database.fresh(), way, 0, SECONDS)
    assert found.rate > 0
    assert found.p99 < SECONDS
    with pytest.raises(Lying, match="24 votes were answered and are not in the database"):
        await house(database.vote, await database.fresh(), way, 0, SECONDS, ("bench.forgetful",))


async def test_vote_costs_the_same_in_a_large_electorate(tmp_path: Path) -> None:
    """How much SQLite does for a vote depends on the seats of the person, not on how many others vote."""
    steps = {}
    for voters in (5, 100):
        folder = tmp_path / str(voters)
        folder.mkdir()
        database = await sqlite_database(folder, voters, seats=3)
        press = CastBallot.decode(database.vote.buttons[2][1])
        async with Storage.open(await database.fresh(), Association("Bench"), SystemClock()) as storage:
            steps[voters] = await storage.write(
                _steps_of, FIRST + 2, press.motion_id, press.member_id, press.choice, origin=Origin(1, 1)
            )
    assert steps[100] == pytest.approx(steps[5], rel=0.1)


async def test_all_seats_at_once_are_read_once(tmp_path: Path) -> None:
    """A press for all seats asks as many questions for twelve as for three."""
    asked = {}
    for seats in (3, 12):
        folder = tmp_path / str(seats)
        folder.mkdir()
        database = await sqlite_database(folder, 2, seats)
        motion_id = database.vote.motion_id
        async with Storage.open(await database.fresh(), Association("Bench"), SystemClock()) as storage:
            asked[seats] = await storage.write(_questions_of, FIRST + 1, motion_id, "for", origin=Origin(1, 1))
            assert len(await storage.read(electorate.stored, motion_id)) == seats
    assert asked[12] == asked[3]


async def _questions_of(unit: Unit, *press: Any) -> int:  # noqa: ANN401 - as ``cast_for_all`` takes it
    """Return how many SELECTs a press for all seats carries out."""
    driver = (await unit.connection.get_raw_connection()).driver_connection
    assert driver is not None
    said: list[str] = []
    driver._conn.set_trace_callback(said.append)
    await cast_for_all(unit, *press)
    driver._conn.set_trace_callback(None)
    return sum(sql.startswith("SELECT") for sql in said)


async def _steps_of(unit: Unit, *vote: Any) -> int:  # noqa: ANN401 - as ``cast_ballot`` takes it
    """Return how many instructions SQLite carries out for a vote."""
    driver = (await unit.connection.get_raw_connection()).driver_connection
    assert driver is not None
    steps = count()
    driver._conn.set_progress_handler(lambda: next(steps) < 0, 1)  # false: go on
    await cast_ballot(unit, *vote)
    driver._conn.set_progress_handler(None, 1)
    return next(steps)


@pytest.mark.parametrize("kind", ["ptb", "ptb-concurrent", "aiogram", "nothing"])
async def test_bare_bots_answer(tmp_path: Path, kind: str) -> None:
    """Each of them is there and answers, or its figure would say nothing."""
    database = await sqlite_database(tmp_path, voters=2, seats=1)
    found = await bare(kind, database.vote, 0, SECONDS)
    assert found.p99 < SECONDS
