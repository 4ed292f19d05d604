"""A whole house for scenario tests: simulated Telegram, the real bot in the same loop, and the people who use it.

Everything goes over the Bot API's HTTP; only what would take real minutes is left out: the pace that Telegram asks for.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from assembly.association import Association
from bot import sender
from bot.app import run
from bot.config import Settings
from bot.pacing import Pacing
from services.registration import first_secretariat
from simulator.testing import RunningSimulator, running_simulator
from storage.clock import SystemClock
from storage.engine import Storage
from storage.tables import dead_letters
from storage.unit import Unit
from tests.support.webhooks import SECRET, Way, free_port

SECRETARIAT = "Regiebureau"
MEETING_STARTS = "13-02-2019 18:00"
AGENDA = """1. Opening en vaststelling agenda
2. Mededelingen en notulen vorige vergadering
- Notulen ALV, 21 juni 2018, bijlage 1.
3. Bestuurlijke zaken
- Voordracht, nieuw lid van de Raad van Commissarissen (bijlage 2).
4. Sluiting"""


def words(message: dict[str, Any]) -> str:
    """Return what a message says: its text, or what stands under its picture or document."""
    return str(message["text"] or message["caption"] or "")


class Unpaced(Pacing):
    """No waiting: the simulator's limits are off, and a scenario is about what people see."""

    def free_soon(self) -> int:
        """Return as many places as are ever asked for, outside of a silence."""
        return 0 if self.silent_for() else 100

    def wait(self, messages: int = 1) -> float:  # noqa: ARG002 - as the real one
        """Wait for no place."""
        return 0.0

    def room(self) -> int:
        """Return room for the largest albums."""
        return 0 if self.silent_for() else 1000

    def short(self) -> dict[int, int]:
        """Return no group."""
        return {}

    def resting(self) -> set[int]:
        """Return no chat."""
        return set()


@dataclass
class Actor:
    """A person with a phone, as far as a scenario needs one."""

    house: "House"
    name: str
    user: dict[str, Any]

    @property
    def id(self) -> int:
        """The person's Telegram id."""
        return int(self.user["id"])

    async def write(self, text: str) -> None:
        """Write to the bot."""
        await self.house.sim.write(self.user, text)

    async def start(self, token: str) -> None:
        """Follow a registration link."""
        await self.house.sim.start(self.user, token)

    async def send_file(self, name: str, content: bytes, caption: str = "") -> None:
        """Send a document to the bot."""
        await self.house.sim.send_documents(self.user, (name, content), caption=caption)

    async def press(self, label: str, *, message_id: int | None = None) -> str:
        """Wait until the button is there, press it, and return what the answer says ("" where it says nothing)."""
        if message_id is None:
            await self.house.sim.wait_for(self.user, label=label)
        return self._answer(await self.house.sim.press(self.user, label, message_id=message_id))

    async def press_data(self, data: str) -> str:
        """Press with any callback data, also data that is on no button of this person."""
        return self._answer(await self.house.sim.press(self.user, data=data))

    async def sees(self, text: str, *, after: int = 0) -> dict[str, Any]:
        """Wait for a message with ``text`` above message id ``after``, and return it."""
        return await self.house.sim.wait_for(self.user, text, after=after)

    async def messages(self) -> list[dict[str, Any]]:
        """Return the chat with the bot, oldest first."""
        return await self.house.sim.messages(self.user)

    async def last_id(self) -> int:
        """Return the newest message id of the chat, to wait for what comes after it."""
        return max((int(message["message_id"]) for message in await self.messages()), default=0)

    @staticmethod
    def _answer(pressed: dict[str, Any]) -> str:
        answer = pressed["answer"]
        assert answer is not None, "a press was not answered"
        return str(answer.get("text") or "")


