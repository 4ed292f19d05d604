"""Papers (bijlagen): received, sent on with the convocation, sent later, and sent again to who asks."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from assembly import errors
from assembly.agenda_changes import Change, ItemChange
from assembly.contributions import contribution
from assembly.facts.convening import (
    AgendaChangeMessage,
    AgendaLine,
    AgendaOverview,
    Contribution,
    LatePapers,
    LatePapersSent,
    PaperMessage,
)
from assembly.facts.meetings import PaperNumberAsked, PaperReceived, PapersExpected
from assembly.meetings import Meeting, MeetingState, check_state
from assembly.members import Acting, Member
from assembly.papers import check_paper, paper_number, paper_order, paper_title, written_number
from assembly.permissions import Act, check_may, may, states_for
from services.access import require
from services.agenda_items import shown_items, untold
from services.deposit import lacks_reason
from services.documents import IncomingFile, store
from services.meetings import get_meeting, open_console, refresh_consoles
from services.nominations import message_of
from services.seats import GRANTOR_SIDE, entitled, members_of_day
from services.telling import convened, spread, tell
from storage.papers import Paper
from storage.tables import Priority
from storage.unit import Unit

PURPOSE = "papers"
"""Step of the conversation, and purpose of the documents."""

SUGGESTIONS = 8
"""Numbers that are offered for a file that has none."""


async def ask_papers(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Expect papers from the person, one after the other, until it says that it is done."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    check_state(await get_meeting(unit, meeting_id), *states_for(Act.EDIT_ITEMS))
    await unit.conversations.begin(acting.person.id, PURPOSE, meeting_id=meeting_id)
    await _ask(unit, acting, meeting_id)


async def repeat_request(unit: Unit, acting: Acting, _text: str, data: Mapping[str, Any]) -> None:
    """Say again that documents are expected, where a text came."""
    await _ask(unit, acting, data["meeting_id"])


async def take_number(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the number of the file that came without one; where none did, say again that documents are expected."""
    if data.get("unnumbered") is None:
        await _ask(unit, acting, data["meeting_id"])
        return
    check_may(acting, Act.EDIT_ITEMS)
    await _number(unit, acting, data["unnumbered"], written_number(text))


