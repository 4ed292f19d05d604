"""Hands and voting cards: who enters, who confirms, which seats, and never over a ballot of the seat's own."""

import pytest
from sqlalchemy import func, select

from assembly import errors
from assembly.entries import EntryMark, SheetSource
from assembly.facts.sheets import SheetCard, SheetRef, VotingCardsRef
from assembly.facts.voting import OutcomeAnnouncement
from assembly.meetings import Mode
from assembly.options import Chosen
from assembly.sheets import SheetState
from assembly.tally import Choice, Outcome
from services import interrupting, sheets, voting_cards
from services.announcing import announcement
from storage.engine import Storage
from storage.tables import entries
from tests.support.clock import TurnableClock
from tests.support.queued import screens
from tests.support.sitting import OFFICE_NAME, Evening, convened_evening, open_evening, representative

CHAIR_NAME = "Voorzitter"
FOR, AGAINST = Chosen("for"), Chosen("against")


async def sheet_of(evening: Evening, motion_id: int) -> int:
    """Let the secretariat open its sheet; return the sheet's id."""
    await evening.act(sheets.open_sheet, OFFICE_NAME, evening.meeting.id, SheetSource.HANDS)
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
        await evening.act(sheets.open_sheet, OFFICE_NAME, evening.meeting.id, SheetSource.HANDS)
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


async def test_cards_while_telegram_fails(storage: Storage, clock: TurnableClock) -> None:
    """A vote is suspended; cards of seats anywhere are entered by one and confirmed by another, and marked so.

    Who voted before is named and is on no line; hands cannot be entered meanwhile, nor a vote cast.
    """
    evening = await open_evening(storage, clock, "Assen", "Deventer", "Emmen", "Gouda")
    await evening.arrive("Assen", "Deventer")
    await evening.arrive("Emmen", "Gouda", mode=Mode.REMOTE)
    motion_id = await evening.put_to_vote()
    await evening.cast(motion_id, "Deventer", Choice.FOR)
    hands_id = await offered(evening, motion_id, Assen=AGAINST)
    await evening.act(interrupting.suspend, CHAIR_NAME, motion_id)
    with pytest.raises(errors.VotingSuspended):
        await evening.act(sheets.confirm_sheet, CHAIR_NAME, hands_id)
    await evening.act(sheets.open_sheet, OFFICE_NAME, evening.meeting.id, SheetSource.CARDS)
    office, members = evening.register.people[OFFICE_NAME], evening.register.members
    sheet = await storage.read(lambda unit: unit.sheets.open_of(motion_id, office, SheetSource.CARDS))
    assert sheet is not None
    assert sheet.id != hands_id
    shown = await seen(evening, sheet.id)
    code = storage.association.card_code(evening.meeting.id, members["Assen"])
    assert ([seat.member for seat in shown.seats], shown.voted) == (["Assen", "Emmen", "Gouda"], ("Deventer",))
    assert shown.seats[0].code == code
    with pytest.raises(errors.SeatNotInRoom):
        await evening.act(sheets.mark_hand, OFFICE_NAME, sheet.id, members["Deventer"], AGAINST)
    with pytest.raises(errors.Gone):
        await evening.act(sheets.mark_rest, OFFICE_NAME, sheet.id, FOR)
    for member, choice in (("Assen", FOR), ("Emmen", AGAINST), ("Gouda", FOR)):
        await evening.act(sheets.mark_hand, OFFICE_NAME, sheet.id, members[member], choice)
    await evening.act(sheets.offer_sheet, OFFICE_NAME, sheet.id)
    with pytest.raises(errors.SamePerson):
        await evening.act(sheets.confirm_sheet, OFFICE_NAME, sheet.id)
    with pytest.raises(errors.VotingSuspended):
        await evening.cast(motion_id, "Gouda", Choice.AGAINST)
    assert await evening.choices(motion_id) == {"Deventer": Choice.FOR}
    assert (await seen(evening, sheet.id, CHAIR_NAME)).may_confirm
    await evening.act(sheets.confirm_sheet, CHAIR_NAME, sheet.id)
    await evening.act(interrupting.resume, CHAIR_NAME, motion_id)
    await evening.act(sheets.confirm_sheet, CHAIR_NAME, hands_id)  # Assen has a vote by now
    assert (await seen(evening, hands_id)).skipped == ("Assen",)
    await evening.cast(motion_id, "Gouda", Choice.AGAINST)
    motion = await evening.end_vote(motion_id)
    told = await storage.read(announcement, motion)
    assert isinstance(told, OutcomeAnnouncement)
    assert (told.roll_call.in_favour, told.roll_call.against) == (("Assen", "Deventer"), ("Emmen", "Gouda"))
    assert (told.roll_call.entered, told.roll_call.on_card) == ((), ("Assen", "Emmen"))


