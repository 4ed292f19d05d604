"""The agenda: read from text, then gone over item by item."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from assembly import errors
from assembly.agenda import ItemKind, ParsedItem, parse_agenda
from assembly.facts.meetings import (
    AgendaExpected,
    AgendaStored,
    ItemDetails,
    ItemShown,
    ItemsPage,
    ProposalExpected,
)
from assembly.facts.register import FileReceived
from assembly.meetings import check_state
from assembly.members import Acting
from assembly.papers import paper_order
from assembly.permissions import Act, check_may, states_for
from assembly.wording import utf16_length, written_text
from services.access import require
from services.documents import IncomingFile, store
from services.meetings import get_meeting, refresh_consoles
from services.telling import tell, turn
from storage.files import StoredFile
from storage.meetings import AgendaItem
from storage.unit import Unit

PURPOSE = "agenda"
"""Step of the conversation, and purpose of a document that holds an agenda."""

CUT_OFF = 4000
"""Telegram cuts a text in messages of at most 4,096 UTF-16 units, at a line or a word: the first is about as long."""

FILE_LIMIT = 200_000
"""Bytes: room for any agenda, far below what would hold up others."""

PROPOSAL_LIMIT = 2000
PAGE = 8


def items_key(meeting_id: int) -> str:
    """Return the key under which the agenda items are leafed through."""
    return f"items:{meeting_id}"


async def ask_agenda(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Expect the agenda as a text or a text file; it may be replaced as a whole until the assembly is convened."""
    acting = await require(unit, telegram_id, Act.EDIT_MEETING)
    check_state(await get_meeting(unit, meeting_id), *states_for(Act.EDIT_MEETING))
    await unit.conversations.begin(acting.person.id, PURPOSE, meeting_id=meeting_id)
    await tell(unit, acting, AgendaExpected(bool(await unit.meetings.items(meeting_id))))