async def finish_papers(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """No more papers come for now: show where the assembly stands."""
    acting = await require(unit, telegram_id, Act.PREPARE_MEETING)
    await get_meeting(unit, meeting_id)
    conversation = await unit.conversations.current(acting.person.id)
    if conversation is not None and conversation.step == PURPOSE:
        await unit.conversations.end(acting.person.id)
    await open_console(unit, acting, meeting_id)


async def receive_paper(unit: Unit, acting: Acting, file: IncomingFile, data: Mapping[str, Any]) -> None:
    """Store a document as a paper, a new version where its number is there already. Without a number it is asked."""
    check_may(acting, Act.EDIT_ITEMS)
    meeting = await get_meeting(unit, data["meeting_id"], lock=True)
    check_state(meeting, *states_for(Act.EDIT_ITEMS))
    check_paper(file.name, file.size)
    number, title = paper_number(file.caption, file.name), paper_title(file.caption, file.name)
    papers = {paper.number: paper for paper in await unit.papers.current(meeting.id)}
    if number in papers and papers[number].telegram_unique_id == file.telegram_unique_id:
        raise errors.PaperKnown(number)
    file_id = await store(unit, acting.person.id, file, PURPOSE)
    if number is not None:
        await _add(unit, acting, meeting, file_id, number, title)
        return
    titles = {**data.get("titles", {}), str(file_id): title}
    await unit.conversations.begin(acting.person.id, PURPOSE, meeting_id=meeting.id, unnumbered=file_id, titles=titles)
    await tell(unit, acting, PaperNumberAsked(file_id, file.name, await free_numbers(unit, meeting.id)))


async def number_file(unit: Unit, telegram_id: int, file_id: int, number: str) -> None:
    """Give a file its number that came without one."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    await _number(unit, acting, file_id, written_number(number))


async def free_numbers(unit: Unit, meeting_id: int) -> tuple[str, ...]:
    """Return the numbers that a paper may well have: those that the agenda names and are not here, and a new one."""
    here = {paper.number for paper in await unit.papers.current(meeting_id)}
    named = {number for item in await unit.meetings.items(meeting_id) for number in item.attachments}
    likely = sorted(named - here, key=paper_order)[: SUGGESTIONS - 1]
    plain = [int(number) for number in here | named if number.isdigit()]
    return (*likely, str(max(plain, default=0) + 1))


async def item_naming(unit: Unit, meeting_id: int, number: str) -> tuple[int, str, str] | None:
    """Return id, number and title of the agenda item that names a paper, where one does."""
    items = await unit.meetings.items(meeting_id)
    return next(((item.id, item.number, item.title) for item in items if number in item.attachments), None)


async def send_late_papers(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Send what came after the convocation to everybody who was convened, once.

    Papers, nominations, and what was changed of the agenda.
    """
    acting = await require(unit, telegram_id, Act.SEND_LATE_PAPERS)
    meeting = await get_meeting(unit, meeting_id, lock=True)
    check_state(meeting, *states_for(Act.SEND_LATE_PAPERS))
    if await lacks_reason(unit, acting, meeting):
        return
    papers = [paper for paper in await unit.papers.current(meeting_id) if paper.sent_at is None]
    nominations = [found for found in await unit.nominations.of_meeting(meeting_id) if found.sent_at is None]
    changes = await untold(unit, meeting_id)
    if not (papers or nominations or changes):
        raise errors.NothingToSend
    stored = [change.id for change in await unit.agenda_changes.unsent(meeting_id)]
    await unit.papers.mark_sent([paper.id for paper in papers])
    await unit.nominations.mark_sent([found.id for found in nominations])
    await unit.agenda_changes.mark_sent(stored)
    people = await convened(unit, meeting_id)
    series = [
        *await _change_messages(unit, meeting, changes),
        *(message_of(found) for found in nominations),
        *_late_series(meeting, papers),
    ]
    first = [f"p{papers[0].id}"] if papers else [f"n{found.id}" for found in nominations[:1]] or [f"c{stored[0]}"]
    told = await spread(unit, people, series, f"late:{meeting_id}:{first[0]}")
    await unit.journal.note(
        "late_papers_sent",
        actor_id=acting.person.id,
        facts={
            "papers": [paper.id for paper in papers],
            "nominations": [found.id for found in nominations],
            "changes": stored,
            "people": [other.person.id for other in people],
        },
        meeting_id=meeting_id,
    )
    await tell(
        unit,
        acting,
        LatePapersSent(tuple(paper.number for paper in papers), told, len(nominations), len(changes)),
    )
    await refresh_consoles(unit, meeting_id)


async def show_papers(unit: Unit, telegram_id: int, meeting_id: int | None = None) -> None:
    """Send the agenda and the papers again; of the assembly that people were convened to last where none is named."""
    acting = await require(unit, telegram_id, Act.READ_PAPERS)
    meeting = await readable(unit, acting, meeting_id)
    papers = await unit.papers.sent(meeting.id)
    mine = [member for member in await members_of_day(unit, meeting) if member.id in acting.members(*GRANTOR_SIDE)]
    await tell(unit, acting, AgendaOverview(meeting, await agenda_lines(unit, meeting, mine), len(papers)))
    told = [found for found in await unit.nominations.of_meeting(meeting.id) if found.sent_at is not None]
    for message in (*(message_of(found) for found in told), *paper_messages(papers, late=False)):
        await tell(unit, acting, message, priority=Priority.BULK, silent=True)


async def readable(unit: Unit, acting: Acting, meeting_id: int | None) -> Meeting:
    """Return an assembly of which the person may read the papers: as somebody convened, or of a member of the day."""
    meeting = await (unit.meetings.last_convened() if meeting_id is None else get_meeting(unit, meeting_id))
    if meeting is None or meeting.state not in states_for(Act.READ_PAPERS):
        raise errors.NoMeeting
    if not (
        may(acting, Act.CONVENE)
        or await unit.convocations.includes(meeting.id, acting.person.id)
        or entitled([acting], await members_of_day(unit, meeting))
    ):
        raise errors.NoMeeting
    return meeting


async def agenda_lines(unit: Unit, meeting: Meeting, members: Collection[Member] = ()) -> tuple[AgendaLine, ...]:
    """Return the agenda as people who are convened see it, with what it costs the ``members`` they act for."""
    changed = await unit.agenda_changes.told(meeting.id)
    amounts = {item.id: item.per_inhabitant for item in await unit.meetings.items(meeting.id)}
    return tuple(
        AgendaLine(
            item.number,
            item.title,
            item.papers,
            item.withdrawn,
            item.id in changed,
            amounts[item.id],
            _contributions(amounts[item.id], members),
        )
        for item in await shown_items(unit, meeting.id)
    )


def _contributions(per_inhabitant: Fraction | None, members: Collection[Member]) -> tuple[Contribution, ...]:
    if per_inhabitant is None:
        return ()
    return tuple(
        Contribution(
            member.name,
            member.inhabitants,
            None if member.inhabitants is None else contribution(per_inhabitant, member.inhabitants),
        )
        for member in members
    )


def paper_messages(papers: Collection[Paper], *, late: bool) -> list[PaperMessage]:
    """Return the messages that carry ``papers``; Telegram has the documents, so nothing is uploaded again."""
    return [PaperMessage(paper.number, paper.version, paper.title, paper.telegram_file_id, late) for paper in papers]


def _late_series(meeting: Meeting, papers: Sequence[Paper]) -> list[object]:
    """Return what each person gets: several papers are announced, one says itself that it is late."""
    messages = paper_messages(papers, late=True)
    if len(messages) < 2:  # noqa: PLR2004 - one needs no announcement
        return [*messages]
    return [LatePapers(meeting.title, tuple((paper.number, paper.version, paper.title) for paper in papers)), *messages]


async def _change_messages(unit: Unit, meeting: Meeting, changes: Sequence[Change]) -> list[AgendaChangeMessage]:
    items = {item.id: item for item in await unit.meetings.items(meeting.id)}
    return [
        AgendaChangeMessage(
            meeting.title,
            items[change.item_id].number,
            items[change.item_id].title,
            items[change.item_id].kind,
            items[change.item_id].proposal,
            change.change,
            change.before,
            change.after if change.change is not ItemChange.ADDED else await _options(unit, change.item_id),
        )
        for change in changes
    ]


async def _options(unit: Unit, item_id: int) -> str:
    """Return what can be chosen under an item that is new, a line each."""
    return "\n".join(option.label for option in await unit.options.of_item(item_id))


async def _add(unit: Unit, acting: Acting, meeting: Meeting, file_id: int, number: str, title: str) -> None:
    item = await item_naming(unit, meeting.id, number)
    paper_id = await unit.papers.add(meeting.id, file_id, item[0] if item else None, number, title)
    paper = await unit.papers.get(paper_id)
    if paper is None:
        raise errors.Gone
    await unit.journal.note(
        "paper_added",
        actor_id=acting.person.id,
        facts={"file": file_id, "number": number, "version": paper.version, "item": item[0] if item else None},
        meeting_id=meeting.id,
    )
    received = PaperReceived(
        meeting.id,
        paper_id,
        number,
        paper.version,
        title,
        item[1:] if item else None,
        convened=meeting.state is not MeetingState.DRAFT,
    )
    await tell(unit, acting, received)
    await refresh_consoles(unit, meeting.id)


async def _number(unit: Unit, acting: Acting, file_id: int, number: str) -> None:
    """Make a paper of a file that came without a number."""
    file = await unit.files.get(file_id)
    current = await unit.meetings.current()
    if file is None or file.purpose != PURPOSE or current is None or await unit.papers.of_file(file_id) is not None:
        raise errors.Gone
    meeting = await get_meeting(unit, current.id, lock=True)
    check_state(meeting, *states_for(Act.EDIT_ITEMS))
    conversation = await unit.conversations.current(acting.person.id)
    titles = conversation.data.get("titles", {}) if conversation else {}
    await unit.conversations.begin(acting.person.id, PURPOSE, meeting_id=meeting.id, titles=titles)
    await _add(unit, acting, meeting, file_id, number, titles.get(str(file_id)) or paper_title("", file.name))


async def _ask(unit: Unit, acting: Acting, meeting_id: int) -> None:
    numbers = tuple(paper.number for paper in await unit.papers.current(meeting_id))
    await tell(unit, acting, PapersExpected(meeting_id, numbers))
