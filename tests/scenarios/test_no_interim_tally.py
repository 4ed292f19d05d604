"""Until a vote is closed nothing tells what was cast: two evenings on which other things are voted look the same.

Votes are cast by the same people in the same order, once with one pattern and once with another, and whatever anybody
but the voter itself can see is compared: messages, edits and their order, log lines, pages, and every button there is.
"""

import io
import json
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, cast

import aiohttp
import pytest
from sqlalchemy import select, update

from assembly.association import Association
from assembly.errors import Refusal
from assembly.facts.voting import BallotFacts, BallotRef
from assembly.meetings import MeetingState
from assembly.tally import Choice
from bot import logs, scheduler
from handlers import routes
from handlers.guard import Handler
from screens import presses
from screens.registry import SCREENS
from services import ballots
from services.live import LOADERS
from storage.engine import Storage
from storage.facts import load
from storage.tables import SendState, outbox
from storage.unit import Origin, Unit
from tests.scenarios.test_voting import convened, opened, put_to_vote, representatives
from tests.support.clock import TurnableClock
from tests.support.databases import Databases
from tests.support.house import Actor, House, running_house
from tests.support.pressing import command, press
from tests.support.world import OURS, World, build

FOR, AGAINST, ABSTAIN = "voor", "tegen", "onthouding"
PATTERNS = ((FOR, FOR, AGAINST, FOR), (AGAINST, ABSTAIN, FOR, AGAINST))
"""What the voters press, in order, on the one evening and on the other."""

CHOICES = ([Choice.FOR] * 4, [Choice.AGAINST, Choice.ABSTAIN, Choice.AGAINST, Choice.FOR], [Choice.FOR] * 4)
"""The same for the walk along all buttons; the third shows what differs by chance."""

NEW_EACH_TIME = {
    "ConfirmInvite",
    "GrantInstructed",
    "GrantProxy",
    "GrantStanding",
    "LinkColleague",
    "MakeLetter",
    "MakeLinks",
    "MakePersonalLink",
    "NewRecoveryCodes",
    "NumberFile",
    "SetUpFactor",
}
"""What makes something new with a number or a secret by chance each time that it is pressed."""

VOTERS = ("Assen", "Deventer", "Emmen", "Gouda")
IDLE = "Hoorn"
"""Present, and casts nothing."""

ASKED = ("/menu", "/alv", "/leden", "/mensen", "/stem", "/aanwezig", "/volmacht", "/gegevens", "/stukken")
CHANGING = {"timestamp", "update_id", "outbox_id"}
"""What numbers and times a log line, and tells nothing."""

_UPDATES = count(800_000)

Json = dict[str, Any]


@dataclass
class Seen:
    """What others than the voter saw, step by step."""

    chats: list[dict[str, list[str]]] = field(default_factory=list)
    lines: list[Counter[str]] = field(default_factory=list)
    pages: list[list[str]] = field(default_factory=list)


@dataclass
class Watcher:
    """Looks at everything after each step."""

    house: House
    log: io.StringIO
    chats: Mapping[int, str]
    seen: Seen = field(default_factory=Seen)
    last: int = 0

    async def look(self) -> None:
        """Note what came since the last look, once nothing comes any more."""
        await self.house.settled()
        for duty in scheduler.DUTIES:
            await self.house.storage.write(duty)
        await self.house.settled()
        entries = await self.house.sim.log(after=self.last)
        self.last = entries[-1]["n"]
        found: dict[str, list[str]] = {}
        for entry in entries:
            if entry["kind"] == "request" and "chat_id" in entry["params"] and not _own_ballot(entry):
                found.setdefault(self.chats[int(entry["params"]["chat_id"])], []).append(_shown(entry))
        self.seen.chats.append(found)
        self.seen.lines.append(Counter(_line(line) for line in self.log.getvalue().splitlines()))
        self.log.truncate(self.log.seek(0))
        self.seen.pages.append(await self._pages())

    async def _pages(self) -> list[str]:
        port = self.house.settings.listen_port
        pages = []
        async with aiohttp.ClientSession() as session:
            for path in ("/health", "/ready", "/telegram", "/"):
                async with session.get(f"http://127.0.0.1:{port}{path}") as response:
                    pages.append(f"{path} {response.status} {await response.text()}")
        return pages


