"""All papers in one file: who may ask, what is too much, and that it is made once."""

import pytest
from sqlalchemy import update

from assembly.errors import NoMeeting, NoPapers, NotAllowed, PapersUnderWay, SetTooLarge
from assembly.facts.convening import PaperSetRef
from assembly.meetings import Meeting
from assembly.papers import SetForm
from services import convening, files, paper_sets, papers, uploads
from storage.engine import Storage
from storage.tables import files as files_table
from storage.unit import Unit
from tests.support.assembly import drafted, sends
from tests.support.clock import TurnableClock
from tests.support.queued import screens
from tests.support.register import OFFICE, Register, add_person, filled


@pytest.fixture
async def register(storage: Storage) -> Register:
    """Give an association with one member."""
    return await filled(storage, "Assen")


async def with_papers(
    storage: Storage, clock: TurnableClock, *names: str, size: int = 3, fetch: bool = True
) -> Meeting:
    """Convene an assembly with papers of these names."""
    meeting = await drafted(storage, clock)
    await storage.write(papers.ask_papers, OFFICE, meeting.id)
    for name in names:
        await sends(storage, OFFICE, name, size=size)
    for file in await storage.read(files.wanted, 100):
        if fetch:
            await storage.write(files.store_content, file.id, f"bytes of {file.id}".encode())
    await storage.write(convening.convene, OFFICE, meeting.id, None)
    return meeting


async def test_it_is_made_for_the_first_who_asks(storage: Storage, clock: TurnableClock, register: Register) -> None:
    """Then Telegram has it: later it comes by its file id, until the set changes."""
    meeting = await with_papers(storage, clock, "Bijlage_1.pdf", "Bijlage_2.docx")
    reader = register.coordinator("Assen")
    await storage.write(paper_sets.ask_set, reader, meeting.id, SetForm.ZIP)
    assert (await screens(storage, reader))[-2:] == ["PaperSetComing", "PaperSetRef"]
    ref = PaperSetRef(meeting.id, 1, SetForm.ZIP)
    made = await storage.read(paper_sets.load_set, ref)
    assert made is not None
    assert [(paper.number, bool(paper.content)) for paper in made.papers] == [("1", True), ("2", True)]
    await storage.write(uploads.remember_upload, made.key, "telegram-has-it")
    again = await storage.read(paper_sets.load_set, ref)
    assert again is not None
    assert (again.telegram_file_id, [paper.content for paper in again.papers]) == ("telegram-has-it", [b"", b""])
    await storage.write(papers.ask_papers, OFFICE, meeting.id)
    await sends(storage, OFFICE, "Bijlage_1_nieuw.pdf")
    (wanted,) = await storage.read(files.wanted, 10)
    await storage.write(files.store_content, wanted.id, b"new")
    await storage.write(papers.send_late_papers, OFFICE, meeting.id)
    changed = await storage.read(paper_sets.load_set, ref)
    assert changed is not None
    assert changed.telegram_file_id == ""


async def test_only_pdfs_are_bound(storage: Storage, clock: TurnableClock, register: Register) -> None:
    """What is no PDF is named; where none is one, that is said."""
    meeting = await with_papers(storage, clock, "Bijlage_1.PDF", "Bijlage_2.docx")
    made = await storage.read(paper_sets.load_set, PaperSetRef(meeting.id, 1, SetForm.PDF))
    assert made is not None
    assert [paper.number for paper in made.papers] == ["1"]
    assert made.left_out == (("2", 1, ""),)
    await storage.write(paper_sets.ask_set, register.coordinator("Assen"), meeting.id, SetForm.PDF)


async def test_what_cannot_be_made_is_refused_at_once(
    storage: Storage, clock: TurnableClock, register: Register
) -> None:
    """Without PDFs there is no PDF, and a paper whose bytes are not here would be missing."""
    meeting = await with_papers(storage, clock, "Bijlage_1.docx", fetch=False)
    reader = register.coordinator("Assen")
    with pytest.raises(NoPapers):
        await storage.write(paper_sets.ask_set, reader, meeting.id, SetForm.PDF)
    with pytest.raises(PapersUnderWay):
        await storage.write(paper_sets.ask_set, reader, meeting.id, SetForm.ZIP)


async def test_telegram_takes_fifty_megabytes(storage: Storage, clock: TurnableClock, register: Register) -> None:
    """More than that is said before anything is made."""
    meeting = await with_papers(storage, clock, "Bijlage_1.pdf", "Bijlage_2.pdf", "Bijlage_3.pdf", size=17_000_000)
    await storage.write(_as_large_as_announced, meeting.id)
    with pytest.raises(SetTooLarge) as refused:
        await storage.write(paper_sets.ask_set, register.coordinator("Assen"), meeting.id, SetForm.ZIP)
    assert (refused.value.size, refused.value.limit) == (52, 50)


async def _as_large_as_announced(unit: Unit, _meeting_id: int) -> None:
    await unit.connection.execute(update(files_table).values(size=17_000_000))


async def test_the_papers_are_for_the_members(storage: Storage, clock: TurnableClock, register: Register) -> None:
    """An outsider gets nothing, and a draft is nobody's business."""
    meeting = await drafted(storage, clock)
    with pytest.raises(NoMeeting):
        await storage.write(paper_sets.ask_set, register.coordinator("Assen"), meeting.id, SetForm.ZIP)
    await storage.write(add_person, "Gast", 7001)
    with pytest.raises(NotAllowed):
        await storage.write(paper_sets.ask_set, 7001, meeting.id, SetForm.ZIP)
