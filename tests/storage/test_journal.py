"""The journal: what is written down, and that a later change of it is found."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from assembly.meetings import Mode
from storage.engine import Storage
from storage.journal import BEGINNING, entry_hash, private_digest
from storage.tables import journal, journal_private, journal_seals, people
from storage.unit import Unit
from tests.support.clock import TurnableClock


async def add_person(unit: Unit) -> None:
    """Add somebody who can act."""
    await unit.connection.execute(insert(people).values(id=7, name="portefeuillehouder Deventer", function="wethouder"))


async def note(unit: Unit, kind: str = "proxy_granted", **options: Any) -> int:  # noqa: ANN401 - handed on
    """Write one entry down."""
    values: dict[str, Any] = {"actor_id": 7, "facts": {"proxy": 3}, "private": {"name": "Deventer"}, "meeting_id": 1}
    return await unit.journal.note(kind, **(values | options))


async def seal(unit: Unit, limit: int = 500) -> int:
    """Seal what is not sealed yet."""
    return await unit.journal.seal(limit)


async def verify(unit: Unit, head: str | None = None) -> list[str]:
    """Return what does not fit."""
    return await unit.journal.verify(head)


async def head(unit: Unit) -> str | None:
    """Return the last hash."""
    return await unit.journal.head()


@pytest.fixture
async def filled(storage: Storage) -> Storage:
    """Give a storage with four sealed entries, numbered from 1."""
    await storage.write(add_person)
    for _ in range(4):
        await storage.write(note)
    assert await storage.write(seal) == 4
    return storage


async def test_entry_is_written_as_canonical_json(storage: Storage, clock: TurnableClock) -> None:
    """An entry bears the moment and its facts as sorted JSON; the private part stands apart, under a salted digest."""
    await storage.write(add_person)
    facts = {"mode": Mode.ROOM, "at": clock.moment, "aantal": 2, "é": None}
    entry_id = await storage.write(note, "checked_in", facts=facts, private={"name": "Zoë"})

    async def load(unit: Unit) -> Any:  # noqa: ANN401 - a row
        query = select(journal, journal_private.c.salt, journal_private.c.facts.label("private"))
        return (await unit.connection.execute(query.join(journal_private))).one()

    row = await storage.read(load)
    assert (row.id, row.at, row.kind, row.actor_id, row.meeting_id) == (entry_id, clock.moment, "checked_in", 7, 1)
    assert row.facts == '{"aantal":2,"at":"2019-02-13T17:00:00Z","mode":"room","é":null}'
    assert row.private == '{"name":"Zoë"}'
    assert row.private_digest == private_digest(row.salt, row.private)
    assert len(row.salt) == 64


async def test_seals_form_a_chain(filled: Storage) -> None:
    """Each hash covers the one before it and all of its entry."""

    async def load(unit: Unit) -> list[Any]:
        query = select(journal, journal_seals.c.previous, journal_seals.c.hash).join(journal_seals)
        return list(await unit.connection.execute(query.order_by(journal_seals.c.id)))

    previous = BEGINNING
    for row in await filled.read(load):
        assert row.previous == previous
        previous = entry_hash(
            previous,
            entry_id=row.id,
            at=row.at,
            kind=row.kind,
            actor_id=row.actor_id,
            meeting_id=row.meeting_id,
            facts=row.facts,
            private_digest=row.private_digest,
        )
        assert row.hash == previous
    assert await filled.read(head) == previous


async def test_sealing_goes_in_steps(storage: Storage) -> None:
    """Sealing takes at most as many as it is told, each entry once, and an unsealed rest is sound."""
    await storage.write(add_person)
    for _ in range(3):
        await storage.write(note, private=None)
    assert await storage.read(head) is None
    assert [await storage.write(seal, 2) for _ in range(3)] == [2, 1, 0]
    await storage.write(note)
    assert await storage.read(verify) == []


async def test_entry_committed_late_is_sealed_late(storage: Storage) -> None:
    """An entry that is committed after a higher numbered one was sealed joins the end of the chain."""
    await storage.write(add_person)

    async def note_numbered(unit: Unit, entry_id: int) -> None:
        values = {"id": entry_id, "at": unit.now, "kind": "late", "facts": "{}"}
        await unit.connection.execute(insert(journal).values(values))

    await storage.write(note_numbered, 12)
    await storage.write(seal)
    await storage.write(note_numbered, 11)
    assert await storage.write(seal) == 1
    assert await storage.read(verify) == []


async def test_purge_keeps_the_chain_sound(filled: Storage) -> None:
    """Erasing private parts leaves nothing to be found."""

    async def purge(unit: Unit) -> None:
        await unit.connection.execute(delete(journal_private).where(journal_private.c.entry_id <= 2))

    await filled.write(purge)
    assert await filled.read(verify) == []


@pytest.mark.parametrize(
    "change",
    [
        {"facts": '{"proxy":4}'},
        {"facts": '{"proxy": 3}'},
        {"kind": "proxy_revoked"},
        {"actor_id": None},
        {"meeting_id": 2},
        {"private_digest": None},
        {"private_digest": "0" * 64},
    ],
    ids="-".join,
)
async def test_changed_entry_is_found(filled: Storage, change: dict[str, Any]) -> None:
    """A sealed entry cannot be changed unnoticed, in any of its parts."""

    async def tamper(unit: Unit) -> None:
        await unit.connection.execute(update(journal).where(journal.c.id == 2).values(change))

    await filled.write(tamper)
    assert "entry 2: changed after it was sealed" in await filled.read(verify)


async def test_moved_moment_is_found(filled: Storage, clock: TurnableClock) -> None:
    """A sealed entry cannot be given another moment, not even by a microsecond."""

    async def tamper(unit: Unit) -> None:
        moved = clock.moment.replace(microsecond=1)
        await unit.connection.execute(update(journal).where(journal.c.id == 2).values(at=moved))

    await filled.write(tamper)
    assert await filled.read(verify) == ["entry 2: changed after it was sealed"]


async def change_private(unit: Unit) -> None:
    """Change an erasable part."""
    await unit.connection.execute(
        update(journal_private).where(journal_private.c.entry_id == 2).values(facts='{"name":"Zwolle"}')
    )


async def drop_entry(unit: Unit) -> None:
    """Take an entry out, with its seal and all."""
    for table, column in (
        (journal_private, journal_private.c.entry_id),
        (journal_seals, journal_seals.c.entry_id),
        (journal, journal.c.id),
    ):
        await unit.connection.execute(delete(table).where(column == 2))


async def drop_and_close_the_gap(unit: Unit) -> None:
    """Take an entry out and hang the next one on the one before it."""
    previous = select(journal_seals.c.previous).where(journal_seals.c.entry_id == 2)
    before = (await unit.connection.execute(previous)).scalar_one()
    await drop_entry(unit)
    await unit.connection.execute(update(journal_seals).where(journal_seals.c.entry_id == 3).values(previous=before))


async def reseal(unit: Unit) -> None:
    """Change a seal's own hash."""
    await unit.connection.execute(update(journal_seals).where(journal_seals.c.entry_id == 2).values(hash="f" * 64))


