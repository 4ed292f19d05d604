"""What the outbox holds arrives as its screen draws it."""

import pytest
from sqlalchemy import insert

from bot.client import AssemblyBot
from simulator.testing import RunningSimulator
from storage.engine import Storage
from storage.tables import SendState, people
from storage.unit import Unit
from tests.bot.screens import HeadCountRef, Letter, Line, Offer, Paper
from tests.bot.sending import ON_SQLITE, Json, done, queue, sending, texts

pytestmark = pytest.mark.usefixtures("_test_screens")


async def test_message_with_buttons(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """Text, formatting, buttons and silence arrive as the screen drew them, and the row is marked as sent."""
    await queue(storage, (anna["id"], Line("<b>Stem</b> nu", "Ja")), silent=True)
    async with sending(storage, bot):
        message = await sim.wait_for(anna, "Stem nu")
        (delivery,) = await done(storage)
    assert (message["html"], message["silent"]) == ("<b>Stem</b> nu", True)
    assert [(b["label"], b["data"], b["style"]) for row in message["buttons"] for b in row] == [
        ("Ja", "1:Ja", "primary")
    ]
    assert (delivery.state, delivery.error, delivery.may_have_arrived) == (SendState.SENT, None, False)


async def test_keyed_message_is_edited_in_place(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json
) -> None:
    """Under one key there is one message, also when its content did not change or it was deleted in between."""
    async with sending(storage, bot):
        await queue(storage, (anna["id"], Line("Stand 1")), key="stand")
        first = await sim.wait_for(anna, "Stand 1")
        await queue(storage, (anna["id"], Line("Stand 2", "Ja")), key="stand")
        await sim.wait_for(anna, "Stand 2")
        await queue(storage, (anna["id"], Line("Stand 2", "Ja")), key="stand")
        await done(storage)
        assert texts(await sim.messages(anna)) == ["Stand 2"]
        await sim.delete(anna, first["message_id"])
        await queue(storage, (anna["id"], Line("Stand 3")), key="stand")
        await sim.wait_for(anna, "Stand 3")
        await queue(storage, (anna["id"], Line("Stand 4")), key="stand")
        await sim.wait_for(anna, "Stand 4")
        deliveries = await done(storage)
    assert texts(await sim.messages(anna)) == ["Stand 4"]
    assert {delivery.state for delivery in deliveries} == {SendState.SENT}


@ON_SQLITE
async def test_edits_the_named_message(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """``edit`` changes that message; where Telegram has it no more, the content is sent anew."""
    async with sending(storage, bot):
        await queue(storage, (anna["id"], Line("Vraag", "Ja")))
        message = await sim.wait_for(anna, "Vraag")
        await queue(storage, (anna["id"], Line("Antwoord")), edit=message["message_id"])
        changed = await sim.wait_for(anna, "Antwoord")
        await queue(storage, (anna["id"], Line("Opnieuw")), edit=999_999)
        await sim.wait_for(anna, "Opnieuw")
    assert (changed["message_id"], changed["buttons"]) == (message["message_id"], [])


@ON_SQLITE
async def test_documents_and_menu(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """A made document is uploaded, a stored one goes by its id, one document replaces another, and a menu is set."""
    async with sending(storage, bot):
        await queue(storage, (anna["id"], Paper("Gemaakt")))
        made = await sim.wait_for(anna, "Gemaakt")
        assert await sim.file(made["document"]["file_id"]) == b"tekst"
        assert made["document"]["file_name"] == "bijlage 4.txt"
        await queue(storage, (anna["id"], Paper("Bewaard", made["document"]["file_id"])))
        await sim.wait_for(anna, "Bewaard")
        await queue(storage, (anna["id"], Paper("Vervangen")), edit=made["message_id"])
        replaced = await sim.wait_for(anna, "Vervangen")
        assert replaced["message_id"] == made["message_id"]
        await queue(storage, (anna["id"], Offer("stemmen")))
        await done(storage)
    assert [command["command"] for command in await sim.commands(anna)] == ["stemmen"]


@ON_SQLITE
async def test_record_comes_with_its_message(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json
) -> None:
    """Where a record is made of the same facts, its file comes with the text that the screen drew."""
    async with sending(storage, bot):
        await queue(storage, (anna["id"], Letter("Brief")))
        message = await sim.wait_for(anna, "Brief")
    assert message["document"]["file_name"] == "brief.txt"
    assert await sim.file(message["document"]["file_id"]) == f"Brief van {storage.association.name}".encode()


@ON_SQLITE
async def test_pinned_message(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """A message that asks for it is pinned; when that fails, the message stays sent."""
    async with sending(storage, bot):
        await queue(storage, (anna["id"], Line("Vast", pin=True)))
        await done(storage)
        assert (await sim.chat(anna))["pinned"]
        await sim.fault("500", "pinChatMessage")
        await queue(storage, (anna["id"], Line("Los", pin=True)))
        deliveries = await done(storage)
    assert {delivery.state for delivery in deliveries} == {SendState.SENT}


async def test_live_screens_coalesce(storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json) -> None:
    """However often a live screen is asked for while it waits, it goes out once, with what holds at that moment."""

    async def show(unit: Unit) -> None:
        await unit.outbox.show(anna["id"], HeadCountRef(), key="count", batch="test")
        await unit.connection.execute(insert(people).values(name="Anna", function="lid"))

    await storage.write(show)
    await storage.write(show)
    await storage.write(show)
    async with sending(storage, bot):
        await sim.wait_for(anna, "Aantal: 3")
        await done(storage)
    assert len(await sim.requests("sendMessage")) == 1


@ON_SQLITE
async def test_live_screen_with_nothing_to_show(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator, anna: Json
) -> None:
    """A live screen whose subject is gone is done without a message."""

    async def show(unit: Unit) -> None:
        await unit.outbox.show(anna["id"], HeadCountRef(), key="count", batch="test")

    await storage.write(show)
    async with sending(storage, bot):
        (delivery,) = await done(storage)
    assert delivery.state is SendState.SENT
    assert texts(await sim.messages(anna)) == []
