"""Open assemblies, proxies and votes, for tests of services."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from typing import Any

from assembly.association import Association
from assembly.facts.voting import Receipt
from assembly.item_settings import VoteForm
from assembly.meetings import Meeting, Mode
from assembly.motions import Motion, MotionState
from assembly.options import joined
from assembly.proxies import Proxy
from services import attendance, ballots, granting, item_options, motions, outcomes, secret_ballots, sitting
from services.seats import seats_now
from storage.engine import Storage
from storage.unit import Origin, Unit
from tests.support.assembly import STARTS_AT, convened, says
from tests.support.clock import TurnableClock
from tests.support.register import Register, filled

OFFICE_NAME = "Regiebureau"


def representative(member: str) -> str:
    """Return the name of the member's representative."""
    return f"portefeuillehouder {member}"


def coordinator(member: str) -> str:
    """Return the name of the member's coordinator."""
    return f"coördinator {member}"


@dataclass
class Evening:
    """An assembly with everybody who has a part in it. Each press is an update of its own, with a rising number."""

    storage: Storage
    clock: TurnableClock
    register: Register
    meeting: Meeting
    updates: Iterator[int] = field(default_factory=lambda: count(100))

    async def act(self, service: Any, who: str, *args: Any, update: int | None = None, **options: Any) -> Any:  # noqa: ANN401 - any service
        """Let ``who`` press what ``service`` does."""
        origin = Origin(1, next(self.updates) if update is None else update)
        return await self.storage.write(service, self.register.accounts[who], *args, origin=origin, **options)

    async def open(self) -> None:
        """Let the secretariat open the assembly at the hour for which it was convened."""
        self.clock.moment = STARTS_AT
        await self.act(sitting.open_meeting, OFFICE_NAME, self.meeting.id)

    async def close(self) -> None:
        """Let the secretariat close the assembly."""
        await self.act(sitting.close_meeting, OFFICE_NAME, self.meeting.id)

    async def arrive(self, *members: str, mode: Mode = Mode.ROOM) -> None:
        """Let the representatives of ``members`` check in."""
        for member in members:
            await self.act(attendance.check_in, representative(member), self.meeting.id, mode, None)

    async def leave(self, *members: str) -> None:
        """Let the representatives of ``members`` check out."""
        for member in members:
            await self.act(attendance.check_out, representative(member), self.meeting.id, None)

    async def item(self, number: str) -> int:
        """Return the id of an agenda item."""
        items = await self.storage.read(lambda unit: unit.meetings.items(self.meeting.id))
        return next(int(item.id) for item in items if item.number == number)

    async def offer(self, number: str, *labels: str, picks: int | None = None) -> None:
        """Let the secretariat put variants or candidates under an item."""
        item_id = await self.item(number)
        await self.act(item_options.ask_options, OFFICE_NAME, item_id)
        await says(self.storage, self.register.accounts[OFFICE_NAME], "\n".join(labels))
        if picks is not None:
            await self.act(item_options.set_picks, OFFICE_NAME, item_id, picks, None)

    async def put_to_vote(self, number: str = "2", *, roll_call: bool = False, secret: bool = False) -> int:
        """Let the secretariat open a vote, as usual or by roll-call or in secret; return the motion's id."""
        form = VoteForm.ROLL_CALL if roll_call else VoteForm.SECRET if secret else VoteForm.USUAL
        await self.act(motions.open_motion, OFFICE_NAME, await self.item(number), None, form=form)
        motion = await self.storage.read(lambda unit: unit.motions.open_in(self.meeting.id))
        assert motion is not None
        return int(motion.id)

    async def cast(
        self, motion_id: int, member: str, choice: str, *, by: str | None = None, update: int | None = None
    ) -> Receipt:
        """Let a person, by default the member's representative, vote for the member."""
        member_id = self.register.members[member]
        receipt = await self.act(
            ballots.cast_ballot, by or representative(member), motion_id, member_id, choice, update=update
        )
        assert isinstance(receipt, Receipt)
        return receipt

    async def cast_secret(self, motion_id: int, member: str, choice: str, *, update: int | None = None) -> None:
        """Let the member's representative confirm a secret vote for the member."""
        member_id = self.register.members[member]
        await self.act(
            secret_ballots.cast_secret, representative(member), motion_id, member_id, choice, None, update=update
        )

    async def end_vote(self, motion_id: int) -> Motion:
        """Let the secretariat close a vote and pronounce what was counted; return the motion with its outcome."""
        await self.act(outcomes.close_motion, OFFICE_NAME, motion_id)
        if (await self.motion(motion_id)).state is MotionState.CLOSED:
            await self.act(outcomes.pronounce, OFFICE_NAME, motion_id)
        return await self.motion(motion_id)

    async def motion(self, motion_id: int) -> Motion:
        """Return a motion."""
        motion: Motion | None = await self.storage.read(lambda unit: unit.motions.get(motion_id))
        assert motion is not None
        return motion

    async def choices(self, motion_id: int) -> dict[str, str]:
        """Return what stands, by the member's name, as text ("for", "1,3")."""
        names = {member_id: name for name, member_id in self.register.members.items()}
        standing = await self.storage.read(lambda unit: unit.motions.selections(motion_id))
        return {names[member_id]: joined(chosen) for member_id, chosen in standing.items()}

    async def grant(
        self,
        member: str,
        holder_member: str | None,
        *,
        by: str | None = None,
        holder: str | None = None,
        until: date | None = None,
    ) -> int:
        """Let a person, by default the member's representative, grant a proxy; return its id.

        By default to the representative of ``holder_member``; a guest is named as ``holder`` of no member.
        """
        holder_id = self.register.people[holder or representative(holder_member or "")]
        members = self.register.members
        await self.act(
            granting.grant_proxy,
            by or representative(member),
            self.meeting.id,
            members[member],
            holder_id,
            members[holder_member] if holder_member is not None else None,
            None,
            until=until,
        )
        return max(proxy.id for proxy in await self.proxies() if proxy.member_id == members[member])

    async def granted(
        self, member: str, holder_member: str | None, *, holder: str | None = None, until: date | None = None
    ) -> int:
        """Let a proxy be granted and accepted; return its id."""
        proxy_id = await self.grant(member, holder_member, holder=holder, until=until)
        await self.act(granting.accept_proxy, holder or representative(holder_member or ""), proxy_id, None)
        return proxy_id

    async def carriers(self) -> dict[str, str | None]:
        """Return who carries each member's seat now, by name."""
        people = {person_id: name for name, person_id in self.register.people.items()}
        members = {member_id: name for name, member_id in self.register.members.items()}
        seats = await self.storage.read(lambda unit: seats_now(unit, self.meeting))
        return {members[seat.member_id]: people.get(seat.carrier_id or 0) for seat in seats}

    async def proxies(self) -> tuple[Proxy, ...]:
        """Return the proxies that are under way."""

        async def load(unit: Unit) -> tuple[Proxy, ...]:
            return await unit.proxies.under_way(self.meeting.id)

        return await self.storage.read(load)

    async def proxy(self, proxy_id: int) -> Proxy:
        """Return a proxy."""
        proxy: Proxy | None = await self.storage.read(lambda unit: unit.proxies.get(proxy_id))
        assert proxy is not None
        return proxy


async def convened_evening(storage: Storage, clock: TurnableClock, *members: str) -> Evening:
    """Convene an assembly of ``members``."""
    register = await filled(storage, *members)
    return Evening(storage, clock, register, await convened(storage, clock))


@asynccontextmanager
async def by_statutes(
    url: str, association: Association, clock: TurnableClock, **settings: object
) -> AsyncIterator[Storage]:
    """Open a storage for an association with other statutes: nothing but settings."""
    statutes = replace(association.statutes, **settings)  # type: ignore[arg-type]  # named after the settings
    async with Storage.open(url, replace(association, statutes=statutes), clock) as storage:
        yield storage


async def open_evening(storage: Storage, clock: TurnableClock, *members: str) -> Evening:
    """Convene and open an assembly of ``members``."""
    evening = await convened_evening(storage, clock, *members)
    await evening.open()
    return evening
