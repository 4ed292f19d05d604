"""Agenda items that are corrected, moved, added, held over and removed, before and after the convocation."""

import pytest

from assembly.agenda import ItemKind
from assembly.association import Association
from assembly.errors import Gone, ItemWithdrawn, NotAllowed, NothingToSend, WrongMeetingState
from assembly.facts.convening import AgendaChangeMessage
from assembly.item_settings import ItemMajority, VoteForm
from assembly.meetings import Meeting
from screens import render
from screens.content import Content
from services import agenda, item_options, items, motions, papers, sitting
from storage.engine import Storage
from storage.facts import load
from storage.meetings import AgendaItem
from tests.support.assembly import STARTS_AT, convened, drafted, says, sends
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OFFICE, Register, filled


@pytest.fixture
async def register(storage: Storage) -> Register:
    """Give an association with one member."""
    return await filled(storage, "Assen")


@pytest.fixture
async def meeting(storage: Storage, clock: TurnableClock, register: Register) -> Meeting:  # noqa: ARG001 - it comes first
    """Give an assembly in draft with an agenda of four items."""
    return await drafted(storage, clock)


async def agenda_of(storage: Storage, meeting: Meeting) -> list[tuple[str, str]]:
    """Return numbers and titles in order."""
    return [(item.number, item.title) for item in await found(storage, meeting)]


async def found(storage: Storage, meeting: Meeting) -> tuple[AgendaItem, ...]:
    """Return the agenda."""
    return await storage.read(lambda unit: unit.meetings.items(meeting.id))


async def told(storage: Storage, telegram_id: int) -> list[tuple[str, str, str]]:
    """Return what somebody was told of changes: item, what, and what it became."""
    return [
        (facts["number"], facts["change"], facts["after"])
        for screen, facts in await queued(storage, telegram_id)
        if screen == "AgendaChangeMessage"
    ]


async def test_items_change_places(storage: Storage, meeting: Meeting) -> None:
    """An item moves up and down, and the numbers stay in order; at the end nothing happens."""
    first, second, *_ = await found(storage, meeting)
    await storage.write(items.move_item, OFFICE, second.id, None, up=True)
    assert [number for number, _ in await agenda_of(storage, meeting)] == ["1", "2", "3", "4"]
    assert (await agenda_of(storage, meeting))[0][1] == second.title
    await storage.write(items.move_item, OFFICE, second.id, None, up=True)
    await storage.write(items.move_item, OFFICE, first.id, None, up=True)
    assert (await agenda_of(storage, meeting))[0][1] == first.title


async def test_a_new_item_comes_behind_another(storage: Storage, meeting: Meeting) -> None:
    """Its kind is guessed, its papers are tied, and what follows counts on."""
    await storage.write(papers.ask_papers, OFFICE, meeting.id)
    await sends(storage, OFFICE, "Bijlage_7.pdf")
    second = (await found(storage, meeting))[1]
    await storage.write(items.ask_new, OFFICE, second.id)
    await says(storage, OFFICE, "Vaststelling begroting, bijlage 7")
    new = (await found(storage, meeting))[2]
    assert (new.number, new.kind, new.attachments) == ("3", ItemKind.DECISION, ("7",))
    assert [number for number, _ in await agenda_of(storage, meeting)] == ["1", "2", "3", "4", "5"]
    paper = (await storage.read(lambda unit: unit.papers.current(meeting.id)))[0]
    assert paper.item_id == new.id


async def test_a_title_brings_its_papers(storage: Storage, meeting: Meeting) -> None:
    """A paper that the title named before and names no more is not the item's any longer."""
    second = (await found(storage, meeting))[1]
    await storage.write(items.ask_title, OFFICE, second.id)
    await says(storage, OFFICE, "Notulen en verslag, bijlagen 1 en 3")
    assert (await found(storage, meeting))[1].attachments == ("1", "3")
    await storage.write(items.ask_title, OFFICE, second.id)
    await says(storage, OFFICE, "Notulen")
    assert (await found(storage, meeting))[1].attachments == ()


