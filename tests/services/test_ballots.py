"""Casting: one ballot per seat, by its carrier only, the last press counts, and none after the closing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from assembly import errors
from assembly.facts.voting import BallotRef, Receipt, TurnoutRef
from assembly.members import Role, RoleHeld
from assembly.tally import Choice
from services.ballot_cards import load_ballot, load_turnout
from services.ballots import cast_ballot
from storage.engine import AlreadyDone, Storage
from storage.tables import journal, outbox
from storage.unit import Origin, Unit
from tests.support.clock import TurnableClock
from tests.support.queued import screens
from tests.support.register import CHAIR, STRANGER
from tests.support.sitting import Evening, convened_evening, coordinator, open_evening, representative


async def voting(storage: Storage, clock: TurnableClock, *members: str) -> tuple[Evening, int]:
    """Open an assembly of ``members`` who are all there, and put the minutes to the vote."""
    evening = await open_evening(storage, clock, *members)
    await evening.arrive(*members)
    return evening, await evening.put_to_vote()


async def forget_queue(storage: Storage) -> None:
    """Mark everything that waits as sent."""
    await storage.write(lambda unit: unit.connection.execute(update(outbox).values(state="sent")))


async def test_last_press_counts(storage: Storage, clock: TurnableClock) -> None:
    """A seat has one ballot: the choice that was pressed last, and the receipt says which."""
    evening, motion_id = await voting(storage, clock, "Assen")
    for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN):
        assert await evening.cast(motion_id, "Assen", choice) == Receipt("Assen", (choice,), (choice,))
        assert await evening.choices(motion_id) == {"Assen": choice}


async def test_holder_votes_for_every_seat_it_carries(storage: Storage, clock: TurnableClock) -> None:
    """A holder casts for its own member and for the grantor, each seat on its own."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    await evening.granted("Deventer", "Assen")
    await evening.open()
    await evening.arrive("Assen")
    motion_id = await evening.put_to_vote()
    await evening.cast(motion_id, "Assen", Choice.FOR)
    await evening.cast(motion_id, "Deventer", Choice.AGAINST, by=representative("Assen"))
    assert await evening.choices(motion_id) == {"Assen": Choice.FOR, "Deventer": Choice.AGAINST}


