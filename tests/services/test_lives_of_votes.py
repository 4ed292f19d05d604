"""The life of a vote: suspended, void, closing by itself, pronounced, disputed, held again, corrected; acclamation."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from assembly import errors
from assembly.association import Association
from assembly.facts.outcomes import VoteCard, VoteCardRef
from assembly.facts.voting import OutcomeAnnouncement
from assembly.motions import Motion, MotionState
from assembly.tally import Outcome
from bot.scheduler import DUTIES
from services import acclaiming, closing, disputing, interrupting, motions, outcomes, rectifying, sitting
from services.closing import close_due
from services.texts import receive_text
from services.vote_cards import load_vote
from storage.chats import LinkedChat
from storage.engine import Storage
from storage.tables import outcomes as outcomes_table
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OBSERVER, OFFICE
from tests.support.sitting import OFFICE_NAME, Evening, by_statutes, coordinator, open_evening, representative

GROUP = -1001
MEMBERS = ("Assen", "Deventer", "Emmen")


@pytest.fixture
async def evening(storage: Storage, clock: TurnableClock) -> Evening:
    """Give an open assembly in which three members are present, and a group."""
    evening = await open_evening(storage, clock, *MEMBERS)
    await storage.write(lambda unit: unit.chats.link(LinkedChat(GROUP, "group", "ALV")))
    await evening.arrive(*MEMBERS)
    return evening


async def told(evening: Evening, account: int, screen: str) -> list[dict[str, Any]]:
    """Return the facts of every screen of that name that was queued for a chat."""
    return [facts for name, facts in await queued(evening.storage, account) if name == screen]


async def card(evening: Evening, motion_id: int) -> VoteCard:
    """Return the vote as those who lead see it."""
    shown: VoteCard | None = await evening.storage.read(load_vote, VoteCardRef(motion_id))
    assert shown is not None
    return shown


async def counted(evening: Evening, *choices: str, number: str = "2") -> int:
    """Put an item to the vote, let the members cast ``choices``, and close the vote; return the motion's id."""
    motion_id = await evening.put_to_vote(number, roll_call=True)
    for member, choice in zip(MEMBERS, choices, strict=True):
        await evening.cast(motion_id, member, choice)
    await evening.act(outcomes.close_motion, OFFICE_NAME, motion_id)
    return motion_id


async def voided(evening: Evening, motion_id: int, reason: str = "De tekst klopte niet.") -> None:
    """Let the chair declare a vote void."""
    await evening.storage.write(interrupting.ask_void, CHAIR, motion_id)
    await evening.storage.write(receive_text, CHAIR, reason)


async def test_only_leaders_see_what_is_not_pronounced(evening: Evening) -> None:
    """A closed vote is told to nobody but who leads; pronounced, it goes to everybody and the group, once."""
    motion_id = await counted(evening, "for", "for", "against")
    assert (await evening.motion(motion_id)).state is MotionState.CLOSED
    everybody = (*evening.register.accounts.values(), GROUP)
    for account in everybody:
        assert await told(evening, account, "OutcomePublished") == []
        assert ("VoteCardRef" in await screens(evening.storage, account)) is (account in {OFFICE, CHAIR})
    shown = await card(evening, motion_id)
    assert shown.published is not None
    assert isinstance(shown.published.counted, OutcomeAnnouncement)
    assert (shown.published.counted.outcome.in_favour, shown.published.disputable) == (2, None)
    with pytest.raises(errors.OutcomeAwaited):
        await evening.put_to_vote("3", roll_call=True)
    with pytest.raises(errors.OutcomeAwaited):
        await evening.act(sitting.close_meeting, OFFICE_NAME, evening.meeting.id)
    with pytest.raises(errors.NoDecisions):
        await evening.act(outcomes.publish_decisions, OFFICE_NAME, evening.meeting.id)
    with pytest.raises(errors.NotAllowed):
        await evening.act(outcomes.pronounce, representative("Assen"), motion_id)
    results = await asyncio.gather(
        *(evening.act(outcomes.pronounce, who, motion_id) for who in (OFFICE_NAME, "Voorzitter")),
        return_exceptions=True,
    )
    assert [result for result in results if result is not None and not isinstance(result, errors.Gone)] == []
    for account in everybody:
        assert len(await told(evening, account, "OutcomePublished")) == 1
    assert (await told(evening, GROUP, "OutcomePublished"))[0]["disputable"] is None


