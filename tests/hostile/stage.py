"""An assembly in full swing, and a way to put raw updates in front of the bot."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from sqlalchemy import delete, select

from assembly.agenda import ItemKind
from assembly.floor import Round
from assembly.members import Role, RoleHeld
from assembly.tally import Choice
from bot import client
from bot.application import AssemblyApplication, build_application
from bot.client import AssemblyBot
from bot.handling import Handling
from bot.reading import read
from handlers import routes
from services import floor
from services.groups import join_group
from services.registration import make_link, open_link
from simulator.testing import TOKEN
from storage.engine import Storage
from storage.tables import dead_letters, done_updates, outbox
from storage.unit import Unit
from tests.bot.sending import done, sending
from tests.hostile.people import Known, known
from tests.hostile.wire import Wire
from tests.support.clock import TurnableClock
from tests.support.register import OFFICE, STRANGER, add_person
from tests.support.sitting import Evening, convened_evening, coordinator, representative

Json = dict[str, Any]

MEMBERS = ("Assen", "Deventer", "Emmen", "Ommen", "Raalte", "Zwolle")
SIGNATORY, WITHOUT_ROLE, CLAIMANT = 4001, 4002, 6663
"""A burgemeester; somebody who is registered and holds nothing; a stranger who showed a right link."""

GROUP, FOREIGN_GROUP = -1001234567890, -1001111111111
BATCH = 100


@dataclass
class Stage:
    """The bot, the people in its assembly, the open vote, and the ``links`` that were made (by whose they are)."""

    storage: Storage
    evening: Evening
    motion_id: int
    links: dict[str, str]
    known: Known
    application: AssemblyApplication
    bot: AssemblyBot
    handling: Handling
    numbers: Iterator[int] = field(default_factory=lambda: count(10_000))

    @property
    def accounts(self) -> Sequence[int]:
        """The Telegram ids of everybody who is registered, and of two strangers."""
        return (*self.known.people, STRANGER, CLAIMANT)

    async def feed(self, updates: Sequence[Json]) -> None:
        """Let the intake handle updates as they come from Telegram; every one of them can be confirmed."""
        for start in range(0, len(updates), BATCH):
            assert await self.handling.handle(updates[start : start + BATCH])

    async def letters(self) -> list[tuple[int | None, str]]:
        """Return (update id, reason) of each dead letter."""

        async def load(unit: Unit) -> list[tuple[int | None, str]]:
            query = select(dead_letters.c.update_id, dead_letters.c.reason)
            return [(row.update_id, row.reason) for row in await unit.connection.execute(query)]

        return await self.storage.read(load)

    def readable(self, raw: Json) -> bool:
        """Whether an update can be read."""
        try:
            read(raw, self.bot)
        except Exception:  # noqa: BLE001 - whatever it is
            return False
        return True

    async def send(self) -> None:
        """Let the sender draw and send whatever waits."""
        async with sending(self.storage, self.bot):
            await done(self.storage, 60)

    async def forget(self) -> None:
        """Forget the traffic, also what waits to be sent: a million updates would fill the memory and the disk."""
        await self.storage.write(_forget)
        Wire.forget()


@asynccontextmanager
async def staged(storage: Storage, clock: TurnableClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """Set the stage: half of the members are present, there are proxies in every state, and a second vote is open."""
    monkeypatch.setattr(client, "Transport", Wire)
    Wire.begin()
    evening = await convened_evening(storage, clock, *MEMBERS)
    links = await storage.write(_people, evening.register.members)
    motion_id = await _up_to_the_vote(evening)
    await storage.write(open_link, CLAIMANT, links["nieuwkomer Assen"])
    facts = await storage.read(known, motion_id)
    for account in (*facts.people, STRANGER, CLAIMANT):
        Wire.know("Iemand", account)
    async with AssemblyBot(TOKEN, "http://wire") as bot:
        application = build_application(bot, storage)
        routes.bind(application)
        async with application:
            yield Stage(storage, evening, motion_id, links, facts, application, bot, Handling(application, bot))


async def _people(unit: Unit, members: dict[str, int]) -> dict[str, str]:
    """Add who the evening lacks, and return the links of those who are not registered yet; one of them is used up."""
    await add_person(unit, "burgemeester Raalte", SIGNATORY, RoleHeld(Role.SIGNATORY, members["Raalte"]))
    await add_person(unit, "oud-bestuurder", WITHOUT_ROLE)
    links = {}
    for name in ("nieuwkomer Assen", "nieuwkomer Emmen", "nieuwkomer Ommen"):
        person_id = await add_person(unit, name, None, RoleHeld(Role.COORDINATOR, members[name.split()[1]]))
        links[name] = await make_link(unit, person_id)
    await make_link(unit, person_id)
    return links


async def _up_to_the_vote(evening: Evening) -> int:
    """Hold the assembly up to the middle of its second vote; return that motion's id."""
    await evening.storage.write(join_group, OFFICE, GROUP, "supergroup", "Leden")
    await evening.grant("Ommen", "Emmen")
    await evening.granted("Raalte", "Assen")
    await evening.grant("Zwolle", "Deventer", by=coordinator("Zwolle"))
    await evening.open()
    await evening.arrive(*MEMBERS[:3])
    await evening.act(floor.ask_floor, representative("Emmen"), evening.meeting.id, Round.CLOSING)
    await evening.storage.write(_all_votable, evening.meeting.id)
    await evening.offer("3", "Variant A", "Variant B")
    first = await evening.put_to_vote("1")
    await evening.cast(first, "Assen", Choice.FOR)
    await evening.end_vote(first)
    second = await evening.put_to_vote("2")
    await evening.cast(second, "Deventer", Choice.AGAINST)
    await evening.cast(second, "Raalte", Choice.ABSTAIN, by=representative("Assen"))
    return second


async def _all_votable(unit: Unit, meeting_id: int) -> None:
    for item in await unit.meetings.items(meeting_id):
        await unit.meetings.set_kind(item.id, ItemKind.DECISION)


async def _forget(unit: Unit) -> None:
    for table in (outbox, done_updates, dead_letters):
        await unit.connection.execute(delete(table))
