"""A secret vote: counted and not kept, final and at most once, and refused where its outcome would betray somebody."""

import json
import random
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from assembly import errors
from assembly.association import Association
from assembly.facts.outcomes import OutcomePublished
from assembly.facts.secret import SecretBallot, SecretReceipt
from assembly.facts.voting import BallotRef, OutcomeAnnouncement, RollCall, TurnoutRef
from assembly.item_settings import VoteForm
from assembly.motions import BallotForm, MotionState, OptionsOutcome
from assembly.positions import Stance
from assembly.tally import Choice, Outcome
from bot.erasing import erase_traces
from services import entering, items, lots, outcomes
from services import motions as motions_service
from services.ballot_cards import load_turnout
from services.boxes import note_erased, rewrite_boxes
from services.closing import close_due, set_closing
from services.positions import set_position
from services.secret_ballots import cast_secret, load_any_ballot, view_secret
from services.tallying import cast_by
from storage.engine import AlreadyDone, Storage
from storage.facts import load
from storage.tables import ballots, box_counts, journal, members, motions
from storage.unit import Unit
from tests.services.test_voting_races import together
from tests.support.clock import TurnableClock
from tests.support.queued import queued
from tests.support.register import CHAIR, OFFICE
from tests.support.sitting import (
    OFFICE_NAME,
    Evening,
    by_statutes,
    convened_evening,
    coordinator,
    open_evening,
    representative,
)

SIX = ("Assen", "Deventer", "Emmen", "Ommen", "Raalte", "Zwolle")


async def voting(storage: Storage, clock: TurnableClock, *names: str) -> tuple[Evening, int]:
    """Open an assembly at which everybody is there, and vote on persons, which is a secret vote."""
    evening = await open_evening(storage, clock, *(names or SIX))
    await evening.arrive(*(names or SIX))
    return evening, await evening.put_to_vote("3")


async def holding(storage: Storage, clock: TurnableClock) -> tuple[Evening, int]:
    """Vote in secret with a holder of three seats: the representative of Assen, also for Deventer and Emmen."""
    evening = await convened_evening(storage, clock, *SIX, "Hengelo")
    for member in ("Deventer", "Emmen"):
        await evening.granted(member, "Assen")
    await evening.open()
    await evening.arrive("Assen", "Ommen", "Raalte", "Zwolle", "Hengelo")
    return evening, await evening.put_to_vote("3")


async def counts(storage: Storage, motion_id: int) -> dict[str, int]:
    """Return what the counters of a box say, which nobody may ask before the closing."""
    return dict(await storage.read(lambda unit: unit.boxes.counts(motion_id)))


async def voted(evening: Evening, motion_id: int) -> set[str]:
    """Return the members whose vote is in."""
    ids = await evening.storage.read(lambda unit: unit.boxes.voters(motion_id))
    return {name for name, member_id in evening.register.members.items() if member_id in ids}


async def ballot(evening: Evening, motion_id: int, member: str) -> SecretBallot:
    """Return the ballot of a member's representative as it is shown."""
    person_id = evening.register.people[representative(member)]
    shown = await evening.storage.read(load_any_ballot, BallotRef(motion_id, person_id))
    assert isinstance(shown, SecretBallot)
    return shown


async def all_vote(evening: Evening, motion_id: int, *choices: Choice) -> None:
    """Let the members vote in their order."""
    for member, choice in zip(evening.register.members, choices, strict=False):
        await evening.cast_secret(motion_id, member, choice)


async def test_totals_and_who_voted_and_nothing_more(storage: Storage, clock: TurnableClock) -> None:
    """Everybody hears the totals and who did not vote; neither the tables nor the journal know a single ballot."""
    evening, motion_id = await voting(storage, clock)
    assert (await evening.motion(motion_id)).form is BallotForm.SECRET
    noted = len(await entries(storage))
    await all_vote(evening, motion_id, Choice.FOR, Choice.FOR, Choice.AGAINST, Choice.FOR, Choice.ABSTAIN)
    assert len(await entries(storage)) == noted, "a cast writes nothing into the journal"
    motion = await evening.end_vote(motion_id)
    assert isinstance(motion.outcome, Outcome)
    assert (motion.outcome.in_favour, motion.outcome.against, motion.outcome.abstained) == (3, 1, 1)
    published = next(facts for name, facts in await queued(storage, CHAIR) if name == "OutcomePublished")
    told = load(OutcomePublished, published).counted
    assert isinstance(told, OutcomeAnnouncement)
    assert told.form is BallotForm.SECRET
    assert told.roll_call == RollCall((), (), (), ("Zwolle",))
    assert [facts["ballots"] for kind, facts in await entries(storage) if kind == "motion_closed"] == [
        [[evening.register.members[name], ""] for name in SIX[:5]]
    ]
    assert await storage.read(lambda unit: unit.connection.scalar(select(ballots.c.choice))) is None