async def swap(unit: Unit) -> None:
    """Let two entries change places in the chain."""
    for seal_of, entry_id in ((2, -2), (3, 2), (-2, 3)):
        if entry_id < 0:
            await unit.connection.execute(insert(journal).values(id=entry_id, at=unit.now, kind="aside", facts="{}"))
        await unit.connection.execute(
            update(journal_seals).where(journal_seals.c.entry_id == seal_of).values(entry_id=entry_id)
        )


@pytest.mark.parametrize(
    ("tamper", "finding"),
    [
        (change_private, "entry 2: its private part was changed"),
        (drop_entry, "entry 3: its seal does not follow the one before it"),
        (drop_and_close_the_gap, "entry 3: changed after it was sealed"),
        (reseal, "entry 2: changed after it was sealed"),
        (swap, "entry 3: changed after it was sealed"),
    ],
)
async def test_tampering_is_found(filled: Storage, tamper: Callable[[Unit], Awaitable[None]], finding: str) -> None:
    """Whatever is changed, dropped, moved or sealed anew in the chain is found."""
    await filled.write(tamper)
    assert finding in await filled.read(verify)


async def test_missing_entry_is_found(filled: Storage) -> None:
    """An entry of which only the seal is left is found, where somebody got past the foreign keys."""

    async def tamper(unit: Unit) -> None:
        await unit.connection.execute(delete(journal_private).where(journal_private.c.entry_id == 2))
        if unit.connection.dialect.name == "postgresql":
            await unit.connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            await unit.connection.exec_driver_sql("COMMIT")
            await unit.connection.exec_driver_sql("PRAGMA foreign_keys = 0")
        await unit.connection.execute(delete(journal).where(journal.c.id == 2))
        if unit.connection.dialect.name == "sqlite":
            await unit.connection.exec_driver_sql("PRAGMA foreign_keys = 1")

    await filled.write(tamper)
    assert "entry 2: sealed but missing" in await filled.read(verify)


async def test_cut_off_or_rebuilt_chain_is_found(filled: Storage) -> None:
    """Who drops the end, or seals all anew, is betrayed by a hash that was noted elsewhere."""
    noted = await filled.read(head)

    async def cut_off(unit: Unit) -> None:
        await unit.connection.execute(delete(journal_seals).where(journal_seals.c.entry_id == 4))
        await unit.connection.execute(delete(journal_private).where(journal_private.c.entry_id == 4))
        await unit.connection.execute(delete(journal).where(journal.c.id == 4))

    await filled.write(cut_off)
    assert await filled.read(verify) == []
    assert await filled.read(verify, noted) == ["the chain does not pass through the hash that was noted before"]


async def test_noted_hash_stays_in_the_chain(filled: Storage) -> None:
    """A hash that was noted before stays good when the journal grows."""
    noted = await filled.read(head)
    await filled.write(note)
    await filled.write(seal)
    assert await filled.read(verify, noted) == []


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_two_sealers_cannot_fork_the_chain(storage: Storage) -> None:
    """Of two sealers at once one fails, and the chain stays one."""
    await storage.write(add_person)
    await storage.write(note)
    both = asyncio.Barrier(2)

    async def seal_together(unit: Unit) -> int:
        await head(unit)
        await both.wait()
        return await seal(unit)

    outcomes = await asyncio.gather(storage.write(seal_together), storage.write(seal_together), return_exceptions=True)
    assert outcomes.count(1) == 1
    (other,) = (outcome for outcome in outcomes if outcome != 1)
    assert other == 0 or isinstance(other, IntegrityError)
    assert await storage.read(verify) == []
