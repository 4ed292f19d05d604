"""Bursts of acts on the real services, side by side and under faults, each held against the model."""

import asyncio
import random
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from assembly.agenda import ItemKind
from assembly.association import Association
from assembly.errors import Refusal
from assembly.facts.voting import Receipt
from assembly.item_settings import VoteForm
from assembly.meetings import Mode
from assembly.options import joined
from assembly.proxies import ProxyState
from assembly.tally import Choice, Outcome
from services import attendance, ballots, granting, motions, outcomes
from storage.engine import AlreadyDone, Storage, StorageUnavailable
from storage.tables import done_updates
from storage.unit import Origin, Unit
from tests.histories.model import OK, UNKNOWN, Event, Given, State, Vote, explanations
from tests.support.clock import TurnableClock
from tests.support.databases import Databases
from tests.support.sitting import OFFICE_NAME, Evening, open_evening, representative

MEMBERS = ("Assen", "Deventer", "Emmen", "Ommen")
ITEMS = ("1", "2", "3", "4")

FIRST_UPDATE = 1000
"""Above the updates with which the assembly is prepared."""

ACTS = ("cast",) * 5 + ("arrive", "leave", "grant", "accept", "accept", "decline", "revoke", "open", "open", "close")
BEFORE_COMMIT, AFTER_COMMIT = "before the commit", "after the commit"
FAULTS = (None, None, None, BEFORE_COMMIT, AFTER_COMMIT)


@dataclass(frozen=True)
class Drawn:
    """One act as Hypothesis draws it; what its numbers mean depends on what there is at that moment.

    ``deliveries`` is how often its update arrives at once; ``late`` is how much older its number is than it should be,
    as of an update that is delivered again after newer ones.
    """

    act: str
    who: str
    other: str
    pick: int
    choice: Choice
    deliveries: int
    late: int


DRAWN = st.builds(
    Drawn,
    act=st.sampled_from(ACTS),
    who=st.sampled_from(MEMBERS),
    other=st.sampled_from(MEMBERS),
    pick=st.integers(0, 3),
    choice=st.sampled_from(Choice),
    deliveries=st.sampled_from((1, 1, 1, 2)),
    late=st.sampled_from((0, 0, 0, 1)),
)


@dataclass
class Broken:
    """The way to the database, on which answers to a COMMIT get lost as ``faults`` say."""

    faults: list[str | None] = field(default_factory=list)
    commit: Callable[[AsyncConnection], Any] = AsyncConnection.commit

    async def committing(self, connection: AsyncConnection) -> None:
        """Commit, unless the connection breaks before; tell nobody when it breaks after."""
        fault = self.faults.pop() if self.faults else None
        if fault != BEFORE_COMMIT:
            await self.commit(connection)
        if fault is not None:
            raise DBAPIError("COMMIT", {}, ConnectionResetError(), connection_invalidated=True)