async def test_pronounced_otherwise(evening: Evening) -> None:
    """The chair's word stands against the count, with the written reason in what is published and in the list."""
    motion_id = await counted(evening, "for", "for", "against")
    reason = "Bij Assen stemde een onbevoegde."
    await evening.storage.write(outcomes.offer_verdicts, CHAIR, motion_id)
    for counted_or_none in (("for",), ("1",), ("abstain",)):
        with pytest.raises(errors.Gone):
            await evening.act(outcomes.ask_otherwise, "Voorzitter", motion_id, counted_or_none)
    await evening.act(outcomes.ask_otherwise, "Voorzitter", motion_id, ("against",))
    await evening.storage.write(receive_text, CHAIR, reason)
    motion = await evening.motion(motion_id)
    assert isinstance(motion.outcome, Outcome)
    assert (motion.state, motion.verdict, motion.outcome.adopted) == (MotionState.PRONOUNCED, ("against",), True)
    assert (motion.chosen, motion.reason) == (("against",), reason)
    published = (await told(evening, GROUP, "OutcomePublished"))[0]
    assert (published["otherwise"], published["verdict"]) == (reason, ["against"])
    added = select(outcomes_table.c.cause, outcomes_table.c.reason).order_by(outcomes_table.c.id)
    rows = await evening.storage.read(lambda unit: unit.connection.execute(added))
    assert [tuple(row) for row in rows] == [("counted", ""), ("otherwise", reason)]
    await evening.act(outcomes.show_decisions, OFFICE_NAME, evening.meeting.id)
    (decision,) = (await told(evening, OFFICE, "DecisionList"))[0]["decisions"]
    assert (decision["otherwise"], decision["verdict"]) == (reason, ["against"])
    with pytest.raises(errors.Gone):
        await evening.storage.write(outcomes.offer_verdicts, CHAIR, motion_id)


async def test_published_at_once(database_url: str, association: Association, clock: TurnableClock) -> None:
    """Where the statutes leave nothing to the chair, an outcome is published as soon as it is counted."""
    async with by_statutes(database_url, association, clock, chair_pronounces=False) as storage:
        evening = await open_evening(storage, clock, *MEMBERS)
        await evening.arrive(*MEMBERS)
        motion_id = await counted(evening, "for", "for", "against")
        assert (await evening.motion(motion_id)).state is MotionState.PRONOUNCED
        assert len(await told(evening, OBSERVER, "OutcomePublished")) == 1


async def test_suspended_and_resumed(evening: Evening) -> None:
    """While a vote is suspended nothing can be cast and no other is opened; what was cast stands, and it goes on."""
    motion_id = await evening.put_to_vote("2")
    await evening.cast(motion_id, "Assen", "against")
    await evening.storage.write(closing.set_closing, CHAIR, motion_id, 5)
    await evening.storage.write(interrupting.suspend, CHAIR, motion_id)
    with pytest.raises(errors.VotingSuspended):
        await evening.cast(motion_id, "Assen", "for")
    with pytest.raises(errors.MotionOpen):
        await evening.put_to_vote("3", roll_call=True)
    evening.clock.turn(timedelta(minutes=10))
    await evening.storage.write(close_due)
    assert (await evening.motion(motion_id)).state is MotionState.SUSPENDED
    await evening.storage.write(interrupting.resume, CHAIR, motion_id)
    await evening.cast(motion_id, "Emmen", "for")
    assert await evening.choices(motion_id) == {"Assen": "against", "Emmen": "for"}
    news = [facts["state"] for facts in await told(evening, evening.register.representative("Emmen"), "VoteNews")]
    assert news == ["suspended", "open"]
    assert await told(evening, evening.register.coordinator("Emmen"), "VoteNews") == []
    await evening.end_vote(motion_id)