async def test_an_item_is_removed_after_a_second_press(storage: Storage, meeting: Meeting) -> None:
    """The first press asks; then it is gone and the others count on."""
    second = (await found(storage, meeting))[1]
    await storage.write(items.remove_item, OFFICE, second.id, None, sure=False)
    assert (await queued(storage, OFFICE))[-1][1]["removing"] is True
    assert len(await found(storage, meeting)) == 4
    await storage.write(items.remove_item, OFFICE, second.id, None, sure=True)
    assert [number for number, _ in await agenda_of(storage, meeting)] == ["1", "2", "3"]
    with pytest.raises(Gone):
        await storage.write(items.remove_item, OFFICE, second.id, None, sure=True)


async def test_how_is_voted_is_settled_beforehand(storage: Storage, meeting: Meeting) -> None:
    """The majority of an item, and roll-call for persons, hold when the vote is opened."""
    _, notes, persons, _ = await found(storage, meeting)
    await storage.write(items.set_majority, OFFICE, notes.id, ItemMajority.SPECIAL, None)
    await storage.write(items.set_form, OFFICE, persons.id, VoteForm.ROLL_CALL, None)
    _, notes, persons, _ = await found(storage, meeting)
    assert (notes.majority, persons.form) == (ItemMajority.SPECIAL, VoteForm.ROLL_CALL)
    assert "ItemVote" in await screens(storage, OFFICE)


async def test_before_the_convocation_nobody_is_told(storage: Storage, meeting: Meeting) -> None:
    """What is changed in draft is no change for anybody."""
    second = (await found(storage, meeting))[1]
    await storage.write(items.set_kind, OFFICE, second.id, ItemKind.DISCUSSION, None)
    assert await storage.read(lambda unit: unit.agenda_changes.unsent(meeting.id)) == []


async def test_changes_after_the_convocation_are_told_once(
    storage: Storage, clock: TurnableClock, register: Register
) -> None:
    """A changed proposal, a held-over and an added item go to everybody who has the agenda; undone ones do not."""
    meeting = await convened(storage, clock)
    _, notes, persons, end = await found(storage, meeting)
    await storage.write(items.ask_proposal, OFFICE, notes.id)
    await says(storage, OFFICE, "De notulen vast te stellen.")
    await storage.write(items.ask_proposal, OFFICE, notes.id)
    await says(storage, OFFICE, "De notulen ongewijzigd vast te stellen.")
    await storage.write(items.withdraw_item, OFFICE, persons.id, None, withdraw=True)
    await storage.write(items.set_kind, OFFICE, end.id, ItemKind.DISCUSSION, None)
    await storage.write(items.set_kind, OFFICE, end.id, ItemKind.PROCEDURE, None)
    await storage.write(items.ask_new, OFFICE, notes.id)
    await says(storage, OFFICE, "Besluit over de huur")
    assert [number for number, _ in await agenda_of(storage, meeting)] == ["1", "2", "2a", "3", "4"]
    await storage.write(papers.send_late_papers, OFFICE, meeting.id)
    reader = register.coordinator("Assen")
    assert await told(storage, reader) == [
        ("2", "proposal", "De notulen ongewijzigd vast te stellen."),
        ("3", "standing", "withdrawn"),
        ("2a", "added", ""),
    ]
    with pytest.raises(NothingToSend):
        await storage.write(papers.send_late_papers, OFFICE, meeting.id)
    await storage.write(papers.show_papers, reader)
    lines = {line["number"]: line for line in (await queued(storage, reader))[-1][1]["agenda"]}
    assert (lines["3"]["withdrawn"], lines["2"]["changed"], lines["1"]["changed"]) == (True, True, False)


