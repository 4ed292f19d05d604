"""Votes on variants and persons from opening to outcome: rounds, the lot, all seats at once, and straw polls."""

from hashlib import sha256

import pytest
from sqlalchemy import select, update

from assembly import errors
from assembly.association import Association
from assembly.facts.outcomes import OutcomePublished, VerdictChoice, VoteCardRef
from assembly.facts.voting import (
    BallotRef,
    DecisionList,
    OptionsAnnouncement,
    ReceiptForAll,
)
from assembly.item_kinds import ItemKind
from assembly.motions import Motion, MotionKind, OptionsOutcome, Rule
from assembly.nominations import Nomination
from assembly.options import Option
from assembly.positions import Stance
from assembly.pronouncing import Cause
from assembly.proxies import ProxyState
from assembly.tally import Choice
from services import ballots, item_options, lots, motions, outcomes
from services.ballot_cards import load_ballot
from services.vote_cards import load_vote
from storage.engine import Storage
from storage.facts import load
from storage.tables import journal
from storage.tables import members as members_table
from storage.tables import outcomes as outcomes_table
from tests.support.assembly import says
from tests.support.clock import TurnableClock
from tests.support.queued import queued
from tests.support.register import CHAIR
from tests.support.sitting import OFFICE_NAME, Evening, by_statutes, convened_evening, open_evening, representative

FIVE = ("Assen", "Deventer", "Emmen", "Ommen", "Raalte")


async def voted(evening: Evening, motion_id: int, *choices: str | None) -> Motion:
    """Let the members cast ``choices`` in order, and close the vote."""
    for member, choice in zip(evening.register.members, choices, strict=False):
        if choice is not None:
            await evening.cast(motion_id, member, choice)
    return await evening.end_vote(motion_id)


async def next_round(evening: Evening, motion_id: int) -> int:
    """Let the secretariat open the next round; return its id."""
    await evening.act(motions.open_round, OFFICE_NAME, motion_id)
    motion = await evening.storage.read(lambda unit: unit.motions.open_in(evening.meeting.id))
    assert motion is not None
    return int(motion.id)


def chosen(motion: Motion) -> tuple[str, ...]:
    """Return the labels of what was chosen."""
    assert isinstance(motion.outcome, OptionsOutcome)
    return motion.outcome.labels(motion.outcome.chosen)


async def announced(storage: Storage) -> list[OptionsAnnouncement]:
    """Return what the chair was told of outcomes."""
    said = [facts for name, facts in await queued(storage, CHAIR) if name == "OutcomePublished"]
    counted = [load(OutcomePublished, facts).counted for facts in said]
    return [outcome for outcome in counted if isinstance(outcome, OptionsAnnouncement)]


async def decided(evening: Evening) -> DecisionList:
    """Return the decision list as it stands."""
    await evening.act(outcomes.show_decisions, OFFICE_NAME, evening.meeting.id)
    told = await queued(evening.storage, evening.register.accounts[OFFICE_NAME])
    return load(DecisionList, [facts for name, facts in told if name == "DecisionList"][-1])


