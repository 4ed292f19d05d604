"""Papers: numbered, versioned, sent once, and sent again to who has them."""

from datetime import timedelta

import pytest

from assembly.errors import (
    FileRefused,
    Gone,
    NoMeeting,
    NotAllowed,
    NothingToSend,
    PaperKnown,
    PaperNumberNotUnderstood,
    WrongMeetingState,
)
from assembly.meetings import Meeting
from assembly.members import Role, RoleHeld
from services import convening, meetings, papers
from storage.engine import Storage
from storage.papers import Paper
from storage.unit import Unit
from tests.support.assembly import convened, drafted, says, sends
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OBSERVER, OFFICE, Register, add_person, filled


@pytest.fixture
async def register(storage: Storage) -> Register:
    """Give a register with one member."""
    return await filled(storage, "Assen")


@pytest.fixture
async def meeting(storage: Storage, clock: TurnableClock, register: Register) -> Meeting:  # noqa: ARG001 - people come first
    """Give an assembly in draft, of which the papers are expected."""
    meeting = await drafted(storage, clock)
    await storage.write(papers.ask_papers, OFFICE, meeting.id)
    return meeting


async def current(storage: Storage, meeting: Meeting) -> tuple[Paper, ...]:
    """Return the newest version of every paper."""
    return await storage.read(lambda unit: unit.papers.current(meeting.id))


async def test_papers_come_one_after_the_other(storage: Storage, meeting: Meeting) -> None:
    """Each document is stored under its number, tied to its item, and confirmed; the step goes on until it is ended."""
    await sends(storage, OFFICE, "scan.pdf", "Bijlage 2: Voordracht")
    await sends(storage, OFFICE, "1. Notulen.pdf")
    found = [(paper.number, paper.version, paper.title) for paper in await current(storage, meeting)]
    assert found == [("1", 1, "Notulen"), ("2", 1, "Voordracht")]
    received = [facts for name, facts in await queued(storage, OFFICE) if name == "PaperReceived"]
    assert [facts["item"][0] for facts in received] == ["3", "2"]
    await says(storage, OFFICE, "is dat alles?")
    assert (await screens(storage, OFFICE))[-1] == "PapersExpected"
    await storage.write(papers.finish_papers, OFFICE, meeting.id)
    assert await storage.read(lambda unit: unit.conversations.current(1)) is None


async def test_same_number_is_a_new_version(storage: Storage, meeting: Meeting) -> None:
    """A second file with a number becomes the current version; the first one is kept."""
    await sends(storage, OFFICE, "Bijlage_1.pdf")
    await sends(storage, OFFICE, "Bijlage_1_nieuw.pdf")
    paper = (await current(storage, meeting))[0]
    assert (paper.version, paper.telegram_file_id) == (2, "file-Bijlage_1_nieuw.pdf")


@pytest.mark.parametrize(
    ("name", "size", "reason"),
    [
        ("bijlage 1.exe", 100, "program"),
        ("bijlage 1.pdf", 0, "empty"),
        ("bijlage 1.pdf", 20_000_001, "size"),
    ],
)
async def test_unusable_file_stores_nothing(
    storage: Storage, meeting: Meeting, name: str, size: int, reason: str
) -> None:
    """A file without a number, a program, an empty and a too large file are refused, each for its reason."""
    with pytest.raises(FileRefused) as refused:
        await sends(storage, OFFICE, name, size=size)
    assert refused.value.reason == reason
    assert await current(storage, meeting) == ()
    assert await storage.read(lambda unit: unit.files.wanted(10)) == ()


