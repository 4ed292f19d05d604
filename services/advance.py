"""Voting before the assembly, where the statutes know that (setting ``advance_days``), and what comes of it."""

from collections.abc import Mapping
from hashlib import sha256

from assembly import errors
from assembly.advance import AdvanceBallot, applies, check_advance
from assembly.facts.advance import AdvanceLine, AdvanceRef, AdvanceVotes
from assembly.item_kinds import ItemKind
from assembly.meetings import Meeting, MeetingState
from assembly.members import Acting, Role
from assembly.motions import BallotForm, Question, supersedes
from assembly.permissions import Act, states_for
from assembly.tally import Choice, Seat
from services.access import require
from services.advance_lapses import lapse_advance
from services.instructions import votable_items
from services.item_options import labels_of
from services.seats import day_of, locked, members_of_day
from services.telling import refresh, show, show_anew
from storage.meetings import AgendaItem
from storage.tables import Priority
from storage.unit import Unit

PAGE_SIZE = 10

_CONVENED = states_for(Act.VOTE_IN_ADVANCE)


def advance_key(meeting_id: int, member_id: int) -> str:
    """Return the key of the message in which is voted before."""
    return f"advance:{meeting_id}:{member_id}"


async def show_advance(
    unit: Unit, telegram_id: int, meeting_id: int, member_id: int, page: int, message_id: int | None
) -> None:
    """Show a page of what the member casts: anew, or in the message under which was pressed."""
    acting = await require(unit, telegram_id, Act.VOTE_IN_ADVANCE)
    meeting = await _open_meeting(unit, acting, meeting_id, member_id)
    key, ref = advance_key(meeting.id, member_id), AdvanceRef(meeting.id, member_id, page)
    if message_id is None or await unit.outbox.posted(telegram_id, key) != message_id:
        await show_anew(unit, acting, ref, key)
    else:
        await show(unit, acting, ref, key, priority=Priority.DIALOGUE)


