"""The agenda: taken from a text or a file, gone over item by item, frozen by a vote."""

import pytest

from assembly.agenda import ItemKind
from assembly.errors import (
    AgendaNotUnderstood,
    Gone,
    ItemVoted,
    NotAllowed,
    TextMissing,
    TextTooLong,
    WrongMeetingState,
)
from assembly.meetings import Meeting
from assembly.motions import Question
from assembly.tally import Seat
from services import agenda, files
from services import items as item_services
from services.agenda_items import shown_items
from storage.engine import Storage
from storage.meetings import AgendaItem
from storage.unit import Unit
from tests.support.assembly import accepts, convened, drafted, says, sends
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OFFICE, filled


@pytest.fixture
async def meeting(storage: Storage, clock: TurnableClock) -> Meeting:
    """Give an assembly in draft with an agenda, of an association with one member."""
    await filled(storage, "Assen")
    return await drafted(storage, clock)


async def items(storage: Storage, meeting: Meeting) -> tuple[AgendaItem, ...]:
    """Return the agenda."""
    return await storage.read(lambda unit: unit.meetings.items(meeting.id))


async def test_agenda_is_read_with_kinds_and_papers(storage: Storage, meeting: Meeting) -> None:
    """Each item has its number, its guessed kind and the papers that it names."""
    found = [(item.number, item.kind, item.attachments) for item in await items(storage, meeting)]
    assert found == [
        ("1", ItemKind.PROCEDURE, ()),
        ("2", ItemKind.DECISION, ("1",)),
        ("3", ItemKind.PERSONS, ("2",)),
        ("4", ItemKind.PROCEDURE, ()),
    ]
    assert "AgendaStored" in await screens(storage, OFFICE)


async def test_wrong_text_keeps_the_agenda_and_the_step(storage: Storage, meeting: Meeting) -> None:
    """A text without items changes nothing, and the right one can be sent after it."""
    await storage.write(agenda.ask_agenda, OFFICE, meeting.id)
    with pytest.raises(AgendaNotUnderstood):
        await says(storage, OFFICE, "Hierbij de agenda.")
    assert len(await items(storage, meeting)) == 4
    await says(storage, OFFICE, "1. Opening\n2. Sluiting")
    await accepts(storage, OFFICE)
    assert len(await items(storage, meeting)) == 2


async def test_text_that_telegram_may_have_cut_waits_for_the_rest(storage: Storage, meeting: Meeting) -> None:
    """A text about as long as a message can be is joined with the next one; a button says that it was all."""
    long = "1. Opening\n" + "toelichting " * 340
    await storage.write(agenda.ask_agenda, OFFICE, meeting.id)
    await says(storage, OFFICE, long)
    assert (await screens(storage, OFFICE))[-1] == "AgendaContinues"
    await says(storage, OFFICE, "2. Notulen\n3. Sluiting")
    await accepts(storage, OFFICE)
    assert [item.number for item in await items(storage, meeting)] == ["1", "2", "3"]
    await storage.write(agenda.ask_agenda, OFFICE, meeting.id)
    await says(storage, OFFICE, long)
    await storage.write(agenda.finish_agenda, OFFICE)
    await accepts(storage, OFFICE)
    assert [item.number for item in await items(storage, meeting)] == ["1"]
    with pytest.raises(Gone):
        await storage.write(agenda.finish_agenda, OFFICE)


async def test_agenda_from_a_file(storage: Storage, meeting: Meeting) -> None:
    """A text file is fetched and becomes the agenda; the step ends with it."""
    await storage.write(agenda.ask_agenda, OFFICE, meeting.id)
    await sends(storage, OFFICE, "agenda.txt")
    wanted = (await storage.read(files.wanted, 10))[0]
    await storage.write(files.store_content, wanted.id, b"bytes", "1. Opening\n2. Coördinatie\n")
    await accepts(storage, OFFICE)
    assert [item.title for item in await items(storage, meeting)] == ["Opening", "Coördinatie"]
    assert await storage.read(lambda unit: unit.conversations.current(1)) is None


async def test_file_without_an_agenda_is_explained(storage: Storage, meeting: Meeting) -> None:
    """What holds no agenda is told to the sender after fetching, and the agenda stays."""
    await storage.write(agenda.ask_agenda, OFFICE, meeting.id)
    await sends(storage, OFFICE, "agenda.docx")
    wanted = (await storage.read(files.wanted, 10))[0]
    await storage.write(files.store_content, wanted.id, b"bytes", "Beste leden,\n\nTot dan.")
    assert (await queued(storage, OFFICE))[-1] == ("AgendaNotUnderstood", {})
    assert len(await items(storage, meeting)) == 4


async def test_agenda_is_replaced_in_draft_only(storage: Storage, clock: TurnableClock) -> None:
    """After the convocation people know the agenda, so that it cannot be replaced as a whole."""
    await filled(storage, "Assen")
    meeting = await convened(storage, clock)
    with pytest.raises(WrongMeetingState):
        await storage.write(agenda.ask_agenda, OFFICE, meeting.id)


async def test_step_that_outlived_the_draft_is_refused(storage: Storage, meeting: Meeting) -> None:
    """An agenda that was asked for in draft and sent after convening changes nothing."""
    await storage.write(agenda.ask_agenda, OFFICE, meeting.id)
    await storage.write(lambda unit: unit.meetings.convene(meeting.id, None))
    with pytest.raises(WrongMeetingState):
        await says(storage, OFFICE, "1. Iets anders")


