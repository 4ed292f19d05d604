"""An assembly in full swing, and a way to put raw updates in front of the bot."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select
from telegram import Update

from assembly.tally import Choice
from bot import client
from bot.application import AssemblyApplication, build_application
from bot.clean import check_names, clean
from bot.client import AssemblyBot
from bot.handling import Handling
from bot.sender import Sender
from handlers import routes
from simulator.testing import TOKEN
from storage.engine import Storage
from storage.tables import dead_letters, metadata
from storage.unit import Unit
from tests.hostile.wire import Wire
from tests.support.clock import TurnableClock
from tests.support.house import Unpaced
from tests.support.register import STRANGER
from tests.support.sitting import Evening, open_evening

Json = dict[str, Any]

MEMBERS = ("Assen", "Deventer", "Emmen", "Ommen", "Raalte")
CHATTER = {"done_updates", "outbox", "posted", "dead_letters", "journal", "journal_private", "journal_seals"}
"""Tables that tell of what came in and went out, and not of what holds."""

BATCH = 100


@dataclass
class Stage:
    """The bot, the people in its assembly, and the open vote."""

    storage: Storage
    evening: Evening
    motion_id: int
    application: AssemblyApplication
    bot: AssemblyBot
    handling: Handling
    numbers: Iterator[int] = field(default_factory=lambda: count(10_000))

    @property
    def accounts(self) -> Sequence[int]:
        """The Telegram ids of everybody who is registered, and of a stranger."""
        return (*self.evening.register.accounts.values(), STRANGER)

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
        """Whether python-telegram-bot can make anything of an update."""
        try:
            check_names(Update.de_json(clean(raw), self.bot))
        except Exception:  # noqa: BLE001 - whatever it is
            return False
        return True

    async def digest(self) -> str:
        """Return a hash over everything that holds."""

        async def load(unit: Unit) -> str:
            seen = hashlib.sha256()
            for table in metadata.sorted_tables:
                if table.name not in CHATTER:
                    rows = await unit.connection.execute(select(table))
                    seen.update(json.dumps([table.name, *sorted(map(repr, rows))]).encode())
            return seen.hexdigest()

        return await self.storage.read(load)


@asynccontextmanager
async def staged(storage: Storage, clock: TurnableClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """Set the stage: everybody is present, one member has a proxy, a vote is open, and each person is busy typing.

    The sender runs too, so that every message that is caused is drawn and sent.
    """
    monkeypatch.setattr(client, "Transport", Wire)
    Wire.begin()
    evening = await open_evening(storage, clock, *MEMBERS)
    await evening.granted("Raalte", "Assen")
    await evening.arrive(*MEMBERS[:3])
    motion_id = await evening.put_to_vote()
    await evening.cast(motion_id, "Assen", Choice.FOR)
    for name, account in evening.register.accounts.items():
        user = Wire.world.add_user(name, user_id=account)
        Wire.world.private_chat(user, Wire.world.bot()).opened = True
    async with AssemblyBot(TOKEN, "http://wire") as bot:
        application = build_application(bot, storage)
        routes.bind(application)
        async with application:
            stop = asyncio.Event()
            sending = asyncio.create_task(Sender(storage, bot, Unpaced()).run(stop))
            try:
                yield Stage(storage, evening, motion_id, application, bot, Handling(application, bot))
            finally:
                stop.set()
                await sending
