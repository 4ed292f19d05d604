"""What items cost each member, in its own invitation; and confirming receipt."""

from dataclasses import replace
from datetime import timedelta

import pytest

from assembly.errors import AmountNotUnderstood, Gone, NotAllowed, WrongMeetingState
from assembly.facts.convening import Invitation
from assembly.meetings import Meeting
from screens import render
from screens.content import Content
from services import convening, items, papers, receipts
from storage.engine import Storage
from storage.facts import load
from storage.unit import Unit
from tests.support.assembly import convened, drafted, says
from tests.support.clock import TurnableClock
from tests.support.queued import queued
from tests.support.register import CHAIR, OBSERVER, OFFICE, Register, add_person, filled


@pytest.fixture
async def register(storage: Storage) -> Register:
    """Give a register with two members, of which one has told how many inhabitants it has."""
    register = await filled(storage, "Assen", "Deventer")

    async def count(unit: Unit) -> None:
        member = await unit.members.get(register.members["Deventer"])
        assert member is not None
        await unit.members.save(replace(member, inhabitants=99_957))

    await storage.write(count)
    return register


@pytest.fixture
async def meeting(storage: Storage, clock: TurnableClock, register: Register) -> Meeting:  # noqa: ARG001 - people come first
    """Give an assembly in draft."""
    return await drafted(storage, clock)


async def price(storage: Storage, meeting: Meeting, text: str) -> int:
    """Let the secretariat fill in what the second item costs; return the item's id."""
    item = (await storage.read(lambda unit: unit.meetings.items(meeting.id)))[1]
    await storage.write(items.ask_amount, OFFICE, item.id)
    await says(storage, OFFICE, text)
    return int(item.id)


async def invitation(storage: Storage, telegram_id: int) -> str:
    """Return the text of somebody's invitation."""
    facts = next(facts for name, facts in await queued(storage, telegram_id) if name == "Invitation")
    content = render(load(Invitation, facts), storage.association)
    assert isinstance(content, Content)
    return content.text.replace("\N{NO-BREAK SPACE}", " ")


async def test_each_member_sees_its_own_amount(storage: Storage, meeting: Meeting, register: Register) -> None:
    """Who acts for a member sees what it pays, or that its inhabitants are not known; others see the rate alone."""
    await price(storage, meeting, "€ 0,12 per inwoner")
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    own = "€ 0,12 per inwoner: voor de gemeente Deventer (99.957 inwoners) € 11.994,84"
    assert own in await invitation(storage, register.representative("Deventer"))
    assert own in await invitation(storage, register.coordinator("Deventer"))
    assert "het inwonertal van de gemeente Assen is niet bekend" in await invitation(
        storage, register.representative("Assen")
    )
    shown = await invitation(storage, OBSERVER)
    assert "€ 0,12 per inwoner" in shown
    assert "Deventer" not in shown
    await storage.write(papers.show_papers, register.coordinator("Deventer"))
    overview = next(
        f for name, f in await queued(storage, register.coordinator("Deventer")) if name == "AgendaOverview"
    )
    assert [c["amount"] for line in overview["agenda"] for c in line["contributions"]] == ["299871/25"]


async def test_half_cents_are_said_to_be_rounded(storage: Storage, meeting: Meeting, register: Register) -> None:
    """An amount that is no whole number of cents is rounded half up, and says so."""
    await price(storage, meeting, "0,125")
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    assert "€ 12.494,63 (afgerond op hele centen)" in await invitation(storage, register.coordinator("Deventer"))


async def test_amounts_are_corrected_and_taken_away(storage: Storage, meeting: Meeting) -> None:
    """A slip is refused and asked again; an amount goes away by button; only the secretariat fills them in."""
    with pytest.raises(AmountNotUnderstood):
        await price(storage, meeting, "veel")
    item_id = await price(storage, meeting, "12 cent")
    with pytest.raises(NotAllowed):
        await storage.write(items.drop_amount, CHAIR, item_id, None)
    await storage.write(items.drop_amount, OFFICE, item_id, None)
    item = await storage.read(lambda unit: unit.meetings.item(item_id))
    assert item is not None
    assert item.per_inhabitant is None


async def test_receipt(storage: Storage, clock: TurnableClock, meeting: Meeting, register: Register) -> None:
    """The first time that somebody confirms stands, whoever presses again; nobody confirms what it did not get."""
    who = register.coordinator("Assen")
    with pytest.raises(WrongMeetingState):
        await storage.write(receipts.confirm_receipt, who, meeting.id, 0)
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    first = (await storage.write(receipts.confirm_receipt, who, meeting.id, 0)).at
    clock.turn(timedelta(days=1))
    assert (await storage.write(receipts.confirm_receipt, who, meeting.id, 0)).at == first
    person_id = register.people["coördinator Assen"]
    assert await storage.read(lambda unit: unit.convocations.receipts(meeting.id, 0)) == {person_id: first}
    await storage.write(add_person, "Buitenstaander", 7001)
    for account, number in ((who, 1), (who, 10**17)):
        with pytest.raises(Gone):
            await storage.write(receipts.confirm_receipt, account, meeting.id, number)
    with pytest.raises(NotAllowed):
        await storage.write(receipts.confirm_receipt, 7001, meeting.id, 0)


async def test_newcomers_confirm_too(storage: Storage, clock: TurnableClock, register: Register) -> None:
    """The invitation of everybody who is convened has the button, also without reply buttons."""
    await convened(storage, clock)
    for account in (register.coordinator("Assen"), OBSERVER):
        facts = next(facts for name, facts in await queued(storage, account) if name == "Invitation")
        assert facts["round"] == 0
