"""Nominations: asked for as a form, filled in at once or bit by bit, and told to the members."""

from typing import Any

import pytest

from assembly.errors import Gone, NominationTold, NothingToSend
from assembly.meetings import Meeting
from assembly.members import Role, RoleHeld
from services import convening, items, nominations, papers
from storage.engine import Storage
from storage.meetings import AgendaItem
from storage.unit import Unit
from tests.support.assembly import convened, drafted, says
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import OFFICE, Register, add_person, filled

FORM = """Naam: kandidaat A
Leeftijd: 54
Beroep: accountant
Aandelen: geen
Functies: bestuurder van een woningcorporatie
Commissariaten: geen
Motivering: brengt kennis van
financiën mee"""


@pytest.fixture
async def register(storage: Storage) -> Register:
    """Give an association with one member."""
    return await filled(storage, "Assen")


@pytest.fixture
async def meeting(storage: Storage, clock: TurnableClock, register: Register) -> Meeting:  # noqa: ARG001 - it comes first
    """Give an assembly in draft; its third item is the nomination of a member of the supervisory board."""
    meeting = await drafted(storage, clock)
    await storage.write(items.ask_title, OFFICE, (await item(storage, meeting)).id)
    await says(storage, OFFICE, "Voordracht van een lid van de raad van commissarissen (bijlage 2)")
    return meeting


async def item(storage: Storage, meeting: Meeting) -> AgendaItem:
    """Return the item on persons."""
    items: tuple[AgendaItem, ...] = await storage.read(lambda unit: unit.meetings.items(meeting.id))
    return items[2]


async def details(storage: Storage) -> Any:  # noqa: ANN401 - facts as JSON
    """Return the facts of the item as it is shown now."""
    return next(facts for screen, facts in await queued(storage, OFFICE) if screen == "ItemDetails")


async def test_a_form_that_is_filled_in_at_once(storage: Storage, meeting: Meeting) -> None:
    """All that art. 2:57a asks is kept, and the item is not waiting for it any more."""
    persons = await item(storage, meeting)
    await storage.write(items.show_item, OFFICE, persons.id, None)
    assert (await details(storage))["nominates"] is True
    await storage.write(nominations.ask_nomination, OFFICE, persons.id)
    await says(storage, OFFICE, FORM)
    (found,) = await storage.read(lambda unit: unit.nominations.of_meeting(meeting.id))
    assert (found.supervisory, found.nomination.age, found.nomination.shares) == (True, "54", "geen")
    assert found.nomination.reasons == "brengt kennis van financiën mee"
    shown = await details(storage)
    assert (shown["nominates"], shown["candidates"]) == (False, [[found.id, "kandidaat A"]])


async def test_the_preview_says_what_is_missing(storage: Storage, meeting: Meeting) -> None:
    """Before the convocation goes out the secretariat reads under which item nobody is nominated yet."""
    persons = await item(storage, meeting)

    async def missing() -> list[str]:
        await storage.write(convening.preview_convocation, OFFICE, meeting.id)
        found: list[str] = (await queued(storage, OFFICE))[-1][1]["nominations"]
        return found

    assert await missing() == [persons.number]
    await storage.write(nominations.ask_nomination, OFFICE, persons.id)
    await says(storage, OFFICE, FORM)
    assert await missing() == []


async def test_what_is_missing_is_asked(storage: Storage, meeting: Meeting) -> None:
    """What was given is kept, and the last fact needs no label."""
    persons = await item(storage, meeting)
    await storage.write(nominations.ask_nomination, OFFICE, persons.id)
    await says(storage, OFFICE, FORM.replace("Beroep: accountant\n", "").replace("Leeftijd: 54\n", ""))
    asked = (await queued(storage, OFFICE))[-1][1]
    assert asked["missing"] == ["age", "profession"]
    await says(storage, OFFICE, "Leeftijd: 54")
    await says(storage, OFFICE, "accountant")
    (found,) = await storage.read(lambda unit: unit.nominations.of_meeting(meeting.id))
    assert (found.nomination.age, found.nomination.profession) == ("54", "accountant")


