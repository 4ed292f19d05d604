"""The agenda of an assembly as it stands: replaced as a whole, listed, and what is still to be told of it."""

from collections.abc import Sequence
from hashlib import sha256

from assembly import errors
from assembly.agenda import ParsedItem
from assembly.agenda_changes import Change, ItemChange, summed
from assembly.facts.meetings import ItemShown
from assembly.meetings import Meeting, MeetingState, check_state
from assembly.members import Acting
from assembly.papers import paper_order
from assembly.permissions import Act, states_for
from assembly.wording import utf16_length
from storage.meetings import AgendaItem
from storage.unit import Unit

PROPOSAL_LIMIT = 2000


async def replace_agenda(unit: Unit, acting: Acting, meeting: Meeting, items: Sequence[ParsedItem]) -> None:
    """Put another agenda in the place of the one that an assembly in draft has; papers find their items by number."""
    check_state(meeting, *states_for(Act.EDIT_MEETING))
    check_lengths(items)
    await unit.papers.untie(meeting.id)
    await unit.meetings.set_agenda(meeting.id, items)
    ids = {item.number: item.id for item in await unit.meetings.items(meeting.id)}
    for item in items:
        for number in item.attachments:
            await unit.papers.tie(meeting.id, number, ids[item.number])
    digest = sha256("\n".join(f"{item.number} {item.title} {item.proposal}" for item in items).encode()).hexdigest()
    await unit.journal.note(
        "agenda_set", actor_id=acting.person.id, facts={"items": len(items), "sha256": digest}, meeting_id=meeting.id
    )


def check_lengths(items: Sequence[ParsedItem]) -> None:
    """Refuse a proposal that is longer than a ballot can show."""
    longest = max(utf16_length(item.proposal) for item in items)
    if longest > PROPOSAL_LIMIT:
        raise errors.TextTooLong(longest, PROPOSAL_LIMIT)


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
            item.withdrawn_at is not None,
        )
        for item in await unit.meetings.items(meeting_id)
    )


async def note_change(
    unit: Unit, acting: Acting, item: AgendaItem, change: ItemChange, before: str = "", after: str = ""
) -> None:
    """Note what was changed of an item, where people know the agenda, so that they are told with the next nazending."""
    meeting = await unit.meetings.get(item.meeting_id)
    if (
        meeting is not None
        and meeting.state is not MeetingState.DRAFT
        and (change is ItemChange.ADDED or before != after)
    ):
        await unit.agenda_changes.add(Change(item.id, change, before, after), acting.person.id)


async def untold(unit: Unit, meeting_id: int) -> tuple[Change, ...]:
    """Return the changes of which nobody was told yet, as what they come to."""
    return summed(stored.change for stored in await unit.agenda_changes.unsent(meeting_id))