class Assembly:
    """An open assembly in a database of its own, with what the model says of it."""

    def __init__(self, databases: Databases, association: Association, broken: Broken) -> None:
        self.databases = databases
        # An outcome is published when it is counted: the model knows nothing that awaits the chair's word.
        self.association = replace(association, statutes=replace(association.statutes, chair_pronounces=False))
        self.broken = broken
        self.state = State()
        self.updates = FIRST_UPDATE + 10
        self.stack = AsyncExitStack()

    async def begin(self) -> None:
        """Open the assembly, every item to be decided on; PostgreSQL is written to by two processes."""
        url = await self.stack.enter_async_context(self.databases.database())
        clock = TurnableClock()
        processes = 1 if url.startswith("sqlite") else 2
        self.storages = [
            await self.stack.enter_async_context(Storage.open(url, self.association, clock)) for _ in range(processes)
        ]
        self.evening: Evening = await open_evening(self.storages[0], clock, *MEMBERS)
        items = await self.storages[0].read(lambda unit: unit.meetings.items(self.evening.meeting.id))
        self.items = {item.number: item.id for item in items}
        self.motions: dict[str, int] = {}
        await self.storages[0].write(_decide_all, tuple(self.items.values()))

    async def burst(self, drawn: list[Drawn], faults: list[str | None], seed: int) -> None:
        """Do the acts at once, and find an order of them that explains every answer and what is stored."""
        events = [event for act in drawn for event in [self._event(act)] * act.deliveries]
        dice = random.Random(seed)  # noqa: S311 - dice that can be thrown again
        dice.shuffle(events)
        self.broken.faults = list(faults)
        answers = await asyncio.gather(*(self._deliver(event, dice.choice(self.storages)) for event in events))
        self.broken.faults = []
        stored = await self._stored()
        told = tuple(zip(events, answers, strict=True))
        possible = map(_comparable, explanations(self.state, told, MEMBERS, lost=any(faults)))
        assert _comparable(stored) in possible, f"no order explains {told} from {self.state} to {stored}"
        self.state = stored

    def _event(self, drawn: Drawn) -> Event:
        """Return the act on what there is now, or an arrival where there is nothing to act on."""
        self.updates += 10
        event = Event(self.updates - 15 * drawn.late, drawn.act, drawn.who, other=drawn.other)
        ids = sorted(given.id for given in self.state.proxies)
        if drawn.act in {"accept", "decline", "revoke"} and ids:
            given = self.state.proxy(ids[drawn.pick % len(ids)])
            assert given is not None
            return replace(event, proxy=given.id, who=given.member if drawn.act == "revoke" else given.holder)
        if drawn.act in {"cast", "close"} and self.state.votes:
            vote = self.state.votes[-1] if drawn.pick else self.state.votes[0]
            other = drawn.who if drawn.pick > 1 else drawn.other
            return replace(event, item=vote.item, choice=drawn.choice.value, other=other)
        if drawn.act == "open":
            return replace(event, item=ITEMS[drawn.pick])
        return event if drawn.act in {"arrive", "leave", "grant"} else replace(event, act="arrive")

    async def _deliver(self, event: Event, storage: Storage) -> str:
        try:
            answer = await self._act(event, storage)
        except (Refusal, AlreadyDone) as told:
            return type(told).__name__
        except StorageUnavailable:
            return UNKNOWN
        return f"{OK} {joined(answer.standing)}" if isinstance(answer, Receipt) else OK

    async def _act(self, event: Event, storage: Storage) -> object:
        service, args, options = self._service(event)
        register = self.evening.register
        who = register.accounts[OFFICE_NAME if event.act in {"open", "close"} else representative(event.who)]
        return await storage.write(service, who, *args, origin=Origin(1, event.update), **options)

    def _service(self, event: Event) -> tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]:
        """Return what the event calls."""
        register, meeting_id = self.evening.register, self.evening.meeting.id
        motion_id = self.motions.get(event.item)
        holder = register.people[representative(event.other)]
        member_id, other_id = register.members[event.who], register.members[event.other]
        calls: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {
            "arrive": (attendance.check_in, (meeting_id, Mode.ROOM, None)),
            "leave": (attendance.check_out, (meeting_id, None)),
            "grant": (granting.grant_proxy, (meeting_id, member_id, holder, other_id, None)),
            "accept": (granting.accept_proxy, (event.proxy, None)),
            "decline": (granting.decline_proxy, (event.proxy, None)),
            "revoke": (granting.revoke_proxy, (event.proxy, None)),
            "open": (motions.open_motion, (self.items.get(event.item), None)),
            "close": (outcomes.close_motion, (motion_id,)),
            "cast": (ballots.cast_ballot, (motion_id, other_id, event.choice)),
        }
        return *calls[event.act], {"form": VoteForm.ROLL_CALL} if event.act == "open" else {}

    async def _stored(self) -> State:
        """Return what the database says."""
        return await self.storages[0].read(self._load)

    async def _load(self, unit: Unit) -> State:
        names = {member_id: name for name, member_id in self.evening.register.members.items()}
        people = {self.evening.register.people[representative(name)]: name for name in MEMBERS}
        meeting_id = self.evening.meeting.id
        votes = []
        for motion in await unit.motions.of_meeting(meeting_id):
            self.motions[motion.number] = motion.id
            seats = await unit.motions.electorate(motion.id)
            standing = {seat.member_id: await unit.motions.ballot(motion.id, seat.member_id) for seat in seats}
            vote = Vote(
                motion.number,
                {names[seat.member_id]: people[seat.carrier_id] for seat in seats if seat.carrier_id is not None},
                {
                    names[key]: (joined(ballot.selection), ballot.update_id)
                    for key, ballot in standing.items()
                    if ballot
                },
                closed=motion.closed_at is not None,
            )
            if isinstance(motion.outcome, Outcome):
                counted = vote.counted()
                told = motion.outcome.in_favour, motion.outcome.against, motion.outcome.abstained
                assert told == tuple(counted.get(choice.value, 0) for choice in Choice), "counted otherwise than cast"
            votes.append(vote)
        proxies = await unit.proxies.under_way(meeting_id)
        done = select(done_updates.c.update_id).where(done_updates.c.update_id >= FIRST_UPDATE)
        states = {ProxyState.OFFERED: "offered", ProxyState.ACCEPTED: "accepted"}
        return State(
            frozenset(people[person_id] for person_id in await unit.attendance.present(meeting_id)),
            frozenset(Given(p.id, names[p.member_id], people[p.holder_id], states[p.state]) for p in proxies),
            tuple(votes),
            frozenset((await unit.connection.execute(done)).scalars()),
        )


def _comparable(state: State) -> State:
    """Return the state without the ids of proxies, which the model does not know."""
    return replace(state, proxies=frozenset(replace(given, id=0) for given in state.proxies))


async def _decide_all(unit: Unit, item_ids: tuple[int, ...]) -> None:
    for item_id in item_ids:
        await unit.meetings.set_kind(item_id, ItemKind.DECISION)


def machine(databases: Databases, association: Association, broken: Broken) -> type[RuleBasedStateMachine]:
    """Return the state machine for one kind of database."""

    class Histories(RuleBasedStateMachine):
        """Burst after burst."""

        def __init__(self) -> None:
            super().__init__()
            self.runner = asyncio.Runner()
            self.assembly = Assembly(databases, association, broken)
            self.runner.run(self.assembly.begin())

        @rule(
            drawn=st.lists(DRAWN, min_size=1, max_size=5),
            faults=st.lists(st.sampled_from(FAULTS), max_size=3),
            seed=st.integers(0, 999),
        )
        def burst(self, drawn: list[Drawn], faults: list[str | None], seed: int) -> None:
            """Several people act in the same moment."""
            self.runner.run(self.assembly.burst(drawn, faults, seed))

        def teardown(self) -> None:
            """Close everything."""
            self.runner.run(self.assembly.stack.aclose())
            self.runner.close()

    return Histories
