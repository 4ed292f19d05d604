"""Sending: claims, leases, tries, and which message shows what."""

import asyncio
from time import time
from typing import Any

import pytest

from storage.chats import LinkedChat
from storage.engine import Storage
from storage.tables import Priority, SendState
from storage.unit import Unit
from storage.waiting import OutboxRow
from tests.storage.services import Shown
from tests.support.clock import TurnableClock

NOW, LEASE = 1000.0, 30.0


async def queue(unit: Unit, *messages: tuple[int, str], **options: Any) -> None:  # noqa: ANN401 - handed on
    """Queue (chat, text) messages."""
    for chat_id, text in messages:
        await unit.outbox.send(chat_id, Shown(text), **options)


async def show(unit: Unit, chat_id: int, text: str, key: str = "ballot") -> None:
    """Queue a live screen."""
    await unit.outbox.show(chat_id, Shown(text), key=key)


async def claim(unit: Unit, now: float = NOW, limit: int = 10, busy: tuple[int, ...] = ()) -> list[OutboxRow]:
    """Take what is due at ``now``."""
    return await unit.outbox.claim(limit, busy, now, LEASE)


async def call(unit: Unit, name: str, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - of any method
    """Call a method of the outbox."""
    return await getattr(unit.outbox, name)(*args, **options)


def texts(rows: list[OutboxRow]) -> list[str]:
    """Return what the rows say."""
    return [row.facts["text"] for row in rows]


async def test_urgent_rows_go_first(storage: Storage) -> None:
    """Rows are taken by priority, then in the order in which they were queued, and no more than asked for."""
    await storage.write(queue, (1, "bulk"), priority=Priority.BULK)
    await storage.write(queue, (2, "first"), (3, "second"))
    await storage.write(queue, (4, "ballot"), priority=Priority.BALLOT)
    assert texts(await storage.write(claim, limit=3)) == ["ballot", "first", "second"]
    assert texts(await storage.write(claim)) == ["bulk"]


async def test_one_message_per_chat_at_a_time(storage: Storage) -> None:
    """While a chat's message is on its way nothing else goes there, not even what is more urgent."""
    await storage.write(queue, (1, "one"), (1, "two"), (2, "three"))
    first, other = await storage.write(claim)
    assert texts([first, other]) == ["one", "three"]
    await storage.write(queue, (1, "urgent"), priority=Priority.BALLOT)
    assert await storage.write(claim) == []
    await storage.write(call, "mark_sent", first.id, 10)
    assert texts(await storage.write(claim)) == ["urgent"]


async def test_busy_chats_are_left_alone(storage: Storage) -> None:
    """The sender can name chats that must stay silent."""
    await storage.write(queue, (1, "one"), (2, "two"))
    assert texts(await storage.write(claim, busy=(1,))) == ["two"]
    assert texts(await storage.write(claim)) == ["one"]


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_claim_does_not_read_everything(storage: Storage) -> None:
    """With ten thousand rows waiting, SQLite takes hardly more steps for a claim than with a hundred."""

    async def steps(unit: Unit) -> int:
        taken = 0

        def count() -> None:
            nonlocal taken
            taken += 1

        raw = await unit.connection.get_raw_connection()
        assert raw.driver_connection is not None
        raw.driver_connection._conn.set_progress_handler(count, 100)
        assert len(await claim(unit, limit=4, busy=tuple(range(16)))) == 4
        assert await unit.outbox.next_due(NOW) is None
        raw.driver_connection._conn.set_progress_handler(None, 0)
        return taken * 100

    await storage.write(queue, *((chat, "bulk") for chat in range(100)))
    few = await storage.write(steps)
    recipients = [(chat, None) for chat in range(100, 5100)]
    await storage.write(lambda unit: unit.outbox.spread(recipients, [Shown("one"), Shown("two")]))
    assert await storage.write(steps) < 2 * few


async def test_not_before(storage: Storage) -> None:
    """A message that is due later holds nothing up, and the sender can know when to wake."""
    await storage.write(queue, (1, "later"), not_before=NOW + 60)
    await storage.write(queue, (1, "now"))
    assert texts(await storage.write(claim)) == ["now"]
    assert await storage.read(call, "next_due", NOW) == NOW + 60
    assert await storage.read(call, "next_due", NOW + 60) is None
    assert await storage.read(call, "pending") == 2


async def test_lease_runs_out(storage: Storage) -> None:
    """A row whose sender never came back is taken again after its lease, and may have arrived the first time."""
    await storage.write(queue, (1, "one"))
    await storage.write(claim)
    assert await storage.write(claim, NOW + LEASE - 1) == []
    (again,) = await storage.write(claim, NOW + LEASE)
    assert (again.attempts, again.may_have_arrived) == (2, True)


async def test_retry_keeps_the_order(storage: Storage) -> None:
    """A message that waits for another try holds up its chat, except for what is more urgent."""
    await storage.write(queue, (1, "one"), (1, "two"))
    (row,) = await storage.write(claim)
    await storage.write(call, "retry", row.id, NOW + 5, "429", may_have_arrived=False)
    assert await storage.write(claim) == []
    await storage.write(queue, (1, "urgent"), priority=Priority.BALLOT)
    (urgent,) = await storage.write(claim)
    assert texts([urgent]) == ["urgent"]
    await storage.write(call, "mark_sent", urgent.id, 10)
    (again,) = await storage.write(claim, NOW + 5)
    assert (again.id, again.attempts, again.may_have_arrived) == (row.id, 2, False)
    await storage.write(call, "retry", again.id, NOW + 9, "timeout", may_have_arrived=True)
    (last,) = await storage.write(claim, NOW + 9)
    assert (last.attempts, last.may_have_arrived) == (3, True)


async def test_newer_screen_supersedes_a_retry(storage: Storage) -> None:
    """A screen that must be tried again, while a newer one of its key waits, leaves it to that one."""
    await storage.write(show, 1, "old")
    (row,) = await storage.write(claim)
    await storage.write(show, 1, "new")
    await storage.write(call, "retry", row.id, NOW, "502", may_have_arrived=False)
    assert texts(await storage.write(claim)) == ["new"]
    assert await storage.write(claim) == []


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_newer_screen_during_a_retry(storage: Storage) -> None:
    """A newer screen that is committed in the middle of a retry supersedes it too."""
    await storage.write(show, 1, "old")
    (row,) = await storage.write(claim)
    queued, go_on = asyncio.Event(), asyncio.Event()

    async def slow(unit: Unit) -> None:
        await show(unit, 1, "new")
        queued.set()
        await go_on.wait()

    showing = asyncio.create_task(storage.write(slow))
    await queued.wait()
    retrying = asyncio.create_task(storage.write(call, "retry", row.id, NOW, "502", may_have_arrived=False))

    async def blocked(unit: Unit) -> bool:
        waits = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        return bool((await unit.connection.exec_driver_sql(f"SELECT EXISTS (SELECT {waits})")).scalar_one())

    async with asyncio.timeout(5):
        while not await storage.read(blocked):
            pass
    go_on.set()
    await asyncio.gather(showing, retrying)
    assert texts(await storage.write(claim)) == ["new"]
    assert await storage.read(call, "pending") == 1


async def test_restart_takes_over(storage: Storage) -> None:
    """After a kill everything that was on its way waits again, once, and may have arrived."""
    await storage.write(queue, (1, "one"), (2, "two"))
    await storage.write(show, 3, "old")
    await storage.write(claim)
    await storage.write(show, 3, "new")
    await storage.write(call, "resume", NOW, 60.0)
    rows = await storage.write(claim)
    assert texts(rows) == ["new", "one", "two"]
    assert [row.may_have_arrived for row in rows] == [False, True, True]


async def test_restart_knows_what_telegram_still_counts(storage: Storage) -> None:
    """A new process learns which chats were written to lately, how often, and until when there must be silence."""
    await storage.write(show, 1, "old")
    await storage.write(queue, (2, "sent"), (3, "failed"), (4, "refused"), (5, "killed"), (6, "waits"))
    old, sent, failed, refused, _killed = await storage.write(claim, limit=5)
    began = time()
    await storage.write(show, 1, "new")
    await storage.write(call, "retry", old.id, NOW, "superseded", silent_until=began + 20)
    await storage.write(call, "mark_sent", sent.id, 10)
    await storage.write(call, "mark_failed", failed.id, "Forbidden")
    await storage.write(call, "retry", refused.id, NOW, "429", silent_until=began + 30)
    (again,) = [row for row in await storage.write(claim, busy=(1, 6)) if row.id == refused.id]
    await storage.write(call, "retry", again.id, NOW, "502")
    ended = time()
    earlier = await storage.write(call, "resume", ended + 5, 60.0)
    assert [(tried.chat_id, tried.requests) for tried in earlier.tried] == [(1, 1), (2, 1), (3, 1), (4, 2), (5, 1)]
    assert all(began <= tried.at <= ended for tried in earlier.tried[:4])
    assert earlier.tried[4].at == ended + 5  # nobody knows when the killed one ended, so it is as late as can be
    assert earlier.silent_until == began + 20
    assert (await storage.write(call, "resume", ended + 70, 60.0)).tried == ()


async def test_message_that_can_be_changed_no_more(storage: Storage) -> None:
    """A screen whose message is gone is queued for a new one, and nothing else is looked for under the old one."""
    await storage.write(call, "set_posted", 1, "ballot", 10)
    await storage.write(call, "set_posted", 1, "menu", 11)
    await storage.write(show, 1, "redraw")
    (row,) = await storage.write(claim)
    await storage.write(call, "send_anew", row.id, 1, 10)
    assert await storage.read(call, "posted", 1, "ballot") is None
    assert await storage.read(call, "posted", 1, "menu") == 11
    (again,) = await storage.write(claim)
    assert (again.id, again.message_id, again.may_have_arrived) == (row.id, None, False)


async def test_urgent_row_behind_thousands(storage: Storage) -> None:
    """However many wait, before or behind, whose chats are busy or that are due later, the one in turn is found."""
    chats = [(100 + number % 700, f"busy {number}") for number in range(1400)]
    await storage.write(queue, *chats, priority=Priority.RESULT)
    await storage.write(queue, *((2000 + number, "later") for number in range(300)), not_before=NOW + 60)
    await storage.write(queue, (1, "bulk"), (1, "more bulk"), priority=Priority.BULK)
    busy = tuple(range(100, 800))
    (row,) = await storage.write(claim, busy=busy)
    assert texts([row]) == ["bulk"]
    await storage.write(queue, (5, "ballot"), priority=Priority.BALLOT)
    assert texts(await storage.write(claim, busy=busy)) == ["ballot"]
    assert texts(await storage.write(claim, busy=busy)) == []
    assert texts(await storage.write(claim, limit=3)) == ["busy 0", "busy 1", "busy 2"]


async def test_sent_and_failed_rows_are_done(storage: Storage, clock: TurnableClock) -> None:
    """What was sent or given up is not taken again, and the batch's report tells how each message fared."""
    await storage.write(queue, (1, "one"), (2, "two"), (3, "three"), batch="convocation:1")
    first, second, third = await storage.write(claim)
    await storage.write(call, "mark_sent", first.id, 10)
    await storage.write(call, "mark_failed", second.id, "Forbidden: " + "x" * 400)
    await storage.write(call, "retry", third.id, NOW, "timeout", may_have_arrived=True)
    sent, failed, waiting = await storage.read(call, "report", "convocation:1")
    assert (sent.chat_id, sent.state, sent.error, sent.done_at) == (1, SendState.SENT, None, clock.moment)
    assert (failed.state, len(failed.error), failed.done_at) == (SendState.FAILED, 300, clock.moment)
    assert (waiting.state, waiting.error, waiting.may_have_arrived) == (SendState.QUEUED, "timeout", True)
    assert texts(await storage.write(claim)) == ["three"]
    assert await storage.read(call, "report", "another") == []


async def test_posted_message_is_remembered(storage: Storage) -> None:
    """The message that shows a key is known once it is sent, replaced by a newer one, and can be forgotten."""
    assert await storage.read(call, "posted", 1, "ballot") is None
    await storage.write(show, 1, "ref")
    (row,) = await storage.write(claim)
    await storage.write(call, "mark_sent", row.id, 10)
    assert await storage.read(call, "posted", 1, "ballot") == 10
    assert await storage.read(call, "posted", 2, "ballot") is None
    await storage.write(call, "set_posted", 1, "ballot", 11)
    assert await storage.read(call, "posted", 1, "ballot") == 11
    await storage.write(call, "forget_posted", 1, "ballot")
    assert await storage.read(call, "posted", 1, "ballot") is None


async def test_a_redraw_under_way_does_not_undo_forgetting(storage: Storage) -> None:
    """Whoever asks for a screen anew while the old one is being redrawn gets a new message at the bottom."""
    await storage.write(call, "set_posted", 1, "ballot", 10)
    await storage.write(show, 1, "redraw")
    (row,) = await storage.write(claim)
    await storage.write(call, "forget_posted", 1, "ballot")
    await storage.write(show, 1, "anew")
    await storage.write(call, "mark_sent", row.id, 10)
    assert await storage.read(call, "posted", 1, "ballot") is None


async def test_a_mark_at_the_same_moment_does_not_undo_forgetting(storage: Storage) -> None:
    """Nor when the old message is marked as sent by a transaction that ends while the other waits for it."""
    await storage.write(show, 1, "old")
    (row,) = await storage.write(claim)

    async def mark(unit: Unit) -> None:
        await unit.outbox.mark_sent(row.id, 10)
        await asyncio.sleep(0.3)  # the other one comes to its wait; where there is one lane it has not begun

    await asyncio.gather(storage.write(mark), storage.write(call, "forget_posted", 1, "ballot"))
    assert await storage.read(call, "posted", 1, "ballot") is None


async def test_sent_without_a_message(storage: Storage) -> None:
    """A row that put no message in the chat, such as a menu of commands, is sent all the same."""
    await storage.write(show, 1, "commands")
    (row,) = await storage.write(claim)
    await storage.write(call, "mark_sent", row.id, None)
    assert await storage.read(call, "posted", 1, "ballot") is None
    assert await storage.read(call, "pending") == 0


@pytest.mark.parametrize("known", [False, True], ids=["new", "linked already"])
async def test_group_becomes_supergroup(storage: Storage, known: bool) -> None:
    """What waits for the group goes to the supergroup as new messages, and the linked chat follows."""

    async def prepare(unit: Unit) -> None:
        await unit.chats.link(LinkedChat(-1, "group", "ALV"))
        await unit.outbox.set_posted(-1, "dashboard", 10)
        await unit.outbox.show(-1, Shown("dashboard"), key="dashboard", edit=10)
        await unit.outbox.send(-1, Shown("outcome"))
        if known:
            await unit.chats.link(LinkedChat(-100, "supergroup", "ALV"))
            await unit.outbox.show(-100, Shown("newer dashboard"), key="dashboard")

    async def linked(unit: Unit) -> list[int]:
        return [chat.chat_id for chat in await unit.chats.linked()]

    await storage.write(prepare)
    await storage.write(call, "follow_migration", -1, -100)
    assert await storage.read(linked) == [-100]
    assert await storage.read(call, "posted", -1, "dashboard") is None
    assert await storage.read(call, "posted", -100, "dashboard") is None
    (row,) = await storage.write(claim)
    assert (row.chat_id, row.message_id, texts([row])) == (-100, None, ["newer dashboard" if known else "dashboard"])
    await storage.write(call, "mark_sent", row.id, 1)
    (row,) = await storage.write(claim)
    assert (row.chat_id, texts([row])) == (-100, ["outcome"])


async def test_claims_at_once_take_each_row_once(storage: Storage) -> None:
    """Claims that run side by side never take the same row."""
    await storage.write(queue, *((chat_id, str(chat_id)) for chat_id in range(40)))
    taken = await asyncio.gather(*(storage.write(claim) for _ in range(4)))
    ids = [row.id for rows in taken for row in rows]
    assert len(ids) == len(set(ids))


async def test_silence_ends_what_is_held_too(storage: Storage) -> None:
    """What a restore holds back for a phone that is blocked never goes there, whatever is decided about the rest."""

    async def held(unit: Unit) -> int:
        await unit.outbox.send(5, Shown("x"))
        await unit.outbox.send(6, Shown("y"))
        await unit.outbox.hold()
        await unit.outbox.silence(5, "blocked")
        await unit.outbox.release()
        return await unit.outbox.pending()

    assert await storage.write(held) == 1
