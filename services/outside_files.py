"""Papers that go with a vote outside a meeting: added before it opens, and sent to everybody with it."""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.facts.outside import OutsideFiles
from assembly.meetings import MeetingState
from assembly.members import Acting
from assembly.outside import OutsideVote
from assembly.papers import check_paper, paper_title
from assembly.permissions import Act, check_may
from services.access import require
from services.documents import IncomingFile, store
from services.meetings import get_meeting
from services.outside import locked_vote
from services.outside_cards import show_outside
from services.papers import paper_messages
from services.seats import entitled, members_of_day
from services.telling import spread, tell
from storage.unit import Unit

PURPOSE = "outside_files"
"""Step of the conversation, and purpose of the documents."""


async def ask_files(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Expect papers for a vote that is not open yet, one after the other, until something else is done."""
    acting = await require(unit, telegram_id, Act.PREPARE_OUTSIDE)
    vote = await locked_vote(unit, meeting_id, MeetingState.DRAFT)
    await unit.conversations.begin(acting.person.id, PURPOSE, meeting_id=meeting_id)
    await _show(unit, acting, vote)


async def repeat_request(unit: Unit, acting: Acting, _text: str, data: Mapping[str, Any]) -> None:
    """Say again that documents are expected, where a text came."""
    await _show(unit, acting, await locked_vote(unit, data["meeting_id"], MeetingState.DRAFT))


async def receive_paper(unit: Unit, acting: Acting, file: IncomingFile, data: Mapping[str, Any]) -> None:
    """Store a document as the next paper of the vote. Refuses the same file twice."""
    check_may(acting, Act.PREPARE_OUTSIDE)
    vote = await locked_vote(unit, data["meeting_id"], MeetingState.DRAFT)
    check_paper(file.name, file.size)
    papers = await unit.papers.current(vote.meeting_id)
    known = next((paper for paper in papers if paper.telegram_unique_id == file.telegram_unique_id), None)
    if known is not None:
        raise errors.PaperKnown(known.number)
    number = str(max((int(paper.number) for paper in papers if paper.number.isdigit()), default=0) + 1)
    (item,) = await unit.meetings.items(vote.meeting_id)
    file_id = await store(unit, acting.person.id, file, PURPOSE)
    title = paper_title(file.caption, file.name)
    await unit.papers.add(vote.meeting_id, file_id, item.id, number, title)
    await _changed(unit, acting, vote, "paper_added", {"file": file_id, "number": number})


async def remove_paper(unit: Unit, telegram_id: int, paper_id: int) -> None:
    """Take a paper away before the vote is opened."""
    acting = await require(unit, telegram_id, Act.PREPARE_OUTSIDE)
    paper = await unit.papers.get(paper_id)
    if paper is None:
        raise errors.Gone
    vote = await locked_vote(unit, paper.meeting_id, MeetingState.DRAFT)
    await unit.papers.remove(paper_id)
    await _changed(unit, acting, vote, "paper_removed", {"paper": paper.id, "number": paper.number})


async def send_running(unit: Unit, acting: Acting) -> None:
    """Send the papers of the votes that are open to somebody who registered since they were opened."""
    for vote in await unit.outside.running():
        papers = await unit.papers.sent(vote.meeting_id)
        if papers and entitled([acting], await members_of_day(unit, await get_meeting(unit, vote.meeting_id))):
            await spread(unit, [acting], paper_messages(papers, late=False), f"outside:{vote.meeting_id}")


async def _changed(unit: Unit, acting: Acting, vote: OutsideVote, kind: str, facts: Mapping[str, Any]) -> None:
    await unit.journal.note(kind, actor_id=acting.person.id, meeting_id=vote.meeting_id, facts=facts)
    await _show(unit, acting, vote)
    await show_outside(unit, vote.meeting_id)


async def _show(unit: Unit, acting: Acting, vote: OutsideVote) -> None:
    papers = tuple((paper.id, paper.number, paper.title) for paper in await unit.papers.current(vote.meeting_id))
    await tell(unit, acting, OutsideFiles(vote.meeting_id, vote.kind, vote.title, papers))
