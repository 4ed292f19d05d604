"""Leading an assembly: the item at hand, pauses, holding over, amending, and excluding a member."""

from typing import Any

import pytest

from assembly import errors
from assembly.facts.meetings import MeetingConsole, MeetingConsoleRef
from assembly.motions import MotionState
from assembly.positions import Stance
from assembly.tally import Outcome
from services import amending, attendance, excluding, leading, motions, positions
from services.meetings import load_console
from services.texts import receive_text
from storage.engine import Storage
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OBSERVER, OFFICE
from tests.support.sitting import OFFICE_NAME, Evening, coordinator, open_evening, representative


async def console(evening: Evening, who: str = OFFICE_NAME) -> MeetingConsole:
    """Return the console as somebody sees it."""
    ref = MeetingConsoleRef(evening.meeting.id, evening.register.people[who])
    shown: MeetingConsole | None = await evening.storage.read(load_console, ref)
    assert shown is not None
    assert shown.sitting is not None
    return shown


async def at_hand(evening: Evening) -> tuple[str, str | None, int]:
    """Return the number of the item at hand, of the next one, and how many are dealt with."""
    sitting = (await console(evening)).sitting
    assert sitting is not None
    assert sitting.item is not None
    return sitting.item.number, sitting.following[0] if sitting.following else None, sitting.handled


async def last(storage: Storage, account: int, screen: str) -> dict[str, Any]:
    """Return the facts of the last screen of that name that was queued for somebody."""
    return [facts for name, facts in await queued(storage, account) if name == screen][-1]


async def test_through_the_agenda(storage: Storage, clock: TurnableClock) -> None:
    """The assembly opens with its first item at hand; each is done with in turn, and any can be taken up again."""
    evening = await open_evening(storage, clock, "Assen")
    assert await at_hand(evening) == ("1", "2", 0)
    first = await evening.item("1")
    await evening.act(leading.next_item, OFFICE_NAME, first)
    assert await at_hand(evening) == ("2", "3", 1)
    with pytest.raises(errors.Gone):  # the other who leads pressed at the same moment
        await storage.write(leading.next_item, CHAIR, first)
    await evening.act(leading.take_up, OFFICE_NAME, await evening.item("4"), None)
    assert await at_hand(evening) == ("4", "2", 1)
    await evening.act(leading.take_up, OFFICE_NAME, first, None)
    assert await at_hand(evening) == ("1", "2", 0)
    for number in ("1", "2", "3", "4"):
        await evening.act(leading.next_item, OFFICE_NAME, await evening.item(number))
    assert await at_hand(evening) == ("4", None, 4)
    listed = await storage.read(lambda unit: unit.journal.verify())
    assert listed == []


async def test_a_vote_takes_its_item_up(storage: Storage, clock: TurnableClock) -> None:
    """What is put to the vote is at hand, and the console of everybody who leads shows the same vote."""
    evening = await open_evening(storage, clock, "Assen", "Emmen")
    await evening.arrive("Assen", "Emmen")
    motion_id = await evening.put_to_vote("2")
    await evening.cast(motion_id, "Assen", "for")
    for who in (OFFICE_NAME, "Voorzitter"):
        sitting = (await console(evening, who)).sitting
        assert sitting is not None
        assert sitting.motion is not None
        assert sitting.item is not None
        assert (sitting.item.number, sitting.item.votable) == ("2", False)
        assert (sitting.motion.id, sitting.motion.state, sitting.cast, sitting.present) == (
            motion_id,
            MotionState.OPEN,
            1,
            2,
        )


async def test_pause(storage: Storage, clock: TurnableClock) -> None:
    """An assembly is not suspended under an open vote; while it is, nothing is put to the vote; everybody is told."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    motion_id = await evening.put_to_vote("2")
    with pytest.raises(errors.MotionOpen):
        await evening.act(leading.pause, OFFICE_NAME, evening.meeting.id, paused=True)
    await evening.end_vote(motion_id)
    await evening.act(leading.pause, OFFICE_NAME, evening.meeting.id, paused=True)
    with pytest.raises(errors.Gone):
        await storage.write(leading.pause, CHAIR, evening.meeting.id, paused=True)
    with pytest.raises(errors.MeetingSuspended):
        await evening.put_to_vote("3", roll_call=True)
    assert (await last(storage, OBSERVER, "MeetingPaused"))["resumed"] is False
    await storage.write(leading.pause, CHAIR, evening.meeting.id, paused=False)
    assert (await last(storage, OBSERVER, "MeetingPaused"))["resumed"] is True
    await evening.put_to_vote("3", roll_call=True)


async def test_only_who_leads(storage: Storage, clock: TurnableClock) -> None:
    """A member leads nothing."""
    evening = await open_evening(storage, clock, "Assen")
    item_id = await evening.item("2")
    for service, *rest in (
        (leading.next_item, item_id),
        (leading.take_up, item_id, None),
        (leading.hold_over, item_id),
        (leading.show_course, evening.meeting.id, 0, None),
        (amending.ask_amendment, item_id),
        (amending.ask_order, evening.meeting.id),
        (excluding.show, item_id, 0, None),
    ):
        with pytest.raises(errors.NotAllowed):
            await evening.act(service, representative("Assen"), *rest)


async def test_held_over(storage: Storage, clock: TurnableClock) -> None:
    """Nothing is decided on what the assembly holds over, and everybody is told so."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    item_id = await evening.item("2")
    await storage.write(leading.hold_over, CHAIR, item_id)
    assert "ItemHeldOver" in await screens(storage, OBSERVER)
    with pytest.raises(errors.ItemWithdrawn):
        await evening.put_to_vote("2")
    with pytest.raises(errors.ItemWithdrawn):
        await storage.write(leading.hold_over, CHAIR, item_id)


