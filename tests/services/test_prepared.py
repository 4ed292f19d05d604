"""What was prepared is cast in one press, and a sentence goes with a ballot."""

import pytest

from assembly import errors
from assembly.facts.statements import PreparedReceipt
from assembly.facts.voting import BallotRef
from assembly.motions import MotionState
from assembly.positions import Stance
from assembly.receipts import receipt_code
from services import positions
from services.ballot_cards import load_ballot
from services.granting import accept_proxy, grant_proxy
from services.prepared import cast_prepared
from services.statements import ask_statement, choose_statement
from services.texts import receive_text
from storage.engine import Storage
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.sitting import Evening, convened_evening, coordinator, representative

HOLDER = representative("Assen")


async def prepare(evening: Evening, **stances: Stance) -> None:
    """Let coordinators prepare the vote of their members on item 2."""
    for member, stance in stances.items():
        member_id = evening.register.members[member]
        await evening.act(positions.set_position, coordinator(member), await evening.item("2"), member_id, stance)


async def evening_of_three(storage: Storage, clock: TurnableClock) -> tuple[Evening, int]:
    """Open a vote in which Assen carries three seats: its own, one with an instruction and one without."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen")
    await prepare(evening, Assen=Stance.FOR, Deventer=Stance.AGAINST, Emmen=Stance.AGAINST)
    members, holder_id = evening.register.members, evening.register.people[HOLDER]
    grantor = representative("Deventer")
    place = evening.meeting.id, members["Deventer"], holder_id, members["Assen"], None
    await evening.act(grant_proxy, grantor, *place, instructed=True)
    for proxy in await evening.proxies():
        await evening.act(accept_proxy, HOLDER, proxy.id, None)
    await evening.granted("Emmen", "Assen")
    await evening.open()
    await evening.arrive("Assen")
    return evening, await evening.put_to_vote()


async def test_one_press_casts_what_was_prepared(storage: Storage, clock: TurnableClock) -> None:
    """Own position and instruction are cast; a proxy without instruction stays free, and nothing votes by itself."""
    evening, motion_id = await evening_of_three(storage, clock)
    assert await evening.choices(motion_id) == {}
    receipt = await evening.act(cast_prepared, HOLDER, motion_id)
    assert receipt == PreparedReceipt(2, unprepared=("Emmen",), later=(), refused=())
    assert await evening.choices(motion_id) == {"Assen": "for", "Deventer": "against"}
    await evening.cast(motion_id, "Assen", "abstain")
    assert (await evening.choices(motion_id))["Assen"] == "abstain"
    with pytest.raises(errors.NoSeats):
        await evening.act(cast_prepared, representative("Deventer"), motion_id)
    await evening.end_vote(motion_id)
    with pytest.raises(errors.VotingClosed):
        await evening.act(cast_prepared, HOLDER, motion_id)


async def test_nothing_prepared_is_refused(storage: Storage, clock: TurnableClock) -> None:
    """Who carries a seat that was left free casts nothing by this press."""
    evening = await convened_evening(storage, clock, "Assen")
    await prepare(evening, Assen=Stance.FREE)
    await evening.open()
    await evening.arrive("Assen")
    motion_id = await evening.put_to_vote()
    with pytest.raises(errors.NothingPrepared):
        await evening.act(cast_prepared, HOLDER, motion_id)
    assert await evening.choices(motion_id) == {}


async def say(evening: Evening, text: str) -> None:
    """Let the holder type."""
    await evening.act(receive_text, HOLDER, text)


async def test_a_statement_goes_with_a_ballot(storage: Storage, clock: TurnableClock) -> None:
    """Until the closing, by who cast it; replaced and taken away; made known with the outcome and not before."""
    evening, motion_id = await evening_of_three(storage, clock)
    members = evening.register.members
    with pytest.raises(errors.NothingCast):
        await evening.act(choose_statement, HOLDER, motion_id)
    await evening.cast(motion_id, "Assen", "for")
    await evening.act(choose_statement, HOLDER, motion_id)
    account = evening.register.accounts[HOLDER]
    assert (await screens(storage, account))[-1] == "StatementExpected"
    await say(evening, "Wij stemmen voor, met een zorg.")
    await evening.cast(motion_id, "Emmen", "against", by=HOLDER)
    await evening.act(choose_statement, HOLDER, motion_id)
    assert "StatementChoice" in await screens(storage, account)
    await evening.act(ask_statement, HOLDER, motion_id, members["Emmen"])
    await say(evening, "Te duur.")
    await evening.act(ask_statement, HOLDER, motion_id, members["Emmen"])
    await say(evening, "-")
    with pytest.raises(errors.NothingCast):
        await evening.act(ask_statement, representative("Emmen"), motion_id, members["Emmen"])
    await evening.act(ask_statement, HOLDER, motion_id, members["Assen"])
    assert (await evening.end_vote(motion_id)).state is MotionState.PRONOUNCED
    with pytest.raises(errors.VotingClosed):
        await say(evening, "Te laat.")
    (told,) = [facts["counted"] for name, facts in await queued(storage, account) if name == "OutcomePublished"]
    assert told["roll_call"]["statements"] == [["Assen", "Wij stemmen voor, met een zorg."]]


async def test_a_receipt_is_shown_after_the_closing(storage: Storage, clock: TurnableClock) -> None:
    """The code on a closed ballot is that of what was counted; an open ballot shows none."""
    evening, motion_id = await evening_of_three(storage, clock)
    await evening.cast(motion_id, "Assen", "for")
    ref = BallotRef(motion_id, evening.register.people[HOLDER])

    async def receipts() -> list[str]:
        facts = await storage.read(lambda unit: load_ballot(unit, ref))
        assert facts is not None
        return [seat.receipt for seat in facts.seats]

    assert await receipts() == ["", "", ""]
    await evening.end_vote(motion_id)
    shown = await receipts()
    assert [bool(code) for code in shown] == [True, False, False]
    member_id = evening.register.members["Assen"]
    ballot = await storage.read(lambda unit: unit.motions.ballot(motion_id, member_id))
    assert ballot is not None
    assert shown[0] != receipt_code("guessed", motion_id, member_id, ballot.selection, ballot.cast_at)
