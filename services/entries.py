"""Deciding on what was entered on behalf of a member: confirmed by a second person, rejected, objected to."""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.entries import Entry, EntryState, check_four_eyes, check_pending
from assembly.facts.entries import EntriesPage, EntryLine, RejectionReasonAsked
from assembly.meetings import Meeting, MeetingState
from assembly.members import Acting
from assembly.permissions import Act, may, states_for
from assembly.wording import written_line
from services.access import permit, require
from services.attendance_list import redraw_attendance
from services.entry_acts import perform
from services.entry_cards import deciders, describe, is_party, lapse_entry, parties, redraw_entry, show_entry
from services.meetings import get_meeting, refresh_consoles
from services.seats import locked_of_any_kind
from services.telling import tell, turn
from storage.unit import Unit

REJECTION_STEP = "entry_rejection"
REASON_LIMIT = 200
"""UTF-16 units."""

PAGE_SIZE = 8
"""Entries on a page, a button each."""


async def confirm_entry(unit: Unit, telegram_id: int, entry_id: int) -> errors.Refusal | None:
    """Confirm what somebody else entered, which makes the act.

    Returns why the act is refused: then the entry lapses. What only has to wait for a vote to close is refused instead.
    """
    acting, meeting, entry = await _at_hand(unit, telegram_id, entry_id)
    check_four_eyes(entry, acting.person.id)
    try:
        async with unit.connection.begin_nested():
            await perform(unit, acting, meeting, entry.member_id, entry.act, entry)
    except errors.MotionOpen:
        raise
    except errors.Refusal as refusal:
        await lapse_entry(unit, entry)
        first = await unit.people.get(entry.entered_by)
        if first is not None:
            await tell(unit, first, refusal)
        return refusal
    await unit.entries.decide(entry.id, EntryState.CONFIRMED, acting.person.id)
    await _note(unit, acting, entry, "entry_confirmed")
    await redraw_entry(unit, entry)
    first = await unit.people.get(entry.entered_by)
    await show_entry(unit, (*([first] if first else []), *await parties(unit, entry)), entry)
    return None


async def ask_rejection(unit: Unit, telegram_id: int, entry_id: int) -> None:
    """Expect why an entry is not confirmed; who entered it can take it back so too."""
    acting, _meeting, entry = await _at_hand(unit, telegram_id, entry_id)
    check_pending(entry)
    await unit.conversations.begin(acting.person.id, REJECTION_STEP, entry_id=entry.id)
    await tell(unit, acting, RejectionReasonAsked(await describe(unit, entry.member_id, entry.act)))


async def take_rejection(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Reject an entry for the reason that was typed, and show that to who entered it."""
    await permit(unit, acting, Act.CONFIRM_ENTRY)
    entry = await _locked(unit, data["entry_id"])
    check_pending(entry)
    reason = written_line(text, REASON_LIMIT)
    await unit.conversations.end(acting.person.id)
    await unit.entries.decide(entry.id, EntryState.REJECTED, acting.person.id, reason)
    await _note(unit, acting, entry, "entry_rejected")
    await redraw_entry(unit, entry)
    first = await unit.people.get(entry.entered_by)
    await show_entry(unit, [acting, *([first] if first else [])], entry)


async def object_to_entry(unit: Unit, telegram_id: int, entry_id: int) -> None:
    """Object to what was entered: the secretariat and the chair see that at once, and nothing changes by itself."""
    acting = await require(unit, telegram_id, Act.OBJECT_TO_ENTRY)
    entry = await _get(unit, entry_id)
    await unit.meetings.get(entry.meeting_id, lock=True)
    entry = await _get(unit, entry_id)
    if not may(acting, Act.SEE_ENTRIES) and not await is_party(unit, entry, acting):
        raise errors.NotYourMember((await unit.members.names([entry.member_id]))[entry.member_id])
    if entry.state is not EntryState.CONFIRMED:
        raise errors.EntryMovedOn(entry.state.value)
    if entry.objected_by is not None:
        objector = await unit.people.get(entry.objected_by)
        raise errors.EntryDisputed(objector.person.name if objector else "")
    await unit.entries.dispute(entry.id, acting.person.id)
    await _note(unit, acting, entry, "entry_disputed")
    await redraw_entry(unit, entry)
    await show_entry(unit, await deciders(unit), entry)
    await redraw_attendance(unit, entry.meeting_id)
    await refresh_consoles(unit, entry.meeting_id)


async def show_one(unit: Unit, telegram_id: int, entry_id: int) -> None:
    """Show an entry with its paper, at the bottom of the chat."""
    acting = await require(unit, telegram_id, Act.SEE_ENTRIES)
    await show_entry(unit, [acting], await _get(unit, entry_id))


async def show_entries(unit: Unit, telegram_id: int, meeting_id: int, page: int, message_id: int | None) -> None:
    """Show a page of what was entered for the assembly."""
    acting = await require(unit, telegram_id, Act.SEE_ENTRIES)
    meeting = await get_meeting(unit, meeting_id)
    entries = await unit.entries.of_meeting(meeting.id)
    pages = max(1, -(-len(entries) // PAGE_SIZE))
    page = min(page, pages - 1)
    lines = [
        EntryLine(
            entry.id, await describe(unit, entry.member_id, entry.act), entry.state, entry.objected_by is not None
        )
        for entry in entries[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    ]
    shown = EntriesPage(meeting.id, tuple(lines), page, pages, may_enter=_may_enter(acting, meeting.state))
    await turn(unit, acting, shown, f"entries:{meeting.id}", message_id)


def _may_enter(acting: Acting, state: MeetingState) -> bool:
    return may(acting, Act.ENTER_ON_BEHALF) and state in states_for(Act.ENTER_ON_BEHALF)


async def _get(unit: Unit, entry_id: int) -> Entry:
    entry = await unit.entries.get(entry_id)
    if entry is None:
        raise errors.Gone
    return entry


async def _locked(unit: Unit, entry_id: int) -> Entry:
    """Return the entry as it stands under the lock on its assembly, where that is not over."""
    entry = await _get(unit, entry_id)
    await locked_of_any_kind(unit, entry.meeting_id, *states_for(Act.CONFIRM_ENTRY))
    return await _get(unit, entry_id)


async def _at_hand(unit: Unit, telegram_id: int, entry_id: int) -> tuple[Acting, Meeting, Entry]:
    """Return who decides, the locked assembly, and the entry as it stands under that lock."""
    acting = await require(unit, telegram_id, Act.CONFIRM_ENTRY)
    entry = await _locked(unit, entry_id)
    return acting, await get_meeting(unit, entry.meeting_id), entry


async def _note(unit: Unit, acting: Acting, entry: Entry, kind: str) -> None:
    await unit.journal.note(
        kind,
        actor_id=acting.person.id,
        meeting_id=entry.meeting_id,
        facts={"entry": entry.id, "member": entry.member_id},
    )