@dataclass
class House:
    """The simulated Telegram, the bot's database, and the people by name."""

    sim: RunningSimulator
    settings: Settings
    storage: Storage
    people: dict[str, Actor] = field(default_factory=dict)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _bot: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Let the bot run."""
        self._stop = asyncio.Event()
        self._bot = asyncio.create_task(run(self.settings, self._stop))

    async def stop(self) -> None:
        """Let the bot stop; what it knew is in its database alone."""
        self._stop.set()
        if self._bot is not None:
            await self._bot

    async def settled(self) -> None:
        """Wait until nothing is to be sent any more and all that was sent has arrived."""
        async with asyncio.timeout(60):
            while await self.storage.read(lambda unit: unit.outbox.pending()):  # noqa: ASYNC110 - the bot sends it
                await asyncio.sleep(0.05)
        await self.sim.idle()

    @property
    def secretariat(self) -> Actor:
        """The first person of the secretariat."""
        return self.people[SECRETARIAT]

    async def person(self, name: str) -> Actor:
        """Return a person with a phone; a new one is not registered yet."""
        if name not in self.people:
            self.people[name] = Actor(self, name, await self.sim.user(name))
        return self.people[name]

    async def import_register(self, rows: Sequence[str]) -> None:
        """Let the secretariat read in rows of lid;naam;functie;rol in chat."""
        office = self.secretariat
        await office.write("/leden")
        await office.sees("Stuur een XLSX- of CSV-bestand")
        await office.send_file("leden.csv", "\n".join(["lid;naam;functie;rol", *rows]).encode())
        await office.press("Overnemen")
        await office.sees("Overgenomen")

    async def register_everybody(self) -> None:
        """Let the secretariat make links, and everybody follow theirs."""
        office = self.secretariat
        before = await office.last_id()
        await office.press("Registratielinks maken")
        await office.press("Bestand voor samenvoegen (CSV)")
        message = await office.sees("persoonlijke link", after=before)
        content = await self.sim.file(message["document"]["file_id"])
        lines = content.decode("utf-8-sig").splitlines()[1:]
        await asyncio.gather(*(self._register(line) for line in lines))

    async def members(self, *names: str) -> None:
        """Read in and register members with a representative and a coordinator each: "portefeuillehouder Assen"."""
        rows = [
            f"{name};{person} {name};{person};{role}"
            for name in names
            for person, role in (("portefeuillehouder", "vertegenwoordiger"), ("coördinator", "coördinator"))
        ]
        await self.import_register(rows)
        await self.register_everybody()

    async def _register(self, line: str) -> None:
        name, *_, link = line.split(";")
        person = await self.person(name)
        await person.start(parse_qs(urlparse(link).query)["start"][0])
        await person.press("Ja, dat ben ik")
        await person.sees("U bent aangemeld als")


@asynccontextmanager
async def running_house(
    database_url: str, association: Association, monkeypatch: pytest.MonkeyPatch, way: Way = "polling"
) -> AsyncIterator[House]:
    """Run simulator and bot in this loop, with a registered secretariat; both must end without anything gone wrong."""
    monkeypatch.setattr(sender, "Pacing", Unpaced)
    async with (
        running_simulator(validate=True) as sim,
        Storage.open(database_url, association, SystemClock()) as storage,
    ):
        await sim.set_clock("2019-01-14T09:00:00Z")
        port = free_port()
        settings = Settings(
            token=SecretStr(sim.token),
            api_base_url=sim.base_url,
            database_url=database_url,
            clock_url=f"{sim.base_url}/sim/clock",
            association_name=association.name,
            member_article=association.member_article,
            webhook_url=f"http://127.0.0.1:{port}/telegram" if way == "webhook" else None,
            webhook_secret=SecretStr(SECRET),
            listen_port=port,
        )
        token = await storage.write(first_secretariat, SECRETARIAT)
        house = House(sim, settings, storage)
        await house.start()
        try:
            office = await house.person(SECRETARIAT)
            await office.start(token)
            await office.press("Ja, dat ben ik")
            await office.sees("U bent aangemeld als")
            yield house
            await assert_sound(house)
        finally:
            await house.stop()


async def assert_sound(house: House) -> None:
    """Nothing was unhandled, Telegram's model was never broken, and the journal fits."""

    async def letters(unit: Unit) -> list[str]:
        return list((await unit.connection.execute(select(dead_letters.c.reason))).scalars())

    assert await house.storage.read(letters) == []
    assert await house.sim.log(kind="invalid") == []
    assert await house.storage.read(lambda unit: unit.journal.verify()) == []
