"""Slips in a secret vote: totals of several people, from two others, counted with the other votes and not kept."""

import json

import pytest
from sqlalchemy import select

from assembly import errors
from assembly.entries import SheetSource
from assembly.facts.slips import SlipsCard, SlipsRef
from assembly.facts.voting import PublicTurnoutRef
from assembly.motions import MotionState, OptionsOutcome
from assembly.tally import Choice, Outcome
from services import interrupting, sheets, slips
from services.ballot_cards import load_public_turnout
from services.slip_cards import load_slips
from storage.engine import Storage
from storage.tables import box_bundles, conversations, journal, journal_private, outbox
from storage.unit import Unit
from tests.services.test_voting_races import together
from tests.support.assembly import says
from tests.support.clock import TurnableClock
from tests.support.register import CHAIR, OFFICE
from tests.support.sitting import OFFICE_NAME, Evening, open_evening, representative

CHAIR_NAME = "Voorzitter"
NAMES = tuple(f"Lid {letter}" for letter in "ABCDEFGHIJKL")
IN_CHAT, ON_PAPER = NAMES[:5], NAMES[5:11]
"""Who votes in Telegram and who hands a slip in; one more does neither."""


async def suspended(storage: Storage, clock: TurnableClock, votes: int = 5) -> tuple[Evening, int]:
    """Hold a secret vote in which some voted for, and suspend it."""
    evening = await open_evening(storage, clock, *NAMES)
    await evening.arrive(*NAMES)
    motion_id = await evening.put_to_vote("2", secret=True)
    for member in NAMES[:votes]:
        await evening.cast_secret(motion_id, member, Choice.FOR)
    await evening.act(interrupting.suspend, CHAIR_NAME, motion_id)
    return evening, motion_id


async def handed_in(evening: Evening, motion_id: int, *members: str) -> None:
    """Let the secretariat note who handed a slip in."""
    await evening.act(slips.open_slips, OFFICE_NAME, motion_id)
    for member in members:
        member_id = evening.register.members[member]
        await evening.act(slips.mark_slip, OFFICE_NAME, motion_id, member_id, handed=True)


async def entered(evening: Evening, motion_id: int, totals: str, *members: str) -> int:
    """Let the secretariat enter slips with their totals; return the version that waits."""
    await handed_in(evening, motion_id, *members)
    await evening.act(slips.ask_totals, OFFICE_NAME, motion_id)
    await says(evening.storage, OFFICE, totals)
    return (await seen(evening, motion_id)).version


async def seen(evening: Evening, motion_id: int, who: str = CHAIR_NAME) -> SlipsCard:
    """Return the slips as somebody sees them."""
    shown = await evening.storage.read(load_slips, SlipsRef(motion_id, evening.register.people[who]))
    assert shown is not None
    return shown


async def stored(storage: Storage) -> str:
    """Return what is stored in the journal, the outbox, what people are busy with, and bundles."""

    async def load(unit: Unit) -> str:
        columns = (journal.c.facts, journal_private.c.facts, outbox.c.facts, conversations.c.data, box_bundles.c.counts)
        return json.dumps([[row[0] for row in await unit.connection.execute(select(c))] for c in columns])

    return await storage.read(load)