@pytest.mark.usefixtures("register")
async def test_the_chair_sees_that_a_change_was_not_told(storage: Storage, clock: TurnableClock) -> None:
    """Before a vote on an item of which the members do not know the last change, that is said."""
    meeting = await convened(storage, clock)
    notes = (await found(storage, meeting))[1]
    await storage.write(items.set_majority, OFFICE, notes.id, ItemMajority.UNANIMOUS, None)
    clock.moment = STARTS_AT
    await storage.write(sitting.open_meeting, OFFICE, meeting.id)
    await storage.write(motions.preview_motion, CHAIR, notes.id, None)
    preview = (await queued(storage, CHAIR))[-1][1]
    assert preview["untold"] is True
    assert preview["majority"]["threshold"] == {"share": "1", "strict": False}


@pytest.mark.usefixtures("register")
async def test_an_item_that_is_held_over_is_not_voted_on(storage: Storage, clock: TurnableClock) -> None:
    """It is not offered, and a press on an old button is refused; put back it is votable again."""
    meeting = await convened(storage, clock)
    notes = (await found(storage, meeting))[1]
    await storage.write(items.withdraw_item, OFFICE, notes.id, None, withdraw=True)
    clock.moment = STARTS_AT
    await storage.write(sitting.open_meeting, OFFICE, meeting.id)
    await storage.write(motions.choose_motion, CHAIR, meeting.id, None)
    assert [item["number"] for item in (await queued(storage, CHAIR))[-1][1]["items"]] == ["3"]
    with pytest.raises(ItemWithdrawn):
        await storage.write(motions.preview_motion, CHAIR, notes.id, None)
    await storage.write(items.withdraw_item, OFFICE, notes.id, None, withdraw=False)
    await storage.write(motions.preview_motion, CHAIR, notes.id, None)


@pytest.mark.usefixtures("register")
async def test_the_order_is_fixed_once_people_know_it(storage: Storage, clock: TurnableClock) -> None:
    """After the convocation items are neither moved nor removed; the chair changes nothing at all."""
    meeting = await convened(storage, clock)
    notes = (await found(storage, meeting))[1]
    with pytest.raises(WrongMeetingState):
        await storage.write(items.move_item, OFFICE, notes.id, None, up=True)
    with pytest.raises(WrongMeetingState):
        await storage.write(items.remove_item, OFFICE, notes.id, None, sure=True)
    with pytest.raises(WrongMeetingState):
        await storage.write(agenda.ask_agenda, OFFICE, meeting.id)
    with pytest.raises(NotAllowed):
        await storage.write(items.withdraw_item, CHAIR, notes.id, None, withdraw=True)


async def test_options_after_the_convocation_are_told(
    storage: Storage, clock: TurnableClock, register: Register
) -> None:
    """What can be chosen now, and what could be before; on the spot, and in draft, the ballot tells it."""
    meeting = await convened(storage, clock)
    _, notes, *_ = await found(storage, meeting)

    async def offer(labels: str) -> None:
        await storage.write(item_options.ask_options, OFFICE, notes.id)
        await says(storage, OFFICE, labels)

    await offer("Variant A\nVariant B")
    await storage.write(papers.send_late_papers, OFFICE, meeting.id)
    await offer("Variant C")
    await storage.write(papers.send_late_papers, OFFICE, meeting.id)
    both, all_three = "Variant A\nVariant B", "Variant A\nVariant B\nVariant C"
    member = register.coordinator("Assen")
    assert await told(storage, member) == [("2", "options", both), ("2", "options", all_three)]
    (*_, last) = [facts for screen, facts in await queued(storage, member) if screen == "AgendaChangeMessage"]
    content = render(load(AgendaChangeMessage, last), Association("Coöperatie Voorbeeld U.A."))
    assert isinstance(content, Content)
    assert "Er kan worden gekozen uit:\n• Variant A\n• Variant B\n• Variant C\nDit was:\n• Variant A" in content.text
    clock.moment = meeting.starts_at
    await storage.write(sitting.open_meeting, OFFICE, meeting.id)
    await offer("Variant D")
    assert await storage.read(lambda unit: unit.agenda_changes.unsent(meeting.id)) == []