async def entries(storage: Storage) -> list[tuple[str, dict[str, object]]]:
    """Return the journal."""

    async def load_all(unit: Unit) -> list[tuple[str, dict[str, object]]]:
        query = select(journal.c.kind, journal.c.facts).order_by(journal.c.id)
        return [(row.kind, json.loads(row.facts)) for row in await unit.connection.execute(query)]

    return await storage.read(load_all)


async def test_a_vote_is_final(storage: Storage, clock: TurnableClock) -> None:
    """A second press is told that the vote is in, whatever it says; one that is delivered again was handled before."""
    evening, motion_id = await voting(storage, clock)
    await evening.cast_secret(motion_id, "Assen", Choice.FOR, update=500)
    for choice in (Choice.FOR, Choice.AGAINST):
        with pytest.raises(errors.VoteIsIn):
            await evening.cast_secret(motion_id, "Assen", choice)
        with pytest.raises(AlreadyDone):
            await evening.cast_secret(motion_id, "Assen", choice, update=500)
    assert await counts(storage, motion_id) == {"for": 1, "against": 0, "abstain": 0}
    shown = await ballot(evening, motion_id, "Assen")
    assert [seat.voted for seat in shown.seats] == [True]
    assert shown.left == ()
    turnout = await storage.read(load_turnout, TurnoutRef(motion_id))
    assert turnout is not None
    assert (turnout.cast, turnout.present, turnout.form) == (1, 6, BallotForm.SECRET)


async def test_a_holder_votes_for_all_or_for_each(storage: Storage, clock: TurnableClock) -> None:
    """One choice for all seats that are left, or another for each of them."""
    evening, motion_id = await holding(storage, clock)
    who, register = representative("Assen"), evening.register.members
    receipt = await evening.act(cast_secret, who, motion_id, register["Deventer"], Choice.AGAINST, None)
    assert receipt == SecretReceipt(("Deventer",))
    receipt = await evening.act(cast_secret, who, motion_id, 0, Choice.FOR, None)
    assert sorted(receipt.members) == ["Assen", "Emmen"]
    for member_id in (0, register["Emmen"]):
        with pytest.raises(errors.VoteIsIn):
            await evening.act(cast_secret, who, motion_id, member_id, Choice.FOR, None)
    assert await counts(storage, motion_id) == {"for": 2, "against": 1, "abstain": 0}
    assert await voted(evening, motion_id) == {"Assen", "Deventer", "Emmen"}


async def test_whose_seat_it_is_not(storage: Storage, clock: TurnableClock) -> None:
    """Neither a grantor, nor another's representative, nor who carries nothing gets a vote in, or sees a ballot."""
    evening, motion_id = await holding(storage, clock)
    deventer = evening.register.members["Deventer"]
    for who, member_id, refusal in (
        (representative("Deventer"), deventer, errors.NotYourSeat),
        (representative("Ommen"), deventer, errors.NotYourSeat),
        (coordinator("Ommen"), deventer, errors.NotYourSeat),
        (representative("Deventer"), 0, errors.Gone),
        (representative("Ommen"), 999, errors.Gone),
    ):
        with pytest.raises(refusal):
            await evening.act(view_secret, who, motion_id, member_id, Choice.FOR)
        with pytest.raises(refusal):
            await evening.act(cast_secret, who, motion_id, member_id, Choice.FOR, None)
    assert await voted(evening, motion_id) == set()


async def test_what_cannot_be_chosen(storage: Storage, clock: TurnableClock) -> None:
    """What is no option of the vote is refused, and so is a secret press in a roll-call and the other way round."""
    evening, motion_id = await voting(storage, clock)
    for choice in ("1", "none", "abstain,for", "for,against"):
        with pytest.raises(errors.Refusal):
            await evening.cast_secret(motion_id, "Assen", choice)
    with pytest.raises(errors.Gone):
        await evening.cast(motion_id, "Assen", Choice.FOR)
    assert await counts(storage, motion_id) == {"for": 0, "against": 0, "abstain": 0}
    await all_vote(evening, motion_id, *[Choice.FOR] * 5)
    await evening.end_vote(motion_id)
    with pytest.raises(errors.VotingClosed):
        await evening.cast_secret(motion_id, "Zwolle", Choice.FOR)
    other = await evening.put_to_vote("2")
    with pytest.raises(errors.Gone):
        await evening.cast_secret(other, "Assen", Choice.FOR)


