"""The bot is killed in the middle of a vote: what was acknowledged is stored, and everything else arrives later."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from assembly.meetings import Mode
from assembly.options import Chosen
from assembly.tally import Choice
from bot import texts
from screens.presses import CastBallot
from services import attendance, motions, sitting
from simulator.testing import RunningSimulator
from storage.engine import Storage
from storage.tables import agenda_items, ballots, journal
from storage.tables import motions as motions_table
from storage.unit import Unit
from tests.bot.taking_in import unconfirmed
from tests.support.assembly import STARTS_AT, convened
from tests.support.clock import TurnableClock
from tests.support.process import bot_process, environment
from tests.support.register import CHAIR, OFFICE, Register, filled
from tests.support.waiting import until
from tests.support.webhooks import SECRET, Way, webhook_settings

VOTERS = 140
MEMBERS = [f"Lid {number}" for number in range(1, VOTERS + 1)]
NOT_ACKNOWLEDGED = {texts.already_handled(), texts.not_stored()}


async def vote_opened(storage: Storage, clock: TurnableClock) -> tuple[Register, int]:
    """Hold an assembly at which every representative is present, open a vote, and return the motion's id."""
    register = await filled(storage, *MEMBERS)
    meeting = await convened(storage, clock)
    clock.moment = STARTS_AT
    await storage.write(sitting.open_meeting, OFFICE, meeting.id)
    for member in MEMBERS:
        await storage.write(attendance.check_in, register.representative(member), meeting.id, Mode.ROOM, None)

    async def item(unit: Unit) -> int:
        query = select(agenda_items.c.id).where(agenda_items.c.number == "2")
        return int((await unit.connection.execute(query)).scalar_one())

    await storage.write(motions.open_motion, CHAIR, await storage.read(item), None)

    async def motion(unit: Unit) -> int:
        return int((await unit.connection.execute(select(motions_table.c.id))).scalar_one())

    return register, await storage.read(motion)


async def stored(storage: Storage) -> dict[int, int]:
    """Return the update that each stored ballot came from, by member."""

    async def load(unit: Unit) -> dict[int, int]:
        query = select(ballots.c.member_id, ballots.c.update_id)
        return {row.member_id: row.update_id for row in await unit.connection.execute(query)}

    return await storage.read(load)


async def casts_noted(storage: Storage) -> int:
    """Return how many ballots the journal tells of."""

    async def load(unit: Unit) -> int:
        query = select(func.count()).select_from(journal).where(journal.c.kind == "ballot_cast")
        return int((await unit.connection.execute(query)).scalar_one())

    return await storage.read(load)


async def acknowledged(sim: RunningSimulator) -> set[str]:
    """Return the presses of which the presser was told that they are recorded."""
    answers = [entry["params"] for entry in await sim.requests("answerCallbackQuery") if entry["status"] == 200]
    return {answer["callback_query_id"] for answer in answers if answer.get("text") not in NOT_ACKNOWLEDGED}


@pytest.mark.parametrize("ways", [("polling", "polling", "webhook"), ("webhook", "webhook", "polling")])
async def test_killed_in_the_middle_of_a_vote(
    storage: Storage,
    database_url: str,
    clock: TurnableClock,
    sim: RunningSimulator,
    tmp_path: Path,
    ways: tuple[Way, Way, Way],
) -> None:
    """After each of two kills every acknowledged ballot is stored; in the end each is there once, and nothing waits.

    It does not matter by which way the updates come before, between and after the kills.
    """
    register, motion_id = await vote_opened(storage, clock)
    await sim.set_clock((STARTS_AT + timedelta(minutes=5)).isoformat().replace("+00:00", "Z"))
    await sim.latency(20)
    await sim.limits(callback_seconds=600)  # however slow this machine is, a press is not too old to be answered
    presses: dict[str, tuple[int, int]] = {}

    async def press(member: str) -> None:
        user = await sim.user(member, id=register.representative(member))
        data = CastBallot(motion_id, register.members[member], Chosen(Choice.FOR)).encode()
        pressed: dict[str, Any] = await sim.press(user, data=data, wait=0)
        presses[pressed["callback_query_id"]] = register.members[member], pressed["update_id"]

    await asyncio.gather(*(press(member) for member in MEMBERS))
    envs = [environment(sim, database_url, **(webhook_settings() if way == "webhook" else {})) for way in ways]
    log = tmp_path / "bot.log"
    for number, env in zip((5, 40), envs, strict=False):

        async def enough(number: int = number) -> bool:
            return len(await acknowledged(sim)) >= number

        async with bot_process(env, log) as bot:
            await until(enough, 60)
            bot.kill()
            await bot.wait()
        kept = await stored(storage)
        for query_id in await acknowledged(sim):
            member_id, update_id = presses[query_id]
            assert kept[member_id] == update_id
    assert len(await acknowledged(sim)) < VOTERS, "the bot was faster than the kill"

    def begun() -> int:
        return log.read_text().count('"event": "ready"')

    earlier = begun()

    async def everything() -> bool:
        return begun() > earlier and len(await stored(storage)) == VOTERS and await unconfirmed(sim) == 0

    async with bot_process(envs[-1], log) as bot:
        await until(everything, 60)
        bot.terminate()
        async with asyncio.timeout(20):
            assert await bot.wait() == 0
    assert await stored(storage) == dict(presses.values())
    assert await casts_noted(storage) == VOTERS
    written = log.read_text()
    assert sim.token not in written
    assert SECRET not in written