async def take_agenda(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the agenda from a message, which must be whole."""
    if utf16_length(text) > CUT_OFF:
        raise errors.AgendaCutOff(CUT_OFF)
    await _store(unit, acting, data["meeting_id"], text)


async def receive_agenda_file(unit: Unit, acting: Acting, file: IncomingFile, data: Mapping[str, Any]) -> None:
    """Note a text file that holds the agenda, of which the bytes are being fetched."""
    check_may(acting, Act.EDIT_MEETING)
    check_state(await get_meeting(unit, data["meeting_id"]), *states_for(Act.EDIT_MEETING))
    if file.size > FILE_LIMIT:
        raise errors.FileRefused("size", "0,2")
    await store(unit, acting.person.id, file, PURPOSE)
    await tell(unit, acting, FileReceived(file.name))


async def read_agenda_file(unit: Unit, file: StoredFile, text: str) -> None:
    """Take the agenda from the text of a fetched file."""
    acting = await unit.people.get(file.sent_by)
    meeting = await unit.meetings.current()
    if acting is None or meeting is None:
        return
    await _store(unit, acting, meeting.id, text)


async def show_items(unit: Unit, telegram_id: int, meeting_id: int, page: int, pressed: int | None) -> None:
    """Show a page of agenda items to choose from."""
    acting = await require(unit, telegram_id, Act.PREPARE_MEETING)
    await get_meeting(unit, meeting_id)
    items = await shown_items(unit, meeting_id)
    if not items:
        raise errors.AgendaMissing
    pages = -(-len(items) // PAGE)
    page = min(page, pages - 1)
    shown = ItemsPage(meeting_id, items[page * PAGE : (page + 1) * PAGE], page, pages)
    await turn(unit, acting, shown, items_key(meeting_id), pressed)


async def show_item(unit: Unit, telegram_id: int, item_id: int, pressed: int | None) -> None:
    """Show one agenda item with what can be changed."""
    acting = await require(unit, telegram_id, Act.PREPARE_MEETING)
    await _show(unit, acting, await _item(unit, item_id), pressed)


async def set_kind(unit: Unit, telegram_id: int, item_id: int, kind: ItemKind, pressed: int | None) -> None:
    """Correct what the assembly does with an item, until a vote on it is opened."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    item = await _editable(unit, item_id)
    if item.kind is not kind:
        await unit.meetings.set_kind(item_id, kind)
        await _note(unit, acting, item, "item_kind_set", {"from": item.kind, "kind": kind})
    await _show(unit, acting, await _item(unit, item_id), pressed)


async def ask_proposal(unit: Unit, telegram_id: int, item_id: int) -> None:
    """Expect the text that will be put to the vote under an item."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    item = await _editable(unit, item_id)
    await unit.conversations.begin(acting.person.id, "proposal", item_id=item_id)
    await tell(unit, acting, ProposalExpected(item.number, item.title))


async def take_proposal(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the text that will be put to the vote."""
    check_may(acting, Act.EDIT_ITEMS)
    item = await _editable(unit, data["item_id"])
    proposal = written_text(text, PROPOSAL_LIMIT)
    await unit.meetings.set_proposal(item.id, proposal)
    await unit.conversations.end(acting.person.id)
    await _note(unit, acting, item, "item_proposal_set", {"sha256": sha256(proposal.encode()).hexdigest()})
    await _show(unit, acting, await _item(unit, item.id), None)


async def shown_items(unit: Unit, meeting_id: int) -> tuple[ItemShown, ...]:
    """Return the agenda in order, each item with the numbers of the papers that belong to it."""
    tied: dict[int, set[str]] = {}
    for paper in await unit.papers.current(meeting_id):
        if paper.item_id is not None:
            tied.setdefault(paper.item_id, set()).add(paper.number)
    return tuple(
        ItemShown(
            item.id,
            item.number,
            item.title,
            item.kind,
            bool(item.proposal),
            tuple(sorted(tied.get(item.id, set()) | set(item.attachments), key=paper_order)),
        )
        for item in await unit.meetings.items(meeting_id)
    )


async def _store(unit: Unit, acting: Acting, meeting_id: int, text: str) -> None:
    check_may(acting, Act.EDIT_MEETING)
    check_state(await get_meeting(unit, meeting_id, lock=True), *states_for(Act.EDIT_MEETING))
    parsed = parse_agenda(text)
    longest = max(utf16_length(item.proposal) for item in parsed)
    if longest > PROPOSAL_LIMIT:
        raise errors.TextTooLong(longest, PROPOSAL_LIMIT)
    await unit.papers.untie(meeting_id)
    await unit.meetings.set_agenda(meeting_id, parsed)
    await _tie_papers(unit, meeting_id, parsed)
    await unit.conversations.end(acting.person.id)
    facts = {"items": len(parsed), "sha256": sha256(text.encode()).hexdigest()}
    await unit.journal.note("agenda_set", actor_id=acting.person.id, facts=facts, meeting_id=meeting_id)
    await tell(unit, acting, AgendaStored(meeting_id, await shown_items(unit, meeting_id)))
    await refresh_consoles(unit, meeting_id)


async def _tie_papers(unit: Unit, meeting_id: int, parsed: tuple[ParsedItem, ...]) -> None:
    """Tie the papers that are there already to the items of a new agenda that name them."""
    ids = {item.number: item.id for item in await unit.meetings.items(meeting_id)}
    for item in parsed:
        for number in item.attachments:
            await unit.papers.tie(meeting_id, number, ids[item.number])


async def _item(unit: Unit, item_id: int) -> AgendaItem:
    item = await unit.meetings.item(item_id)
    if item is None:
        raise errors.Gone
    return item


async def _editable(unit: Unit, item_id: int) -> AgendaItem:
    """Return an item that may be changed, with its assembly locked so that no vote on it opens meanwhile."""
    item = await _item(unit, item_id)
    check_state(await get_meeting(unit, item.meeting_id, lock=True), *states_for(Act.EDIT_ITEMS))
    if await unit.meetings.voted(item_id):
        raise errors.ItemVoted(item.number)
    return await _item(unit, item_id)


async def _show(unit: Unit, acting: Acting, item: AgendaItem, pressed: int | None) -> None:
    items = await shown_items(unit, item.meeting_id)
    place = next(place for place, shown in enumerate(items) if shown.id == item.id)
    fixed = await unit.meetings.voted(item.id)
    details = ItemDetails(items[place], item.meeting_id, place // PAGE, item.proposal, fixed)
    await turn(unit, acting, details, items_key(item.meeting_id), pressed)


async def _note(unit: Unit, acting: Acting, item: AgendaItem, kind: str, facts: Mapping[str, Any]) -> None:
    await unit.journal.note(
        kind, actor_id=acting.person.id, facts={"item": item.id, **facts}, meeting_id=item.meeting_id
    )
    await refresh_consoles(unit, item.meeting_id)
