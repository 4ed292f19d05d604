"""Erasing the traces of secret votes: at a tick, again after whatever ended it, and before any backup."""

import io

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from assembly.tally import Choice
from bot.erasing import erase_traces
from bot.scheduler import Scheduler
from services import boxes
from storage.archive import BackupRefused, Refusal
from storage.backup import back_up
from storage.engine import Storage, StorageUnavailable
from storage.unit import Unit
from tests.support.clock import TurnableClock
from tests.support.sitting import Evening, open_evening

SIX = ("Assen", "Deventer", "Emmen", "Ommen", "Raalte", "Zwolle")


async def voting(storage: Storage, clock: TurnableClock) -> tuple[Evening, int]:
    """Hold a secret vote up to the moment before its closing."""
    evening = await open_evening(storage, clock, *SIX)
    await evening.arrive(*SIX)
    motion_id = await evening.put_to_vote("3")
    for member in SIX:
        await evening.cast_secret(motion_id, member, Choice.FOR)
    return evening, motion_id


async def traces(storage: Storage, motion_id: int) -> tuple[bool, int]:
    """Return whether the box is there still, and how many counters it has."""

    async def load(unit: Unit) -> tuple[bool, int]:
        return await unit.boxes.has_traces(motion_id), len(await unit.boxes.counts(motion_id))

    return await storage.read(load)


async def test_no_backup_while_there_is_a_box(storage: Storage, database_url: str, clock: TurnableClock) -> None:
    """From the opening until the traces are erased a backup is refused, and nothing is written into its file."""
    evening, motion_id = await voting(storage, clock)
    for close in (False, True):
        if close:
            await evening.end_vote(motion_id)
        file = io.BytesIO()
        with pytest.raises(BackupRefused) as refused:
            await back_up(database_url, file, clock.moment)
        assert refused.value.reason is Refusal.BOX_OPEN
        assert not file.getvalue()
    await erase_traces(storage)
    await back_up(database_url, file, clock.moment)
    assert file.getvalue()


async def test_a_tick_erases_what_is_over(storage: Storage, clock: TurnableClock) -> None:
    """An open box is left alone; of a closed one the counters go, and a second tick does nothing more."""
    evening, motion_id = await voting(storage, clock)
    await Scheduler(storage).tick()
    assert await traces(storage, motion_id) == (True, 3)
    await evening.end_vote(motion_id)
    await Scheduler(storage).tick()
    assert await traces(storage, motion_id) == (False, 0)
    noted = await storage.read(lambda unit: unit.journal.verify())
    await Scheduler(storage).tick()
    assert await storage.read(lambda unit: unit.journal.verify()) == noted == []


@pytest.mark.parametrize("broken", ["rewrite", "scrub", "busy", "note"])
async def test_begun_again_after_whatever_ended_it(
    storage: Storage, clock: TurnableClock, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """A disk that is full, a reader that stays, a process that ends: the box is there until everything is done."""
    evening, motion_id = await voting(storage, clock)
    await evening.end_vote(motion_id)

    async def fail(*_: object) -> None:
        raise StorageUnavailable

    async def busy() -> bool:
        return False

    with monkeypatch.context() as patched:
        if broken in {"scrub", "busy"}:
            patched.setattr(storage, "scrub", fail if broken == "scrub" else busy)
        else:
            name = {"rewrite": "rewrite_boxes", "note": "note_erased"}[broken]
            assert callable(getattr(boxes, name))
            patched.setattr(f"bot.erasing.{name}", fail)
        await Scheduler(storage, ()).tick()
        assert (await traces(storage, motion_id))[0]
    await Scheduler(storage, ()).tick()
    assert await traces(storage, motion_id) == (False, 0)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_waits_for_who_reads_an_earlier_moment(storage: Storage, clock: TurnableClock) -> None:
    """SQLite's log cannot be cut off under a reader; it is, once that has gone."""
    evening, motion_id = await voting(storage, clock)
    await evening.end_vote(motion_id)

    async def shorter(connection: AsyncConnection) -> None:
        await connection.exec_driver_sql("PRAGMA busy_timeout = 50")
        await connection.rollback()

    async with storage._engines.write.connect() as connection:
        await shorter(connection)
    async with storage._engines.read.connect() as reader:
        await reader.exec_driver_sql("SELECT count(*) FROM motions")
        await erase_traces(storage)
        assert (await traces(storage, motion_id))[0]
    await erase_traces(storage)
    assert await traces(storage, motion_id) == (False, 0)