@pytest.mark.parametrize("state", [MotionState.OPEN, MotionState.SUSPENDED, MotionState.CLOSED])
async def test_void(evening: Evening, state: MotionState) -> None:
    """A void vote decides nothing, what was cast stays in the record, and its item is put to the vote again."""
    motion_id = await evening.put_to_vote("2")
    await evening.cast(motion_id, "Assen", "for")
    if state is MotionState.SUSPENDED:
        await evening.storage.write(interrupting.suspend, CHAIR, motion_id)
    if state is MotionState.CLOSED:
        await evening.storage.write(outcomes.close_motion, CHAIR, motion_id)
    await voided(evening, motion_id)
    motion = await evening.motion(motion_id)
    assert (motion.state, motion.reason) == (MotionState.VOIDED, "De tekst klopte niet.")
    assert await evening.choices(motion_id) == {"Assen": "for"}
    with pytest.raises(errors.VotingSuspended):
        await evening.cast(motion_id, "Assen", "for")
    for service in (outcomes.close_motion, outcomes.pronounce, interrupting.resume):
        with pytest.raises(errors.Gone):
            await evening.storage.write(service, CHAIR, motion_id)
    assert (await told(evening, GROUP, "VoteNews"))[-1]["reason"] == "De tekst klopte niet."
    again = await evening.put_to_vote("2")
    assert again != motion_id
    assert (await evening.end_vote(again)).state is MotionState.PRONOUNCED
    await evening.act(outcomes.show_decisions, OFFICE_NAME, evening.meeting.id)
    assert len((await told(evening, OFFICE, "DecisionList"))[0]["decisions"]) == 1


async def test_what_was_pronounced_is_not_voided(evening: Evening) -> None:
    """An outcome that was pronounced stands: it is voted on again or corrected, and never made void."""
    motion_id = await counted(evening, "for", "for", "against")
    await evening.storage.write(outcomes.pronounce, CHAIR, motion_id)
    with pytest.raises(errors.Gone):
        await evening.storage.write(interrupting.ask_void, CHAIR, motion_id)


async def test_closes_by_itself(evening: Evening) -> None:
    """From its moment on nothing is cast, however late the tick; it is closed as at that moment, and once."""
    assert close_due in DUTIES
    motion_id = await evening.put_to_vote("2")
    with pytest.raises(errors.Gone):
        await evening.storage.write(closing.set_closing, CHAIR, motion_id, 7)
    await evening.storage.write(closing.set_closing, CHAIR, motion_id, 2)
    closes_at = (await evening.motion(motion_id)).closes_at
    assert closes_at is not None
    await evening.storage.write(close_due)
    await evening.cast(motion_id, "Assen", "for")
    evening.clock.moment = closes_at
    with pytest.raises(errors.VotingClosed) as refused:
        await evening.cast(motion_id, "Emmen", "against")
    assert refused.value.closed_at == closes_at
    evening.clock.turn(timedelta(minutes=1))
    for _tick in range(2):
        await evening.storage.write(close_due)
    motion = await evening.motion(motion_id)
    assert isinstance(motion.outcome, Outcome)
    assert (motion.state, motion.closed_at, motion.outcome.cast) == (MotionState.CLOSED, closes_at, 1)
    await evening.storage.write(outcomes.pronounce, CHAIR, motion_id)


