"""Papers that are corrected by button: another number, another item, or gone."""

import pytest

from assembly.errors import Gone, PaperSent
from assembly.meetings import Meeting
from services import convening, paper_cards, papers
from storage.engine import Storage
from storage.papers import Paper
from tests.support.assembly import drafted, says, sends
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import OFFICE, filled


@pytest.fixture
async def meeting(storage: Storage, clock: TurnableClock) -> Meeting:
    """Give an assembly in draft with two papers, while the secretariat is sending more."""
    await filled(storage, "Assen")
    meeting = await drafted(storage, clock)
    await storage.write(papers.ask_papers, OFFICE, meeting.id)
    for name in ("Bijlage_1.pdf", "Bijlage_7.pdf"):
        await sends(storage, OFFICE, name)
    return meeting


async def current(storage: Storage, meeting: Meeting) -> dict[str, Paper]:
    """Return the newest version of every paper by number."""
    return {paper.number: paper for paper in await storage.read(lambda unit: unit.papers.current(meeting.id))}


async def test_the_list_tells_what_is_missing(storage: Storage, meeting: Meeting) -> None:
    """Every paper with its item, and what the agenda names and is not here."""
    await storage.write(paper_cards.show_list, OFFICE, meeting.id, 99, None)
    screen, facts = (await queued(storage, OFFICE))[-1]
    assert screen == "PaperList"
    assert [(line["number"], line["item"]) for line in facts["papers"]] == [("1", "2"), ("7", "")]
    assert (facts["missing"], facts["page"]) == (["2"], 0)


async def test_a_wrong_number_is_corrected(storage: Storage, meeting: Meeting) -> None:
    """By button or typed; the paper finds the item that names the new number, and more papers can be sent after it."""
    seven = (await current(storage, meeting))["7"]
    await storage.write(paper_cards.ask_number, OFFICE, seven.id)
    assert (await queued(storage, OFFICE))[-1][1]["numbers"] == ["2", "8"]
    await storage.write(paper_cards.set_number, OFFICE, seven.id, "2")
    item = (await storage.read(lambda unit: unit.meetings.items(meeting.id)))[2]
    assert (await current(storage, meeting))["2"].item_id == item.id
    await storage.write(paper_cards.ask_number, OFFICE, seven.id)
    await says(storage, OFFICE, "4A")
    assert set(await current(storage, meeting)) == {"1", "4a"}
    await sends(storage, OFFICE, "Bijlage_2.pdf")
    assert set(await current(storage, meeting)) == {"1", "2", "4a"}


async def test_another_number_can_be_a_new_version(storage: Storage, meeting: Meeting) -> None:
    """A paper that gets a number which is there already becomes its newest version."""
    await storage.write(paper_cards.set_number, OFFICE, (await current(storage, meeting))["7"].id, "1")
    one = (await current(storage, meeting))["1"]
    assert (one.version, one.name) == (2, "Bijlage_7.pdf")


async def test_a_paper_is_tied_to_another_item(storage: Storage, meeting: Meeting) -> None:
    """To one that does not name it, and to none."""
    paper = (await current(storage, meeting))["7"]
    item = (await storage.read(lambda unit: unit.meetings.items(meeting.id)))[3]
    await storage.write(paper_cards.choose_item, OFFICE, paper.id, 0, None)
    assert (await screens(storage, OFFICE))[-1] == "TieChoice"
    await storage.write(paper_cards.tie, OFFICE, paper.id, item.id, None)
    assert (await current(storage, meeting))["7"].item_id == item.id
    await storage.write(paper_cards.tie, OFFICE, paper.id, 0, None)
    assert (await current(storage, meeting))["7"].item_id is None
    with pytest.raises(Gone):
        await storage.write(paper_cards.tie, OFFICE, paper.id, 999, None)


async def test_a_paper_is_removed_after_a_second_press(storage: Storage, meeting: Meeting) -> None:
    """The first press asks; the version before it stands again."""
    await sends(storage, OFFICE, "Bijlage_1_beter.pdf")
    second = (await current(storage, meeting))["1"]
    await storage.write(paper_cards.remove, OFFICE, second.id, None, sure=False)
    assert (await current(storage, meeting))["1"].version == 2
    await storage.write(paper_cards.remove, OFFICE, second.id, None, sure=True)
    assert (await current(storage, meeting))["1"].version == 1


async def test_what_people_have_stays(storage: Storage, meeting: Meeting) -> None:
    """After the convocation neither number nor paper can be taken back, but it may belong to another item."""
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    paper = (await current(storage, meeting))["1"]
    for refused in (
        storage.write(paper_cards.ask_number, OFFICE, paper.id),
        storage.write(paper_cards.set_number, OFFICE, paper.id, "5"),
        storage.write(paper_cards.remove, OFFICE, paper.id, None, sure=True),
    ):
        with pytest.raises(PaperSent):
            await refused
    await storage.write(paper_cards.tie, OFFICE, paper.id, 0, None)
