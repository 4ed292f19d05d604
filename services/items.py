"""The agenda gone over item by item: what each is called and for, its place, and how it is put to the vote."""

from collections.abc import Mapping
from fractions import Fraction
from hashlib import sha256
from typing import Any

from assembly import errors
from assembly.agenda import ItemKind, attachments_in, guess_kind
from assembly.agenda_changes import WITHDRAWN, ItemChange
from assembly.contributions import read_amount
from assembly.facts.meetings import (
    AmountExpected,
    ItemDetails,
    ItemsPage,
    ItemTitleExpected,
    ItemVote,
    NewItemExpected,
    ProposalExpected,
)
from assembly.item_settings import ItemMajority, VoteForm
from assembly.meetings import MeetingState, check_state
from assembly.members import Acting
from assembly.nominations import is_supervisory
from assembly.numbering import heading_of, moved, put_between, put_in, taken_out
from assembly.permissions import Act, states_for
from assembly.wording import written_line, written_text
from services.access import permit, require
from services.advance_lapses import lapse_advance
from services.agenda_items import PROPOSAL_LIMIT, note_change, shown_items, untold
from services.meetings import get_meeting, refresh_consoles
from services.positions import lapse_positions
from services.telling import tell, turn
from storage.meetings import AgendaItem
from storage.unit import Unit

PROPOSAL_STEP, AMOUNT_STEP, TITLE_STEP, NEW_STEP = "proposal", "per_inhabitant", "item_title", "new_item"
TITLE_LIMIT = 1000
PAGE = 8


def items_key(meeting_id: int) -> str:
    """Return the key under which the agenda items are leafed through."""
    return f"items:{meeting_id}"


async def show_items(unit: Unit, telegram_id: int, meeting_id: int, page: int, pressed: int | None) -> None:
    """Show a page of agenda items to choose from."""
    acting = await require(unit, telegram_id, Act.PREPARE_MEETING)
    await get_meeting(unit, meeting_id)
    await _show_page(unit, acting, meeting_id, page, pressed)


async def show_item(unit: Unit, telegram_id: int, item_id: int, pressed: int | None) -> None:
    """Show one agenda item with what can be changed."""
    acting = await require(unit, telegram_id, Act.PREPARE_MEETING)
    await show_details(unit, acting, await get_item(unit, item_id), pressed)


async def set_kind(unit: Unit, telegram_id: int, item_id: int, kind: ItemKind, pressed: int | None) -> None:
    """Correct what the assembly does with an item, until a vote on it is opened."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    item = await editable(unit, item_id)
    if item.kind is not kind:
        await unit.meetings.set_kind(item_id, kind)
        await note_change(unit, acting, item, ItemChange.KIND, item.kind, kind)
        await note(unit, acting, item, "item_kind_set", {"from": item.kind, "kind": kind})
    await show_details(unit, acting, item, pressed)


async def ask_proposal(unit: Unit, telegram_id: int, item_id: int) -> None:
    """Expect the text that will be put to the vote under an item."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    item = await editable(unit, item_id)
    await unit.conversations.begin(acting.person.id, PROPOSAL_STEP, item_id=item_id)
    await tell(unit, acting, ProposalExpected(item.number, item.title))


