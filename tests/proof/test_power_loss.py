"""The power fails while people vote: whatever was acknowledged is in the file, whole, wherever the cut comes.

The real storage works on a real file, and everything that SQLite does to it is written down. Afterwards the disk is
made as it may be found after a cut at any point of that record, opened with plain SQLite, and held against what
people had been told by then.
"""

import asyncio
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy.engine import make_url

from assembly.association import Association
from assembly.tally import Choice
from storage import engines
from storage.engine import Storage
from tests.proof.disk import Disk
from tests.proof.numbers import CUTS, chance
from tests.proof.vfs import OK, Operation, Synced, tapped
from tests.support.clock import TurnableClock
from tests.support.sitting import Evening, open_evening

MEMBERS = [f"Lid {number}" for number in range(1, 13)]
FIRST_UPDATE = 10_000
SITTINGS = 2
"""How often the database is opened and closed: closing writes the log back and deletes it."""

ROUNDS = 6
"""How often everybody votes in a sitting."""

SOME_CUTS = 200
LOST = "lost although acknowledged: press"

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


@dataclass(frozen=True)
class Told:
    """Somebody was told that this press is stored."""

    update_id: int


@dataclass
class History:
    """A file as it was at first and what was done to it; and the votes by update id as (member, choice)."""

    file: Path
    at_first: bytes
    record: list[Operation | Told] = field(default_factory=list)
    votes: dict[int, tuple[int, Choice]] = field(default_factory=dict)

    @classmethod
    def begun(cls, file: Path) -> "History":
        """Begin with the file as it is, closed and durable."""
        return cls(file, file.read_bytes())

    def note(self, operation: Operation) -> int:
        """Write down what SQLite does to the file, and let it."""
        self.record.append(operation)
        return OK

    def written_back(self) -> int:
        """Return how often the log was written back into the file and that was made durable."""
        return sum(isinstance(entry, Synced) and entry.path == self.file for entry in self.record)


async def voted(url: str, association: Association, clock: TurnableClock, random: Random) -> History:
    """Let everybody vote again and again: in some rounds one by one, in others all at once."""
    async with Storage.open(url, association, clock) as storage:
        evening = await open_evening(storage, clock, *MEMBERS)
        await evening.arrive(*MEMBERS)
        motion_id = await evening.put_to_vote()
    history = History.begun(Path(str(make_url(url).database)))
    with tapped(history.note):
        for _ in range(SITTINGS):
            async with Storage.open(url, association, clock) as storage:
                for _ in range(ROUNDS):
                    await one_round(replace(evening, storage=storage), motion_id, history, random)
    return history


async def one_round(evening: Evening, motion_id: int, history: History, random: Random) -> None:
    """Let every member vote once."""
    places = asyncio.Semaphore(random.choice([1, 3, len(MEMBERS)]))

    async def vote(member: str, update_id: int, choice: Choice) -> None:
        async with places:
            await evening.cast(motion_id, member, choice, update=update_id)
        history.record.append(Told(update_id))

    votes = []
    for update_id, member in enumerate(MEMBERS, FIRST_UPDATE + len(history.votes)):
        choice = random.choice(list(Choice))
        history.votes[update_id] = evening.register.members[member], choice
        votes.append(vote(member, update_id, choice))
    await asyncio.gather(*votes)


def cuts(history: History, number: int, random: Random) -> Iterator[list[str]]:
    """Cut the power at ``number`` points of the record; yield what is wrong with what is left after each."""
    cuts_at = Counter(random.choices(range(len(history.record) + 1), k=number))
    disk = Disk({history.file.name: history.at_first})
    told: set[int] = set()
    for point, entry in enumerate([*history.record, None]):
        for _ in range(cuts_at[point]):
            with TemporaryDirectory(prefix="alvbot-cut-") as folder:
                disk.cut(Path(folder), random)
                yield [
                    f"cut at {point}: {wrong}" for wrong in findings(Path(folder) / history.file.name, history, told)
                ]
        if isinstance(entry, Told):
            told.add(entry.update_id)
        elif entry is not None:
            disk.do(entry)


