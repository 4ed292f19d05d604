"""A storm of updates on the real handlers, and what must hold after each chunk of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from random import Random

from sqlalchemy import select

from assembly.meetings import Mode
from assembly.options import Chosen, Selection, joined
from assembly.tally import Choice
from screens.presses import CastAll, CastBallot, CastPrepared, CheckIn, CheckOut
from storage.tables import SendState, outbox
from storage.unit import Unit
from tests.hostile.changes import JOURNAL, TRAFFIC, changed, stored
from tests.hostile.entitled import OFFICE, Touch, touches
from tests.hostile.model import is_sound
from tests.hostile.people import NOBODY
from tests.hostile.stage import FOREIGN_GROUP, GROUP, Json, Stage
from tests.hostile.updates import QUERIES, Updates, broken
from tests.hostile.wire import FAIR, Wire

BROKEN, HONEST = 0.15, 0.08
"""How often an update is taken apart, and how often somebody presses what is its own."""

SENT = 0.3
"""How often everything that a chunk caused is also drawn and sent."""

PREPARED = CastPrepared(0).encode().removesuffix("0")
"""How the press begins that votes as it was prepared."""

CONFIRMED = ("U hebt ", "Vastgelegd voor ")
"""How the answer to a ballot begins that counts, for one seat and for all of them."""


ALL_SEATS = 0.3
"""How often who votes does so for all its seats."""


@dataclass
class Storm:
    """Updates by the chunk, and what may come of them; ``cast`` is what was confirmed for each member last."""

    stage: Stage
    dice: Random
    cast: dict[int, str]
    updates: Updates = field(init=False)

    def __post_init__(self) -> None:
        links, groups = tuple(self.stage.links.values()), (GROUP, FOREIGN_GROUP)
        self.updates = Updates(self.dice, self.stage.known, self.stage.accounts, links, groups)

    async def rage(self, count: int) -> None:
        """Let so many updates come in, and look what came of them."""
        before = await stored(self.stage.storage, TRAFFIC | JOURNAL)
        made, allowed = [], set[Touch]()
        for _ in range(count):
            update = self._update()
            allowed |= self._touched(update)
            made.append(update | {"update_id": next(self.stage.numbers)})
        await self.stage.feed(made)
        await self._look({raw["update_id"]: raw for raw in made})
        after = await stored(self.stage.storage, TRAFFIC | JOURNAL)
        assert changed(before, after) <= allowed, changed(before, after) - allowed
        standing, entered = await self.stage.storage.read(_ballots, self.stage.motion_id)
        pressed = {member_id: choice for member_id, choice in self.cast.items() if member_id not in entered}
        assert {m: joined(chosen) for m, chosen in standing.items() if m not in entered} == pressed
        await self.stage.forget()

    async def _look(self, made: dict[int, Json]) -> None:
        """Nothing sound is unhandled, every press is answered once, every screen can be drawn and sent."""
        for number, reason in await self.stage.letters():
            assert number is not None
            assert not (is_sound(made[number]) and self.stage.readable(made[number])), (reason, made[number])
        for raw in made.values():
            if _is_answerable(raw):
                self._note_answer(raw["callback_query"])
        if self.dice.random() < SENT:
            await self.stage.send()
            failed = await self.stage.storage.read(_failures)
            assert not failed, failed
        assert not Wire.refused, Wire.refused

    def _note_answer(self, query: Json) -> None:
        """Hold an answer against what was pressed: a ballot that counts is confirmed, and nothing else is."""
        assert len(Wire.answers[query["id"]]) == 1, query
        (answer,) = Wire.answers[query["id"]]
        seats = _seats(touches(self.stage.known, query["from"]["id"], query.get("data")))
        assert answer.startswith(CONFIRMED) is bool(seats), (answer, query)
        for member_id in seats:
            self.cast[member_id] = query["data"].split(":")[-1]

    def _update(self) -> Json:
        """Return the next update; none may end the assembly or change who carries what: that is what is known.

        Nor votes anybody as it was prepared: positions come and go in the storm.
        """
        if self.dice.random() < HONEST:
            return {"callback_query": self._honest_press()}
        while True:
            update = self.updates.any()
            touched = self._touched(update)
            prepared = str(_object(update.get("callback_query")).get("data")).startswith(PREPARED)
            if not prepared and not any(table in {"*", "proxies"} for table, _ in touched):
                break
        return broken(self.dice, update) if self.dice.random() < BROKEN and not _seats(touched) else update

    def _honest_press(self) -> Json:
        """Return somebody's press on what is its own: it votes, comes or goes."""
        known = self.stage.known
        accounts = {somebody.id: account for account, somebody in known.people.items()}
        if self.dice.random() < 0.5:
            member_id, carrier = self.dice.choice([(m, c) for m, c in known.carriers.items() if c is not None])
            if self.dice.random() < ALL_SEATS:
                everything = CastAll(self.stage.motion_id, Chosen(self.dice.choice(list(Choice))))
                return self.updates.press(accounts[carrier], everything.encode())
            data = CastBallot(self.stage.motion_id, member_id, Chosen(self.dice.choice(list(Choice)))).encode()
            return self.updates.press(accounts[carrier], data)
        (meeting_id,) = known.ids["meeting_id"]
        come = CheckIn(meeting_id, self.dice.choice(list(Mode)))
        press = self.dice.choice((come, CheckOut(meeting_id)))
        return self.updates.press(self.dice.choice(list(known.people)), press.encode())

    def _touched(self, update: Json) -> set[Touch]:
        """Return whose rows may change by an update, as far as anybody can see whose it is."""
        query, message = _object(update.get("callback_query")), _object(update.get("message"))
        account = _object((query or message).get("from")).get("id")
        account = account if type(account) is int else 0
        if query:
            return touches(self.stage.known, account, query.get("data"))
        person = self.stage.known.people.get(account, NOBODY)
        allowed: set[Touch] = {("conversations", person.id), ("files", person.id), ("link_failures", account)}
        allowed.add(("access_requests", account))
        if any(link in str(message.get("text")) for link in self.stage.links.values()):
            allowed.add(("registration_links", 0))
        if {"document", "photo"} & message.keys():
            allowed.add(("proxy_letters", 0))
        if person.kinds & OFFICE:
            allowed |= {("notices", person.id), ("notice_files", 0)}
        if "text" in message and person.id in self.stage.known.carriers.values():
            allowed.add(("statements", 0))
        if "my_chat_member" in update:
            allowed.add(("chats", 0))
        return allowed


def _seats(touched: set[Touch]) -> set[int]:
    """Return for which members a ballot is cast."""
    return {member_id for table, member_id in touched if table == "ballots"}


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _is_answerable(raw: Json) -> bool:
    """Whether a press in an update can be answered: it has an id of its own, and somebody pressed."""
    query = _object(raw.get("callback_query"))
    presser = {"id": "1", "chat_instance": "1", "from": query.get("from")}
    return str(query.get("id")).startswith(QUERIES) and is_sound({"update_id": 1, "callback_query": presser})


async def _failures(unit: Unit) -> list[tuple[str, str]]:
    """Return the screens that could not be drawn, or that Telegram does not take, with the reason."""
    query = select(outbox.c.screen, outbox.c.error).where(outbox.c.state == SendState.FAILED)
    failed = [(row.screen, row.error) for row in await unit.connection.execute(query)]
    return [(screen, error) for screen, error in failed if not any(words in error.lower() for words in FAIR)]


async def _ballots(unit: Unit, motion_id: int) -> tuple[Mapping[int, Selection], Collection[int]]:
    """Return what stands by member, and of whom it was entered: two of the secretariat may have done that by chance."""
    return await unit.motions.selections(motion_id), await unit.motions.entered(motion_id)