async def test_a_file_without_a_number_is_asked_about(storage: Storage, meeting: Meeting) -> None:
    """What the agenda names is offered; it is chosen by button or typed, and the caption stays its title."""
    for name, caption in (("scan1.pdf", "Voordracht"), ("scan2.pdf", "Notulen")):
        await sends(storage, OFFICE, name, caption)
    asked = [facts for screen, facts in await queued(storage, OFFICE) if screen == "PaperNumberAsked"]
    assert [facts["numbers"] for facts in asked] == [["1", "2", "3"], ["1", "2", "3"]]
    assert await current(storage, meeting) == ()
    await storage.write(papers.number_file, OFFICE, asked[0]["file_id"], "2")
    await says(storage, OFFICE, "1")
    with pytest.raises(Gone):
        await storage.write(papers.number_file, OFFICE, asked[0]["file_id"], "3")
    await storage.write(papers.number_file, OFFICE, asked[1]["file_id"], "1")
    found = [(paper.number, paper.title) for paper in await current(storage, meeting)]
    assert found == [("1", "Notulen"), ("2", "Voordracht")]


async def test_a_number_is_typed(storage: Storage, meeting: Meeting) -> None:
    """The last file without a number takes the number that is typed; anything else is refused and asked again."""
    await sends(storage, OFFICE, "scan.pdf")
    with pytest.raises(PaperNumberNotUnderstood):
        await says(storage, OFFICE, "de begroting")
    await says(storage, OFFICE, "bijlage 4a")
    assert [paper.number for paper in await current(storage, meeting)] == ["4a"]


async def test_the_same_file_is_no_new_version(storage: Storage, meeting: Meeting) -> None:
    """A file that is sent once more by mistake changes nothing."""
    await sends(storage, OFFICE, "Bijlage_1.pdf")
    with pytest.raises(PaperKnown):
        await sends(storage, OFFICE, "Bijlage_1.pdf")
    assert [paper.version for paper in await current(storage, meeting)] == [1]


async def test_document_out_of_the_blue_belongs_to_nothing(storage: Storage, meeting: Meeting) -> None:
    """Without the step a document is no paper."""
    await storage.write(papers.finish_papers, OFFICE, meeting.id)
    await sends(storage, OFFICE, "Bijlage_1.pdf")
    assert (await screens(storage, OFFICE))[-1] == "NotUnderstood"
    assert await current(storage, meeting) == ()


async def test_only_the_secretariat_adds_papers(storage: Storage, meeting: Meeting) -> None:
    """The chair cannot add papers."""
    with pytest.raises(NotAllowed):
        await storage.write(papers.ask_papers, CHAIR, meeting.id)


async def test_late_papers_reach_who_was_convened_once(
    storage: Storage, clock: TurnableClock, register: Register
) -> None:
    """A later paper goes to everybody who has the set, and pressing again sends nothing."""
    meeting = await convened(storage, clock)
    await storage.write(add_person, "Gast", 7001)
    await storage.write(papers.ask_papers, OFFICE, meeting.id)
    await sends(storage, OFFICE, "Bijlage_2.pdf")
    await storage.write(papers.send_late_papers, OFFICE, meeting.id)
    with pytest.raises(NothingToSend):
        await storage.write(papers.send_late_papers, OFFICE, meeting.id)
    for telegram_id in (register.representative("Assen"), register.coordinator("Assen"), OBSERVER):
        screen, facts = (await queued(storage, telegram_id))[-1]
        assert (screen, facts["number"], facts["late"]) == ("PaperMessage", "2", True)
    assert await screens(storage, 7001) == []
    assert ("LatePapersSent", {"numbers": ["2"], "people": 5, "nominations": 0, "changes": 0}) in await queued(
        storage, OFFICE
    )


async def test_several_late_papers_are_announced(storage: Storage, clock: TurnableClock, register: Register) -> None:
    """Before several papers a message says what comes, in the order of their numbers."""
    meeting = await convened(storage, clock)
    await storage.write(papers.ask_papers, OFFICE, meeting.id)
    for name in ("Bijlage_3.pdf", "Bijlage_2.pdf"):
        await sends(storage, OFFICE, name)
    await storage.write(papers.send_late_papers, OFFICE, meeting.id)
    cover, *documents = (await queued(storage, register.coordinator("Assen")))[-3:]
    assert cover == ("LatePapers", {"title": meeting.title, "papers": [["2", 1, ""], ["3", 1, ""]]})
    assert [facts["number"] for _, facts in documents] == ["2", "3"]


