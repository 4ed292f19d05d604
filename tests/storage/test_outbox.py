"""Queueing: frozen facts, live screens, and one waiting row per chat and key."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from storage.engine import Storage
from storage.tables import Priority, outbox
from storage.unit import Unit
from storage.waiting import OutboxRow
from tests.storage.services import Shown

NOW, LEASE = 1000.0, 30.0

on_sqlite = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)


async def waiting(unit: Unit) -> list[tuple[int, str, Any, bool]]:
    """Return (id, screen, text, live) of every row, in order."""
    query = select(outbox.c.id, outbox.c.screen, outbox.c.facts, outbox.c.live).order_by(outbox.c.id)
    return [(row.id, row.screen, row.facts["text"], row.live) for row in await unit.connection.execute(query)]


async def send(unit: Unit, text: str, **options: Any) -> int:  # noqa: ANN401 - handed on
    """Queue a message for chat 5."""
    return await unit.outbox.send(5, Shown(text), **options)


async def show(unit: Unit, text: str, key: str = "ballot") -> None:
    """Queue a live screen for chat 5."""
    await unit.outbox.show(5, Shown(text), key=key)


async def claim(unit: Unit) -> list[OutboxRow]:
    """Take what is due."""
    return await unit.outbox.claim(10, [], NOW, LEASE)


async def test_message_keeps_its_facts(storage: Storage) -> None:
    """A message bears the name of its screen and the facts of the moment, with all that the sender needs."""
    row_id = await storage.write(
        send, "hallo", priority=Priority.BULK, batch="convocation:1", silent=True, edit=77, not_before=NOW
    )
    (row,) = await storage.write(claim)
    assert (row.id, row.chat_id, row.screen, row.facts) == (row_id, 5, "Shown", {"text": "hallo"})
    assert (row.live, row.priority, row.batch, row.silent) == (False, Priority.BULK, "convocation:1", True)
    assert (row.message_id, row.attempts, row.may_have_arrived, row.key) == (77, 1, False, None)


async def test_messages_without_key_all_wait(storage: Storage) -> None:
    """Two equal messages without a key are two messages."""
    await storage.write(send, "twice")
    await storage.write(send, "twice")
    assert len(await storage.read(waiting)) == 2


async def test_live_screen_waits_once(storage: Storage) -> None:
    """However often a live screen is asked for, one row waits for each chat and key."""

    async def ask(unit: Unit) -> None:
        for chat_id in (5, 6):
            for key in ("ballot", "dashboard"):
                await unit.outbox.show(chat_id, Shown("ref"), key=key)

    for _ in range(3):
        await storage.write(ask)
    assert [row[1:] for row in await storage.read(waiting)] == [("Shown", "ref", True)] * 4


async def test_screen_being_sent_absorbs_nothing(storage: Storage) -> None:
    """What changes while a screen is being sent makes a new row, which waits until the first is done."""
    await storage.write(show, "ref")
    (first,) = await storage.write(claim)
    await storage.write(show, "ref")
    assert len(await storage.read(waiting)) == 2
    assert await storage.write(claim) == []

    async def done(unit: Unit) -> None:
        await unit.outbox.mark_sent(first.id, 700)

    await storage.write(done)
    (second,) = await storage.write(claim)
    assert second.id != first.id


@pytest.mark.parametrize(("first", "second", "live"), [(show, send, False), (send, show, True), (send, send, False)])
async def test_last_word_under_a_key_counts(storage: Storage, first: Any, second: Any, live: bool) -> None:  # noqa: ANN401 - a service
    """What is queued later under a key replaces what still waits there, in its place in the queue."""
    await storage.write(first, "old", key="ballot")
    await storage.write(send, "other")
    await storage.write(second, "new", key="ballot")
    rows = await storage.read(waiting)
    assert [row[1:] for row in rows] == [("Shown", "new", live), ("Shown", "other", False)]


async def test_who_is_in_a_hurry_takes_the_waiting_row_along(storage: Storage) -> None:
    """A redraw that can wait is as urgent as whoever asks for the same screen; it never gets less urgent."""
    for priority in (Priority.RESULT, Priority.DIALOGUE, Priority.BULK):
        await storage.write(send, "redraw", key="ballot", priority=priority)
    (row,) = await storage.write(claim)
    assert row.priority == Priority.DIALOGUE


async def test_rolled_back_message_never_waits(storage: Storage) -> None:
    """A message whose cause was refused is not sent."""

    async def fail(unit: Unit) -> None:
        await send(unit, "never")
        await show(unit, "never")
        raise LookupError

    with pytest.raises(LookupError):
        await storage.write(fail)
    assert await storage.read(waiting) == []


class Vote:
    """A service that changes what a waiting screen shows, and is held before it commits."""

    def __init__(self) -> None:
        self.joined, self.go_on = asyncio.Event(), asyncio.Event()

    async def __call__(self, unit: Unit) -> None:
        """Join the waiting row and wait."""
        await show(unit, "ref")
        self.joined.set()
        await self.go_on.wait()


@on_postgresql
async def test_sender_passes_over_a_changing_screen(storage: Storage) -> None:
    """A screen is not taken while a transaction changes what it shows: it would show the state before the change."""
    await storage.write(show, "ref")
    vote = Vote()
    voting = asyncio.create_task(storage.write(vote))
    await vote.joined.wait()
    assert await storage.write(claim) == []
    vote.go_on.set()
    await voting
    assert len(await storage.write(claim)) == 1


@on_sqlite
async def test_sender_waits_for_a_changing_screen(storage: Storage) -> None:
    """With one writer at a time, the sender takes the screen after the transaction that changes what it shows."""
    await storage.write(show, "ref")
    vote = Vote()
    voting = asyncio.create_task(storage.write(vote))
    await vote.joined.wait()
    claiming = asyncio.create_task(storage.write(claim))
    vote.go_on.set()
    finished, _ = await asyncio.wait([voting, claiming], return_when=asyncio.FIRST_COMPLETED)
    assert finished == {voting}
    assert len(await claiming) == 1


@on_postgresql
async def test_voters_do_not_wait_for_each_other(storage: Storage) -> None:
    """Two transactions that change the same dashboard run side by side."""
    await storage.write(show, "ref")
    both = asyncio.Barrier(2)

    async def vote(unit: Unit) -> None:
        await show(unit, "ref")
        await both.wait()

    async with asyncio.timeout(5):
        await asyncio.gather(storage.write(vote), storage.write(vote))
    assert len(await storage.read(waiting)) == 1