def findings(file: Path, history: History, told: Collection[int]) -> list[str]:
    """Open what is left of the database with plain SQLite; return what is wrong with it."""
    with closing(sqlite3.connect(file)) as connection:
        try:
            connection.execute("PRAGMA synchronous = OFF")  # it is thrown away in a moment
            wrong = [str(row) for row in connection.execute("PRAGMA integrity_check") if row != ("ok",)]
            wrong += [f"broken reference {row}" for row in connection.execute("PRAGMA foreign_key_check")]
            return wrong or unlike(Left.read(connection, history), history, told)
        except sqlite3.DatabaseError as error:
            return [f"the file cannot be read: {error}"]


@dataclass(frozen=True)
class Left:
    """What is left of the votes: update ids of which the done-key is there, ballots, and what the journal tells."""

    done: set[int]
    ballots: dict[int, tuple[int, str]]
    noted: dict[int, list[str]]

    @classmethod
    def read(cls, connection: sqlite3.Connection, history: History) -> "Left":
        """Read it, each part from a table of its own."""
        noted: dict[int, list[str]] = defaultdict(list)
        for (facts,) in connection.execute("SELECT facts FROM journal WHERE kind = 'ballot_cast' ORDER BY id"):
            entry = json.loads(facts)
            noted[entry["member"]].append(entry["choice"])
        return cls(
            {update_id for (update_id,) in connection.execute("SELECT update_id FROM done_updates")}
            & set(history.votes),
            {row[0]: row[1:] for row in connection.execute("SELECT member_id, update_id, choice FROM ballots")},
            dict(noted),
        )


def unlike(left: Left, history: History, told: Collection[int]) -> list[str]:
    """Return which acknowledged votes are lost, and where the parts that are left do not belong together."""
    cast: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for update_id in sorted(left.done):
        member_id, choice = history.votes[update_id]
        cast[member_id].append((update_id, choice.value))
    wrong = [f"{LOST} {update_id}" for update_id in sorted(set(told) - left.done)]
    if left.ballots != {member_id: votes[-1] for member_id, votes in cast.items()}:
        wrong.append("the ballots are not those of the done-keys")
    changes = {
        member_id: [choice for choice, _ in groupby(vote[1] for vote in votes)] for member_id, votes in cast.items()
    }
    if left.noted != changes:
        wrong.append("the journal does not tell of the votes that are there")
    return wrong


@pytest.fixture
def _short_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the log written back often: every few votes instead of every few hundred."""
    monkeypatch.setitem(engines._PRAGMAS, "wal_autocheckpoint", 100)


@pytest.mark.usefixtures("_short_log")
@pytest.mark.parametrize("number", [SOME_CUTS, pytest.param(CUTS, marks=pytest.mark.proof)])
async def test_what_was_acknowledged_is_there(
    database_url: str, association: Association, clock: TurnableClock, number: int
) -> None:
    """After a cut at any point the file is sound, and every vote that somebody was told of is whole and in it."""
    random = chance()
    history = await voted(database_url, association, clock, random)
    assert history.written_back() > SITTINGS, "the log was not written back while people voted"
    for wrong in cuts(history, number, random):
        assert wrong == []


@pytest.mark.usefixtures("_short_log")
@pytest.mark.parametrize("synchronous", [0, 1], ids=["off", "normal"])
async def test_less_than_full_loses_votes(
    database_url: str, association: Association, clock: TurnableClock, monkeypatch: pytest.MonkeyPatch, synchronous: int
) -> None:
    """With ``synchronous`` OFF or NORMAL the same check soon finds a vote that was acknowledged and is gone."""
    monkeypatch.setitem(engines._PRAGMAS, "synchronous", synchronous)
    random = chance()
    history = await voted(database_url, association, clock, random)
    assert any(LOST in finding for wrong in cuts(history, SOME_CUTS, random) for finding in wrong)
