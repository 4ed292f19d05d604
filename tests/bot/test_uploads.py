"""The picture of an outcome: one message each, uploaded once, and not at all where the words need the room."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

from assembly.facts.outcomes import OutcomePublished
from assembly.facts.voting import OutcomeAnnouncement, RollCall
from assembly.tally import Basis, Choice, Majority, Seat, Threshold, tally
from bot.client import AssemblyBot
from simulator.testing import RunningSimulator
from storage.engine import Storage
from storage.tables import SendState
from tests.bot.sending import ON_SQLITE, done, queue, reader, sending
from tests.support.house import words

SEATS = [Seat(number, 1, number) for number in range(3)]
MAJORITY = Majority(Threshold(Fraction(1, 2), strict=True), Basis.CAST)
COUNTED = OutcomeAnnouncement(
    "6.1",
    "Innovatiebudget",
    "De ALV stelt het budget vast.",
    datetime(2019, 2, 13, 19, 14, tzinfo=UTC),
    tally(SEATS, {0: Choice.FOR, 1: Choice.FOR, 2: Choice.AGAINST}, MAJORITY),
    RollCall(("Assen", "Deventer"), ("Emmen",), (), ()),
)
OUTCOME = OutcomePublished(COUNTED)


async def test_uploaded_once_for_everybody(storage: Storage, bot: AssemblyBot, sim: RunningSimulator) -> None:
    """All get one message with the same picture; one of them is an upload, also where the bot starts again."""
    people = [await reader(sim, f"Lid {number}") for number in range(20)]
    await queue(storage, *((person["id"], OUTCOME) for person in people[:19]))
    async with sending(storage, bot):
        assert {delivery.state for delivery in await done(storage)} == {SendState.SENT}
    await queue(storage, (people[19]["id"], OUTCOME))
    async with sending(storage, bot):
        await done(storage)
    requests = await sim.requests("sendPhoto")
    assert len(requests) == len(people)
    sent = [[message for message in await sim.messages(person) if message["from"]["is_bot"]] for person in people]
    assert all(len(messages) == 1 and "Aangenomen" in words(messages[0]) for messages in sent)
    assert len({messages[0]["photo"]["file_id"] for messages in sent}) == 1


@ON_SQLITE
async def test_next_one_uploads_where_the_first_cannot(
    storage: Storage, bot: AssemblyBot, sim: RunningSimulator
) -> None:
    """Where the upload fails the others are not held up: one of them uploads it."""
    anna, bob = await reader(sim, "Anna"), await reader(sim, "Bob")
    await sim.fault("500", "sendPhoto", times=1)
    await queue(storage, (anna["id"], OUTCOME), (bob["id"], OUTCOME))
    async with sending(storage, bot):
        assert {delivery.state for delivery in await done(storage)} == {SendState.SENT}


@ON_SQLITE
async def test_long_words_go_without(storage: Storage, bot: AssemblyBot, sim: RunningSimulator) -> None:
    """A roll-call that fills more than a caption is sent as text; a long proposal is shortened instead."""
    anna = await reader(sim, "Anna")
    many = tuple(f"Lid {number:03}" for number in range(200))
    long_call = OutcomePublished(replace(COUNTED, roll_call=RollCall(many, many, many, ())))
    await queue(storage, (anna["id"], long_call))
    await queue(storage, (anna["id"], OutcomePublished(replace(COUNTED, text="De ALV besluit. " * 100))))
    async with sending(storage, bot):
        await done(storage)
    text, pictured = [message for message in await sim.messages(anna) if message["from"]["is_bot"]]
    assert "Lid 000" in text["text"]
    assert not text["photo"]
    assert pictured["photo"]
    assert "De ALV besluit. De ALV" in pictured["caption"]
