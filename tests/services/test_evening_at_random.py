"""A whole evening of random acts, held after each of them against a small model of seats and ballots."""

import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from assembly.agenda import ItemKind
from assembly.errors import Refusal
from assembly.options import joined
from assembly.proxies import ProxyState
from assembly.tally import Choice, Outcome, Seat
from services import granting
from services.seats import seats_now
from storage.engine import Storage
from storage.unit import Unit
from tests.support.clock import TurnableClock
from tests.support.sitting import Evening, open_evening, representative

MEMBERS = ("Assen", "Deventer", "Emmen", "Ommen", "Raalte", "Zwolle")
STEPS = 120


@dataclass
class RandomEvening:
    """Acts at random, and remembers in ``cast`` which ballots of the open vote were acknowledged."""

    evening: Evening
    dice: random.Random
    motion_id: int | None = None
    cast: dict[str, str] = field(default_factory=dict)
    votes: int = 0

    async def step(self) -> None:
        """Do one random act; a refusal changes nothing."""
        member, other = self.dice.sample(MEMBERS, 2)
        act = self.dice.choices(
            (self.proxy_act, self.grant, self.come_or_go, self.press, self.lead), weights=(3, 2, 3, 8, 1)
        )[0]
        with suppress(Refusal):
            await act(member, other)
        await self.check()

    async def grant(self, member: str, other: str) -> None:
        """Grant a proxy."""
        await self.evening.grant(member, other)

    async def proxy_act(self, member: str, _other: str) -> None:
        """Answer or end one of the proxies, perhaps by somebody who may not."""
        proxies = await self.evening.proxies()
        if not proxies:
            return
        proxy = self.dice.choice(proxies)
        names = {person_id: name for name, person_id in self.evening.register.people.items()}
        who = self.dice.choice((names[proxy.holder_id], names[proxy.holder_id], representative(member)))
        service = self.dice.choice(
            (granting.accept_proxy, granting.accept_proxy, granting.decline_proxy, granting.revoke_proxy)
        )
        await self.evening.act(service, who, proxy.id, None)

    async def come_or_go(self, member: str, _other: str) -> None:
        """Check in or out."""
        if self.dice.random() < 2 / 3:
            await self.evening.arrive(member)
        else:
            await self.evening.leave(member)

    async def press(self, member: str, other: str) -> None:
        """Vote for a member, perhaps by somebody who does not carry its seat, perhaps after the closing."""
        choice = self.dice.choice(list(Choice))
        motion_id = self.motion_id or self.votes or 1
        receipt = await self.evening.cast(
            motion_id, member, choice, by=representative(self.dice.choice((member, other)))
        )
        assert self.motion_id is not None, "a ballot was taken without an open vote"
        self.cast[member] = joined(receipt.standing)

    async def lead(self, _member: str, _other: str) -> None:
        """Open the next vote, or close the one that is open."""
        if self.motion_id is None:
            self.motion_id = await self.evening.put_to_vote(str(self.votes + 1))
            self.votes += 1
            self.cast = {}
            return
        outcome = (await self.evening.end_vote(self.motion_id)).outcome
        assert isinstance(outcome, Outcome)
        counted = Counter(self.cast.values())
        assert (outcome.in_favour, outcome.against, outcome.abstained) == tuple(counted[choice] for choice in Choice)
        self.motion_id = None

    async def check(self) -> None:
        """Hold what the database says against the rules, worked out anew."""
        proxies = await self.evening.proxies()
        grantors = [proxy.member_id for proxy in proxies]
        assert len(grantors) == len(set(grantors)), "two proxies of one member"
        assert not set(grantors) & {proxy.holder_member_id for proxy in proxies}, "a chain"
        assert max(Counter(proxy.holder_id for proxy in proxies).values(), default=0) <= 2, "above the maximum"
        seats, present = await self.evening.storage.read(self.load)
        people = self.evening.register.people
        accepted = {p.member_id: p.holder_id for p in proxies if p.state is ProxyState.ACCEPTED}
        for name, member_id in self.evening.register.members.items():
            (seat,) = (seat for seat in seats if seat.member_id == member_id)
            own, holder = people[representative(name)], accepted.get(member_id)
            expected = own if own in present else holder if holder in present else None
            assert seat.carrier_id == expected
        if self.motion_id is not None:
            assert await self.evening.choices(self.motion_id) == self.cast

    async def load(self, unit: Unit) -> tuple[tuple[Seat, ...], tuple[int, ...]]:
        """Load who carries which seat, and who is there."""
        meeting = await unit.meetings.get(self.evening.meeting.id)
        assert meeting is not None
        return await seats_now(unit, meeting), await unit.attendance.present(meeting.id)


@pytest.mark.parametrize("seed", [1, 2])
async def test_random_evening_keeps_every_promise(storage: Storage, clock: TurnableClock, seed: int) -> None:
    """Whatever people press: one carrier per seat, no chain, no more than the maximum, and each ballot counted."""
    evening = await open_evening(storage, clock, *MEMBERS)
    for item in await storage.read(lambda unit: unit.meetings.items(evening.meeting.id)):
        await storage.write(_decide, item.id)
    random_evening = RandomEvening(evening, random.Random(seed))  # noqa: S311 - dice that can be thrown again
    for _ in range(STEPS):
        await random_evening.step()
    assert random_evening.votes >= 1


async def _decide(unit: Unit, item_id: int) -> None:
    await unit.meetings.set_kind(item_id, ItemKind.DECISION)