def _own_ballot(entry: Json) -> bool:
    return "Stemming: agendapunt" in str(entry["params"].get("text"))


def _shown(entry: Json) -> str:
    """Return a message as it is seen, without the numbers by which Telegram knows it."""
    shown = {name: value for name, value in entry["params"].items() if name not in {"chat_id", "message_id"}}
    return f"{entry['method']} {json.dumps(shown, sort_keys=True, ensure_ascii=False, default=str)}"


def _line(line: str) -> str:
    """Return a log line without what numbers it."""
    try:
        facts = json.loads(line)
    except ValueError:
        return line
    return json.dumps({name: value for name, value in facts.items() if name not in CHANGING}, sort_keys=True)


async def _evening(house: House, log: io.StringIO, pattern: Sequence[str]) -> Seen:
    """Play a vote up to its closing, and let everybody look around in the middle of it."""
    office = house.secretariat
    await convened(house, *VOTERS, IDLE)
    group = (await house.sim.group("ALV", office.user))["id"]
    await house.sim.add_member(group, "bot", office.user)
    await office.sees("“ALV” ontvangt voortaan")
    await opened(house, *VOTERS, IDLE)
    await put_to_vote(house, "2.1")
    voters = await representatives(house, *VOTERS)
    (idle,) = await representatives(house, IDLE)
    await voters[-1].sees("Stemming: agendapunt 2.1")
    chats = {actor.id: name for name, actor in house.people.items()} | {group: "group"}
    watcher = Watcher(house, log, chats)
    await house.sim.set_clock("2019-02-13T17:30:00Z")  # what is redrawn some seconds after the opening is redrawn now
    await watcher.look()
    watcher.seen = Seen()  # what came before the first vote was not looked at in one go
    for actor, member, choice in zip(voters, VOTERS, pattern, strict=True):
        answer = await actor.press(f"{member}: {choice}")
        assert answer, "a vote was not answered"
        await watcher.look()
    for other in (FOR, AGAINST):  # somebody who changes its mind twice, in the same way or another
        await voters[0].press(f"Assen: {other if pattern[0] == AGAINST else _opposite(other)}")
        await watcher.look()
    for actor in (office, idle):
        await _ask(actor)
        await watcher.look()
    return watcher.seen


def _opposite(choice: str) -> str:
    return {FOR: AGAINST, AGAINST: FOR}[choice]


async def _ask(actor: Actor) -> None:
    for text in ASKED:
        await actor.write(text)
        await actor.house.settled()


