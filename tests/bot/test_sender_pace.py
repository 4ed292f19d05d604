"""The sender keeps Telegram's limits, and waits no longer than they ask."""

import asyncio
import json
from collections import defaultdict
from time import monotonic, time
from typing import Any

import pytest
from sqlalchemy import func, select

from bot import pacing, sender
from bot.client import AssemblyBot
from bot.pacing import GROUP, Pacing
from simulator.testing import RunningSimulator
from storage.engine import Storage
from storage.tables import Priority, SendState, outbox
from storage.unit import Unit
from tests.bot.screens import Line, Offer, Paper
from tests.bot.sending import ON_SQLITE, Json, done, queue, reader, sending, texts
from tests.support.waiting import until
from tests.support.windows import overflows

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


WRITING = ("sendMessage", "sendDocument", "editMessageText", "editMessageMedia", "setMyCommands")


async def overflowing(sim: RunningSimulator) -> list[str]:
    """Return the limits that were exceeded, by starts or by ends of requests, refused ones included."""
    entries = [entry for entry in await sim.log(kind="request") if entry["method"] in WRITING]
    found = []
    for seen in ("start", "end"):
        moments = defaultdict(list)
        for entry in entries:
            moment = entry["mono"] - (entry["duration"] if seen == "start" else 0)
            chat = entry["params"].get("chat_id") or json.loads(entry["params"]["scope"])["chat_id"]
            moments["all"].append(moment)
            moments[str(chat)].append(moment)
        for whose, times in moments.items():
            most = 30 if whose == "all" else 1
            if overflows(times, 1.0, most):
                found.append(f"{whose} by {seen}: {sorted(times)}")
            if whose.startswith("-") and overflows(times, 60.0, 20):
                found.append(f"{whose} in a minute by {seen}: {sorted(times)}")
    return found


@ON_SQLITE
async def test_limits_are_kept(storage: Storage, bot: AssemblyBot, sim: RunningSimulator) -> None:
    """Messages, edits, edits of what is gone, documents and menus go out in order without breaking any limit."""
    users = [await reader(sim, f"Lid {number}") for number in range(60)]
    group = await sim.group("ALV", users[0])
    await sim.add_member(group["id"], "bot", users[0])
    await queue(
        storage,
        *((users[0]["id"], Line(f"Eerste {number}")) for number in range(3)),
        *((group["id"], Line(f"Groep {number}")) for number in range(3)),
        *((user["id"], Line("Bericht")) for user in users[1:]),
        *((user["id"], Paper("Stuk")) for user in users[1:5]),
        *((user["id"], Offer("stemmen")) for user in users[5:10]),
    )
    await queue(storage, *((user["id"], Line("Weg")) for user in users[10:20]), edit=999_999)
    await sim.limits(enforced=True, chat_burst=1)
    await sim.latency(30)
    async with sending(storage, bot, Pacing()):
        deliveries = await done(storage, within=60)
    assert {delivery.state for delivery in deliveries} == {SendState.SENT}
    entries = await sim.log(kind="request")
    assert sum(entry["status"] == 400 for entry in entries) == 10  # the edits of what is gone
    assert not any(entry["status"] == 429 for entry in entries)
    assert await overflowing(sim) == []
    assert texts(await sim.messages(users[0])) == ["Eerste 0", "Eerste 1", "Eerste 2"]
    assert texts(await sim.messages(users[0], group["id"])) == ["Groep 0", "Groep 1", "Groep 2"]
    assert texts(await sim.messages(users[10])) == ["Bericht", "Weg"]


@ON_SQLITE
async def test_restart_keeps_the_limits(storage: Storage, bot: AssemblyBot, sim: RunningSimulator) -> None:
    """Sender after sender, each with a pacing of its own: together they exceed no limit and lose nothing."""
    users = [await reader(sim, f"Lid {number}") for number in range(40)]
    group = await sim.group("ALV", users[0])
    await sim.add_member(group["id"], "bot", users[0])
    await queue(storage, *((user["id"], Line(f"Bericht {n}")) for n in range(2) for user in users))
    await queue(storage, *((group["id"], Line(f"Groep {n}")) for n in range(4)))
    for _ in range(6):
        async with sending(storage, bot, Pacing()):
            await asyncio.sleep(0.3)
    async with sending(storage, bot, Pacing()):
        deliveries = await done(storage, within=60)
    assert {(delivery.state, delivery.may_have_arrived) for delivery in deliveries} == {(SendState.SENT, False)}
    assert await overflowing(sim) == []
    assert len(await sim.requests("sendMessage")) == 84


