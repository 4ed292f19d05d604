"""Hands in the room, and voting cards: entered per seat on one sheet, which a second person confirms (four eyes).

Each line is an entry on behalf of its member, made by the same rules; only the paper is lacking,
because others saw it or it is kept with the cards.
"""

from collections.abc import Iterable

from assembly import errors
from assembly.entries import EnteredBallot, EntryState, SheetSource
from assembly.facts.sheets import SheetCard, SheetRef, SheetSeat
from assembly.meetings import Meeting, Mode
from assembly.members import Acting
from assembly.motions import BallotForm, Motion, check_selection
from assembly.options import Chosen, parted
from assembly.permissions import Act, may, states_for
from assembly.sheets import Sheet, SheetState, check_may_confirm, check_may_fill, may_fill
from services.access import require
from services.entry_acts import perform
from services.entry_cards import deciders, parties, show_entry
from services.seats import by_name, locked
from services.telling import refresh, show_anew
from storage.unit import Unit

PAGE_SIZE = 28
"""Seats on a page: with three buttons each, and those below them, they stay below Telegram's 100."""


def sheet_key(sheet_id: int) -> str:
    """Return the key of the message that shows a sheet."""
    return f"sheet:{sheet_id}"


async def open_sheet(unit: Unit, telegram_id: int, meeting_id: int, source: SheetSource) -> None:
    """Show the sheet of the vote that is open that this person is busy with, or a new one."""
    acting = await require(unit, telegram_id, Act.ENTER_ON_BEHALF)
    meeting = await locked(unit, meeting_id, *states_for(Act.ENTER_ON_BEHALF))
    motion = await unit.motions.open_in(meeting.id)
    if motion is not None and motion.form is BallotForm.SECRET:
        raise errors.NotOnPaperInSecret
    if motion is None or motion.form is not BallotForm.ROLL_CALL:
        raise errors.NoHandsNow(source is SheetSource.CARDS)
    check_may_fill(motion, source, unit.now)
    sheet = await unit.sheets.open_of(motion.id, acting.person.id, source)
    sheet_id = sheet.id if sheet else await unit.sheets.add(meeting.id, motion.id, acting.person.id, source)
    await show_anew(unit, acting, SheetRef(sheet_id, acting.person.id), sheet_key(sheet_id))


async def turn_sheet(unit: Unit, telegram_id: int, sheet_id: int, page: int, member_id: int | None) -> None:
    """Show another page of a sheet, or the choices for one seat."""
    acting = await require(unit, telegram_id, Act.SEE_ENTRIES)
    await _get(unit, sheet_id)
    await _show(unit, acting, sheet_id, page, member_id)