async def cast_in_advance(unit: Unit, telegram_id: int, item_id: int, member_id: int, choice: Choice) -> None:
    """Record what a member casts on an item, about the proposal as it stands; changed until the assembly opens.

    Refuses what is voted on secretly or between variants. Raises ``ValueError`` without an update as its origin.
    """
    acting, items, item = await _castable(unit, telegram_id, item_id, member_id)
    standing = (await unit.advance.of_item(item.id)).get(member_id)
    if not await _stand(unit, acting, item, member_id, choice, standing):
        return
    await unit.journal.note(
        "advance_ballot_cast",
        actor_id=acting.person.id,
        meeting_id=item.meeting_id,
        facts={"item": item.id, "member": member_id, "choice": choice},
    )
    await _redraw(unit, item, member_id, items.index(item) // PAGE_SIZE)


async def withdraw_in_advance(unit: Unit, telegram_id: int, item_id: int, member_id: int) -> None:
    """Withdraw what a member cast on an item: nothing stands for it. Where nothing does, nothing changes.

    Raises ``ValueError`` without an update as its origin.
    """
    acting, items, item = await _castable(unit, telegram_id, item_id, member_id)
    standing = (await unit.advance.of_item(item.id)).get(member_id)
    if standing is None or standing.withdrawn:
        return
    if not await _stand(unit, acting, item, member_id, standing.choice, standing, withdrawn=True):
        return
    await unit.journal.note(
        "advance_ballot_withdrawn",
        actor_id=acting.person.id,
        meeting_id=item.meeting_id,
        facts={"item": item.id, "member": member_id},
    )
    await _redraw(unit, item, member_id, items.index(item) // PAGE_SIZE)


async def load_advance(unit: Unit, ref: AdvanceRef) -> AdvanceVotes | None:
    """Load a page of what a member casts before the assembly."""
    meeting = await unit.meetings.get(ref.meeting_id)
    if meeting is None:
        return None
    items = await _items(unit, meeting)
    found = await unit.advance.of_member(meeting.id, ref.member_id)
    cast = {item_id: ballot for item_id, ballot in found.items() if not ballot.withdrawn}
    pages = max(1, -(-len(items) // PAGE_SIZE))
    page = min(ref.page, pages - 1)
    lines = tuple(
        AdvanceLine(
            item.id,
            item.number,
            item.title,
            cast[item.id].choice if item.id in cast else None,
            lapsed=item.id in cast and cast[item.id].lapsed,
        )
        for item in items[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    )
    name = (await unit.members.names([ref.member_id]))[ref.member_id]
    is_open = meeting.state is MeetingState.CONVENED
    return AdvanceVotes(meeting.id, ref.member_id, name, meeting.title, lines, page, pages, open=is_open)


async def standing_for(unit: Unit, item: AgendaItem, question: Question) -> Mapping[int, AdvanceBallot]:
    """Return what was cast before and stands in a vote that opens now, by member id.

    What is about another text, or cannot stand in a vote of this kind, lapses, and is told.
    """
    cast = {member_id: ballot for member_id, ballot in (await unit.advance.of_item(item.id)).items() if ballot.stands}
    again = question.follows_id is not None or question.supersedes_id is not None
    acclaimed = question.form is BallotForm.ACCLAMATION  # they stand where somebody objects, and a vote follows
    if question.straw or question.procedural or acclaimed or again or not cast:
        return {}
    asked = _hash(question.text)
    if applies(question) and all(ballot.text_sha256 == asked for ballot in cast.values()):
        return cast
    await lapse_advance(unit, item, again=False)
    return {}


async def stand(unit: Unit, motion_id: int, seats: tuple[Seat, ...], cast: Mapping[int, AdvanceBallot]) -> None:
    """Let what was cast before stand for its seats in a vote that was opened; it can be changed until the closing."""
    present = {seat.member_id for seat in seats if seat.carrier_id is not None}
    for ballot in cast.values():
        if ballot.member_id in present:
            await unit.motions.cast(ballot.as_ballot(motion_id))


async def _castable(
    unit: Unit, telegram_id: int, item_id: int, member_id: int
) -> tuple[Acting, list[AgendaItem], AgendaItem]:
    """Return who votes, all items on which can be voted before, and the one that is meant."""
    acting = await require(unit, telegram_id, Act.VOTE_IN_ADVANCE)
    found = await unit.meetings.item(item_id)
    if found is None:
        raise errors.Gone
    meeting = await _open_meeting(unit, acting, found.meeting_id, member_id)
    items = await _items(unit, meeting)
    item = next((item for item in items if item.id == item_id), None)
    if item is None:
        raise errors.NotVotable(found.number)
    return acting, items, item


async def _stand(
    unit: Unit,
    acting: Acting,
    item: AgendaItem,
    member_id: int,
    choice: Choice,
    standing: AdvanceBallot | None,
    *,
    withdrawn: bool = False,
) -> bool:
    """Store what this press makes stand in place of what was ``standing``; say whether it is the newer one."""
    if unit.origin is None:
        raise ValueError("a ballot is told apart by the update that it comes from")
    if standing is not None and not supersedes(standing.as_ballot(0), unit.origin.update_id, unit.now):
        return False
    text = _hash(item.put_to_vote)
    person_id, update_id = acting.person.id, unit.origin.update_id
    await unit.advance.cast(
        AdvanceBallot(item.id, member_id, choice, person_id, unit.now, update_id, text, withdrawn=withdrawn)
    )
    return True


async def _redraw(unit: Unit, item: AgendaItem, member_id: int, page: int) -> None:
    people = await unit.people.holding([Role.REPRESENTATIVE], member_id=member_id)
    ref = AdvanceRef(item.meeting_id, member_id, page)
    await refresh(unit, people, lambda _reader: ref, advance_key(item.meeting_id, member_id))


async def _open_meeting(unit: Unit, acting: Acting, meeting_id: int, member_id: int) -> Meeting:
    """Return the locked assembly, for which this person can vote before on behalf of the member."""
    meeting = await locked(unit, meeting_id, *_CONVENED)
    day = day_of(unit, meeting)
    check_advance(unit.association.local(unit.now).date(), day, unit.association.statutes.advance_days)
    members = {member.id: member for member in await members_of_day(unit, meeting)}
    if member_id not in members:
        raise errors.Gone
    if not acting.has(Role.REPRESENTATIVE, member_id):
        raise errors.NotYourMember(members[member_id].name)
    return meeting


async def _items(unit: Unit, meeting: Meeting) -> list[AgendaItem]:
    """Return the items on which can be voted before: proposals to be for or against, and no persons."""
    items = [item for item in await votable_items(unit, meeting.id) if item.kind is not ItemKind.PERSONS]
    return [item for item in items if len(await labels_of(unit, item)) <= 1]


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
