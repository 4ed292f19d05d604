"""Whatever goes wrong on the way, what became of a message is stored, and it stops nothing else."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.client import AssemblyBot
from simulator.testing import RunningSimulator
from storage.engine import Storage, StorageUnavailable
from storage.tables import SendState, outbox, people
from storage.unit import Unit
from tests.bot.screens import Broken, Line
from tests.bot.sending import ON_SQLITE, Json, done, queue, reader, report, sending, texts
from tests.support.waiting import until

pytestmark = pytest.mark.usefixtures("_test_screens")


async def test_unreachable_people(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """Somebody who blocked the bot is noted as unreachable with Telegram's reason, and stops nobody else."""
    await sim.block(anna)
    berta = await reader(sim, "Berta")
    never_started = await sim.user("Cor")

    async def register(unit: Unit) -> None:
        for user in (anna, berta):
            values = {"name": user["first_name"], "function": "lid", "telegram_id": user["id"]}
            await unit.connection.execute(insert(people).values(values))

    await storage.write(register)
    chats = (anna["id"], berta["id"], never_started["id"], 424242)
    await queue(storage, *((chat, Line("Bericht")) for chat in chats))
    async with sending(storage, bot):
        deliveries = await done(storage)
    states = {delivery.chat_id: (delivery.state, delivery.error) for delivery in deliveries}
    assert states[anna["id"]] == (SendState.FAILED, "Forbidden: bot was blocked by the user")
    assert states[berta["id"]] == (SendState.SENT, None)
    assert states[never_started["id"]][0] is SendState.FAILED
    assert states[424242] == (SendState.FAILED, "Chat not found")
    reachable = dict(await storage.read(_reachable))
    assert reachable == {anna["id"]: False, berta["id"]: True}


@ON_SQLITE
async def test_comes_back(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """Who lifts the block gets the next messages; what failed meanwhile stays failed, with its reason."""
    await sim.block(anna)
    await queue(storage, (anna["id"], Line("Geblokkeerd")))
    async with sending(storage, bot):
        await done(storage)
        await sim.unblock(anna)
        await queue(storage, (anna["id"], Line("Daarna")))
        failed, sent = await done(storage)
    assert (failed.state, failed.error) == (SendState.FAILED, "Forbidden: bot was blocked by the user")
    assert (sent.state, sent.error) == (SendState.SENT, None)
    assert texts(await sim.messages(anna)) == ["Daarna"]


async def _reachable(unit: Unit) -> list[tuple[int, bool]]:
    query = select(people.c.telegram_id, people.c.reachable)
    return [(row.telegram_id, row.reachable) for row in await unit.connection.execute(query)]


@ON_SQLITE
@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (Line("<b>open"), "Can't parse entities"),
        (Line("x" * 5000), "Message is too long"),
        (Line("Te lang", "y" * 70), "Button_data_invalid"),
        (Broken(), "LookupError"),
    ],
)
async def test_message_that_cannot_be(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, facts: object, reason: str
) -> None:
    """What Telegram refuses or no screen can draw fails with its reason, is not tried again, and holds nothing up."""
    await queue(storage, (anna["id"], facts), (anna["id"], Line("Daarna")))
    async with sending(storage, bot):
        first, second = await done(storage)
    assert first.state is SendState.FAILED
    assert first.error is not None
    assert first.error.startswith(reason)
    assert "private" not in first.error
    assert second.state is SendState.SENT
    assert texts(await sim.messages(anna)) == ["Daarna"]


@pytest.mark.parametrize(
    ("kind", "arrives"),
    [("500", 1), ("timeout_before", 1), ("timeout_after", 2), ("reset_before", 1), ("reset_after", 2)],
)
@ON_SQLITE
async def test_passing_errors(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, kind: str, arrives: int
) -> None:
    """Without a clear answer the message is tried again, and it is noted that it may be there twice."""
    await sim.fault(kind, "sendMessage", seconds=2)
    await queue(storage, (anna["id"], Line("Bericht")))
    async with sending(storage, bot):
        (delivery,) = await done(storage)
    assert (delivery.state, delivery.may_have_arrived) == (SendState.SENT, True)
    assert texts(await sim.messages(anna)) == ["Bericht"] * arrives


@ON_SQLITE
async def test_line_is_down(storage: Storage, bot: AssemblyBot, anna: Json, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a connection nothing can have arrived, and the row waits for another try."""
    monkeypatch.setattr(bot, "_base_url", "http://127.0.0.1:9/bot")
    await queue(storage, (anna["id"], Line("Bericht")))
    async with sending(storage, bot):

        async def tried() -> bool:
            (delivery,) = await report(storage)
            return delivery.error is not None

        await until(tried)
    (delivery,) = await report(storage)
    assert (delivery.state, delivery.may_have_arrived) == (SendState.QUEUED, False)


@ON_SQLITE
async def test_storage_fails_for_a_while(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the database is away the sender waits, and nothing that was sent is forgotten to be marked."""
    write = storage.write
    failing = asyncio.Event()

    async def unsure(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        if failing.is_set():
            raise StorageUnavailable("away")
        return await write(*args, **kwargs)

    await queue(storage, (anna["id"], Line("Eerst")), (anna["id"], Line("Daarna")))
    await sim.latency(200)
    monkeypatch.setattr(storage, "write", unsure)
    async with sending(storage, bot):

        async def under_way() -> bool:
            return any(entry.state is SendState.SENDING for entry in await report(storage))

        await until(under_way)
        failing.set()
        await sim.wait_for(anna, "Eerst")
        await sim.idle(0.5)
        failing.clear()
        await sim.wait_for(anna, "Daarna")
        await done(storage)
    assert texts(await sim.messages(anna)) == ["Eerst", "Daarna"]


@ON_SQLITE
async def test_gives_up_in_the_end(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """A message that meets nothing but passing errors for a day is given up."""
    await queue(storage, (anna["id"], Line("Bericht")))

    async def try_often(unit: Unit) -> None:
        await unit.connection.execute(update(outbox).values(attempts=3000))

    await storage.write(try_often)
    await sim.fault("500", "sendMessage")
    async with sending(storage, bot):
        (delivery,) = await done(storage)
    assert delivery.state is SendState.FAILED


async def test_rows_of_a_killed_process(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """What a killed process had under way is sent at the next start, and may be there twice."""
    await queue(storage, (anna["id"], Line("Bericht")))

    async def claim(unit: Unit) -> None:
        assert len(await unit.outbox.claim(10, (), 0.0, 1e12)) == 1

    await storage.write(claim)
    async with sending(storage, bot):
        await sim.wait_for(anna, "Bericht")
        (delivery,) = await done(storage)
    assert delivery.may_have_arrived


@ON_SQLITE
async def test_group_becomes_a_supergroup(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json
) -> None:
    """Messages for a group follow it to the supergroup that it became."""
    group = await sim.group("ALV", anna)
    await sim.add_member(group["id"], "bot", anna)
    new = await sim.migrate(group["id"])
    await queue(storage, (group["id"], Line("Uitslag")))
    async with sending(storage, bot):
        (delivery,) = await done(storage)
    assert (delivery.state, delivery.chat_id) == (SendState.SENT, new["id"])
    assert "Uitslag" in texts(await sim.messages(anna, new["id"]))