async def test_the_chair_pronounces_other_persons(storage: Storage, clock: TurnableClock) -> None:
    """Several are picked and pronounced together: they stand on the list, and neither a round nor the lot follows."""
    evening = await open_evening(storage, clock, *FIVE)
    await evening.arrive(*FIVE)
    await evening.offer("3", "Jansen", "Pieters", "De Wit", picks=2)
    motion_id = await evening.put_to_vote("3", roll_call=True)
    for member, choice in zip(FIVE, ("1,2", "1,3", "1,2", "3", "abstain"), strict=True):
        await evening.cast(motion_id, member, choice)
    await evening.act(outcomes.close_motion, OFFICE_NAME, motion_id)
    await evening.act(outcomes.offer_verdicts, "Voorzitter", motion_id)
    await evening.act(outcomes.offer_verdicts, "Voorzitter", motion_id, ("3",))
    await evening.act(outcomes.offer_verdicts, "Voorzitter", motion_id, ("1", "3"))
    offered = load(VerdictChoice, (await queued(storage, CHAIR))[-1][1])
    assert (offered.counted, offered.chosen) == (("1",), ("1", "3"))
    with pytest.raises(errors.Gone):
        await evening.act(outcomes.offer_verdicts, "Voorzitter", motion_id, ("for",))
    for refusal, verdict in ((errors.Gone, ("1",)), (errors.Gone, ("7",)), (errors.TooManyChosen, ("1", "2", "3"))):
        with pytest.raises(refusal):
            await evening.act(outcomes.ask_otherwise, "Voorzitter", motion_id, verdict)
    await evening.act(outcomes.ask_otherwise, "Voorzitter", motion_id, ("1", "3"))
    await says(storage, CHAIR, "Pieters trok zich terug.")
    motion = await evening.motion(motion_id)
    assert (motion.verdict, chosen(motion)) == (("1", "3"), ("Jansen",))
    for service in (motions.open_round, lots.decide_by_lot):
        with pytest.raises(errors.Gone):
            await evening.act(service, OFFICE_NAME, motion_id)
    (decision,) = (await decided(evening)).decisions
    assert (decision.verdict, decision.otherwise) == (("1", "3"), "Pieters trok zich terug.")


async def test_variants_by_elimination(database_url: str, association: Association, clock: TurnableClock) -> None:
    """The fewest votes drop out, the rest is voted on again by the same rule, and the decision list has one entry."""
    async with by_statutes(database_url, association, clock, variants_rule=Rule.ELIMINATION) as storage:
        evening = await open_evening(storage, clock, *FIVE)
        await evening.arrive(*FIVE)
        await evening.offer("2", "Variant A", "Variant B", "Variant C")
        motion_id = await evening.put_to_vote("2")
        first = await voted(evening, motion_id, "1", "1", "2", "2", "3")
        assert (first.kind, first.rule, first.options[-1]) == (
            MotionKind.VARIANTS,
            Rule.ELIMINATION,
            Option("none", ""),
        )
        assert isinstance(first.outcome, OptionsOutcome)
        assert (chosen(first), first.outcome.remaining) == ((), ("1", "2", "3"))  # "none" had fewer still
        shown = await storage.read(load_vote, VoteCardRef(motion_id))
        assert shown is not None
        assert (shown.next_round, shown.lot) == (True, False)
        second_id = await next_round(evening, motion_id)
        second = await voted(evening, second_id, "1", "1", "2", "2", "3")
        assert isinstance(second.outcome, OptionsOutcome)
        assert (second.round, second.follows_id, second.outcome.remaining) == (2, motion_id, ("1", "2"))
        third_id = await next_round(evening, second_id)
        assert [option.label for option in (await evening.motion(third_id)).options] == ["Variant A", "Variant B"]
        with pytest.raises(errors.Gone):
            await evening.cast(third_id, "Assen", "3")
        third = await voted(evening, third_id, "1", "1", "2", "2", "2")
        assert chosen(third) == ("Variant B",)
        with pytest.raises(errors.Gone):
            await evening.act(motions.open_round, OFFICE_NAME, motion_id)
        with pytest.raises(errors.ItemVoted):
            await evening.put_to_vote("2")
        (decision,) = (await decided(evening)).decisions
        assert decision.outcome == third.outcome