async def mark_hand(unit: Unit, telegram_id: int, sheet_id: int, member_id: int, choice: str) -> None:
    """Enter what was seen of one seat. The same again changes nothing."""
    acting, sheet, motion = await _own(unit, telegram_id, sheet_id)
    chosen = Chosen(",".join(check_selection(motion, choice)))
    seats = await _seats(unit, motion, sheet)
    if member_id not in seats:
        raise errors.SeatNotInRoom
    await unit.sheets.write(sheet.id, {**sheet.lines, member_id: chosen})
    several = motion.picks > 1
    await _show(unit, acting, sheet.id, list(seats).index(member_id) // PAGE_SIZE, member_id if several else None)


async def mark_rest(unit: Unit, telegram_id: int, sheet_id: int, choice: str) -> None:
    """Enter the same for all seats of which nothing was entered yet; of cards each is entered by itself."""
    acting, sheet, motion = await _own(unit, telegram_id, sheet_id)
    if sheet.source is SheetSource.CARDS:
        raise errors.Gone  # a seat without a card did not vote
    chosen = Chosen(",".join(check_selection(motion, choice)))
    rest = dict.fromkeys(await _seats(unit, motion, sheet), chosen)
    await unit.sheets.write(sheet.id, {**rest, **sheet.lines})
    await _show(unit, acting, sheet.id, 0, None)


async def clear_sheet(unit: Unit, telegram_id: int, sheet_id: int) -> None:
    """Begin anew."""
    acting, sheet, _motion = await _own(unit, telegram_id, sheet_id)
    await unit.sheets.write(sheet.id, {})
    await _show(unit, acting, sheet.id, 0, None)


async def offer_sheet(unit: Unit, telegram_id: int, sheet_id: int) -> None:
    """Offer the sheet to somebody else, who confirms it."""
    acting, sheet, _motion = await _own(unit, telegram_id, sheet_id)
    if not sheet.lines:
        raise errors.SheetEmpty
    await unit.sheets.move(sheet.id, SheetState.OFFERED)
    await unit.journal.note(
        "sheet_offered",
        actor_id=acting.person.id,
        meeting_id=sheet.meeting_id,
        facts={"sheet": sheet.id, "motion": sheet.motion_id, "seats": len(sheet.lines), "source": sheet.source},
    )
    for decider in await deciders(unit):
        await show_anew(unit, decider, SheetRef(sheet.id, decider.person.id), sheet_key(sheet.id))


async def return_sheet(unit: Unit, telegram_id: int, sheet_id: int) -> None:
    """Give a sheet back to who entered it, or take it back, so that it can be corrected."""
    acting = await require(unit, telegram_id, Act.SEE_ENTRIES)
    sheet, _meeting, _motion = await _locked(unit, sheet_id)
    if sheet.state is not SheetState.OFFERED:
        raise errors.Gone
    await unit.sheets.move(sheet.id, SheetState.DRAFT)
    await unit.journal.note(
        "sheet_returned", actor_id=acting.person.id, meeting_id=sheet.meeting_id, facts={"sheet": sheet.id}
    )
    await _redraw(unit, sheet)


async def confirm_sheet(unit: Unit, telegram_id: int, sheet_id: int) -> None:
    """Make a ballot of every line. What a seat cast by itself meanwhile stands: its line is skipped, and that is said.

    Refuses a confirmation by who entered the sheet, and one after the vote was closed.
    """
    acting = await require(unit, telegram_id, Act.CONFIRM_ENTRY)
    sheet, meeting, _motion = await _locked(unit, sheet_id)
    check_may_confirm(sheet, acting.person.id)
    skipped, made = [], []
    for member_id, choice in sheet.lines.items():
        entry_id = await _cast(unit, acting, meeting, sheet, member_id, choice)
        if entry_id is None:
            skipped.append(member_id)
        else:
            made.append(entry_id)
    await unit.sheets.confirm(sheet.id, acting.person.id, skipped)
    await unit.journal.note(
        "sheet_confirmed",
        actor_id=acting.person.id,
        meeting_id=meeting.id,
        facts={"sheet": sheet.id, "motion": sheet.motion_id, "entries": made, "skipped": skipped},
    )
    await _redraw(unit, sheet)


async def load_sheet(unit: Unit, ref: SheetRef) -> SheetCard | None:
    """Load a sheet for somebody who enters or confirms."""
    sheet, reader = await unit.sheets.get(ref.sheet_id), await unit.people.get(ref.person_id)
    if sheet is None or reader is None or not may(reader, Act.SEE_ENTRIES):
        return None
    motion = await unit.motions.get(sheet.motion_id)
    if motion is None:
        return None
    seats = await _seats(unit, motion, sheet)
    draft = sheet.state is SheetState.DRAFT
    shown = {m: carrier for m, carrier in seats.items() if draft or m in sheet.lines}
    names = await unit.members.names([*shown, *sheet.skipped])
    ids = {sheet.entered_by, *seats.values(), *([sheet.decided_by] if sheet.decided_by else [])}
    people = {acting.person.id: acting.person.name for acting in await unit.people.all(ids)}
    pages = max(1, -(-len(shown) // PAGE_SIZE))
    page = min(ref.page, pages - 1)
    mine, open_ = sheet.entered_by == reader.person.id, may_fill(motion, sheet.source, unit.now)
    cards = sheet.source is SheetSource.CARDS
    cast = await unit.motions.selections(motion.id) if cards and sheet.state is not SheetState.CONFIRMED else {}
    electorate = await unit.motions.electorate(motion.id) if cards else ()
    uncarried = [seat.member_id for seat in electorate if seat.carrier_id is None]
    return SheetCard(
        sheet.id,
        motion.number,
        motion.title,
        motion.options,
        motion.picks,
        sheet.state,
        tuple(
            SheetSeat(
                member_id,
                names[member_id],
                people.get(carrier_id, ""),
                parted(sheet.lines[member_id]) if member_id in sheet.lines else None,
                unit.association.card_code(sheet.meeting_id, member_id) if cards else "",
            )
            for member_id, carrier_id in list(shown.items())[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
        ),
        page,
        pages,
        ref.member_id if ref.member_id in shown and draft and mine else None,
        people.get(sheet.entered_by, ""),
        people.get(sheet.decided_by or 0, ""),
        tuple(names[member_id] for member_id in sheet.skipped),
        may_enter=mine and draft and open_,
        may_confirm=not mine and sheet.state is SheetState.OFFERED and open_,
        may_return=sheet.state is SheetState.OFFERED and open_,
        over=not open_ and sheet.state is not SheetState.CONFIRMED,
        source=sheet.source,
        voted=await _named(unit, cast),
        uncarried=await _named(unit, uncarried),
    )


async def _cast(
    unit: Unit, acting: Acting, meeting: Meeting, sheet: Sheet, member_id: int, choice: Chosen
) -> int | None:
    """Make a ballot of a line as an entry for its member; return the entry's id, or ``None`` where it was refused."""
    act = EnteredBallot(sheet.motion_id, choice, sheet.source)
    entry_id = await unit.entries.add(meeting.id, member_id, act, None, sheet.entered_by)
    entry = await unit.entries.get(entry_id)
    if entry is None:
        raise LookupError(entry_id)
    try:
        async with unit.connection.begin_nested():
            await perform(unit, acting, meeting, member_id, act, entry)
    except errors.Refusal:
        await unit.entries.decide(entry_id, EntryState.LAPSED, None)
        return None
    await unit.entries.decide(entry_id, EntryState.CONFIRMED, acting.person.id)
    await show_entry(unit, await parties(unit, entry), entry)
    return entry_id


async def _seats(unit: Unit, motion: Motion, sheet: Sheet) -> dict[int, int]:
    """Return the seats that are or can be on a sheet with their carriers, by name.

    Those that have not voted, of hands only where the carrier is in the room, and in any case those on the sheet.
    """
    cast = await unit.motions.selections(motion.id)
    room = {
        visit.person_id
        for visit in await unit.attendance.visits(motion.meeting_id)
        if visit.present and visit.mode is Mode.ROOM
    }
    cards = sheet.source is SheetSource.CARDS
    found = {
        seat.member_id: seat.carrier_id
        for seat in await unit.motions.electorate(motion.id)
        if seat.carrier_id is not None
        and (seat.member_id in sheet.lines or ((cards or seat.carrier_id in room) and seat.member_id not in cast))
    }
    return await by_name(unit, found)


async def _named(unit: Unit, members: Iterable[int]) -> tuple[str, ...]:
    return tuple(sorted((await unit.members.names(list(members))).values(), key=str.casefold))


async def _get(unit: Unit, sheet_id: int) -> Sheet:
    sheet = await unit.sheets.get(sheet_id)
    if sheet is None:
        raise errors.Gone
    return sheet


async def _locked(unit: Unit, sheet_id: int) -> tuple[Sheet, Meeting, Motion]:
    """Return a sheet as it stands under the lock on its assembly, while its vote is open."""
    found = await _get(unit, sheet_id)
    meeting = await locked(unit, found.meeting_id, *states_for(Act.CAST_BALLOT))
    motion = await unit.motions.get(found.motion_id)
    if motion is None:
        raise errors.Gone
    check_may_fill(motion, found.source, unit.now)
    return await _get(unit, sheet_id), meeting, motion


async def _own(unit: Unit, telegram_id: int, sheet_id: int) -> tuple[Acting, Sheet, Motion]:
    """Return a sheet that this person is busy with. Refuses anybody else's, and one that was offered."""
    acting = await require(unit, telegram_id, Act.ENTER_ON_BEHALF)
    sheet, _meeting, motion = await _locked(unit, sheet_id)
    if sheet.entered_by != acting.person.id or sheet.state is not SheetState.DRAFT:
        raise errors.Gone
    return acting, sheet, motion


async def _show(unit: Unit, acting: Acting, sheet_id: int, page: int, member_id: int | None) -> None:
    ref = SheetRef(sheet_id, acting.person.id, page, member_id)
    await refresh(unit, [acting], lambda _reader: ref, sheet_key(sheet_id))


async def _redraw(unit: Unit, sheet: Sheet) -> None:
    """Bring a sheet up to date for all who see it."""
    await refresh(unit, await deciders(unit), lambda reader: SheetRef(sheet.id, reader.person.id), sheet_key(sheet.id))
