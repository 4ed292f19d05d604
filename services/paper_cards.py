"""The papers gone over one by one: each with its file, its number and its agenda item, corrected by button."""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.facts.meetings import (
    PaperCard,
    PaperLine,
    PaperList,
    PaperNumberExpected,
    TieChoice,
)
from assembly.meetings import check_state
from assembly.members import Acting
from assembly.papers import paper_order, written_number
from assembly.permissions import Act, states_for
from services.access import permit, require
from services.agenda_items import shown_items
from services.meetings import get_meeting, refresh_consoles
from services.papers import PURPOSE, free_numbers, item_naming
from services.telling import tell, turn
from storage.papers import Paper
from storage.unit import Unit

STEP = "paper_number"
PAGE = 8


def papers_key(meeting_id: int) -> str:
    """Return the key under which the papers are leafed through."""
    return f"papers:{meeting_id}"


async def show_list(unit: Unit, telegram_id: int, meeting_id: int, page: int, pressed: int | None) -> None:
    """Show a page of papers to choose from, and which the agenda names that are not here."""
    acting = await require(unit, telegram_id, Act.PREPARE_MEETING)
    await get_meeting(unit, meeting_id)
    await _show_list(unit, acting, meeting_id, page, pressed)


async def show_paper(unit: Unit, telegram_id: int, paper_id: int, pressed: int | None) -> None:
    """Show one paper with what can be corrected."""
    acting = await require(unit, telegram_id, Act.PREPARE_MEETING)
    await _show(unit, acting, await _get(unit, paper_id), pressed)


async def ask_number(unit: Unit, telegram_id: int, paper_id: int) -> None:
    """Offer the numbers that a paper could have, and expect another one."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    paper = await _unsent(unit, paper_id)
    await unit.conversations.begin(acting.person.id, STEP, paper_id=paper_id, meeting_id=paper.meeting_id)
    numbers = tuple(number for number in await free_numbers(unit, paper.meeting_id) if number != paper.number)
    await tell(unit, acting, PaperNumberExpected(paper_id, paper.number, paper.name, numbers))


async def take_number(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take another number for a paper."""
    await permit(unit, acting, Act.EDIT_ITEMS)
    await _renumber(unit, acting, await _unsent(unit, data["paper_id"]), written_number(text))


async def set_number(unit: Unit, telegram_id: int, paper_id: int, number: str) -> None:
    """Give a paper that nobody has another number."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    await _renumber(unit, acting, await _unsent(unit, paper_id), written_number(number))


async def choose_item(unit: Unit, telegram_id: int, paper_id: int, page: int, pressed: int | None) -> None:
    """Show the agenda items that a paper could belong to."""
    acting = await require(unit, telegram_id, Act.PREPARE_MEETING)
    paper = await _get(unit, paper_id)
    items = await shown_items(unit, paper.meeting_id)
    pages = max(1, -(-len(items) // PAGE))
    page = min(page, pages - 1)
    shown = items[page * PAGE : (page + 1) * PAGE]
    choice = TieChoice(paper_id, paper.number, paper.title, paper.item_id or 0, shown, page, pages)
    await turn(unit, acting, choice, papers_key(paper.meeting_id), pressed)


async def tie(unit: Unit, telegram_id: int, paper_id: int, item_id: int, pressed: int | None) -> None:
    """Let a paper belong to an agenda item; 0 is none."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    paper = await _get(unit, paper_id)
    check_state(await get_meeting(unit, paper.meeting_id, lock=True), *states_for(Act.EDIT_ITEMS))
    if item_id and item_id not in {item.id for item in await unit.meetings.items(paper.meeting_id)}:
        raise errors.Gone
    await unit.papers.tie(paper.meeting_id, paper.number, item_id or None)
    await _note(unit, acting, paper, "paper_tied", {"item": item_id or None})
    await _show(unit, acting, await _get(unit, paper_id), pressed)


async def remove(unit: Unit, telegram_id: int, paper_id: int, pressed: int | None, *, sure: bool) -> None:
    """Take a version away that nobody has, after a second press; the version before it stands again."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    paper = await _unsent(unit, paper_id)
    if not sure:
        await _show(unit, acting, paper, pressed, removing=True)
        return
    await unit.papers.remove(paper_id)
    await _note(unit, acting, paper, "paper_removed", {"number": paper.number, "version": paper.version})
    await _show_list(unit, acting, paper.meeting_id, 0, pressed)


async def _renumber(unit: Unit, acting: Acting, paper: Paper, number: str) -> None:
    if number != paper.number:
        item = await item_naming(unit, paper.meeting_id, number)
        await unit.papers.renumber(paper, number, item[0] if item else paper.item_id)
        await _note(unit, acting, paper, "paper_renumbered", {"from": paper.number, "number": number})
    await unit.conversations.begin(acting.person.id, PURPOSE, meeting_id=paper.meeting_id)
    await _show(unit, acting, await _get(unit, paper.id), None)


async def _show(unit: Unit, acting: Acting, paper: Paper, pressed: int | None, *, removing: bool = False) -> None:
    items = {item.id: (item.number, item.title) for item in await unit.meetings.items(paper.meeting_id)}
    card = PaperCard(
        paper.id,
        paper.meeting_id,
        paper.number,
        paper.version,
        paper.title,
        paper.name,
        paper.size,
        paper.sha256 or "",
        items[paper.item_id] if paper.item_id is not None else None,
        paper.sent_at,
        removing,
    )
    await turn(unit, acting, card, papers_key(paper.meeting_id), pressed)


async def _show_list(unit: Unit, acting: Acting, meeting_id: int, page: int, pressed: int | None) -> None:
    papers = await unit.papers.current(meeting_id)
    items = await unit.meetings.items(meeting_id)
    numbers = {item.id: item.number for item in items}
    named = {number for item in items for number in item.attachments}
    missing = tuple(sorted(named - {paper.number for paper in papers}, key=paper_order))
    pages = max(1, -(-len(papers) // PAGE))
    page = min(page, pages - 1)
    lines = tuple(
        PaperLine(
            paper.id,
            paper.number,
            paper.version,
            paper.title,
            numbers.get(paper.item_id, "") if paper.item_id is not None else "",
            paper.sent_at is not None,
        )
        for paper in papers[page * PAGE : (page + 1) * PAGE]
    )
    await turn(unit, acting, PaperList(meeting_id, lines, missing, page, pages), papers_key(meeting_id), pressed)


async def _note(unit: Unit, acting: Acting, paper: Paper, kind: str, facts: Mapping[str, Any]) -> None:
    await unit.journal.note(
        kind, actor_id=acting.person.id, facts={"paper": paper.id, **facts}, meeting_id=paper.meeting_id
    )
    await refresh_consoles(unit, paper.meeting_id)


async def _get(unit: Unit, paper_id: int) -> Paper:
    paper = await unit.papers.get(paper_id)
    if paper is None:
        raise errors.Gone
    return paper


async def _unsent(unit: Unit, paper_id: int) -> Paper:
    """Return a paper that nobody has yet, with its assembly locked so that it is not sent meanwhile."""
    paper = await _get(unit, paper_id)
    check_state(await get_meeting(unit, paper.meeting_id, lock=True), *states_for(Act.EDIT_ITEMS))
    paper = await _get(unit, paper_id)
    if paper.sent_at is not None:
        raise errors.PaperSent(paper.number)
    return paper
