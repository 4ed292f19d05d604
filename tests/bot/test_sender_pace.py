"""The sender keeps Telegram's limits, and waits no longer than they ask."""

import asyncio
from time import monotonic, time
from typing import Any

import pytest

from bot import pacing, sender
from bot.client import AssemblyBot
from bot.pacing import GROUP, OVERALL, SECOND, Pacing
from simulator.testing import RunningSimulator
from storage.engine import Storage
from storage.tables import Priority, SendState
from tests.bot.screens import Line
from tests.bot.sending import ON_SQLITE, Json, done, queue, reader, sending, texts

pytestmark = pytest.mark.usefixtures("_test_screens")


async def test_wakes_at_a_commit(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """What is queued while the sender sleeps goes out at once."""
    async with sending(storage, bot, Pacing()):
        await sim.idle()
        await queue(storage, (anna["id"], Line("Later gekomen")))
        await sim.wait_for(anna, "Later gekomen", within=2)


async def test_looks_by_itself(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row of which no commit told the sender is found by the next look."""
    monkeypatch.setattr(sender, "LOOK_SECONDS", 0.2)
    async with sending(storage, bot, Pacing()):
        await sim.idle()
        monkeypatch.setattr(storage, "_callbacks", [])
        await queue(storage, (anna["id"], Line("Ongemerkt")))
        await sim.wait_for(anna, "Ongemerkt")


@ON_SQLITE
async def test_not_before_its_time(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """A message with a time waits for it, and then needs nothing else to wake the sender."""
    await queue(storage, (anna["id"], Line("Straks")), not_before=time() + 1)
    async with sending(storage, bot, Pacing()):
        await sim.idle(0.3)
        assert texts(await sim.messages(anna)) == []
        await sim.wait_for(anna, "Straks", within=3)


@ON_SQLITE
async def test_silence_is_kept(storage: Storage, bot: AssemblyBot, sim: RunningSimulator) -> None:
    """After a 429 nothing at all goes out before its time is over, and then everything does."""
    users = [await reader(sim, f"Lid {number}") for number in range(10)]
    await sim.fault("429", "sendMessage", retry_after=2)
    await queue(storage, *((user["id"], Line("Bericht")) for user in users))
    async with sending(storage, bot, Pacing()):
        await done(storage)
    requests = await sim.requests("sendMessage")
    refused = next(entry for entry in requests if entry["status"] == 429)
    after = [entry["mono"] - refused["mono"] for entry in requests if entry["n"] > refused["n"]]
    assert len(requests) == 11
    assert all(gap < 0.5 or gap >= 2 for gap in after)  # at first come those that were under way already
    assert sum(gap >= 2 for gap in after) > 2


@ON_SQLITE
async def test_limits_are_kept(storage: Storage, bot: AssemblyBot, sim: RunningSimulator) -> None:
    """A hundred messages go out without breaking a limit in any window, and each chat's in order."""
    await sim.limits(enforced=True, chat_burst=1)
    users = [await reader(sim, f"Lid {number}") for number in range(90)]
    group = await sim.group("ALV", users[0])
    await sim.add_member(group["id"], "bot", users[0])
    await queue(
        storage,
        *((users[0]["id"], Line(f"Eerste {number}")) for number in range(3)),
        *((group["id"], Line(f"Groep {number}")) for number in range(3)),
        *((user["id"], Line("Bericht")) for user in users[1:]),
    )
    async with sending(storage, bot, Pacing()):
        deliveries = await done(storage)
    requests = await sim.requests("sendMessage")
    assert {delivery.state for delivery in deliveries} == {SendState.SENT}
    assert {entry["status"] for entry in requests} == {200}
    moments = [entry["mono"] for entry in requests]
    assert all(sum(start <= moment < start + SECOND for moment in moments) <= OVERALL for start in moments)
    assert texts(await sim.messages(users[0])) == ["Eerste 0", "Eerste 1", "Eerste 2"]
    assert texts(await sim.messages(users[0], group["id"])) == ["Groep 0", "Groep 1", "Groep 2"]


@ON_SQLITE
async def test_group_waits_for_its_minute(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json
) -> None:
    """A group's twenty-first message within a minute waits for it to pass, and holds up nobody else."""
    group = await sim.group("ALV", anna)
    await sim.add_member(group["id"], "bot", anna)
    later = 0.0
    pacing = Pacing(lambda: monotonic() + later)
    for _ in range(GROUP):
        pacing.start(group["id"])
        pacing.finish(group["id"])
    later = 2.0
    await queue(storage, (group["id"], Line("Voor de groep")), (anna["id"], Line("Voor Anna")))
    async with sending(storage, bot, pacing):
        await sim.wait_for(anna, "Voor Anna")
        await sim.idle(0.3)
        assert texts(await sim.messages(anna, group["id"])) == []
        later = 62.0
        await queue(storage, (anna["id"], Line("Nog een")))
        await sim.wait_for(anna, "Voor de groep", chat=group["id"])


@ON_SQLITE
async def test_urgent_overtakes_bulk(storage: Storage, bot: AssemblyBot, sim: RunningSimulator) -> None:
    """A ballot that is queued behind a broadcast goes out before most of it."""
    users = [await reader(sim, f"Lid {number}") for number in range(60)]
    await queue(storage, *((user["id"], Line("Mededeling")) for user in users), priority=Priority.BULK)
    async with sending(storage, bot, Pacing()):
        await sim.wait_for(users[5], "Mededeling")
        await queue(storage, (users[59]["id"], Line("Stembiljet")), priority=Priority.BALLOT)
        await sim.wait_for(users[59], "Stembiljet")
        sent = [entry["params"]["text"] for entry in await sim.requests("sendMessage")]
        assert sent.index("Stembiljet") < 30
        await done(storage)


@ON_SQLITE
async def test_chat_that_comes_free_during_a_claim_is_not_forgotten(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chat that still rested when a slow claim began gets its next message, though nothing else wakes the sender."""
    monkeypatch.setattr(pacing, "SECOND", 0.1)
    write = storage.write

    async def slow_write(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever the sender stores
        result = await write(*args, **kwargs)
        await asyncio.sleep(0.2)  # longer than the chat rests
        return result

    monkeypatch.setattr(storage, "write", slow_write)
    await queue(storage, (anna["id"], Line("Een")), (anna["id"], Line("Twee")))
    async with sending(storage, bot, Pacing()):
        await sim.wait_for(anna, "Twee", within=5)
