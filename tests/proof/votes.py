"""An open vote, pressed over the simulator, and what the simulator's log alone says of it."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from random import Random
from typing import Any

from sqlalchemy import select

from assembly.association import Association
from assembly.options import Chosen
from assembly.tally import Choice
from bot import texts
from screens.presses import CastBallot
from simulator.testing import RunningSimulator
from storage.engine import Storage
from storage.tables import ballots, done_updates, journal
from storage.unit import Unit
from tests.support.assembly import STARTS_AT
from tests.support.clock import TurnableClock
from tests.support.register import Register
from tests.support.sitting import open_evening

Entry = Mapping[str, Any]

_WORDS = {Choice.FOR: "voor", Choice.AGAINST: "tegen", Choice.ABSTAIN: "onthouding"}


@dataclass(frozen=True)
class Press:
    """Somebody's press for a seat, as Telegram handed it out."""

    update_id: int
    person: int
    motion_id: int
    member_id: int
    choice: Choice


def presses(entries: Iterable[Entry]) -> dict[str, Press]:
    """Return the presses on ballots by the id of their query."""
    found = {}
    for entry in entries:
        query = entry["update"].get("callback_query") if entry["kind"] == "update" else None
        if query is not None and CastBallot.matches(query["data"]):
            cast = CastBallot.decode(query["data"])
            found[query["id"]] = Press(
                entry["update_id"], query["from"]["id"], cast.motion_id, cast.member_id, Choice(cast.choice)
            )
    return found


def answers(entries: Iterable[Entry]) -> dict[str, str]:
    """Return what was answered to presses, by the id of their query; Telegram takes one answer to each."""
    return {entry["callback_query_id"]: entry["answer"]["text"] or "" for entry in entries if entry["kind"] == "answer"}


def confirms(answer: str) -> bool:
    """Whether an answer says that the vote is recorded."""
    return answer.startswith("U hebt ")


def says_not_stored(answer: str) -> bool:
    """Whether an answer says that nothing is stored yet."""
    return answer == texts.not_stored()


@dataclass
class Vote:
    """An open vote of ``members``, and a simulated Telegram in which their representatives press."""

    sim: RunningSimulator
    register: Register
    motion_id: int

    def entries(self) -> list[dict[str, Any]]:
        """Return the simulator's whole log."""
        return self.sim.world.log.after(0)

    async def press(self, member: str, choice: Choice) -> None:
        """Let the representative of ``member`` press, and wait for nothing."""
        data = CastBallot(self.motion_id, self.register.members[member], Chosen(choice)).encode()
        await self.sim.press(self.register.representative(member), data=data, wait=0)

    async def shown(self) -> bool:
        """Whether every ballot shows what was pressed last for its seat."""
        last = {
            press.person: press
            for _, press in sorted(presses(self.entries()).items(), key=lambda item: item[1].update_id)
        }
        names = {member_id: name for name, member_id in self.register.members.items()}
        for person, press in last.items():
            keyboards = [message["buttons"] for message in await self.sim.messages(person)]
            labels = {button["label"] for keyboard in keyboards for row in keyboard for button in row}
            if f"✅ {names[press.member_id]}: {_WORDS[press.choice]}" not in labels:
                return False
        return True

    async def press_on(self, random: Random, stop: asyncio.Event) -> None:
        """Let one representative after the other press until ``stop`` is set, each changing its mind now and then."""
        while not stop.is_set():
            await self.press(random.choice(list(self.register.members)), random.choice(list(Choice)))
            await asyncio.sleep(random.uniform(0, 0.3))


async def vote_opened(
    url: str, association: Association, clock: TurnableClock, sim: RunningSimulator, *members: str
) -> Vote:
    """Hold an assembly at which every representative is present and a vote is open; the bot does not run yet."""
    async with Storage.open(url, association, clock) as storage:
        evening = await open_evening(storage, clock, *members)
        await evening.arrive(*members)
        motion_id = await evening.put_to_vote()
    for name, account in evening.register.accounts.items():
        await sim.start(await sim.user(name, id=account))
    await sim.limits(callback_seconds=600)
    await sim.set_clock((STARTS_AT + timedelta(minutes=5)).isoformat())
    return Vote(sim, evening.register, motion_id)


async def unlike_the_log(storage: Storage, vote: Vote) -> list[str]:
    """Return where the database differs from what was pressed, when every press has been handled.

    Each press is done; of each seat the last one stands; the journal tells of each change once; and nothing was given
    up as a dead letter.
    """
    wanted: dict[int, list[Press]] = defaultdict(list)
    for press in sorted(presses(vote.entries()).values(), key=lambda press: press.update_id):
        wanted[press.member_id].append(press)

    async def compare(unit: Unit) -> list[str]:
        done = set((await unit.connection.execute(select(done_updates.c.update_id))).scalars())
        stored = {row.member_id: row for row in await unit.connection.execute(select(ballots))}
        noted: dict[int, list[str]] = defaultdict(list)
        query = select(journal.c.facts).where(journal.c.kind == "ballot_cast").order_by(journal.c.id)
        for facts in (await unit.connection.execute(query)).scalars():
            noted[json.loads(facts)["member"]].append(json.loads(facts)["choice"])
        wrong = [f"dead letter: {reason}" for reason in await unit.intake.dead_letters()]
        wrong += await unit.journal.verify()
        for member_id, pressed in wanted.items():
            wrong += [f"not done: {press}" for press in pressed if press.update_id not in done]
            if (stored[member_id].update_id, stored[member_id].choice) != (pressed[-1].update_id, pressed[-1].choice):
                wrong.append(f"{stored[member_id]} stands in place of {pressed[-1]}")
            if noted[member_id] != [choice for choice, _ in groupby(press.choice.value for press in pressed)]:
                wrong.append(f"the journal tells of {noted[member_id]} for {pressed}")
        return wrong + [f"never pressed: {stored[member_id]}" for member_id in stored.keys() - wanted.keys()]

    return await storage.read(compare)