async def test_papers_stay_tied_to_a_new_agenda(storage: Storage, meeting: Meeting) -> None:
    """Papers that are there already belong to the item of the new agenda that names them."""
    await storage.write(_ask_papers, meeting.id)
    await sends(storage, OFFICE, "Bijlage_2.pdf")
    await storage.write(agenda.ask_agenda, OFFICE, meeting.id)
    await says(storage, OFFICE, "1. Opening\n2. Voordracht (bijlage 2)\n3. Sluiting")
    await accepts(storage, OFFICE)
    shown = {item.number: item.papers for item in await storage.read(shown_items, meeting.id)}
    papers = await storage.read(lambda unit: unit.papers.current(meeting.id))
    assert shown == {"1": (), "2": ("2",), "3": ()}
    assert papers[0].item_id == (await items(storage, meeting))[1].id


async def _ask_papers(unit: Unit, meeting_id: int) -> None:
    await unit.conversations.begin(1, "papers", meeting_id=meeting_id)


async def test_items_are_leafed_through(storage: Storage, meeting: Meeting) -> None:
    """A long agenda comes in pages; a page that is no longer there becomes the last one."""
    await storage.write(agenda.ask_agenda, OFFICE, meeting.id)
    await says(storage, OFFICE, "\n".join(f"{number}. Punt {number}" for number in range(1, 18)))
    await accepts(storage, OFFICE)
    await storage.write(item_services.show_items, OFFICE, meeting.id, 99, None)
    screen, facts = (await queued(storage, OFFICE))[-1]
    assert (screen, facts["page"], facts["pages"]) == ("ItemsPage", 2, 3)
    assert [item["number"] for item in facts["items"]] == ["17"]


async def test_kind_and_proposal_are_set(storage: Storage, meeting: Meeting) -> None:
    """The secretariat corrects the kind and fills in the text that is put to the vote; both are journaled."""
    item = (await items(storage, meeting))[1]
    await storage.write(item_services.set_kind, OFFICE, item.id, ItemKind.DISCUSSION, None)
    await storage.write(item_services.set_kind, OFFICE, item.id, ItemKind.DISCUSSION, None)
    await storage.write(item_services.ask_proposal, OFFICE, item.id)
    await says(storage, OFFICE, "De notulen vast te stellen.\n\nEn te publiceren.")
    changed = (await items(storage, meeting))[1]
    assert (changed.kind, changed.proposal) == (
        ItemKind.DISCUSSION,
        "De notulen vast te stellen.\n\nEn te publiceren.",
    )
    assert (await screens(storage, OFFICE))[-2:].count("ItemDetails") == 1


async def test_proposal_has_limits(storage: Storage, meeting: Meeting) -> None:
    """A proposal fits in a ballot, and an invisible one is none."""
    item = (await items(storage, meeting))[1]
    await storage.write(item_services.ask_proposal, OFFICE, item.id)
    with pytest.raises(TextTooLong) as refused:
        await says(storage, OFFICE, "😀" * 1001)
    assert (refused.value.length, refused.value.limit) == (2002, 2000)
    with pytest.raises(TextMissing):
        await says(storage, OFFICE, "\u200b\n\u2060")


async def test_vote_freezes_the_item(storage: Storage, meeting: Meeting) -> None:
    """Once a vote on an item was opened, its kind and text stay as they were voted on."""
    item = (await items(storage, meeting))[1]
    await storage.write(item_services.ask_proposal, OFFICE, item.id)
    await storage.write(_open_vote, item)
    with pytest.raises(ItemVoted):
        await storage.write(item_services.set_kind, OFFICE, item.id, ItemKind.DISCUSSION, None)
    with pytest.raises(ItemVoted):
        await says(storage, OFFICE, "Een andere tekst")
    await storage.write(item_services.show_item, OFFICE, item.id, None)
    assert (await queued(storage, OFFICE))[-1][1]["fixed"] is True


async def _open_vote(unit: Unit, item: AgendaItem) -> None:
    question = Question(item.title, unit.association.statutes.majority)
    await unit.motions.add(item, question, [Seat(member.id, 1, None) for member in await unit.members.all()], 1)


async def test_items_of_others_are_gone(storage: Storage, meeting: Meeting) -> None:
    """An item that is not there is refused, and the chair prepares nothing."""
    with pytest.raises(Gone):
        await storage.write(item_services.show_item, OFFICE, 999, None)
    with pytest.raises(NotAllowed):
        await storage.write(item_services.show_items, CHAIR, meeting.id, 0, None)


async def test_agenda_brings_its_proposals(storage: Storage, meeting: Meeting) -> None:
    """A proposal in the agenda's own text is what is put to the vote; one that is too long refuses the agenda."""
    await storage.write(agenda.ask_agenda, OFFICE, meeting.id)
    await says(storage, OFFICE, "1. Begroting\nVoorgenomen besluit: de begroting vast te stellen.")
    await accepts(storage, OFFICE)
    assert [item.proposal for item in await items(storage, meeting)] == ["de begroting vast te stellen."]
    await storage.write(agenda.ask_agenda, OFFICE, meeting.id)
    with pytest.raises(TextTooLong):
        await says(storage, OFFICE, "1. Begroting\nVoorgenomen besluit: " + "x" * 2001)
    assert len(await items(storage, meeting)) == 1