async def test_disputed_and_voted_on_again(evening: Evening) -> None:
    """When most votes dispute an outcome those who lead are told; the second outcome stands, and both are kept."""
    motion_id = await counted(evening, "for", "for", "against")
    await evening.storage.write(outcomes.pronounce, CHAIR, motion_id)
    for _press in range(2):
        standing = await evening.act(disputing.dispute, representative("Emmen"), motion_id)
        assert (standing.disputed, standing.needed) == (1, 2)
    with pytest.raises(errors.NotYourVote):
        await evening.act(disputing.dispute, coordinator("Emmen"), motion_id)
    assert await told(evening, CHAIR, "VoteDemanded") == []
    await evening.act(disputing.dispute, representative("Assen"), motion_id)
    assert len(await told(evening, CHAIR, "VoteDemanded")) == 1
    assert (await card(evening, motion_id)).disputed == 2
    await evening.storage.write(disputing.vote_again, CHAIR, motion_id)
    again = await evening.storage.read(lambda unit: unit.motions.open_in(evening.meeting.id))
    assert isinstance(again, Motion)
    before = await evening.motion(motion_id)
    assert (again.supersedes_id, again.text, again.majority) == (motion_id, before.text, before.majority)
    for member in MEMBERS:
        await evening.cast(again.id, member, "against")
    await evening.act(outcomes.show_decisions, OFFICE_NAME, evening.meeting.id)
    await evening.end_vote(again.id)
    await evening.act(outcomes.show_decisions, OFFICE_NAME, evening.meeting.id)
    listed = [
        [entry["outcome"]["adopted"] for entry in facts["decisions"]]
        for facts in await told(evening, OFFICE, "DecisionList")
    ]
    assert listed == [[True], [False]]
    assert await evening.choices(motion_id) == {"Assen": "for", "Deventer": "for", "Emmen": "against"}
    with pytest.raises(errors.Gone):
        await evening.storage.write(disputing.vote_again, CHAIR, motion_id)
    assert [facts["again"] for facts in await told(evening, GROUP, "OutcomePublished")] == [False, True]


async def test_disputed_too_late(evening: Evening) -> None:
    """An outcome is disputed at once: after the window it is refused, with the moment until which it was possible."""
    motion_id = await counted(evening, "for", "for", "against")
    with pytest.raises(errors.Gone):
        await evening.act(disputing.dispute, representative("Emmen"), motion_id)
    await evening.storage.write(outcomes.pronounce, CHAIR, motion_id)
    evening.clock.turn(timedelta(minutes=6))
    with pytest.raises(errors.DisputeTooLate):
        await evening.act(disputing.dispute, representative("Emmen"), motion_id)


async def test_rectified(evening: Evening) -> None:
    """A correction is added and published as one, also after the assembly; the outcome stays as it was published."""
    motion_id = await counted(evening, "for", "for", "against")
    with pytest.raises(errors.Gone):
        await evening.storage.write(rectifying.ask_rectification, CHAIR, motion_id)
    await evening.storage.write(outcomes.pronounce, CHAIR, motion_id)
    before = await evening.motion(motion_id)
    await evening.act(outcomes.publish_decisions, OFFICE_NAME, evening.meeting.id)
    await evening.close()
    await evening.storage.write(rectifying.ask_rectification, CHAIR, motion_id)
    await evening.storage.write(receive_text, CHAIR, "Emmen stemde met volmacht van Assen.")
    assert await evening.motion(motion_id) == before
    for account in (OBSERVER, GROUP):
        (rectified,) = await told(evening, account, "OutcomeRectified")
        assert rectified["text"] == "Emmen stemde met volmacht van Assen."
    await evening.act(outcomes.publish_decisions, OFFICE_NAME, evening.meeting.id)  # the list has changed
    (decision,) = (await told(evening, GROUP, "DecisionList"))[-1]["decisions"]
    assert decision["corrections"] == ["Emmen stemde met volmacht van Assen."]


