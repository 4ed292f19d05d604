"""An evening with a vote, its people at their phones, and a recount from nothing but what went over the line."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import select

from assembly.meetings import Mode
from assembly.options import Chosen
from assembly.tally import Choice
from screens.presses import CastBallot, CheckIn, CheckOut, CloseMotion, Pronounce
from simulator.testing import RunningSimulator
from storage.engine import Storage
from storage.tables import ballots, dead_letters, journal, outbox
from storage.unit import Unit
from tests.support.clock import TurnableClock
from tests.support.house import words
from tests.support.register import CHAIR, OFFICE
from tests.support.sitting import Evening, open_evening

Json = dict[str, Any]

MEMBERS = tuple(f"Lid {number}" for number in range(1, 13))
GRANTORS = MEMBERS[:3]
"""Members that gave a proxy to the one after the next three: they are not there, and their seat is carried."""

PRESSES = 8
"""Presses that come in around each kill."""

CONFIRMED = re.compile(r"^U hebt \S+ gestemd namens de gemeente (Lid \d+)\.")
WORDS = {Choice.FOR: "voor", Choice.AGAINST: "tegen", Choice.ABSTAIN: "onthouding"}


@dataclass(frozen=True)
class Cast:
    """One press for a seat: the update that it became, and what it chose."""

    update: int
    member: str
    choice: Choice


@dataclass
class Night:
    """The vote under way, and everything that was pressed for it."""

    sim: RunningSimulator
    storage: Storage
    evening: Evening
    motion_id: int
    dice: Random
    group: int
    casts: dict[str, Cast] = field(default_factory=dict)

    def carrier(self, member: str) -> str:
        """Return the member whose representative carries the seat."""
        return MEMBERS[MEMBERS.index(member) + 3] if member in GRANTORS else member

    async def press(self, member: str, choice: Choice) -> None:
        """Let whoever carries the seat press, sometimes twice in the same moment."""
        who = {"id": self.evening.register.representative(self.carrier(member))}
        data = CastBallot(self.motion_id, self.evening.register.members[member], Chosen(choice)).encode()
        for _ in range(self.dice.choice((1, 1, 1, 2))):
            pressed: Json = await self.sim.press(who, data=data, wait=0)
            self.casts[pressed["callback_query_id"]] = Cast(pressed["update_id"], member, choice)

    async def stir(self) -> None:
        """Let some people press, and some come and go."""
        for _ in range(PRESSES):
            await self.press(self.dice.choice(MEMBERS), self.dice.choice(list(Choice)))
            if self.dice.random() < 0.2:
                who = {"id": self.evening.register.coordinator(self.dice.choice(MEMBERS))}
                meeting = self.evening.meeting.id
                moves = (CheckIn(meeting, Mode.REMOTE), CheckIn(meeting, Mode.ROOM), CheckOut(meeting))
                await self.sim.press(who, data=self.dice.choice(moves).encode(), wait=0)

    async def acknowledged(self) -> set[str]:
        """Return the presses of which the presser was told that they are recorded, by whichever way."""
        told = set()
        for answer in await self.sim.requests("answerCallbackQuery"):
            if answer["status"] == 200 and CONFIRMED.match(str(answer["params"].get("text", ""))):
                told.add(answer["params"]["callback_query_id"])
        return told

    async def check_acknowledged(self) -> int:
        """Check that every vote that was acknowledged is stored, or a later one in its place; return how many were."""
        stored = await self.stored()
        told = await self.acknowledged() & self.casts.keys()
        for query_id in told:
            cast = self.casts[query_id]
            assert cast.member in stored, f"lost: {cast}"
            assert stored[cast.member][1] >= cast.update, f"lost: {cast}, {stored[cast.member]} stands"
        return len(told)

    async def stored(self) -> Mapping[str, tuple[Choice, int]]:
        """Return what stands for each seat, with the update that it came from."""
        names = {member_id: name for name, member_id in self.evening.register.members.items()}

        async def load(unit: Unit) -> dict[str, tuple[Choice, int]]:
            query = select(ballots).where(ballots.c.motion_id == self.motion_id)
            rows = await unit.connection.execute(query)
            return {names[row.member_id]: (row.choice, row.update_id) for row in rows}

        return await self.storage.read(load)

    async def everything_in(self) -> bool:
        """Whether nothing waits any more, at Telegram or in the outbox."""
        info = await self.sim.call("GET", f"/bot{self.sim.token}/getWebhookInfo")
        waits = await self.storage.read(lambda unit: unit.outbox.pending())
        return not info["result"]["pending_update_count"] and not waits

    async def close(self) -> None:
        """Let the chair close the vote and pronounce its outcome."""
        for press in (CloseMotion(self.motion_id), Pronounce(self.motion_id)):
            await self.sim.press({"id": CHAIR}, data=press.encode(), wait=0)

    def expected(self) -> Mapping[str, Choice]:
        """Recount: of each seat the press with the highest number stands."""
        latest: dict[str, Cast] = {}
        for cast in sorted(self.casts.values(), key=lambda cast: cast.update):
            latest[cast.member] = cast
        return {member: cast.choice for member, cast in latest.items()}

    async def check_end(self) -> None:
        """Check the whole evening against the recount: ballots, journal, group, dead letters, messages."""
        expected = self.expected()
        assert {member: choice for member, (choice, _) in (await self.stored()).items()} == expected
        counted = Counter(expected.values())
        told = told_outcomes(await self.sim.messages({"id": OFFICE}, chat=self.group))
        assert told
        for text in told:
            for choice, word in WORDS.items():
                assert f"\n{word.capitalize()}: {counted[choice]}\n" in f"{text}\n", (choice, counted, text)
        await self._check_stored(expected)
        for carrier in MEMBERS[3:]:
            await self._check_chat(carrier, expected)

    async def _check_stored(self, expected: Mapping[str, Choice]) -> None:
        async def load(unit: Unit) -> tuple[list[Json], list[str], list[str]]:
            noted = select(journal.c.facts).where(journal.c.kind == "ballot_cast").order_by(journal.c.id)
            letters = select(dead_letters.c.reason)
            findings = await unit.journal.verify()
            return (
                [json.loads(row.facts) for row in await unit.connection.execute(noted)],
                list((await unit.connection.execute(letters)).scalars()),
                findings,
            )

        notes, letters, findings = await self.storage.read(load)
        assert not letters
        assert not findings
        names = {member_id: name for name, member_id in self.evening.register.members.items()}
        last = {names[note["member"]]: Choice(note["choice"]) for note in notes}
        assert last == expected
        presses = Counter(cast.member for cast in self.casts.values())
        assert all(count <= presses[names[member]] for member, count in Counter(n["member"] for n in notes).items())

    async def _check_chat(self, carrier: str, expected: Mapping[str, Choice]) -> None:
        """Check that the carrier's ballot shows what stands, and that what is there twice is known to be."""
        account = self.evening.register.representative(carrier)
        chat = await self.sim.messages({"id": account})
        *_, ballot = (text for text in texts_of(chat) if "Stemming gesloten" in text)
        for member, choice in expected.items():
            if self.carrier(member) == carrier:
                assert re.search(rf"{member}(, volmacht)?: {WORDS[choice]}", ballot), ballot
        outcomes = len(told_outcomes(chat))

        async def load(unit: Unit) -> list[bool]:
            query = select(outbox.c.may_have_arrived).where(
                outbox.c.chat_id == account, outbox.c.screen == "OutcomePublished"
            )
            return list((await unit.connection.execute(query)).scalars())

        rows = await self.storage.read(load)
        assert len(rows) == 1
        assert outcomes == 1 or (outcomes > 1 and rows == [True])


def texts_of(messages: list[Json]) -> list[str]:
    """Return what messages say."""
    return [text for message in messages if (text := words(message))]


def told_outcomes(messages: list[Json]) -> list[str]:
    """Return the texts that tell the outcome."""
    return [text for text in texts_of(messages) if "Uitslag agendapunt" in text]


async def prepared(sim: RunningSimulator, storage: Storage, clock: TurnableClock, dice: Random) -> Night:
    """Hold an assembly up to an open vote: three members by proxy, all others present, a group that follows."""
    evening = await open_evening(storage, clock, *MEMBERS)
    for place, member in enumerate(GRANTORS):
        await evening.granted(member, MEMBERS[place + 3])
    await evening.arrive(*MEMBERS[3:])
    for name, account in evening.register.accounts.items():
        user = await sim.user(name, id=account)
        await sim.start(user)
    group = (await sim.group("ALV", {"id": OFFICE}))["id"]
    await sim.add_member(group, "bot", {"id": OFFICE})
    motion_id = await evening.put_to_vote()
    await sim.set_clock(clock.moment.isoformat().replace("+00:00", "Z"))
    return Night(sim, storage, evening, motion_id, dice, int(group))
