"""Papers (bijlagen): received, sent on with the convocation, sent later, and sent again to who asks."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from assembly import errors
from assembly.facts.convening import AgendaLine, AgendaOverview, LatePapers, LatePapersSent, PaperMessage
from assembly.facts.meetings import PaperReceived, PapersExpected
from assembly.meetings import Meeting, MeetingState, check_state
from assembly.members import Acting
from assembly.papers import check_paper, paper_number, paper_title
from assembly.permissions import Act, check_may, may, states_for
from services.access import require
from services.agenda import shown_items
from services.documents import IncomingFile, store
from services.meetings import get_meeting, open_console, refresh_consoles
from services.telling import convened, spread, tell
from storage.papers import Paper
from storage.tables import Priority
from storage.unit import Unit

PURPOSE = "papers"
"""Step of the conversation, and purpose of the documents."""


async def ask_papers(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Expect papers from the person, one after the other, until it says that it is done."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    check_state(await get_meeting(unit, meeting_id), *states_for(Act.EDIT_ITEMS))
    await unit.conversations.begin(acting.person.id, PURPOSE, meeting_id=meeting_id)
    await _ask(unit, acting, meeting_id)


async def repeat_request(unit: Unit, acting: Acting, _text: str, data: Mapping[str, Any]) -> None:
    """Say again that documents are expected, where a text came."""
    await _ask(unit, acting, data["meeting_id"])


async def finish_papers(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """No more papers come for now: show where the assembly stands."""
    acting = await require(unit, telegram_id, Act.PREPARE_MEETING)
    await get_meeting(unit, meeting_id)
    conversation = await unit.conversations.current(acting.person.id)
    if conversation is not None and conversation.step == PURPOSE:
        await unit.conversations.end(acting.person.id)
    await open_console(unit, acting, meeting_id)


async def receive_paper(unit: Unit, acting: Acting, file: IncomingFile, data: Mapping[str, Any]) -> None:
    """Store a document as a paper, a new version where its number is there already. Refused without a number."""
    check_may(acting, Act.EDIT_ITEMS)
    meeting = await get_meeting(unit, data["meeting_id"], lock=True)
    check_state(meeting, *states_for(Act.EDIT_ITEMS))
    check_paper(file.name, file.size)
    number, title = paper_number(file.caption, file.name), paper_title(file.caption, file.name)
    if number is None:
        raise errors.PaperNumberNotUnderstood(file.name)
    item = next((item for item in await unit.meetings.items(meeting.id) if number in item.attachments), None)
    file_id = await store(unit, acting.person.id, file, PURPOSE)
    version = await unit.papers.add(meeting.id, file_id, item.id if item else None, number, title)
    await unit.journal.note(
        "paper_added",
        actor_id=acting.person.id,
        facts={"file": file_id, "number": number, "version": version, "item": item.id if item else None},
        meeting_id=meeting.id,
    )
    received = PaperReceived(
        meeting.id,
        number,
        version,
        title,
        (item.number, item.title) if item else None,
        convened=meeting.state is not MeetingState.DRAFT,
    )
    await tell(unit, acting, received)
    await refresh_consoles(unit, meeting.id)


async def send_late_papers(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Send what came after the convocation to everybody who was convened, once."""
    acting = await require(unit, telegram_id, Act.SEND_LATE_PAPERS)
    meeting = await get_meeting(unit, meeting_id, lock=True)
    check_state(meeting, *states_for(Act.SEND_LATE_PAPERS))
    unsent = [paper for paper in await unit.papers.current(meeting_id) if paper.sent_at is None]
    if not unsent:
        raise errors.NothingToSend
    await unit.papers.mark_sent([paper.id for paper in unsent])
    people = await convened(unit, meeting_id)
    told = await spread(unit, people, _late_series(meeting, unsent), f"late:{meeting_id}:{unsent[0].id}")
    await unit.journal.note(
        "late_papers_sent",
        actor_id=acting.person.id,
        facts={"papers": [paper.id for paper in unsent], "people": [other.person.id for other in people]},
        meeting_id=meeting_id,
    )
    await tell(unit, acting, LatePapersSent(tuple(paper.number for paper in unsent), told))
    await refresh_consoles(unit, meeting_id)


async def show_papers(unit: Unit, telegram_id: int, meeting_id: int | None = None) -> None:
    """Send the agenda and the papers again to somebody who was convened; of the last assembly where none is named."""
    acting = await require(unit, telegram_id, Act.READ_PAPERS)
    meeting = await (unit.meetings.latest() if meeting_id is None else get_meeting(unit, meeting_id))
    if meeting is None or meeting.state not in states_for(Act.READ_PAPERS):
        raise errors.NoMeeting
    if not (may(acting, Act.CONVENE) or await unit.convocations.includes(meeting.id, acting.person.id)):
        raise errors.NoMeeting
    papers = await unit.papers.sent(meeting.id)
    await tell(unit, acting, AgendaOverview(meeting, await agenda_lines(unit, meeting), len(papers)))
    for message in paper_messages(papers, late=False):
        await tell(unit, acting, message, priority=Priority.BULK, silent=True)


async def agenda_lines(unit: Unit, meeting: Meeting) -> tuple[AgendaLine, ...]:
    """Return the agenda as people who are convened see it."""
    return tuple(AgendaLine(item.number, item.title, item.papers) for item in await shown_items(unit, meeting.id))


def paper_messages(papers: Collection[Paper], *, late: bool) -> list[PaperMessage]:
    """Return the messages that carry ``papers``; Telegram has the documents, so nothing is uploaded again."""
    return [PaperMessage(paper.number, paper.version, paper.title, paper.telegram_file_id, late) for paper in papers]


def _late_series(meeting: Meeting, papers: Sequence[Paper]) -> list[object]:
    """Return what each person gets: several papers are announced, one says itself that it is late."""
    messages = paper_messages(papers, late=True)
    if len(messages) == 1:
        return [*messages]
    return [LatePapers(meeting.title, tuple((paper.number, paper.version, paper.title) for paper in papers)), *messages]


async def _ask(unit: Unit, acting: Acting, meeting_id: int) -> None:
    numbers = tuple(paper.number for paper in await unit.papers.current(meeting_id))
    await tell(unit, acting, PapersExpected(meeting_id, numbers))