async def test_two_seats_second_round_and_lot(storage: Storage, clock: TurnableClock) -> None:
    """Who has the majority is elected, two go on for the seat that is left, and a tie there is drawn by lot."""
    evening = await open_evening(storage, clock, *FIVE)
    await evening.arrive(*FIVE)
    item_id = await evening.item("3")
    office = evening.register.people[OFFICE_NAME]
    nominee = Nomination("Jansen")
    await storage.write(lambda unit: unit.nominations.add(item_id, nominee, office, supervisory=False))
    await evening.offer("3", "jansen", "Pieters", "De Wit", "Bos", picks=2)
    motion_id = await evening.put_to_vote("3", roll_call=True)
    first = await evening.motion(motion_id)
    assert [option.label for option in first.options] == ["Jansen", "Pieters", "De Wit", "Bos"]
    with pytest.raises(errors.TooManyChosen):
        await evening.cast(motion_id, "Assen", "1,2,3")
    first = await voted(evening, motion_id, "1,2", "1,3", "1,2", "3", "abstain")
    assert chosen(first) == ("Jansen",)
    with pytest.raises(errors.Gone):
        await evening.act(lots.decide_by_lot, OFFICE_NAME, motion_id)
    second_id = await next_round(evening, motion_id)
    second = await voted(evening, second_id, "2", "3", "2", "3", "abstain")
    assert isinstance(second.outcome, OptionsOutcome)
    assert (second.picks, second.outcome.tied) == (1, ("2", "3"))
    await evening.act(lots.decide_by_lot, "Voorzitter", second_id)
    drawn = (await evening.motion(second_id)).outcome
    assert isinstance(drawn, OptionsOutcome)
    assert drawn.lot is not None
    seed = drawn.lot.seed
    by_hand = sorted(("Pieters", "De Wit"), key=lambda name: sha256(f"{seed} {name}".encode()).hexdigest())
    assert drawn.labels(drawn.chosen) == (by_hand[0],)
    with pytest.raises(errors.Gone):
        await evening.act(lots.decide_by_lot, OFFICE_NAME, second_id)
    with pytest.raises(errors.Gone):
        await evening.act(motions.open_round, OFFICE_NAME, second_id)
    added = select(outcomes_table).where(outcomes_table.c.motion_id == second_id).order_by(outcomes_table.c.id)
    rows = (await storage.read(lambda unit: unit.connection.execute(added))).all()
    assert [(row.cause, row.outcome["lot"] is not None) for row in rows] == [(Cause.COUNTED, False), (Cause.LOT, True)]
    told = await announced(storage)
    assert [(said.earlier, said.outcome.lot is not None) for said in told] == [
        ((), False),
        (("Jansen",), False),
        (("Jansen",), True),
    ]
    assert told[-1].roll_call.names == (("Assen", "Emmen"), ("Deventer", "Ommen"), ("Raalte",))
    (decision,) = (await decided(evening)).decisions
    assert (decision.earlier, decision.outcome) == (("Jansen",), drawn)
    assert await storage.read(lambda unit: unit.journal.verify()) == []
    kept = await storage.read(lambda unit: unit.connection.scalars(select(journal.c.facts)))
    assert not [facts for facts in kept if "Jansen" in facts or "Pieters" in facts], "names cannot be erased from there"


async def test_single_candidate_can_be_refused(
    database_url: str, association: Association, clock: TurnableClock
) -> None:
    """With no more candidates than seats there is "none of these", and a tie elects nobody."""
    async with by_statutes(database_url, association, clock, persons_secret=False) as storage:
        evening = await open_evening(storage, clock, "Assen", "Emmen")
        await evening.arrive("Assen", "Emmen")
        await evening.offer("3", "Jansen")
        motion = await voted(evening, await evening.put_to_vote("3"), "1", "none")
        assert isinstance(motion.outcome, OptionsOutcome)
        assert (motion.outcome.votes, motion.outcome.chosen, motion.outcome.remaining) == ((1, 1), (), ())


async def test_weights_decide(storage: Storage, clock: TurnableClock) -> None:
    """A member with three votes adopts its variant against two others."""
    evening = await open_evening(storage, clock, "Assen", "Emmen", "Ommen")
    heavy = evening.register.members["Assen"]
    await storage.write(
        lambda unit: unit.connection.execute(update(members_table).where(members_table.c.id == heavy).values(votes=3))
    )
    await evening.arrive("Assen", "Emmen", "Ommen")
    await evening.offer("2", "Variant A", "Variant B")
    motion = await voted(evening, await evening.put_to_vote("2"), "1", "2", "2")
    assert isinstance(motion.outcome, OptionsOutcome)
    assert (motion.outcome.votes, motion.outcome.needed, chosen(motion)) == ((3, 2, 0), 3, ("Variant A",))


