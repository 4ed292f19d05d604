"""Every command and every button, as everybody, in every state of the assembly: the table decides, and nothing else."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from fractions import Fraction

import pytest
from telegram import Update

from assembly import errors
from assembly.access import SecondFactorMode
from assembly.association import Association
from assembly.errors import Refusal
from assembly.meetings import MeetingState
from assembly.members import Role
from assembly.permissions import COMMANDS, PRESSES, RULES, Act, Entry
from assembly.tally import Threshold
from handlers import routes
from handlers.guard import Handler
from screens.presses import Press
from storage.engine import Storage
from tests.support.clock import TurnableClock
from tests.support.databases import Databases, SQLiteFolder
from tests.support.pressing import command, outcomes, press
from tests.support.world import World, build, make_secret

WITHOUT_ACCESS = (errors.NotAllowed, errors.NotRegistered, errors.AccountBlocked)
WITHOUT_ROLES = ("stranger", "newcomer", "applicant", "unsure")
SECOND = {
    "bare chair": Role.CHAIR.value,
    **dict.fromkeys(("deputy", "clerk", "editor", "mover", "sender", "typist", "reader"), Role.SECRETARIAT.value),
}
"""Others in a role that somebody has already."""

CODE_ASKED = (errors.SecondFactorNeeded, errors.SecondFactorMissing)
WORLDS = (
    (MeetingState.CONVENED, False),
    (MeetingState.OPEN, True),
    (None, False),
    (MeetingState.DRAFT, False),
    (MeetingState.OPEN, False),
    (MeetingState.CLOSED, False),
)
"""States of the assembly, and whether a vote is open."""

BUSIEST = WORLDS[:2]
"""Those in which most can be done."""

Use = tuple[str, Act | Entry, str, Refusal | None]
"""What was used, what it is for, by whom, and the refusal if any."""

Entries = dict[str, tuple[Act | Entry, Handler, Callable[[int], Update]]]


def test_everything_stands_in_the_table() -> None:
    """A new command or button must say what it is for, and nothing stands in the table that does not exist."""
    assert set(COMMANDS) == set(routes.COMMANDS)
    assert set(PRESSES) == {kind.__name__ for kind in routes.PRESSES}
    assert set(routes.PRESSES) == set(Press.kinds.values())
    used = {purpose for purpose in (*COMMANDS.values(), *PRESSES.values()) if isinstance(purpose, Act)}
    assert set(Act) - used == {Act.LINK_GROUP}, "only a group is linked without a button"


def entries(world: World) -> Entries:
    """Return every command and button: what it is for, its handler, and how somebody uses it."""

    def presser(kind: type[Press]) -> Callable[[int], Update]:
        data = world.sample(kind).encode()
        return lambda account: press(account, data)

    def commander(name: str) -> Callable[[int], Update]:
        return lambda account: command(account, name)

    found: Entries = {f"/{name}": (COMMANDS[name], routes.COMMANDS[name], commander(name)) for name in COMMANDS}
    return found | {
        kind.__name__: (PRESSES[kind.__name__], handler, presser(kind)) for kind, handler in routes.PRESSES.items()
    }


def has_access(who: str, purpose: Act | Entry) -> bool:
    """Whether the table lets somebody in, whatever the state of the assembly."""
    if who == "blocked":
        return purpose is Entry.ANYBODY
    if purpose is Entry.REGISTERED:
        return who not in WITHOUT_ROLES
    if isinstance(purpose, Entry):
        return True
    return SECOND.get(who, who) in {permitted.value for permitted in RULES[purpose].roles}


def possible(purpose: Act | Entry, state: MeetingState | None) -> bool:
    """Whether the table makes it possible in this state of the assembly."""
    if isinstance(purpose, Entry):
        return True
    states = RULES[purpose].states
    return states == frozenset(MeetingState) if state is None else state in states


def wrong(who: str, purpose: Act | Entry, state: MeetingState | None, refusal: Refusal | None) -> bool:
    """Whether what happened is not what the table says."""
    refused_access = isinstance(refusal, WITHOUT_ACCESS)
    if not has_access(who, purpose):
        return not refused_access
    return refused_access or (refusal is None and not possible(purpose, state))


async def walked(
    storage: Storage,
    world: World,
    whom: Iterable[str],
    *,
    strangers: bool = True,
    only: Collection[str] | None = None,
) -> list[Use]:
    """Let each of ``whom`` use every command and button.

    Without ``strangers`` nobody uses what the table does not let it; ``only`` names what is used.
    """
    uses = [
        (name, *entry, who)
        for name, entry in entries(world).items()
        if only is None or name in only
        for who in whom
        if strangers or has_access(who, entry[0])
    ]
    refusals = await outcomes(storage, ((handler, use(world.accounts[who])) for _, _, handler, use, who in uses))
    return [(name, purpose, who, refusal) for (name, purpose, _, _, who), refusal in zip(uses, refusals, strict=True)]


async def those_let_in(storage: Storage, world: World, waiting: Collection[str]) -> list[Use]:
    """Let one of each role use all that it may, and the others in a role what went through for nobody yet."""
    found = await walked(storage, world, world.accounts.keys() - SECOND, strangers=False)
    return found + await walked(storage, world, SECOND, strangers=False, only=waiting)


def judged(found: Iterable[Use], state: MeetingState | None, waiting: set[str]) -> list[str]:
    """Return what is not as the table says, and take from ``waiting`` what went through."""
    findings = []
    for name, purpose, who, refusal in found:
        if refusal is None:
            waiting.discard(name)
        if wrong(who, purpose, state, refusal):
            findings.append(f"{name} as {who}, {state}: {refusal!r}")
    return findings


async def test_the_table_decides(databases: Databases, association: Association) -> None:
    """Whoever the table does not let in is refused, and so is what the assembly's state does not allow; no other is.

    Among them a stranger, a blocked account, and somebody who lost every role a moment ago: its old buttons are dead.
    What is pressed makes sense: each command and button goes through for somebody in some state. Neither state nor
    database decides who is let in: in the two busiest states everybody tries everything, in the others one of each
    role what it may, and on PostgreSQL the latter alone.
    """
    statutes = replace(association.statutes, quorum=Threshold(Fraction(1, 2), strict=True), second_meeting_days=7)
    statutes = replace(statutes, advance_days=30)
    association = replace(association, statutes=statutes, room_url="https://alv.example.nl/zaal")
    findings: list[str] = []
    waiting = {*(f"/{name}" for name in COMMANDS), *PRESSES}
    everything = isinstance(databases, SQLiteFolder)
    for state, voting in WORLDS if everything else BUSIEST:
        clock = TurnableClock()
        async with databases.database() as url, Storage.open(url, association, clock) as storage:
            world = await build(storage, clock, state, voting=voting)
            if everything and (state, voting) in BUSIEST:
                found = await walked(storage, world, world.accounts)
            else:
                found = await those_let_in(storage, world, waiting if everything else ())
            if voting:
                await storage.write(make_secret, world.ids["motion_id"])
                found += await walked(storage, world, [Role.REPRESENTATIVE.value])
            findings += judged(found, state, waiting)
    if everything:
        clock = TurnableClock()
        async with databases.database() as url, Storage.open(url, association, clock) as storage:
            world = await build(storage, clock, MeetingState.OPEN, voting=True, acclaimed=True)
            found = await walked(storage, world, world.accounts, only=waiting)
            findings += judged(found, MeetingState.OPEN, waiting)
        assert waiting == set()
    assert findings == []


@pytest.mark.parametrize("mode", SecondFactorMode)
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # the store keeps the secret, and decides nothing
async def test_guarded_acts_ask_for_a_code(
    database_url: str, association: Association, clock: TurnableClock, mode: SecondFactorMode
) -> None:
    """Where a second factor is asked, exactly the guarded acts ask for it, once the last code is too old."""
    async with Storage.open(database_url, association, clock) as storage:
        world = await build(storage, clock, MeetingState.CONVENED)
    async with Storage.open(database_url, replace(association, second_factor=mode), clock) as storage:
        clock.turn(association.second_factor_remembered)
        findings = []
        asked = (Role.SECRETARIAT.value, Role.CHAIR.value, "bare chair")
        for name, purpose, who, refusal in await walked(storage, world, asked):
            guarded = isinstance(purpose, Act) and RULES[purpose].guarded and has_access(who, purpose)
            asked_of = {SecondFactorMode.OPTIONAL: who != "bare chair", SecondFactorMode.REQUIRED: True}
            expected = guarded and asked_of.get(mode, False)
            if isinstance(refusal, CODE_ASKED) is not expected:
                findings.append(f"{name} as {who}: {refusal!r}")
        assert findings == []