async def test_only_the_carrier_votes(storage: Storage, clock: TurnableClock) -> None:
    """Refused and nothing stored: another member's people, a coordinator, an absent grantor, the chair, a stranger."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen")
    await evening.granted("Deventer", "Assen")
    await evening.open()
    await evening.arrive("Assen", "Emmen")
    motion_id = await evening.put_to_vote()
    for who, member, refusal in (
        (representative("Emmen"), "Assen", errors.NotYourSeat),
        (representative("Deventer"), "Deventer", errors.NotYourSeat),
        (coordinator("Assen"), "Assen", errors.NotYourSeat),
        ("Voorzitter", "Assen", errors.NotYourSeat),
    ):
        with pytest.raises(refusal):
            await evening.cast(motion_id, member, Choice.FOR, by=who)
    with pytest.raises(errors.NotRegistered):
        await evening.storage.write(
            cast_ballot, STRANGER, motion_id, evening.register.members["Assen"], Choice.FOR, origin=Origin(1, 1)
        )
    assert await evening.choices(motion_id) == {}


async def test_forged_ids_are_refused(storage: Storage, clock: TurnableClock) -> None:
    """A vote or a member that does not exist, and a member that is none of this electorate, get nowhere."""
    evening, motion_id = await voting(storage, clock, "Assen")
    assen = evening.register.members["Assen"]
    for forged_motion, forged_member in ((999, assen), (motion_id, 999), (10**17, 10**17)):
        with pytest.raises(errors.Gone):
            await evening.act(cast_ballot, representative("Assen"), forged_motion, forged_member, Choice.FOR)


async def test_nothing_counts_after_the_closing(storage: Storage, clock: TurnableClock) -> None:
    """A press after the closing is refused with the time of the closing; what stood, stands."""
    evening, motion_id = await voting(storage, clock, "Assen", "Emmen")
    await evening.cast(motion_id, "Assen", Choice.FOR)
    clock.turn(timedelta(minutes=5))
    await evening.end_vote(motion_id)
    closed_at = clock.moment
    clock.turn(timedelta(minutes=5))
    for member in ("Assen", "Emmen"):
        with pytest.raises(errors.VotingClosed) as refused:
            await evening.cast(motion_id, member, Choice.AGAINST)
        assert refused.value.closed_at == closed_at
    assert await evening.choices(motion_id) == {"Assen": Choice.FOR}


async def test_older_press_never_undoes_a_newer_one(storage: Storage, clock: TurnableClock) -> None:
    """Voor is answered 503 and delivered again after tegen: tegen stands, and the receipt says so."""
    evening, motion_id = await voting(storage, clock, "Assen")
    await evening.cast(motion_id, "Assen", Choice.AGAINST, update=501)
    late = await evening.cast(motion_id, "Assen", Choice.FOR, update=500)
    assert late == Receipt("Assen", (Choice.FOR,), (Choice.AGAINST,))
    assert await evening.choices(motion_id) == {"Assen": Choice.AGAINST}
    with pytest.raises(AlreadyDone):
        await evening.cast(motion_id, "Assen", Choice.FOR, update=501)


async def test_repeated_choice_still_outranks_what_lay_between(storage: Storage, clock: TurnableClock) -> None:
    """Voor, tegen, voor are pressed and tegen arrives last: voor stands, though the second voor changed nothing."""
    evening, motion_id = await voting(storage, clock, "Assen")
    await evening.cast(motion_id, "Assen", Choice.FOR, update=500)
    await evening.cast(motion_id, "Assen", Choice.FOR, update=502)
    await evening.cast(motion_id, "Assen", Choice.AGAINST, update=501)
    assert await evening.choices(motion_id) == {"Assen": Choice.FOR}


async def test_numbers_that_start_anew_are_not_older(storage: Storage, clock: TurnableClock) -> None:
    """Telegram restarts its update numbers after a quiet week: after two days a lower number is no older press."""
    evening, motion_id = await voting(storage, clock, "Assen")
    await evening.cast(motion_id, "Assen", Choice.FOR, update=5_000_000)
    clock.turn(timedelta(hours=49))
    await evening.cast(motion_id, "Assen", Choice.AGAINST, update=7)
    assert await evening.choices(motion_id) == {"Assen": Choice.AGAINST}


async def test_same_choice_again_changes_nothing(storage: Storage, clock: TurnableClock) -> None:
    """Pressing the same choice again draws and writes down nothing; a first ballot redraws ballot and turnout."""
    evening, motion_id = await voting(storage, clock, "Assen", "Emmen")
    assen = evening.register.representative("Assen")

    async def cast_entries(unit: Unit) -> int:
        return len((await unit.connection.execute(select(journal.c.id).where(journal.c.kind == "ballot_cast"))).all())

    await forget_queue(storage)
    before = len(await screens(storage, assen)), len(await screens(storage, CHAIR))
    await evening.cast(motion_id, "Assen", Choice.FOR)
    await forget_queue(storage)
    assert (len(await screens(storage, assen)), len(await screens(storage, CHAIR))) == (before[0] + 1, before[1] + 1)
    await evening.cast(motion_id, "Assen", Choice.FOR)
    assert (len(await screens(storage, assen)), len(await screens(storage, CHAIR))) == (before[0] + 1, before[1] + 1)
    assert await storage.read(cast_entries) == 1
    await evening.cast(motion_id, "Assen", Choice.AGAINST)
    assert (len(await screens(storage, assen)), len(await screens(storage, CHAIR))) == (before[0] + 2, before[1] + 1)
    assert await storage.read(cast_entries) == 2


async def test_ballot_shows_what_stands(storage: Storage, clock: TurnableClock) -> None:
    """The ballot has the choice of each seat, and the closing time once the vote is closed."""
    evening, motion_id = await voting(storage, clock, "Assen")
    ref = BallotRef(motion_id, evening.register.people[representative("Assen")])
    shown = await storage.read(load_ballot, ref)
    assert shown is not None
    assert (shown.seats[0].selection, shown.closed_at) == (None, None)
    await evening.cast(motion_id, "Assen", Choice.ABSTAIN)
    await evening.end_vote(motion_id)
    shown = await storage.read(load_ballot, ref)
    assert shown is not None
    assert (shown.seats[0].selection, shown.closed_at) == ((Choice.ABSTAIN,), clock.moment)


async def test_turnout_counts_votes_and_tells_no_choice(storage: Storage, clock: TurnableClock) -> None:
    """The turnout is in votes of those who can vote; a member with more votes counts for more."""
    evening = await open_evening(storage, clock, "Assen", "Emmen", "Ommen")

    async def weigh(unit: Unit) -> None:
        member = await unit.members.get(evening.register.members["Assen"])
        assert member is not None
        await unit.members.save(replace(member, votes=3))

    await storage.write(weigh)
    await evening.arrive("Assen", "Emmen")
    motion_id = await evening.put_to_vote()
    await evening.cast(motion_id, "Assen", Choice.ABSTAIN)
    shown = await storage.read(load_turnout, TurnoutRef(motion_id))
    assert shown is not None
    assert (shown.cast, shown.present, shown.total) == (3, 4, 5)
    assert not any(isinstance(value, Choice) for value in vars(shown).values())


async def test_who_lost_the_role_votes_no_more(storage: Storage, clock: TurnableClock) -> None:
    """A role that ends while the vote is open takes its buttons at once, own and by proxy."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer")
    await evening.granted("Deventer", "Assen")
    await evening.open()
    await evening.arrive("Assen")
    motion_id = await evening.put_to_vote()
    person_id = evening.register.people[representative("Assen")]
    held = RoleHeld(Role.REPRESENTATIVE, evening.register.members["Assen"])
    await storage.write(lambda unit: unit.people.end_role(person_id, held))
    for member in ("Assen", "Deventer"):
        with pytest.raises(errors.NotAllowed):
            await evening.cast(motion_id, member, Choice.FOR, by=representative("Assen"))


async def test_ballot_needs_its_update(storage: Storage, clock: TurnableClock) -> None:
    """A ballot without the update that it comes from is a mistake of the program, and is not stored."""
    evening, motion_id = await voting(storage, clock, "Assen")
    account = evening.register.representative("Assen")
    with pytest.raises(ValueError, match="update"):
        await storage.write(cast_ballot, account, motion_id, evening.register.members["Assen"], Choice.FOR)
    assert await evening.choices(motion_id) == {}
