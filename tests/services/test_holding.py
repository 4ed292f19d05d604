"""After a restore nothing that waited goes out before the secretariat decides."""

import asyncio
from datetime import UTC, datetime

import pytest

from assembly.errors import Gone, NotAllowed, NotRegistered
from assembly.facts.holding import HeldDecided
from assembly.facts.notices import NoticeMessage
from assembly.formatting import Formatted
from services import holding
from services.delivery import count_deliveries, doubtful, failures
from storage.engine import Storage
from storage.tables import SendState
from storage.unit import Unit
from storage.waiting import Held, OutboxRow
from tests.storage.services import Shown
from tests.support.queued import queued
from tests.support.register import CHAIR, OFFICE, STRANGER, Register, filled

MADE_AT = datetime(2019, 2, 13, 20, 0, tzinfo=UTC)
GROUP = -5


@pytest.fixture
async def register(storage: Storage) -> Register:
    """Fill the register, queue messages for two people and a group, and claim one of them."""
    register = await filled(storage, "Assen")

    async def fill(unit: Unit) -> None:
        person = register.people["portefeuillehouder Assen"]
        chat = register.representative("Assen")
        for text in ("een", "twee"):
            await unit.outbox.send(chat, NoticeMessage(Formatted(text), ()), person_id=person, batch="notice:1")
        await unit.outbox.send(GROUP, NoticeMessage(Formatted("groep"), ()))
        await unit.outbox.show(CHAIR, Shown("stand"), key="stand")
        await unit.outbox.claim(1, (), 0.0, 60.0)
        await unit.outbox.show(CHAIR, Shown("stand"), key="stand")

    await storage.write(fill)
    return register


def _words(text: object) -> object:
    return text["text"] if isinstance(text, dict) else text


async def claimed(unit: Unit) -> list[OutboxRow]:
    """Claim everything, and mark it as sent so that the rest of a chat follows."""
    found = []
    while rows := await unit.outbox.claim(100, (), 0.0, 60.0):
        for row in rows:
            await unit.outbox.mark_sent(row.id, 1)
        found += rows
    return found


async def hold(storage: Storage, *, release: bool = False) -> Held:
    """Hold what waits, as a restore does."""
    return await storage.write(holding.hold_back, MADE_AT, release=release)


@pytest.mark.usefixtures("register")
async def test_everything_is_held_and_the_secretariat_asked(storage: Storage) -> None:
    """What waits and what was under way stays, one message for each key; only the question goes out."""
    held = await hold(storage)
    assert (held.messages, held.people, held.groups) == (4, 2, 1)
    assert [(row.chat_id, row.screen) for row in await storage.write(claimed)] == [(OFFICE, "Restored")]
    ((name, facts),) = await queued(storage, OFFICE)
    assert (name, facts["messages"], facts["people"], facts["groups"]) == ("Restored", 4, 2, 1)
    assert await storage.read(lambda unit: unit.outbox.held()) == held


@pytest.mark.usefixtures("register")
async def test_sent_after_all(storage: Storage) -> None:
    """On the secretariat's word all goes out, marked as perhaps there already; a newer screen replaces a held one."""
    held = await hold(storage)
    await storage.write(lambda unit: unit.outbox.show(CHAIR, Shown("nu"), key="stand"))
    assert await storage.write(holding.send_held, OFFICE, held.last) == 4
    rows = [row for row in await storage.write(claimed) if row.chat_id != OFFICE]
    assert [_words(row.facts["text"]) for row in rows] == ["nu", "een", "groep", "twee"]
    assert [row.may_have_arrived for row in rows] == [False, True, True, True]
    assert await storage.read(doubtful, "notice:1") == ("portefeuillehouder Assen",)
    assert (await queued(storage, OFFICE))[-1] == ("HeldDecided", {"messages": 4, "sent": True, "by": "Regiebureau"})


@pytest.mark.usefixtures("register")
async def test_not_sent(storage: Storage) -> None:
    """On the secretariat's word it never goes out, and every overview tells so."""
    held = await hold(storage)
    assert await storage.read(doubtful, "notice:1") == ()
    assert await storage.write(holding.drop_held, OFFICE, held.last) == 4
    assert {row.screen for row in await storage.write(claimed)} == {HeldDecided.__name__}
    (failure,) = await storage.read(failures, "notice:1")
    assert (failure.error, failure.may_have_arrived) == ("not sent after a restore", True)
    assert {row.state for row in await storage.read(lambda unit: unit.outbox.report("notice:1"))} == {SendState.FAILED}


@pytest.mark.usefixtures("register")
async def test_only_the_secretariat_and_only_once(storage: Storage) -> None:
    """Nobody else decides, a decision is final, and a button of an earlier restore decides nothing."""
    held = await hold(storage)
    for account, refusal in ((CHAIR, NotAllowed), (STRANGER, NotRegistered)):
        with pytest.raises(refusal):
            await storage.write(holding.send_held, account, held.last)
    with pytest.raises(Gone):
        await storage.write(holding.send_held, OFFICE, held.last - 1)
    await storage.write(holding.drop_held, OFFICE, held.last)
    for decide in (holding.send_held, holding.drop_held):
        with pytest.raises(Gone):
            await storage.write(decide, OFFICE, held.last)


@pytest.mark.usefixtures("register")
async def test_two_decide_at_once(storage: Storage) -> None:
    """Of two who decide in the same moment one is told that it was decided already."""
    held = await hold(storage)
    results = await asyncio.gather(
        storage.write(holding.send_held, OFFICE, held.last),
        storage.write(holding.drop_held, OFFICE, held.last),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in results) == ["Gone", "int"]


@pytest.mark.usefixtures("register")
async def test_released_by_who_restored(storage: Storage) -> None:
    """Where whoever restored has decided, all goes out, and the secretariat is told that the clock was turned back."""
    assert (await hold(storage, release=True)).messages == 0
    assert len(await storage.write(claimed)) == 5
    ((name, facts),) = await queued(storage, OFFICE)
    assert (name, facts["messages"]) == ("Restored", 0)


async def test_nothing_waited(storage: Storage) -> None:
    """The secretariat is told of a restore also where nothing waited."""
    await filled(storage, "Assen")
    assert await hold(storage) == Held(0, 0, 0, 0)
    assert [name for name, _ in await queued(storage, OFFICE)] == ["Restored"]
    with pytest.raises(Gone):
        await storage.write(holding.send_held, OFFICE, 0)


@pytest.mark.usefixtures("register")
async def test_held_messages_count_as_under_way(storage: Storage) -> None:
    """While nobody has decided, a message is neither delivered nor failed."""
    await hold(storage)
    found = await storage.read(count_deliveries, "notice:1")
    assert (found.delivered, found.under_way, found.failed) == (0, 1, 0)