async def test_a_card_that_comes_after_a_vote(storage: Storage, clock: TurnableClock) -> None:
    """In an open vote a seat that votes while its card waits is counted once, and its card is named as skipped."""
    evening = await open_evening(storage, clock, "Assen", "Deventer")
    await evening.arrive("Assen", "Deventer")
    with pytest.raises(errors.NoHandsNow) as refused:
        await evening.act(sheets.open_sheet, OFFICE_NAME, evening.meeting.id, SheetSource.CARDS)
    assert refused.value.cards
    motion_id = await evening.put_to_vote()
    await evening.act(sheets.open_sheet, OFFICE_NAME, evening.meeting.id, SheetSource.CARDS)
    office, members = evening.register.people[OFFICE_NAME], evening.register.members
    sheet = await storage.read(lambda unit: unit.sheets.open_of(motion_id, office, SheetSource.CARDS))
    assert sheet is not None
    for member in ("Assen", "Deventer"):
        await evening.act(sheets.mark_hand, OFFICE_NAME, sheet.id, members[member], FOR)
    await evening.act(sheets.offer_sheet, OFFICE_NAME, sheet.id)
    await evening.cast(motion_id, "Deventer", Choice.AGAINST)
    assert (await seen(evening, sheet.id)).voted == ("Deventer",)
    await evening.act(sheets.confirm_sheet, CHAIR_NAME, sheet.id)
    assert (await seen(evening, sheet.id)).skipped == ("Deventer",)
    assert await evening.choices(motion_id) == {"Assen": Choice.FOR, "Deventer": Choice.AGAINST}


async def test_a_card_of_a_seat_that_nobody_carried(storage: Storage, clock: TurnableClock) -> None:
    """The sheet names it, and it cannot be entered: the electorate is of the opening."""
    evening = await open_evening(storage, clock, "Assen", "Deventer")
    await evening.arrive("Assen")
    motion_id = await evening.put_to_vote()
    await evening.act(sheets.open_sheet, OFFICE_NAME, evening.meeting.id, SheetSource.CARDS)
    office, members = evening.register.people[OFFICE_NAME], evening.register.members
    sheet = await storage.read(lambda unit: unit.sheets.open_of(motion_id, office, SheetSource.CARDS))
    assert sheet is not None
    assert (await seen(evening, sheet.id)).uncarried == ("Deventer",)
    with pytest.raises(errors.SeatNotInRoom):
        await evening.act(sheets.mark_hand, OFFICE_NAME, sheet.id, members["Deventer"], FOR)


async def test_cards_to_print(storage: Storage, clock: TurnableClock) -> None:
    """The secretariat prints a card for each member, with a code of its own."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    with pytest.raises(errors.NotAllowed):
        await evening.act(voting_cards.print_cards, CHAIR_NAME, evening.meeting.id)
    await evening.act(voting_cards.print_cards, OFFICE_NAME, evening.meeting.id)
    assert "VotingCardsRef" in await screens(storage, evening.register.accounts[OFFICE_NAME])
    made = await storage.read(voting_cards.load_cards, VotingCardsRef(evening.meeting.id))
    assert made is not None
    assert [(card.member, card.votes) for card in made.cards] == [("Assen", 1), ("Deventer", 1)]
    assert len({card.code for card in made.cards}) == 2
    assert [option.key for option in made.items[0].options] == ["for", "against"]