async def test_amended_on_the_spot(storage: Storage, clock: TurnableClock) -> None:
    """Another text lets positions on the item lapse and is told to everybody; that text is put to the vote."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    item_id, member_id = await evening.item("2"), evening.register.members["Assen"]
    await evening.act(positions.set_position, coordinator("Assen"), item_id, member_id, Stance.AGAINST)
    await storage.write(amending.ask_amendment, CHAIR, item_id)
    await storage.write(receive_text, CHAIR, "De notulen worden gewijzigd vastgesteld.")
    assert (await last(storage, OBSERVER, "ProposalAmended"))["text"] == "De notulen worden gewijzigd vastgesteld."
    assert "PositionLapsed" in await screens(storage, evening.register.coordinator("Assen"))
    await evening.act(motions.preview_motion, OFFICE_NAME, item_id, None)
    assert (await last(storage, OFFICE, "MotionPreview"))["untold"] is False
    motion = await evening.motion(await evening.put_to_vote("2"))
    assert motion.text == "De notulen worden gewijzigd vastgesteld."
    with pytest.raises(errors.MotionOpen):
        await storage.write(amending.ask_amendment, CHAIR, item_id)


async def test_procedural_motion(storage: Storage, clock: TurnableClock) -> None:
    """A procedural motion has its own text, no positions, and leaves its item to be voted on; it is no decision."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    item_id = await evening.item("2")
    await evening.act(leading.take_up, OFFICE_NAME, item_id, None)
    await evening.act(
        positions.set_position, coordinator("Assen"), item_id, evening.register.members["Assen"], Stance.AGAINST
    )
    await storage.write(amending.ask_order, CHAIR, evening.meeting.id)
    await storage.write(receive_text, CHAIR, "De vergadering wordt een kwartier geschorst.")
    motion = await storage.read(lambda unit: unit.motions.open_in(evening.meeting.id))
    assert motion is not None
    assert (motion.number, motion.text) == ("2", "De vergadering wordt een kwartier geschorst.")
    receipt = await evening.cast(motion.id, "Assen", "for")
    assert receipt.deviates_from is None
    ended = await evening.end_vote(motion.id)
    assert isinstance(ended.outcome, Outcome)
    assert ended.outcome.adopted
    await evening.act(motions.choose_motion, OFFICE_NAME, evening.meeting.id, None)
    assert [item["number"] for item in (await last(storage, OFFICE, "MotionChoice"))["items"]] == ["2", "3"]
    await evening.end_vote(await evening.put_to_vote("2"))


async def test_excluded_from_one_vote(storage: Storage, clock: TurnableClock) -> None:
    """An excluded member is in no electorate of that item, its people are told why, and it votes on all else."""
    evening = await open_evening(storage, clock, "Assen", "Emmen")
    await evening.arrive("Assen", "Emmen")
    item_id, member_id = await evening.item("2"), evening.register.members["Emmen"]
    await storage.write(excluding.ask_reason, CHAIR, item_id, member_id)
    await storage.write(receive_text, CHAIR, "Eigen belang (artikel 12).")
    news = await last(storage, evening.register.representative("Emmen"), "ExclusionNews")
    assert (news["member"], news["reason"]) == ("Emmen", "Eigen belang (artikel 12).")
    motion_id = await evening.put_to_vote("2")
    seats = await storage.read(lambda unit: unit.motions.electorate(motion_id))
    assert [seat.member_id for seat in seats] == [evening.register.members["Assen"]]
    with pytest.raises(errors.NotYourSeat):
        await evening.cast(motion_id, "Emmen", "for")
    await evening.end_vote(motion_id)
    announced = await last(storage, OFFICE, "OutcomePublished")
    assert announced["excluded"] == [["Emmen", "Eigen belang (artikel 12)."]]
    other = await evening.put_to_vote("3", roll_call=True)
    await evening.cast(other, "Emmen", "for")
    await evening.end_vote(other)
    with pytest.raises(errors.ItemVoted):
        await storage.write(excluding.ask_reason, CHAIR, item_id, member_id)


async def test_exclusion_lifted(storage: Storage, clock: TurnableClock) -> None:
    """Until the vote is opened an exclusion can be taken back."""
    evening = await open_evening(storage, clock, "Assen", "Emmen")
    await evening.arrive("Assen", "Emmen")
    item_id, member_id = await evening.item("2"), evening.register.members["Emmen"]
    with pytest.raises(errors.Gone):
        await storage.write(excluding.lift, CHAIR, item_id, member_id, None)
    await storage.write(excluding.ask_reason, CHAIR, item_id, member_id)
    await storage.write(receive_text, CHAIR, "Eigen belang.")
    await storage.write(excluding.lift, CHAIR, item_id, member_id, None)
    await evening.cast(await evening.put_to_vote("2"), "Emmen", "for")


async def test_who_arrives_late(storage: Storage, clock: TurnableClock) -> None:
    """By default who arrives while a vote is open has no part in it, and a ballot of who leaves stands."""
    evening = await open_evening(storage, clock, "Assen", "Emmen")
    await evening.arrive("Assen")
    motion_id = await evening.put_to_vote("2")
    await evening.cast(motion_id, "Assen", "for")
    await evening.arrive("Emmen")
    with pytest.raises(errors.NotYourSeat):
        await evening.cast(motion_id, "Emmen", "for")
    await evening.act(attendance.check_out, representative("Assen"), evening.meeting.id, None)
    outcome = (await evening.end_vote(motion_id)).outcome
    assert isinstance(outcome, Outcome)
    assert (outcome.in_favour, outcome.present) == (1, 1)
