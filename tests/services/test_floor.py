"""The speakers' lists: who stands where, who has the floor, and what a press that comes twice changes."""

import asyncio

import pytest

from assembly import errors
from assembly.facts.floor import FloorCard, FloorCardRef, FloorList, FloorListRef
from assembly.floor import Round
from assembly.meetings import Mode
from services import floor
from services.texts import receive_text
from storage.engine import Storage
from tests.support.clock import TurnableClock
from tests.support.queued import screens
from tests.support.register import CHAIR
from tests.support.sitting import OFFICE_NAME, Evening, open_evening, representative

ASSEN, DEVENTER, EMMEN = map(representative, ("Assen", "Deventer", "Emmen"))


async def ask(evening: Evening, who: str, round_: Round = Round.ITEM) -> None:
    """Let somebody ask for the floor."""
    await evening.act(floor.ask_floor, who, evening.meeting.id, round_)


async def lists(evening: Evening) -> FloorList:
    """Return what those who lead see."""
    shown = await evening.storage.read(floor.load_floor_list, FloorListRef(evening.meeting.id))
    assert shown is not None
    return shown


async def card(evening: Evening, who: str) -> FloorCard:
    """Return what somebody sees of its own places."""
    ref = FloorCardRef(evening.meeting.id, evening.register.people[who])
    shown = await evening.storage.read(floor.load_floor_card, ref)
    assert shown is not None
    return shown


async def turn(evening: Evening, who: str) -> int:
    """Return the id of the first turn of somebody that is open."""
    return next(line.turn_id for line in (await lists(evening)).lines if line.name == who)


async def test_in_order_given_and_ended(storage: Storage, clock: TurnableClock) -> None:
    """Lists stand in order, the rondvraag last; giving the floor ends the turn before; the speaker is told."""
    evening = await open_evening(storage, clock, "Assen", "Deventer", "Emmen")
    await evening.arrive("Assen", "Deventer")
    await evening.arrive("Emmen", mode=Mode.REMOTE)
    await ask(evening, ASSEN, Round.CLOSING)
    await ask(evening, EMMEN)
    await ask(evening, DEVENTER)
    shown = (await lists(evening)).lines
    assert [(line.name, line.members, line.mode, line.round) for line in shown] == [
        (EMMEN, ("Emmen",), Mode.REMOTE, Round.ITEM),
        (DEVENTER, ("Deventer",), Mode.ROOM, Round.ITEM),
        (ASSEN, ("Assen",), Mode.ROOM, Round.CLOSING),
    ]
    assert [(place.round, place.place) for place in (await card(evening, DEVENTER)).places] == [(Round.ITEM, 2)]
    await evening.act(floor.give_floor, OFFICE_NAME, await turn(evening, EMMEN))
    assert "FloorGiven" in await screens(storage, evening.register.accounts[EMMEN])
    assert (await card(evening, DEVENTER)).places[0].place == 1
    await evening.act(floor.give_floor, OFFICE_NAME, await turn(evening, DEVENTER))
    assert [(line.name, line.speaks) for line in (await lists(evening)).lines] == [(DEVENTER, True), (ASSEN, False)]
    await evening.act(floor.end_turn, OFFICE_NAME, await turn(evening, DEVENTER))
    await evening.act(floor.end_turn, OFFICE_NAME, await turn(evening, ASSEN))
    assert (await lists(evening)).lines == ()
    assert "FloorTaken" in await screens(storage, evening.register.accounts[ASSEN])
    assert "FloorTaken" not in await screens(storage, evening.register.accounts[DEVENTER])
    assert "FloorListRef" in await screens(storage, CHAIR)


async def test_presses_that_come_twice(storage: Storage, clock: TurnableClock) -> None:
    """From two phones at once, or again later: one place, which is kept; an end stays as it is."""
    evening = await open_evening(storage, clock, "Assen", "Deventer")
    await evening.arrive("Assen", "Deventer")
    await ask(evening, DEVENTER)
    await asyncio.gather(*(ask(evening, ASSEN) for _ in range(4)))
    await ask(evening, DEVENTER)
    assert [line.name for line in (await lists(evening)).lines] == [DEVENTER, ASSEN]
    mine = await turn(evening, ASSEN)
    for _ in range(2):
        await evening.act(floor.give_floor, OFFICE_NAME, mine)
    assert (await screens(storage, evening.register.accounts[ASSEN])).count("FloorGiven") == 1
    for _ in range(2):
        await evening.act(floor.withdraw_floor, ASSEN, mine)
    await evening.act(floor.give_floor, OFFICE_NAME, mine)
    await evening.act(floor.end_turn, OFFICE_NAME, mine)
    assert [line.name for line in (await lists(evening)).lines] == [DEVENTER]
    with pytest.raises(errors.Gone):
        await evening.act(floor.withdraw_floor, ASSEN, await turn(evening, DEVENTER))
    with pytest.raises(errors.NotAllowed):
        await evening.act(floor.give_floor, ASSEN, await turn(evening, DEVENTER))


async def test_by_item_with_a_line(storage: Storage, clock: TurnableClock) -> None:
    """Who asks again when another item is at hand stands on that list; what it says about it is shown."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    await ask(evening, ASSEN)
    motion_id = await evening.put_to_vote("2")
    await ask(evening, ASSEN)
    assert [line.item for line in (await lists(evening)).lines] == ["2"]
    await evening.act(floor.ask_note, ASSEN, await turn(evening, ASSEN))
    account = evening.register.accounts[ASSEN]
    await storage.write(receive_text, account, "De bijdrage\nvan kleine leden")
    (line,) = (await lists(evening)).lines
    assert (line.item, line.note) == ("2", "De bijdrage van kleine leden")
    await evening.end_vote(motion_id)


async def test_only_who_is_there(storage: Storage, clock: TurnableClock) -> None:
    """Who has not checked in is refused, who leaves is off the lists, and after the end nobody asks."""
    evening = await open_evening(storage, clock, "Assen", "Deventer")
    with pytest.raises(errors.NotCheckedIn):
        await ask(evening, ASSEN)
    await evening.arrive("Assen")
    await ask(evening, ASSEN)
    await ask(evening, ASSEN, Round.CLOSING)
    await evening.leave("Assen")
    assert (await lists(evening)).lines == ()
    await evening.close()
    with pytest.raises(errors.WrongMeetingState):
        await ask(evening, ASSEN)
    assert not (await lists(evening)).open
