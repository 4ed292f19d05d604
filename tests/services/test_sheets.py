"""Hands in the room: who enters, who confirms, which seats, and never over a ballot of the seat's own."""

import pytest
from sqlalchemy import func, select

from assembly import errors
from assembly.entries import EntryMark
from assembly.facts.sheets import SheetCard, SheetRef
from assembly.meetings import Mode
from assembly.options import Chosen
from assembly.sheets import SheetState
from assembly.tally import Choice, Outcome
from services import sheets
from storage.engine import Storage
from storage.tables import entries
from tests.support.clock import TurnableClock
from tests.support.queued import screens
from tests.support.sitting import OFFICE_NAME, Evening, open_evening, representative

CHAIR_NAME = "Voorzitter"
FOR, AGAINST = Chosen("for"), Chosen("against")


async def sheet_of(evening: Evening, motion_id: int) -> int:
    """Let the secretariat open its sheet; return the sheet's id."""
    await evening.act(sheets.open_sheet, OFFICE_NAME, evening.meeting.id)
    office = evening.register.people[OFFICE_NAME]
    sheet = await evening.storage.read(lambda unit: unit.sheets.open_of(motion_id, office))
    assert sheet is not None
    return int(sheet.id)


async def seen(evening: Evening, sheet_id: int, who: str = OFFICE_NAME) -> SheetCard:
    """Return a sheet as somebody sees it."""
    shown = await evening.storage.read(sheets.load_sheet, SheetRef(sheet_id, evening.register.people[who]))
    assert shown is not None
    return shown


async def offered(evening: Evening, motion_id: int, **hands: Chosen) -> int:
    """Let the secretariat enter hands by member and offer the sheet."""
    sheet_id = await sheet_of(evening, motion_id)
    for member, choice in hands.items():
        await evening.act(sheets.mark_hand, OFFICE_NAME, sheet_id, evening.register.members[member], choice)
    await evening.act(sheets.offer_sheet, OFFICE_NAME, sheet_id)
    return sheet_id


async def test_many_seats_by_two_people(storage: Storage, clock: TurnableClock) -> None:
    """One enters exceptions and the rest at once, another confirms: then they are ballots, marked as entered."""
    evening = await open_evening(storage, clock, "Assen", "Deventer", "Emmen", "Gouda")
    await evening.arrive("Assen", "Deventer", "Emmen")
    await evening.arrive("Gouda", mode=Mode.REMOTE)
    motion_id = await evening.put_to_vote()
    await evening.cast(motion_id, "Emmen", Choice.ABSTAIN)
    sheet_id = await sheet_of(evening, motion_id)
    assert [seat.member for seat in (await seen(evening, sheet_id)).seats] == ["Assen", "Deventer"]
    members = evening.register.members
    await evening.act(sheets.mark_hand, OFFICE_NAME, sheet_id, members["Deventer"], AGAINST)
    await evening.act(sheets.mark_rest, OFFICE_NAME, sheet_id, FOR)
    for member in ("Gouda", "Emmen"):
        with pytest.raises(errors.SeatNotInRoom):
            await evening.act(sheets.mark_hand, OFFICE_NAME, sheet_id, members[member], FOR)
    await evening.act(sheets.offer_sheet, OFFICE_NAME, sheet_id)
    with pytest.raises(errors.SamePerson):
        await evening.act(sheets.confirm_sheet, OFFICE_NAME, sheet_id)
    assert await evening.choices(motion_id) == {"Emmen": Choice.ABSTAIN}, "nothing counts before it is confirmed"
    assert (await seen(evening, sheet_id, CHAIR_NAME)).may_confirm
    await evening.act(sheets.confirm_sheet, CHAIR_NAME, sheet_id)
    with pytest.raises(errors.Gone):
        await evening.act(sheets.confirm_sheet, CHAIR_NAME, sheet_id)
    assert await evening.choices(motion_id) == {
        "Assen": Choice.FOR,
        "Deventer": Choice.AGAINST,
        "Emmen": Choice.ABSTAIN,
    }
    marks = await storage.read(lambda unit: unit.entries.marks(evening.meeting.id))
    assert list(marks.values()) == [EntryMark.ENTERED, EntryMark.ENTERED]
    assert "EntryRef" in await screens(storage, evening.register.representative("Deventer"))
    outcome = (await evening.end_vote(motion_id)).outcome
    assert isinstance(outcome, Outcome)
    assert (outcome.in_favour, outcome.against, outcome.abstained) == (1, 1, 1)


async def test_never_over_an_own_ballot(storage: Storage, clock: TurnableClock) -> None:
    """Who presses while the sheet waits keeps its own vote; that line is skipped, and it is said."""
    evening = await open_evening(storage, clock, "Assen", "Deventer")
    await evening.arrive("Assen", "Deventer")
    motion_id = await evening.put_to_vote()
    sheet_id = await offered(evening, motion_id, Assen=FOR, Deventer=FOR)
    await evening.cast(motion_id, "Deventer", Choice.AGAINST)
    await evening.act(sheets.confirm_sheet, CHAIR_NAME, sheet_id)
    assert await evening.choices(motion_id) == {"Assen": Choice.FOR, "Deventer": Choice.AGAINST}
    shown = await seen(evening, sheet_id)
    assert (shown.state, shown.skipped) == (SheetState.CONFIRMED, ("Deventer",))
    await evening.cast(motion_id, "Assen", Choice.AGAINST)
    assert (await evening.choices(motion_id))["Assen"] == Choice.AGAINST, "its own people can change it until the close"


async def test_given_back_and_too_late(storage: Storage, clock: TurnableClock) -> None:
    """A sheet is given back to be corrected; an empty one is not offered, and after the close it makes no ballot."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    with pytest.raises(errors.NoHandsNow):
        await evening.act(sheets.open_sheet, OFFICE_NAME, evening.meeting.id)
    motion_id = await evening.put_to_vote()
    sheet_id = await offered(evening, motion_id, Assen=FOR)
    with pytest.raises(errors.Gone):
        await evening.act(sheets.clear_sheet, OFFICE_NAME, sheet_id)
    await evening.act(sheets.return_sheet, CHAIR_NAME, sheet_id)
    await evening.act(sheets.clear_sheet, OFFICE_NAME, sheet_id)
    with pytest.raises(errors.SheetEmpty):
        await evening.act(sheets.offer_sheet, OFFICE_NAME, sheet_id)
    await offered(evening, motion_id, Assen=AGAINST)
    with pytest.raises(errors.NotAllowed):
        await evening.act(sheets.confirm_sheet, representative("Assen"), sheet_id)
    await evening.end_vote(motion_id)
    with pytest.raises(errors.VotingClosed):
        await evening.act(sheets.confirm_sheet, CHAIR_NAME, sheet_id)
    assert (await seen(evening, sheet_id)).over
    made = await storage.read(lambda unit: unit.connection.scalar(select(func.count()).select_from(entries)))
    assert made == 0