async def test_adopted_without_a_vote(evening: Evening) -> None:
    """Nobody objects in time: it is adopted, published at once, and can neither be hurried nor objected to later."""
    await evening.act(acclaiming.acclaim, "Voorzitter", await evening.item("2"), None)
    motion = await evening.storage.read(lambda unit: unit.motions.open_in(evening.meeting.id))
    assert motion is not None
    assert "BallotRef" in await screens(evening.storage, evening.register.representative("Emmen"))
    with pytest.raises(errors.Gone):
        await evening.cast(motion.id, "Emmen", "for")
    with pytest.raises(errors.ObjectionPossible):
        await evening.storage.write(outcomes.close_motion, CHAIR, motion.id)
    evening.clock.turn(timedelta(seconds=61))
    with pytest.raises(errors.ObjectionTooLate):
        await evening.act(acclaiming.object_to, representative("Emmen"), motion.id)
    await evening.storage.write(close_due)
    ended = await evening.motion(motion.id)
    assert isinstance(ended.outcome, Outcome)
    assert (ended.state, ended.outcome.adopted, ended.outcome.cast) == (MotionState.PRONOUNCED, True, 0)
    assert len(await told(evening, GROUP, "OutcomePublished")) == 1


async def test_objection_opens_a_vote(evening: Evening) -> None:
    """One member that carries a vote objects: nothing is adopted, everybody is told, and a vote is open."""
    await evening.act(acclaiming.acclaim, "Voorzitter", await evening.item("2"), None)
    motion = await evening.storage.read(lambda unit: unit.motions.open_in(evening.meeting.id))
    assert motion is not None
    with pytest.raises(errors.NotYourVote):
        await evening.act(acclaiming.object_to, coordinator("Emmen"), motion.id)
    await evening.act(acclaiming.object_to, representative("Emmen"), motion.id)
    with pytest.raises(errors.ObjectionTooLate):
        await evening.act(acclaiming.object_to, representative("Assen"), motion.id)
    assert (await evening.motion(motion.id)).state is MotionState.VOIDED
    assert (await told(evening, GROUP, "VoteNews"))[-1]["objected_by"] == "Emmen"
    vote = await evening.storage.read(lambda unit: unit.motions.open_in(evening.meeting.id))
    assert vote is not None
    await evening.cast(vote.id, "Emmen", "against")
    await evening.end_vote(vote.id)


async def test_acclamation_of_persons(evening: Evening, database_url: str) -> None:
    """Persons are appointed by acclamation unless the statutes forbid it; after an objection the chair chooses how."""
    item_id = await evening.item("3")
    await evening.act(acclaiming.acclaim, "Voorzitter", item_id, None)
    motion = await evening.storage.read(lambda unit: unit.motions.open_in(evening.meeting.id))
    assert motion is not None
    await evening.act(acclaiming.object_to, representative("Emmen"), motion.id)
    assert await evening.storage.read(lambda unit: unit.motions.open_in(evening.meeting.id)) is None
    with pytest.raises(errors.TooFewToHide):
        await evening.act(motions.open_motion, OFFICE_NAME, item_id, None)
    association = evening.storage.association
    async with by_statutes(database_url, association, evening.clock, persons_acclamation=False) as storage:
        with pytest.raises(errors.AcclamationNotAllowed):
            await storage.write(acclaiming.acclaim, CHAIR, item_id, None)


async def test_late_arrivals_may_vote(database_url: str, association: Association, clock: TurnableClock) -> None:
    """Where the statutes allow it, who arrives during a vote carries a seat that nobody carried, and no other."""
    async with by_statutes(database_url, association, clock, late_arrivals_vote=True) as storage:
        evening = await open_evening(storage, clock, *MEMBERS)
        await evening.arrive("Assen")
        motion_id = await evening.put_to_vote("2")
        await evening.arrive("Emmen")
        assert "BallotRef" in await screens(storage, evening.register.representative("Emmen"))
        await evening.cast(motion_id, "Emmen", "against")
        outcome = (await evening.end_vote(motion_id)).outcome
        assert isinstance(outcome, Outcome)
        assert (outcome.against, outcome.present, outcome.total) == (1, 2, 3)