async def take_proposal(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the text that will be put to the vote."""
    await permit(unit, acting, Act.EDIT_ITEMS)
    item = await editable(unit, data["item_id"])
    proposal = written_text(text, PROPOSAL_LIMIT)
    await unit.meetings.set_proposal(item.id, proposal)
    if proposal != item.proposal:
        await lapse_positions(unit, item)
        await lapse_advance(unit, item, again=True)
    await unit.conversations.end(acting.person.id)
    await note_change(unit, acting, item, ItemChange.PROPOSAL, item.proposal, proposal)
    await note(unit, acting, item, "item_proposal_set", {"sha256": sha256(proposal.encode()).hexdigest()})
    await show_details(unit, acting, item, None)


async def ask_amount(unit: Unit, telegram_id: int, item_id: int) -> None:
    """Expect what the item costs a member for each inhabitant."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    item = await editable(unit, item_id)
    await unit.conversations.begin(acting.person.id, AMOUNT_STEP, item_id=item_id)
    await tell(unit, acting, AmountExpected(item.id, item.number, item.title, item.per_inhabitant is not None))


async def take_amount(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take what the item costs a member for each inhabitant."""
    await permit(unit, acting, Act.EDIT_ITEMS)
    await _set_amount(unit, acting, data["item_id"], read_amount(text), None)
    await unit.conversations.end(acting.person.id)


async def drop_amount(unit: Unit, telegram_id: int, item_id: int, pressed: int | None) -> None:
    """Let the item cost nothing for each inhabitant."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    await _set_amount(unit, acting, item_id, None, pressed)
    await unit.conversations.end(acting.person.id)


async def ask_title(unit: Unit, telegram_id: int, item_id: int) -> None:
    """Expect another title of an item."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    item = await editable(unit, item_id)
    await unit.conversations.begin(acting.person.id, TITLE_STEP, item_id=item_id)
    await tell(unit, acting, ItemTitleExpected(item.number, item.title))


async def take_title(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take another title of an item, with the papers that it names besides those that the agenda named."""
    await permit(unit, acting, Act.EDIT_ITEMS)
    item = await editable(unit, data["item_id"])
    title = written_line(text, TITLE_LIMIT)
    before, named = attachments_in(item.title), attachments_in(title)
    kept = [number for number in item.attachments if number not in before]
    await unit.meetings.set_title(item.id, title, list(dict.fromkeys((*named, *kept))))
    for number in named:
        await unit.papers.tie(item.meeting_id, number, item.id)
    if title != item.title and not item.proposal:  # then the title is what is put to the vote
        await lapse_positions(unit, item)
        await lapse_advance(unit, item, again=True)
    await unit.conversations.end(acting.person.id)
    await note_change(unit, acting, item, ItemChange.TITLE, item.title, title)
    await note(unit, acting, item, "item_title_set", {"from": item.title, "title": title})
    await show_details(unit, acting, item, None)


async def ask_new(unit: Unit, telegram_id: int, item_id: int) -> None:
    """Expect what a new item is called, which comes behind this one."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    item = await get_item(unit, item_id)
    meeting = await get_meeting(unit, item.meeting_id)
    check_state(meeting, *states_for(Act.EDIT_ITEMS))
    await unit.conversations.begin(acting.person.id, NEW_STEP, item_id=item_id)
    await tell(unit, acting, NewItemExpected(item.number, item.title, meeting.state is not MeetingState.DRAFT))


async def take_new(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Put a new item in. Where people know the agenda it gets a number that changes no other."""
    await permit(unit, acting, Act.EDIT_ITEMS)
    after = await get_item(unit, data["item_id"])
    meeting = await get_meeting(unit, after.meeting_id, lock=True)
    check_state(meeting, *states_for(Act.EDIT_ITEMS))
    title = written_line(text, TITLE_LIMIT)
    numbered = [(item.id, item.number) for item in await unit.meetings.items(meeting.id)]
    item_id = await unit.meetings.add_item(meeting.id, title, guess_kind(title))
    place = put_in if meeting.state is MeetingState.DRAFT else put_between
    await unit.meetings.arrange(place(numbered, after.id, item_id))
    item = await get_item(unit, item_id)
    await unit.meetings.set_title(item_id, title, attachments_in(title))
    for number in attachments_in(title):
        await unit.papers.tie(meeting.id, number, item_id)
    await unit.conversations.end(acting.person.id)
    await note_change(unit, acting, item, ItemChange.ADDED)
    await note(unit, acting, item, "item_added", {"number": item.number, "title": title})
    await show_details(unit, acting, item, None)


async def move_item(unit: Unit, telegram_id: int, item_id: int, pressed: int | None, *, up: bool) -> None:
    """Let an item change places with its neighbour, its points along with it, until people know the agenda."""
    acting = await require(unit, telegram_id, Act.EDIT_MEETING)
    item = await _in_draft(unit, item_id)
    arranged = moved(await _numbered(unit, item), item_id, up=up)
    if arranged is not None:
        await unit.meetings.arrange(arranged)
        await note(unit, acting, item, "item_moved", {"up": up})
    await show_details(unit, acting, item, pressed)


async def remove_item(unit: Unit, telegram_id: int, item_id: int, pressed: int | None, *, sure: bool) -> None:
    """Take an item with its points off an agenda that nobody knows, after a second press."""
    acting = await require(unit, telegram_id, Act.EDIT_MEETING)
    item = await _in_draft(unit, item_id)
    if not sure:
        await show_details(unit, acting, item, pressed, removing=True)
        return
    arranged, gone = taken_out(await _numbered(unit, item), item_id)
    await unit.meetings.remove_items(gone)
    await unit.meetings.arrange(arranged)
    await note(unit, acting, item, "item_removed", {"number": item.number, "title": item.title, "removed": len(gone)})
    await _show_page(unit, acting, item.meeting_id, 0, pressed)


async def withdraw_item(unit: Unit, telegram_id: int, item_id: int, pressed: int | None, *, withdraw: bool) -> None:
    """Hold an item over (aanhouden), or put it on the agenda again; it stays where it is, undecided."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    item = await editable(unit, item_id)
    if (item.withdrawn_at is not None) is not withdraw:
        await unit.meetings.set_withdrawn(item_id, withdrawn=withdraw)
        states = (WITHDRAWN if item.withdrawn_at else "", WITHDRAWN if withdraw else "")
        await note_change(unit, acting, item, ItemChange.STANDING, *states)
        await note(unit, acting, item, "item_withdrawn" if withdraw else "item_restored", {"title": item.title})
    await show_details(unit, acting, item, pressed)


async def show_vote(unit: Unit, telegram_id: int, item_id: int, pressed: int | None) -> None:
    """Show how an item is put to the vote, to be chosen."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    await _show_vote(unit, acting, await editable(unit, item_id), pressed)


async def set_majority(unit: Unit, telegram_id: int, item_id: int, majority: ItemMajority, pressed: int | None) -> None:
    """Choose which majority a proposal needs."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    item = await editable(unit, item_id)
    if item.majority is not majority:
        await unit.meetings.set_vote(item_id, majority, item.form)
        await note_change(unit, acting, item, ItemChange.MAJORITY, item.majority, majority)
        await note(unit, acting, item, "item_majority_set", {"from": item.majority, "majority": majority})
    await _show_vote(unit, acting, item, pressed)


async def set_form(unit: Unit, telegram_id: int, item_id: int, form: VoteForm, pressed: int | None) -> None:
    """Choose how is voted."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    item = await editable(unit, item_id)
    if item.form is not form:
        await unit.meetings.set_vote(item_id, item.majority, form)
        await note(unit, acting, item, "item_form_set", {"from": item.form, "form": form})
    await _show_vote(unit, acting, item, pressed)


async def get_item(unit: Unit, item_id: int) -> AgendaItem:
    """Return an item. Refuses with ``Gone`` where there is none."""
    item = await unit.meetings.item(item_id)
    if item is None:
        raise errors.Gone
    return item


async def editable(unit: Unit, item_id: int) -> AgendaItem:
    """Return an item that may be changed, with its assembly locked so that no vote on it opens meanwhile."""
    item = await get_item(unit, item_id)
    check_state(await get_meeting(unit, item.meeting_id, lock=True), *states_for(Act.EDIT_ITEMS))
    if await unit.meetings.voted(item_id):
        raise errors.ItemVoted(item.number)
    return await get_item(unit, item_id)


async def show_details(
    unit: Unit, acting: Acting, item: AgendaItem, pressed: int | None, *, removing: bool = False
) -> None:
    """Show an item as it stands now, with what can be changed."""
    items = await shown_items(unit, item.meeting_id)
    place = next(place for place, shown in enumerate(items) if shown.id == item.id)
    item = await get_item(unit, item.id)
    meeting = await get_meeting(unit, item.meeting_id)
    draft = meeting.state is MeetingState.DRAFT
    numbered = [(shown.id, shown.number) for shown in items]
    nominations = [found for found in await unit.nominations.of_meeting(item.meeting_id) if found.item_id == item.id]
    heading = next((shown.title for shown in items if shown.number == heading_of(item.number)), "")
    details = ItemDetails(
        items[place],
        item.meeting_id,
        place // PAGE,
        item.proposal,
        await unit.meetings.voted(item.id),
        draft=draft,
        up=draft and moved(numbered, item.id, up=True) is not None,
        down=draft and moved(numbered, item.id, up=False) is not None,
        removing=removing,
        untold=any(change.item_id == item.id for change in await untold(unit, item.meeting_id)),
        majority=item.majority,
        form=item.form,
        candidates=tuple((found.id, found.nomination.candidate) for found in nominations),
        per_inhabitant=item.per_inhabitant,
        nominates=item.kind is ItemKind.PERSONS and is_supervisory(item.title, heading) and not nominations,
    )
    await turn(unit, acting, details, items_key(item.meeting_id), pressed)


async def note(
    unit: Unit,
    acting: Acting,
    item: AgendaItem,
    kind: str,
    facts: Mapping[str, Any],
    private: Mapping[str, Any] | None = None,
) -> None:
    """Write in the journal what was done with an item, and redraw the consoles. Names of people go into ``private``."""
    await unit.journal.note(
        kind,
        actor_id=acting.person.id,
        facts={"item": item.id, **facts},
        private=private,
        meeting_id=item.meeting_id,
    )
    await refresh_consoles(unit, item.meeting_id)


async def _show_page(unit: Unit, acting: Acting, meeting_id: int, page: int, pressed: int | None) -> None:
    items = await shown_items(unit, meeting_id)
    if not items:
        raise errors.AgendaMissing
    pages = -(-len(items) // PAGE)
    page = min(page, pages - 1)
    shown = ItemsPage(meeting_id, items[page * PAGE : (page + 1) * PAGE], page, pages)
    await turn(unit, acting, shown, items_key(meeting_id), pressed)


async def _show_vote(unit: Unit, acting: Acting, item: AgendaItem, pressed: int | None) -> None:
    item = await get_item(unit, item.id)
    secret = item.kind is ItemKind.PERSONS and unit.association.statutes.persons_secret
    vote = ItemVote(item.id, item.number, item.title, item.kind, item.majority, item.form, secret)
    await turn(unit, acting, vote, items_key(item.meeting_id), pressed)


async def _set_amount(unit: Unit, acting: Acting, item_id: int, amount: Fraction | None, pressed: int | None) -> None:
    item = await editable(unit, item_id)
    await unit.meetings.set_amount(item.id, amount)
    await note(unit, acting, item, "item_amount_set", {"per_inhabitant": None if amount is None else str(amount)})
    await show_details(unit, acting, item, pressed)


async def _in_draft(unit: Unit, item_id: int) -> AgendaItem:
    """Return an item of an agenda that nobody knows yet, locked."""
    item = await get_item(unit, item_id)
    check_state(await get_meeting(unit, item.meeting_id, lock=True), *states_for(Act.EDIT_MEETING))
    return await get_item(unit, item_id)


async def _numbered(unit: Unit, item: AgendaItem) -> list[tuple[int, str]]:
    return [(other.id, other.number) for other in await unit.meetings.items(item.meeting_id)]