async def test_which_form_a_vote_has(storage: Storage, clock: TurnableClock) -> None:
    """Persons are secret and matters are not, unless the item says so, and then unless it is chosen at the opening."""
    evening, motion_id = await voting(storage, clock)
    await all_vote(evening, motion_id, *[Choice.FOR] * 5)
    await evening.end_vote(motion_id)
    await evening.act(items.set_form, OFFICE_NAME, await evening.item("2"), VoteForm.SECRET, None)
    motion = await evening.motion(await evening.put_to_vote("2", roll_call=True))
    assert motion.form is BallotForm.ROLL_CALL


async def test_a_matter_can_be_secret(storage: Storage, clock: TurnableClock) -> None:
    """Where whoever leads the vote chooses so, or the item was prepared so."""
    evening = await open_evening(storage, clock, *SIX)
    await evening.arrive(*SIX)
    await evening.act(items.set_form, OFFICE_NAME, await evening.item("2"), VoteForm.SECRET, None)
    assert (await evening.motion(await evening.put_to_vote("2"))).form is BallotForm.SECRET


async def test_persons_in_rounds(storage: Storage, clock: TurnableClock) -> None:
    """Each name is counted by itself, whatever stands beside it; the next round is as secret, with a box of its own."""
    evening = await open_evening(storage, clock, *SIX)
    await evening.arrive(*SIX)
    await evening.offer("3", "Jansen", "Pietersen", "De Vries", "Bakker", picks=2)
    first = await evening.put_to_vote("3")
    for member, choice in zip(SIX, ("1,2", "1,3", "1", "1,4", "3", "abstain"), strict=True):
        await evening.cast_secret(first, member, choice)
    assert await counts(storage, first) == {"1": 4, "2": 1, "3": 2, "4": 1, "abstain": 1}
    outcome = (await evening.end_vote(first)).outcome
    assert isinstance(outcome, OptionsOutcome)
    assert (outcome.votes, outcome.cast, outcome.abstained, outcome.chosen) == ((4, 1, 2, 1), 5, 1, ("1",))
    await evening.act(motions_service.open_round, OFFICE_NAME, first)
    motion = await storage.read(lambda unit: unit.motions.open_in(evening.meeting.id))
    assert motion is not None
    assert (motion.form, motion.round) == (BallotForm.SECRET, 2)
    assert set(await counts(storage, motion.id)) == {*outcome.remaining, "abstain"}


async def test_the_lot_needs_no_ballots(storage: Storage, clock: TurnableClock) -> None:
    """Where a second round is tied the lot decides, also after the traces are erased: the totals are enough."""
    evening = await open_evening(storage, clock, *SIX)
    await evening.arrive(*SIX)
    await evening.offer("3", "Jansen", "Pietersen")
    motion_id = await evening.put_to_vote("3")
    for number in (1, 2):
        for member, choice in zip(SIX, ("1", "2", "1", "2", "1", "2"), strict=True):
            await evening.cast_secret(motion_id, member, choice)
        await evening.end_vote(motion_id)
        await erase_traces(storage)
        if number == 1:
            await evening.act(motions_service.open_round, OFFICE_NAME, motion_id)
            motion = await storage.read(lambda unit: unit.motions.open_in(evening.meeting.id))
            assert motion is not None
            motion_id = motion.id
    await evening.act(lots.decide_by_lot, OFFICE_NAME, motion_id)
    outcome = (await evening.motion(motion_id)).outcome
    assert isinstance(outcome, OptionsOutcome)
    assert outcome.lot is not None
    assert (outcome.chosen, outcome.votes) == (outcome.lot.order[:1], (3, 3))