@ON_SQLITE
async def test_restart_keeps_a_full_group_waiting(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json
) -> None:
    """A group that got its twenty just before a restart gets no more, and everybody else does."""
    group = await sim.group("ALV", anna)
    await sim.add_member(group["id"], "bot", anna)
    await queue(storage, *((group["id"], Line(f"Groep {n}")) for n in range(GROUP)))
    async with sending(storage, bot):
        await done(storage)
    await queue(storage, (group["id"], Line("Eenentwintig")), (anna["id"], Line("Voor Anna")))
    async with sending(storage, bot, Pacing()):
        await sim.wait_for(anna, "Voor Anna")
        await sim.idle(1.5)
        assert texts(await sim.messages(anna, group["id"]))[-1] == f"Groep {GROUP - 1}"


@ON_SQLITE
async def test_restart_keeps_the_silence(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """A process that starts during a silence is silent until its end, towards everybody."""
    berta = await reader(sim, "Berta")
    await sim.fault("429", "sendMessage", retry_after=3)
    await queue(storage, (anna["id"], Line("Bericht")))
    async with sending(storage, bot, Pacing()):
        await until(lambda: refused(sim))
    await queue(storage, (berta["id"], Line("Bericht")))
    async with sending(storage, bot, Pacing()):
        await done(storage)
    first, *later = await sim.requests("sendMessage")
    assert first["status"] == 429
    assert len(later) == 2
    assert min(entry["mono"] for entry in later) - first["mono"] >= 3


async def refused(sim: RunningSimulator) -> bool:
    """Whether Telegram refused something."""
    return any(entry["status"] == 429 for entry in await sim.requests("sendMessage"))


@ON_SQLITE
async def test_the_latest_of_several_silences_counts(storage: Storage, bot: AssemblyBot, sim: RunningSimulator) -> None:
    """Several requests under way are refused with different silences: nothing starts before the last is over."""
    users = [await reader(sim, f"Lid {number}") for number in range(8)]
    for seconds in (1, 3, 2):
        await sim.fault("429", "sendMessage", retry_after=seconds)
    await queue(storage, *((user["id"], Line("Bericht")) for user in users))
    async with sending(storage, bot, Pacing()):
        deliveries = await done(storage)
    assert {delivery.state for delivery in deliveries} == {SendState.SENT}
    entries = await sim.requests("sendMessage")
    ends = [
        entry["mono"] + entry["response"]["parameters"]["retry_after"] for entry in entries if entry["status"] == 429
    ]
    last_refusal = max(entry["mono"] for entry in entries if entry["status"] == 429)
    assert len(ends) == 3
    assert all(entry["mono"] >= max(ends) for entry in entries if entry["mono"] > last_refusal + 0.5)


@ON_SQLITE
async def test_telegram_is_away(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a connection little is tried, however much waits; afterwards all arrives, each chat's in order."""
    users = [await reader(sim, f"Lid {number}") for number in range(40)]
    await queue(storage, *((user["id"], Line(f"Bericht {n}")) for user in users for n in range(2)))
    with monkeypatch.context() as away:
        away.setattr(bot, "_base_url", "http://127.0.0.1:9/bot")
        async with sending(storage, bot, Pacing()):
            await asyncio.sleep(3)
        tried = await storage.read(attempts)
        assert 2 <= tried <= 30
    async with sending(storage, bot, Pacing()):
        deliveries = await done(storage, within=60)
    assert {(delivery.state, delivery.may_have_arrived) for delivery in deliveries} == {(SendState.SENT, False)}
    for user in users:
        assert texts(await sim.messages(user)) == ["Bericht 0", "Bericht 1"]


async def attempts(unit: Unit) -> int:
    """Return how often something was tried."""
    return int((await unit.connection.execute(select(func.sum(outbox.c.attempts)))).scalar_one())


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


async def test_urgent_overtakes_bulk(storage: Storage, bot: AssemblyBot, sim: RunningSimulator) -> None:
    """A ballot that is queued while ten thousand messages wait goes out before a second's worth of them."""
    users = [await reader(sim, f"Lid {number}") for number in range(60)]
    voter = await reader(sim, "Stemmer")

    async def broadcast(unit: Unit) -> None:
        series = [Line(f"Mededeling {number}") for number in range(170)]
        await unit.outbox.spread([(user["id"], None) for user in users], series)

    await storage.write(broadcast)
    async with sending(storage, bot, Pacing()):
        await sim.wait_for(users[5], "Mededeling")
        before = len(await sim.requests("sendMessage"))
        await queue(storage, (voter["id"], Line("Stembiljet")), priority=Priority.BALLOT)
        await sim.wait_for(voter, "Stembiljet")
        sent = [entry["params"]["text"] for entry in await sim.requests("sendMessage")]
        assert sent.index("Stembiljet") - before < 30


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
