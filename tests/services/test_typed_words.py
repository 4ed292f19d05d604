"""What people type as a reason may name others: the journal holds it in the part that can be erased."""

import json

from sqlalchemy import select

from services import excluding, interrupting, outcomes, rectifying, suspensions
from storage.engine import Storage
from storage.tables import journal, journal_private
from storage.unit import Unit
from tests.support.assembly import says
from tests.support.clock import TurnableClock
from tests.support.register import CHAIR, OFFICE
from tests.support.sitting import OFFICE_NAME, convened_evening

CHAIR_NAME = "Voorzitter"


async def test_reasons_can_be_erased(storage: Storage, clock: TurnableClock) -> None:
    """Suspending, excluding, voiding, pronouncing otherwise, correcting: each leaves its words in the private part."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen")
    members = evening.register.members
    await evening.act(suspensions.ask_reason, OFFICE_NAME, members["Emmen"], None)
    await says(storage, OFFICE, "Reden geschorst.")
    await evening.act(suspensions.suspend, OFFICE_NAME, members["Emmen"], None)
    await evening.open()
    await evening.arrive("Assen", "Deventer")
    await evening.act(excluding.ask_reason, OFFICE_NAME, await evening.item("2"), members["Deventer"])
    await says(storage, OFFICE, "Reden uitgesloten.")
    first = await evening.put_to_vote("2")
    await evening.act(interrupting.ask_void, CHAIR_NAME, first)
    await says(storage, CHAIR, "Reden ongeldig.")
    second = await evening.put_to_vote("2")
    await evening.act(outcomes.close_motion, OFFICE_NAME, second)
    await evening.act(outcomes.ask_otherwise, CHAIR_NAME, second, ("for",))
    await says(storage, CHAIR, "Reden anders.")
    await evening.act(rectifying.ask_rectification, CHAIR_NAME, second)
    await says(storage, CHAIR, "Reden verbeterd.")

    async def noted(unit: Unit) -> tuple[str, set[str]]:
        facts = (await unit.connection.execute(select(journal.c.facts))).scalars()
        private = (await unit.connection.execute(select(journal_private.c.facts))).scalars()
        words = {str(value) for text in private for value in json.loads(text).values()}
        return "\n".join(facts), words

    facts, words = await storage.read(noted)
    assert "Reden" not in facts
    assert {word for word in words if word.startswith("Reden")} == {
        "Reden geschorst.",
        "Reden uitgesloten.",
        "Reden ongeldig.",
        "Reden anders.",
        "Reden verbeterd.",
    }
