"""What is drawn under a press: at Telegram's pace, the newest only, and stored nowhere."""

from functools import partial

import pytest
from sqlalchemy import func, select

from bot.client import AssemblyBot
from bot.drawings import Drawings
from bot.pacing import Pacing
from screens.content import Button, Content
from simulator.testing import RunningSimulator
from storage.engine import Storage
from storage.tables import outbox
from storage.unit import Unit
from tests.bot.screens import Line
from tests.bot.sending import ON_SQLITE, Json, done, queue, reader, sending, texts
from tests.support.waiting import until

pytestmark = [pytest.mark.usefixtures("_test_screens"), ON_SQLITE]


async def shown_first(storage: Storage, sim: RunningSimulator, *people: Json) -> list[int]:
    """Have a message in each chat that can be drawn in."""
    await queue(storage, *((person["id"], Line("Stembiljet")) for person in people))
    await done(storage)
    return [(await sim.messages(person))[-1]["message_id"] for person in people]


async def tried(sim: RunningSimulator, number: int) -> bool:
    """Whether so many messages were asked to change."""
    return len(await sim.requests("editMessageText")) == number


async def rows(unit: Unit) -> int:
    """Count what the outbox ever held."""
    return int((await unit.connection.execute(select(func.count()).select_from(outbox))).scalar_one())


async def test_drawn_in_place_and_stored_nowhere(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json
) -> None:
    """The message changes with its buttons, and the database holds no more than before."""
    drawings = Drawings()
    async with sending(storage, bot, drawings=drawings):
        (message_id,) = await shown_first(storage, sim, anna)
        before = await storage.read(rows)
        drawings.put(anna["id"], message_id, Content("U kiest tegen", ((Button("Bevestigen", "1:x"),),)))
        message = await sim.wait_for(anna, "U kiest tegen")
        assert message["message_id"] == message_id
        assert message["buttons"][0][0]["label"] == "Bevestigen"
        assert await storage.read(rows) == before


async def test_keeps_the_pace(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """Of several at once only the last is drawn, a second after what came before; the simulator would refuse sooner."""
    drawings = Drawings()
    async with sending(storage, bot, Pacing(), drawings):
        (message_id,) = await shown_first(storage, sim, anna)
        for choice in ("voor", "tegen", "blanco"):
            drawings.put(anna["id"], message_id, Content(f"U kiest {choice}"))
        await sim.wait_for(anna, "U kiest blanco")
        await queue(storage, (anna["id"], Line("Uitgebracht")), edit=message_id)
        await sim.wait_for(anna, "Uitgebracht")
        assert texts(await sim.messages(anna)) == ["Uitgebracht"]
    edits = await sim.requests("editMessageText")
    assert [(entry["params"]["text"], entry["status"]) for entry in edits] == [
        ("U kiest blanco", 200),
        ("Uitgebracht", 200),
    ]


async def test_what_fails_is_let_go(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """A message that is gone, or silence that Telegram asks for, costs a drawing and nothing else."""
    berta = await reader(sim, "Berta")
    drawings = Drawings()
    async with sending(storage, bot, drawings=drawings):
        (message_id, other) = await shown_first(storage, sim, anna, berta)
        drawings.put(anna["id"], 987654, Content("Nergens"))
        await until(partial(tried, sim, 1), 10)
        await sim.fault("429", "editMessageText", retry_after=1)
        drawings.put(berta["id"], other, Content("Geweigerd"))
        await until(partial(tried, sim, 2), 10)
        drawings.put(anna["id"], message_id, Content("Daarna"))
        await sim.wait_for(anna, "Daarna")
    assert texts(await sim.messages(berta)) == ["Stembiljet"]


async def test_an_answer_that_nobody_understands(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong with a drawing, the sender goes on."""

    async def broken(*_: object) -> bool:
        raise LookupError("of a library")

    drawings = Drawings()
    async with sending(storage, bot, drawings=drawings):
        (message_id,) = await shown_first(storage, sim, anna)
        with monkeypatch.context() as patched:
            patched.setattr("bot.sender.edit", broken)
            drawings.put(anna["id"], message_id, Content("Stuk"))
            await sim.idle()
        await queue(storage, (anna["id"], Line("Daarna")))
        await sim.wait_for(anna, "Daarna")