async def test_elsewhere_a_name_is_enough(storage: Storage, meeting: Meeting) -> None:
    """For the board or a committee the law asks nothing."""
    persons = await item(storage, meeting)
    await storage.write(items.ask_title, OFFICE, persons.id)
    await says(storage, OFFICE, "Benoeming lid kascommissie")
    await storage.write(nominations.ask_nomination, OFFICE, persons.id)
    await says(storage, OFFICE, "kandidaat B")
    (found,) = await storage.read(lambda unit: unit.nominations.of_meeting(meeting.id))
    assert (found.supervisory, found.nomination.candidate) == (False, "kandidaat B")


async def test_the_members_are_told(storage: Storage, meeting: Meeting, register: Register) -> None:
    """It goes with the convocation, between invitation and papers, and comes again with /stukken."""
    await storage.write(nominations.ask_nomination, OFFICE, (await item(storage, meeting)).id)
    await says(storage, OFFICE, FORM)
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    reader = register.coordinator("Assen")
    assert (await screens(storage, reader))[-3:] == ["Invitation", "CalendarEntry", "NominationMessage"]
    await storage.write(papers.show_papers, reader)
    assert (await screens(storage, reader))[-2:] == ["AgendaOverview", "NominationMessage"]
    with pytest.raises(NothingToSend):
        await storage.write(papers.send_late_papers, OFFICE, meeting.id)
    (found,) = await storage.read(lambda unit: unit.nominations.of_meeting(meeting.id))
    with pytest.raises(NominationTold):
        await storage.write(nominations.remove_nomination, OFFICE, found.id)


async def test_who_registers_later_gets_what_the_others_have(
    storage: Storage, clock: TurnableClock, register: Register
) -> None:
    """A nomination that nobody was told yet is not told to one person alone, and then goes to everybody."""
    meeting = await convened(storage, clock)
    await storage.write(nominations.ask_nomination, OFFICE, (await item(storage, meeting)).id)
    await says(storage, OFFICE, "Naam: kandidaat A")
    await storage.write(add_person, "nieuw", 7001, RoleHeld(Role.COORDINATOR, register.members["Assen"]))
    await storage.write(_catch_up, 7001)
    assert await screens(storage, 7001) == ["Invitation", "CalendarEntry"]
    await storage.write(papers.send_late_papers, OFFICE, meeting.id)
    for reader in (7001, register.coordinator("Assen")):
        assert (await screens(storage, reader))[-1] == "NominationMessage"


async def _catch_up(unit: Unit, telegram_id: int) -> None:
    acting = await unit.people.acting(telegram_id)
    assert acting is not None
    await convening.catch_up(unit, acting)


async def test_a_late_nomination_goes_to_who_has_the_set(
    storage: Storage, clock: TurnableClock, register: Register
) -> None:
    """Before it is sent it can be taken away; after that everybody gets it once."""
    meeting = await convened(storage, clock)
    persons = await item(storage, meeting)
    for name in ("kandidaat A", "kandidaat B"):
        await storage.write(nominations.ask_nomination, OFFICE, persons.id)
        await says(storage, OFFICE, f"Naam: {name}")
    first, _second = await storage.read(lambda unit: unit.nominations.of_meeting(meeting.id))
    await storage.write(nominations.show_nomination, OFFICE, first.id)
    assert (await queued(storage, OFFICE))[-1][1]["told"] is False
    await storage.write(nominations.remove_nomination, OFFICE, first.id)
    with pytest.raises(Gone):
        await storage.write(nominations.remove_nomination, OFFICE, first.id)
    await storage.write(papers.send_late_papers, OFFICE, meeting.id)
    told = [f for name, f in await queued(storage, register.coordinator("Assen")) if name == "NominationMessage"]
    assert [facts["nomination"]["candidate"] for facts in told] == ["kandidaat B"]