async def test_all_seats_at_once(storage: Storage, clock: TurnableClock) -> None:
    """One press casts every seat; what differs from a position, a later choice and a lost seat are named."""
    evening = await convened_evening(storage, clock, *FIVE)
    await evening.granted("Deventer", "Assen")
    given = await evening.granted("Emmen", "Assen")
    await evening.open()
    await evening.arrive("Assen", "Ommen")
    item_id, assen = await evening.item("2"), evening.register.members["Assen"]
    person_id = evening.register.people[representative("Assen")]
    await storage.write(lambda unit: unit.positions.set_stance(item_id, assen, Stance.AGAINST, person_id))
    motion_id = await evening.put_to_vote("2")
    receipt = await evening.act(ballots.cast_for_all, representative("Assen"), motion_id, "for")
    assert receipt == ReceiptForAll(("for",), 3, (), (), ("Assen",))
    assert await evening.choices(motion_id) == dict.fromkeys(("Assen", "Deventer", "Emmen"), Choice.FOR)
    await evening.cast(motion_id, "Deventer", Choice.AGAINST, by=representative("Assen"), update=900)
    late = await evening.act(ballots.cast_for_all, representative("Assen"), motion_id, "abstain", update=899)
    assert (late.seats, late.later) == (2, ("Deventer",))
    await storage.write(lambda unit: unit.proxies.end(given, ProxyState.REVOKED, person_id))
    lost = await evening.act(ballots.cast_for_all, representative("Assen"), motion_id, "against", update=901)
    assert (lost.seats, lost.refused) == (2, ("Emmen",))
    assert await evening.choices(motion_id) == {"Assen": "against", "Deventer": "against", "Emmen": "abstain"}
    for who in ("Voorzitter", representative("Emmen")):
        with pytest.raises(errors.NoSeats):
            await evening.act(ballots.cast_for_all, who, motion_id, "for")
    with pytest.raises(errors.Gone):
        await evening.act(ballots.cast_for_all, representative("Ommen"), motion_id, "1")
    await evening.end_vote(motion_id)
    with pytest.raises(errors.VotingClosed):
        await evening.act(ballots.cast_for_all, representative("Assen"), motion_id, "for")


async def test_choosing_for_one_of_several_seats(storage: Storage, clock: TurnableClock) -> None:
    """In a vote on variants a seat is chosen first, by its carrier only; after the choice the whole ballot is back."""
    evening = await convened_evening(storage, clock, "Assen", "Deventer", "Emmen")
    await evening.granted("Deventer", "Assen")
    await evening.open()
    await evening.arrive("Assen", "Emmen")
    await evening.offer("2", "Variant A", "Variant B")
    motion_id = await evening.put_to_vote("2")
    account, members = evening.register.representative("Assen"), evening.register.members
    person_id = evening.register.people[representative("Assen")]
    await evening.act(ballots.show_seat, representative("Assen"), motion_id, members["Deventer"], 55)
    ref = load(BallotRef, [facts for name, facts in await queued(storage, account) if name == "BallotRef"][-1])
    assert ref == BallotRef(motion_id, person_id, 0, members["Deventer"])
    shown = await storage.read(load_ballot, ref)
    assert shown is not None
    assert shown.seat == members["Deventer"]
    for who, member in ((representative("Emmen"), "Deventer"), (representative("Assen"), "Emmen")):
        with pytest.raises(errors.NotYourSeat):
            await evening.act(ballots.show_seat, who, motion_id, members[member], None)
    with pytest.raises(errors.NoSeats):
        await evening.act(ballots.show_ballot, "Voorzitter", motion_id, 0, None)
    await evening.cast(motion_id, "Deventer", "2", by=representative("Assen"))
    await evening.act(ballots.show_ballot, representative("Assen"), motion_id, 0, None)
    ref = load(BallotRef, [facts for name, facts in await queued(storage, account) if name == "BallotRef"][-1])
    assert ref == BallotRef(motion_id, person_id, 0, None)


