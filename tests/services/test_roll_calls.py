"""The list of a roll-call vote: a voter finds its ballot in it; there is none before it is pronounced, or in secret."""

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from assembly import errors
from assembly.association import Association
from assembly.facts.roll_calls import RollCallRef
from assembly.facts.voting import BallotFacts, BallotRef
from assembly.tally import Choice
from records import make
from services import outcomes, roll_calls
from services.ballot_cards import load_ballot
from storage.engine import Storage
from storage.tables import members
from tests.support.clock import TurnableClock
from tests.support.queued import screens
from tests.support.sitting import OFFICE_NAME, open_evening, representative

NAMES = ("Assen", "Deventer", "Emmen", "Ommen", "Raalte")


async def test_a_voter_finds_its_ballot(storage: Storage, clock: TurnableClock, association: Association) -> None:
    """Once the outcome is pronounced the list has each member's votes, choice and the code on its closed ballot."""
    evening = await open_evening(storage, clock, *NAMES)
    heavy = update(members).where(members.c.name == "Deventer").values(votes=3)
    await storage.write(lambda unit: unit.connection.execute(heavy))
    await evening.arrive(*NAMES)
    motion_id = await evening.put_to_vote("2", roll_call=True)
    await evening.cast(motion_id, "Assen", Choice.FOR)
    await evening.cast(motion_id, "Deventer", Choice.AGAINST)
    reader = RollCallRef(motion_id, evening.register.people[representative("Assen")])
    for _step in range(2):
        with pytest.raises(errors.Gone):
            await evening.act(roll_calls.ask_list, representative("Assen"), motion_id)
        assert await storage.read(roll_calls.load_list, reader) is None
        if (await evening.motion(motion_id)).closed_at is None:
            await evening.act(outcomes.close_motion, OFFICE_NAME, motion_id)
    await evening.act(outcomes.pronounce, OFFICE_NAME, motion_id)
    await evening.act(roll_calls.ask_list, representative("Assen"), motion_id)
    assert "RollCallRef" in await screens(storage, evening.register.accounts[representative("Assen")])
    shown = await storage.read(roll_calls.load_list, reader)
    ballot = await storage.read(load_ballot, BallotRef(motion_id, reader.person_id))
    assert shown is not None
    assert isinstance(ballot, BallotFacts)
    (seat,) = ballot.seats
    made = make(shown, association)
    assert made is not None
    sheet = load_workbook(io.BytesIO(made.content)).worksheets[0]
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]
    assert seat.receipt
    assert rows[0] == ("Assen", 1, "voor", seat.receipt, None)
    assert (rows[1][:3], rows[1][3] != seat.receipt) == (("Deventer", 3, "tegen"), True)
    assert rows[2] == ("Emmen", 1, "niet gestemd", None, None)


async def test_a_secret_vote_has_no_list(storage: Storage, clock: TurnableClock) -> None:
    """Who voted what in secret is nowhere; the published outcome offers no list of it."""
    evening = await open_evening(storage, clock, *NAMES)
    await evening.arrive(*NAMES)
    motion_id = await evening.put_to_vote("2", secret=True)
    for member in NAMES:
        await evening.cast_secret(motion_id, member, Choice.FOR)
    await evening.end_vote(motion_id)
    with pytest.raises(errors.Gone):
        await evening.act(roll_calls.ask_list, representative("Assen"), motion_id)
    reader = RollCallRef(motion_id, evening.register.people[representative("Assen")])
    assert await storage.read(roll_calls.load_list, reader) is None