async def test_weights_would_betray(storage: Storage, clock: TurnableClock) -> None:
    """Among those present everybody has as many votes, or the vote is not secret; who is absent does not matter."""
    evening = await open_evening(storage, clock, *SIX)
    await evening.arrive(*SIX)
    heavy = update(members).where(members.c.id == evening.register.members["Zwolle"]).values(votes=7)
    await storage.write(lambda unit: unit.connection.execute(heavy))
    with pytest.raises(errors.WeightsBetray):
        await evening.put_to_vote("3")
    await evening.leave("Zwolle")
    motion_id = await evening.put_to_vote("3")
    await all_vote(evening, motion_id, *[Choice.FOR] * 5)
    assert (await evening.end_vote(motion_id)).outcome is not None


async def test_equal_weights_count(storage: Storage, clock: TurnableClock) -> None:
    """Votes are counted, not seats: five seats of three votes are fifteen."""
    evening = await open_evening(storage, clock, *SIX)
    await evening.arrive(*SIX)
    await storage.write(lambda unit: unit.connection.execute(update(members).values(votes=3)))
    motion_id = await evening.put_to_vote("3")
    await all_vote(evening, motion_id, *[Choice.FOR] * 4, Choice.ABSTAIN)
    outcome = (await evening.end_vote(motion_id)).outcome
    assert isinstance(outcome, Outcome)
    assert (outcome.in_favour, outcome.abstained, outcome.not_cast, outcome.total) == (12, 3, 3, 18)


async def test_too_few_to_hide_among(storage: Storage, clock: TurnableClock) -> None:
    """People are counted and not seats; with too few votes in, the box stays shut and the vote open."""
    evening, motion_id = await holding(storage, clock)  # seven seats, five people
    register = evening.register.members
    await evening.act(cast_secret, representative("Assen"), motion_id, 0, Choice.FOR, None)
    for member in ("Ommen", "Raalte", "Zwolle"):
        await evening.cast_secret(motion_id, member, Choice.FOR)
    with pytest.raises(errors.TooFewVoted) as refused:
        await evening.end_vote(motion_id)
    assert (refused.value.people, refused.value.needed) == (4, 5)
    await evening.act(set_closing, OFFICE_NAME, motion_id, 2)
    clock.turn(timedelta(minutes=3))
    with pytest.raises(errors.VotingClosed):
        await evening.cast_secret(motion_id, "Hengelo", Choice.AGAINST)
    await storage.write(close_due)
    motion = await evening.motion(motion_id)
    assert (motion.state, motion.closes_at) == (MotionState.OPEN, None), "it stays open, and the leaders hear why"
    assert [facts["people"] for name, facts in await queued(storage, CHAIR) if name == "VoteKeptOpen"] == [4]
    await evening.cast_secret(motion_id, "Hengelo", Choice.AGAINST)
    assert (await evening.end_vote(motion_id)).state is MotionState.PRONOUNCED
    assert len(register) == 7


async def test_how_many_is_a_setting(database_url: str, association: Association, clock: TurnableClock) -> None:
    """Two suffice where the statutes say so; persons are by roll-call where they do not ask for a secret vote."""
    async with by_statutes(database_url, association, clock, secret_minimum=2) as storage:
        evening = await open_evening(storage, clock, "Assen", "Emmen")
        await evening.arrive("Assen", "Emmen")
        motion_id = await evening.put_to_vote("3")
        await all_vote(evening, motion_id, Choice.FOR, Choice.AGAINST)
        assert (await evening.end_vote(motion_id)).outcome is not None


async def test_no_paper_in_a_secret_vote(storage: Storage, clock: TurnableClock) -> None:
    """A single ballot on paper is not entered: the entry, its photo and the journal would keep what it says."""
    evening, motion_id = await voting(storage, clock)
    with pytest.raises(errors.NotOnPaperInSecret):
        await evening.act(
            entering.enter_ballot, OFFICE_NAME, motion_id, evening.register.members["Assen"], Choice.FOR, None
        )
    await evening.act(entering.choose_member, OFFICE_NAME, evening.register.members["Assen"], None)
    assert (await queued(storage, OFFICE))[-1][1]["motion"] is None


async def test_what_was_asked_is_shown_and_never_compared(storage: Storage, clock: TurnableClock) -> None:
    """The ballot shows the position; that a vote differs from it is in no answer and no journal."""
    evening = await open_evening(storage, clock, *SIX)
    await evening.arrive(*SIX)
    item_id, assen = await evening.item("3"), evening.register.members["Assen"]
    await evening.act(set_position, coordinator("Assen"), item_id, assen, Stance.AGAINST)
    motion_id = await evening.put_to_vote("3")
    (seat,) = (await ballot(evening, motion_id, "Assen")).seats
    assert seat.stance is Stance.AGAINST
    await all_vote(evening, motion_id, *[Choice.FOR] * 5)
    await evening.end_vote(motion_id)
    assert "instructions_not_followed" not in [kind for kind, _ in await entries(storage)]