async def test_counted_with_the_others_and_not_kept(storage: Storage, clock: TurnableClock) -> None:
    """One notes who and types totals, another confirms: the vote is closed and counted, and no total is left."""
    evening, motion_id = await suspended(storage, clock)
    version = await entered(evening, motion_id, "4 1 1", *ON_PAPER)
    shown = await seen(evening, motion_id)
    assert shown.totals == (("for", 4), ("against", 1), ("abstain", 1))
    assert (shown.handed, shown.left, shown.mine, shown.may_enter) == (6, 7, False, False)
    turnout = await storage.read(load_public_turnout, PublicTurnoutRef(motion_id))
    assert turnout is not None
    assert turnout.cast == 5, "nothing counts before it is confirmed"
    stranger = SlipsRef(motion_id, evening.register.people[representative("Lid A")])
    assert await storage.read(load_slips, stranger) is None
    with pytest.raises(errors.SamePerson):
        await evening.act(slips.confirm_slips, OFFICE_NAME, motion_id, version)
    with pytest.raises(errors.NotAllowed):
        await evening.act(slips.confirm_slips, representative("Lid A"), motion_id, version)
    await evening.act(slips.confirm_slips, CHAIR_NAME, motion_id, version)
    motion = await evening.motion(motion_id)
    assert (motion.state, isinstance(motion.outcome, Outcome)) == (MotionState.CLOSED, True)
    assert isinstance(motion.outcome, Outcome)
    assert (motion.outcome.in_favour, motion.outcome.against, motion.outcome.abstained) == (9, 1, 1)
    assert motion.outcome.not_cast == 1
    assert await storage.read(lambda unit: unit.boxes.bundle(motion_id)) is None
    assert (await seen(evening, motion_id)).over
    left = await stored(storage)
    assert '[\\"for\\", 4]' not in left
    assert '"abstain": 1' not in left
    assert '"for": 4' not in left
    noted = await storage.read(
        lambda unit: unit.connection.scalar(select(journal.c.facts).where(journal.c.kind == "slips_counted"))
    )
    members = evening.register.members
    assert noted is not None
    assert json.loads(noted) == {
        "motion": motion_id,
        "entered_by": evening.register.people[OFFICE_NAME],
        "members": sorted(members[name] for name in ON_PAPER),
    }
    with pytest.raises(errors.VotingClosed):
        await evening.act(slips.confirm_slips, CHAIR_NAME, motion_id, version)


async def test_what_is_refused(storage: Storage, clock: TurnableClock) -> None:
    """Slips in an open vote, of whose vote is in, of nobody in the electorate, too few, and totals that cannot be."""
    evening, motion_id = await suspended(storage, clock)
    with pytest.raises(errors.NotOnPaperInSecret):
        await evening.act(sheets.open_sheet, OFFICE_NAME, evening.meeting.id, SheetSource.CARDS)
    await handed_in(evening, motion_id)
    with pytest.raises(errors.NoSlips):
        await evening.act(slips.ask_totals, OFFICE_NAME, motion_id)
    for member_id in (evening.register.members["Lid A"], 10**6):
        with pytest.raises(errors.SeatHasVoted):
            await evening.act(slips.mark_slip, OFFICE_NAME, motion_id, member_id, handed=True)
    await handed_in(evening, motion_id, *ON_PAPER[:4])
    with pytest.raises(errors.TooFewSlips) as few:
        await evening.act(slips.ask_totals, OFFICE_NAME, motion_id)
    assert (few.value.people, few.value.needed) == (4, 5)
    await handed_in(evening, motion_id, *ON_PAPER)
    await evening.act(slips.ask_totals, OFFICE_NAME, motion_id)
    for totals, refusal in (("4 1 2", errors.TotalsDoNotAddUp), ("zes", errors.TotalsNotUnderstood)):
        with pytest.raises(refusal):
            await says(storage, OFFICE, totals)
    assert (await seen(evening, motion_id)).totals == ()
    await says(storage, OFFICE, "4 1 1")  # the step is still there
    version = (await seen(evening, motion_id)).version
    await evening.act(slips.ask_totals, OFFICE_NAME, motion_id)
    await says(storage, OFFICE, "3 2 1")
    with pytest.raises(errors.SlipsChanged):
        await evening.act(slips.confirm_slips, CHAIR_NAME, motion_id, version)
    with pytest.raises(errors.SlipsCounted):
        await evening.act(interrupting.resume, CHAIR_NAME, motion_id)
    last = evening.register.members[ON_PAPER[0]]
    await evening.act(slips.mark_slip, OFFICE_NAME, motion_id, last, handed=False)
    with pytest.raises(errors.SlipsChanged):
        await evening.act(slips.confirm_slips, CHAIR_NAME, motion_id, version + 2)
    with pytest.raises(errors.SlipsCounted):
        await evening.act(interrupting.resume, CHAIR_NAME, motion_id)
    await evening.act(interrupting.ask_void, CHAIR_NAME, motion_id)
    await says(storage, CHAIR, "Verkeerd geteld.")
    assert await storage.read(lambda unit: unit.boxes.bundle(motion_id)) is None
    with pytest.raises(errors.VotingSuspended):
        await evening.act(slips.open_slips, OFFICE_NAME, motion_id)