async def test_replaced_paper_is_sent_as_a_new_version(
    storage: Storage, clock: TurnableClock, register: Register
) -> None:
    """Of two versions that came after the convocation only the newest is sent."""
    meeting = await convened(storage, clock)
    await storage.write(papers.ask_papers, OFFICE, meeting.id)
    for name in ("Bijlage_2.pdf", "Bijlage_2_beter.pdf"):
        await sends(storage, OFFICE, name)
    await storage.write(papers.send_late_papers, OFFICE, meeting.id)
    sent = [facts for name, facts in await queued(storage, register.coordinator("Assen")) if name == "PaperMessage"]
    assert [(facts["version"], facts["telegram_file_id"]) for facts in sent] == [(2, "file-Bijlage_2_beter.pdf")]


async def test_late_papers_need_a_convocation(storage: Storage, meeting: Meeting) -> None:
    """Before the convocation nothing is late."""
    await sends(storage, OFFICE, "Bijlage_2.pdf")
    with pytest.raises(WrongMeetingState):
        await storage.write(papers.send_late_papers, OFFICE, meeting.id)


async def test_papers_can_be_asked_for_again(storage: Storage, register: Register, meeting: Meeting) -> None:
    """Who was convened gets agenda and set again; a paper that was not sent yet is not in it."""
    await sends(storage, OFFICE, "Bijlage_1.pdf")
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    await sends(storage, OFFICE, "Bijlage_2.pdf")
    reader = register.coordinator("Assen")
    await storage.write(papers.show_papers, reader)
    *_, overview, paper = await queued(storage, reader)
    assert (overview[0], overview[1]["papers"]) == ("AgendaOverview", 1)
    assert (paper[0], paper[1]["number"]) == ("PaperMessage", "1")


async def test_the_last_set_is_there_while_the_next_assembly_is_prepared(
    storage: Storage, register: Register, clock: TurnableClock
) -> None:
    """A new draft hides nothing: whoever asks gets the papers of the assembly that was convened last."""
    meeting = await convened(storage, clock)
    await storage.write(_close, meeting.id)
    clock.turn(timedelta(days=1))
    await storage.write(meetings.ask_title, OFFICE)
    for text in ("ALV najaar", "13-09-2019 18:00", "Utrecht"):
        await says(storage, OFFICE, text)
    reader = register.coordinator("Assen")
    await storage.write(papers.show_papers, reader)
    screen, facts = (await queued(storage, reader))[-1]
    assert (screen, facts["meeting"]["id"]) == ("AgendaOverview", meeting.id)


async def _close(unit: Unit, meeting_id: int) -> None:
    await unit.meetings.open(meeting_id)
    await unit.meetings.close(meeting_id)


async def test_whoever_acts_for_a_member_reads_the_papers(
    storage: Storage, clock: TurnableClock, register: Register
) -> None:
    """Also somebody who got a role after the convocation, and was not convened."""
    meeting = await convened(storage, clock)
    await storage.write(add_person, "nieuw", 7001, RoleHeld(Role.COORDINATOR, register.members["Assen"]))
    await storage.write(papers.show_papers, 7001)
    assert (await queued(storage, 7001))[-1][1]["meeting"]["id"] == meeting.id


async def test_papers_of_a_draft_are_not_shown(storage: Storage, register: Register, meeting: Meeting) -> None:
    """Nobody reads along before the convocation, whichever button is forged; an outsider not after it either."""
    with pytest.raises(NoMeeting):
        await storage.write(papers.show_papers, register.coordinator("Assen"), meeting.id)
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    await storage.write(add_person, "Gast", 7001)
    with pytest.raises(NotAllowed):
        await storage.write(papers.show_papers, 7001, meeting.id)