async def test_all_at_once(storage: Storage, clock: TurnableClock) -> None:
    """Everybody presses twice at once, for different options: one vote each, and no counter loses one."""
    names = tuple(f"Lid {number}" for number in range(12))
    evening, motion_id = await voting(storage, clock, *names)
    presses = [(name, choice) for name in names for choice in random.sample(list(Choice), 2)]
    results = await together(*(evening.cast_secret(motion_id, name, choice) for name, choice in presses))
    assert sum(result is None for result in results) == len(names)
    stood = [choice for (_, choice), result in zip(presses, results, strict=True) if result is None]
    assert await counts(storage, motion_id) == {choice.value: stood.count(choice) for choice in Choice}


async def test_closing_under_the_votes(storage: Storage, clock: TurnableClock) -> None:
    """Each vote is counted, or refused as late; what was acknowledged is in the outcome."""
    evening, motion_id = await voting(storage, clock, *(f"Lid {number}" for number in range(12)))
    names = list(evening.register.members)
    await all_vote(evening, motion_id, *[Choice.FOR] * 5)
    casts = [evening.cast_secret(motion_id, name, Choice.AGAINST) for name in names[5:]]
    *results, _ = await together(*casts, evening.act(outcomes.close_motion, OFFICE_NAME, motion_id))
    outcome = (await evening.motion(motion_id)).outcome
    assert isinstance(outcome, Outcome)
    assert (outcome.in_favour, outcome.against) == (5, sum(result is None for result in results))


async def test_a_void_vote_voids_the_box(storage: Storage, clock: TurnableClock) -> None:
    """After it was declared void nothing goes in, and what is in is erased without having been counted."""
    evening, motion_id = await voting(storage, clock)
    await all_vote(evening, motion_id, *[Choice.FOR] * 5)
    void = update(motions).where(motions.c.id == motion_id).values(state=MotionState.VOIDED)
    await storage.write(lambda unit: unit.connection.execute(void))
    with pytest.raises(errors.VotingSuspended):
        await evening.cast_secret(motion_id, "Zwolle", Choice.FOR)
    assert (await ballot(evening, motion_id, "Zwolle")).voided
    assert await storage.write(rewrite_boxes) == (motion_id,)
    assert await counts(storage, motion_id) == {}


async def test_another_open_box_is_kept(storage: Storage, clock: TurnableClock) -> None:
    """Erasing one box leaves what is in another, and who voted in either."""
    evening, first = await voting(storage, clock)
    await all_vote(evening, first, *[Choice.FOR] * 5)
    await evening.end_vote(first)
    second = await evening.put_to_vote("2", secret=True)
    await all_vote(evening, second, Choice.FOR, Choice.AGAINST)
    assert await storage.write(rewrite_boxes) == (first,)
    await storage.write(note_erased, (first,))
    assert await storage.write(rewrite_boxes) == ()
    await evening.cast_secret(second, "Emmen", Choice.FOR)
    assert await counts(storage, second) == {"for": 2, "against": 1, "abstain": 0}
    assert (await voted(evening, first), await voted(evening, second)) == (set(SIX[:5]), set(SIX[:3]))


async def test_the_turnout_says_how_far_the_erasing_is(storage: Storage, clock: TurnableClock) -> None:
    """Who leads the vote sees that traces are being erased, and then that they are."""
    evening, motion_id = await voting(storage, clock)
    shown = []
    for step in (
        all_vote(evening, motion_id, *[Choice.FOR] * 5),
        evening.end_vote(motion_id),
        storage.write(rewrite_boxes),
        storage.write(note_erased, [motion_id]),
    ):
        await step
        turnout = await storage.read(load_turnout, TurnoutRef(motion_id))
        assert turnout is not None
        shown.append((turnout.cast, turnout.erasing))
    assert shown == [(5, False), (5, True), (5, True), (5, False)]
    motion = await evening.motion(motion_id)
    assert len(await storage.read(cast_by, motion)) == 5
    assert await storage.read(lambda unit: unit.connection.scalar(select(box_counts.c.votes))) is None