async def test_straw_poll_decides_nothing(storage: Storage, clock: TurnableClock) -> None:
    """It is counted and told, is on no decision list, has no next round, and the item can be put to the vote."""
    evening = await open_evening(storage, clock, "Assen", "Emmen")
    await evening.arrive("Assen", "Emmen")
    item_id = await evening.item("2")
    await evening.act(motions.open_motion, OFFICE_NAME, item_id, None, straw=True)
    poll = await storage.read(lambda unit: unit.motions.open_in(evening.meeting.id))
    assert poll is not None
    await voted(evening, poll.id, Choice.FOR, Choice.FOR)
    told = [facts for name, facts in await queued(storage, CHAIR) if name == "OutcomePublished"]
    assert load(OutcomePublished, told[-1]).counted.straw
    assert (await decided(evening)).decisions == ()
    await evening.offer("2", "Variant A", "Variant B")
    await evening.act(motions.open_motion, OFFICE_NAME, item_id, None, straw=True)
    poll = await storage.read(lambda unit: unit.motions.open_in(evening.meeting.id))
    assert poll is not None
    await voted(evening, poll.id, "1", "2")
    with pytest.raises(errors.Gone):
        await evening.act(motions.open_round, OFFICE_NAME, poll.id)
    motion = await voted(evening, await evening.put_to_vote("2"), "1", "1")
    assert [decision.outcome for decision in (await decided(evening)).decisions] == [motion.outcome]
    with pytest.raises(errors.TooFewToHide):
        await evening.act(motions.open_motion, OFFICE_NAME, await evening.item("3"), None, straw=True)


async def test_options_are_corrected_until_the_vote(storage: Storage, clock: TurnableClock) -> None:
    """Lines are added once each and taken away by button; members may not, and a vote freezes them."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    item_id = await evening.item("2")
    await evening.offer("2", "Variant A", " variant  a ", "", "Variant B", "Variant C")
    options = await storage.read(lambda unit: unit.options.of_item(item_id))
    assert [option.label for option in options] == ["Variant A", "Variant B", "Variant C"]
    await evening.act(item_options.remove_option, "Voorzitter", options[1].id, None)
    with pytest.raises(errors.Gone):
        await evening.act(item_options.remove_option, "Voorzitter", options[1].id, None)
    with pytest.raises(errors.NotAllowed):
        await evening.act(item_options.ask_options, representative("Assen"), item_id)
    with pytest.raises(errors.TooManyOptions):
        await evening.offer("2", *(f"Variant {number}" for number in range(30)))
    with pytest.raises(errors.Gone):
        await evening.act(item_options.set_picks, OFFICE_NAME, item_id, 2, None)
    with pytest.raises(errors.NotVotable):
        await evening.act(item_options.ask_options, OFFICE_NAME, await evening.item("1"))
    motion = await evening.motion(await evening.put_to_vote("2"))
    assert [option.label for option in motion.options] == ["Variant A", "Variant C", ""]
    with pytest.raises(errors.ItemVoted):
        await evening.act(item_options.remove_option, OFFICE_NAME, options[0].id, None)


async def test_straw_poll_on_what_is_only_discussed(storage: Storage, clock: TurnableClock) -> None:
    """What the assembly only discusses can be polled and not decided on; on the opening there is nothing to ask."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    item_id = await evening.item("2")
    for kind in (ItemKind.DISCUSSION, ItemKind.INFORMATION):
        await storage.write(lambda unit, kind=kind: unit.meetings.set_kind(item_id, kind))
        with pytest.raises(errors.NotVotable):
            await evening.act(motions.open_motion, OFFICE_NAME, item_id, None)
        await evening.act(motions.open_motion, OFFICE_NAME, item_id, None, straw=True)
        poll = await storage.read(lambda unit: unit.motions.open_in(evening.meeting.id))
        assert poll is not None
        await voted(evening, poll.id, Choice.FOR)
        assert (await decided(evening)).decisions == ()
    with pytest.raises(errors.NotVotable):
        await evening.act(motions.open_motion, OFFICE_NAME, await evening.item("1"), None, straw=True)