async def test_who_voted_beside_the_slips_stays_hidden(storage: Storage, clock: TurnableClock) -> None:
    """Of one vote in chat whoever counted the slips would know what it was; a vote wholly on slips is counted.

    Slips of which nothing was counted yet are forgotten where the vote goes on after all.
    """
    evening, motion_id = await suspended(storage, clock, votes=1)
    await handed_in(evening, motion_id, *ON_PAPER)
    with pytest.raises(errors.TooFewBeside) as beside:
        await evening.act(slips.ask_totals, OFFICE_NAME, motion_id)
    assert (beside.value.people, beside.value.needed) == (1, 5)
    await evening.act(interrupting.resume, CHAIR_NAME, motion_id)
    assert await storage.read(lambda unit: unit.boxes.bundle(motion_id)) is None
    with pytest.raises(errors.SlipsWait):
        await evening.act(slips.open_slips, OFFICE_NAME, motion_id)
    await evening.cast_secret(motion_id, ON_PAPER[0], Choice.FOR)
    await evening.act(interrupting.ask_void, CHAIR_NAME, motion_id)
    await says(storage, CHAIR, "Geheel op papier.")
    await evening.offer("3", "kandidaat A", "kandidaat B", "kandidaat C", picks=2)
    motion_id = await evening.put_to_vote("3", secret=True)
    await evening.act(interrupting.suspend, CHAIR_NAME, motion_id)
    version = await entered(evening, motion_id, "9 6 2 2", *NAMES)
    await evening.act(slips.confirm_slips, CHAIR_NAME, motion_id, version)
    outcome = (await evening.motion(motion_id)).outcome
    assert isinstance(outcome, OptionsOutcome)
    assert (outcome.votes, outcome.abstained, outcome.cast, outcome.chosen[:1]) == ((9, 6, 2), 2, 10, ("1",))


async def test_at_the_same_moment(storage: Storage, clock: TurnableClock) -> None:
    """A cast, a void vote and two confirmations beside each other: a seat is in once, and the slips count once."""
    evening = await open_evening(storage, clock, *NAMES)
    await evening.arrive(*NAMES)
    motion_id = await evening.put_to_vote("2", secret=True)
    for member in IN_CHAT:
        await evening.cast_secret(motion_id, member, Choice.FOR)
    late, *others = ON_PAPER
    cast, _ = await together(
        evening.cast_secret(motion_id, late, Choice.FOR), evening.act(interrupting.suspend, CHAIR_NAME, motion_id)
    )
    on_slips = others if cast is None else ON_PAPER
    version = await entered(evening, motion_id, f"0 {len(on_slips)} 0", *on_slips)
    results = await together(
        evening.act(slips.confirm_slips, CHAIR_NAME, motion_id, version),
        evening.act(slips.confirm_slips, CHAIR_NAME, motion_id, version),
        evening.act(slips.clear_slips, OFFICE_NAME, motion_id),
        evening.cast_secret(motion_id, ON_PAPER[1], Choice.FOR),
    )
    assert isinstance(results[3], errors.VotingSuspended | errors.VotingClosed | errors.VoteIsIn)
    motion = await evening.motion(motion_id)
    if results[0] is None or results[1] is None:
        assert isinstance(motion.outcome, Outcome)
        assert (motion.outcome.in_favour, motion.outcome.against) == (11 - len(on_slips), len(on_slips))
        assert sum(result is None for result in results) == 1
    else:
        assert motion.state is MotionState.SUSPENDED
        assert len(await storage.read(lambda unit: unit.boxes.voters(motion_id))) == 11 - len(on_slips)