@pytest.mark.usefixtures("_restored_logging")
async def test_two_evenings_look_the_same(
    databases: Databases, association: Association, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other choices in the same order: no chat, no log line at any level and no page tells them apart."""
    monkeypatch.setattr(scheduler, "TICK_SECONDS", 3600)  # its duties are done at each look, and not in between
    evenings = []
    for pattern in PATTERNS:
        logs.configure("DEBUG", "json")
        log = io.StringIO()
        (handler,) = logging.getLogger().handlers
        cast("logging.StreamHandler[io.StringIO]", handler).setStream(log)
        async with databases.database() as url, running_house(url, association, monkeypatch, "webhook") as house:
            evenings.append(await _evening(house, log, pattern))
    one, other = evenings
    for step, (shown, shown_too) in enumerate(zip(one.chats, other.chats, strict=True)):
        assert shown == shown_too, f"step {step}"
    for step, (lines, lines_too) in enumerate(zip(one.lines, other.lines, strict=True)):
        assert (lines - lines_too, lines_too - lines) == (Counter(), Counter()), f"step {step}"
    assert one.pages == other.pages
    everything = json.dumps(one.chats, ensure_ascii=False)
    assert "4 van de 5 stemmen uitgebracht" in everything, "the turnout was not seen at all"


@dataclass
class _Trial:
    """A handler's context that keeps what would be shown, and undoes what was written."""

    unit: Unit
    args: list[str]
    shown: list[object]

    @property
    def association(self) -> Association:
        """The association that the bot serves."""
        return self.unit.association

    async def write(self, service: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - any service
        """Run the service, look at everything that waits to be sent then, and undo it."""
        unit = Unit(self.unit.connection, self.unit.now, self.association, Origin(1, 900_000))
        try:
            result = await service(unit, *args, **kwargs)
            for last in unit.last.values():
                await last()
            self.shown += [result, *await _waiting(unit)]
        finally:
            await unit.connection.exec_driver_sql("ROLLBACK TO SAVEPOINT untouched")
        return result

    async def read(self, service: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - any service
        """Run a service that only reads."""
        return await self.write(service, *args, **kwargs)

    def draw(self, content: object) -> None:
        """Keep what is drawn under the press."""
        self.shown.append(content)

    async def answer(self, text: str = "", *, alert: bool = False) -> None:
        """Keep what is answered."""
        self.shown.append((text, alert))


async def _waiting(unit: Unit) -> list[object]:
    """Return the facts of everything that waits to be sent, but for the voters' own ballots."""
    query = select(outbox.c.chat_id, outbox.c.screen, outbox.c.facts, outbox.c.live, outbox.c.person_id)
    query = query.where(outbox.c.state == SendState.QUEUED).order_by(outbox.c.id)
    found: list[object] = []
    for row in (await unit.connection.execute(query)).all():
        if row.screen in {BallotRef.__name__, BallotFacts.__name__}:
            found.append((row.chat_id, "a ballot"))
        elif not row.live:
            found.append((row.chat_id, load(SCREENS[row.screen].facts_type, row.facts)))
        else:
            loader = LOADERS[row.screen]
            reader = (row.person_id,) if loader.personal else ()
            found.append((row.chat_id, await loader.load(unit, load(loader.ref_type, row.facts), *reader)))
    return found


async def _every_button(storage: Storage, world: World, pattern: Iterable[Choice]) -> dict[str, list[str]]:
    """Cast by ``pattern``, and return what comes of every command and button that others than the voter press."""
    voter = world.accounts["representative"]
    for member, choice in zip(OURS, pattern, strict=False):
        seat = voter, world.ids["motion_id"], world.ids[member], choice
        await storage.write(ballots.cast_ballot, *seat, origin=Origin(1, next(_UPDATES)))
    found: dict[str, list[str]] = {}

    async def walk(unit: Unit) -> None:
        await unit.connection.execute(update(outbox).values(state=SendState.SENT))  # so that each press queues anew
        await unit.connection.exec_driver_sql("SAVEPOINT untouched")
        for who in ("secretariat", "chair", "coordinator", "observer"):
            for name, handler, pressed in _uses(world, world.accounts[who]):
                shown: list[object] = []
                try:
                    await handler(pressed, cast(Any, _Trial(unit, [], shown)))  # noqa: TC006 - a stand-in
                except Refusal as refusal:
                    shown.append((type(refusal), vars(refusal)))
                found[f"{who} {name}"] = [str(facts) for facts in shown]

    await storage.write(walk)
    return found


def _uses(world: World, account: int) -> Iterable[tuple[str, Handler, Any]]:
    for name, handler in routes.COMMANDS.items():
        yield f"/{name}", handler, command(account, name)
    for kind, handler in routes.PRESSES.items():
        if kind is not presses.CloseMotion:  # from then on it is known
            yield kind.__name__, handler, press(account, world.sample(kind).encode())


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # what is read is the same on both, and 1,500 presses
async def test_no_button_tells_what_was_cast(storage: Storage, clock: TurnableClock) -> None:
    """Whatever anybody presses in the middle of a vote, it looks the same whatever was cast."""
    world = await build(storage, clock, MeetingState.OPEN, voting=True)
    one, other, again = [await _every_button(storage, world, pattern) for pattern in CHOICES]
    chance = {name for name in one if one[name] != again[name]}
    assert {name for name in one if one[name] != other[name]} == chance
    assert {name.split()[1] for name in chance} <= NEW_EACH_TIME
