"""Closing a vote: the count, who is told, and the decision list."""

import pytest
from sqlalchemy import update

from assembly import errors
from assembly.association import Association
from assembly.facts.outcomes import OutcomePublished
from assembly.facts.voting import OutcomeAnnouncement, RollCall
from assembly.motions import MotionState
from assembly.tally import Choice, Outcome
from screens import render
from screens.content import Content
from services import outcomes
from storage.chats import LinkedChat
from storage.engine import Storage
from storage.facts import load
from storage.tables import members
from tests.support.clock import TurnableClock
from tests.support.queued import queued, screens
from tests.support.register import CHAIR, OBSERVER, OFFICE, STRANGER
from tests.support.sitting import OFFICE_NAME, Evening, open_evening, representative

GROUP = -1001
FOR, AGAINST, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN


async def voted(evening: Evening, number: str, *choices: Choice | None) -> int:
    """Put an item to the vote, let the members cast ``choices`` in order, and close the vote."""
    motion_id = await evening.put_to_vote(number, roll_call=True)
    for member, choice in zip(evening.register.members, choices, strict=True):
        if choice is not None:
            await evening.cast(motion_id, member, choice)
    await evening.end_vote(motion_id)
    return motion_id


async def announced(storage: Storage, telegram_id: int) -> list[OutcomeAnnouncement]:
    """Return the outcomes that were announced to somebody."""
    said = [facts for name, facts in await queued(storage, telegram_id) if name == "OutcomePublished"]
    counted = [load(OutcomePublished, facts).counted for facts in said]
    return [outcome for outcome in counted if isinstance(outcome, OutcomeAnnouncement)]


async def test_everybody_hears_the_same_outcome(storage: Storage, clock: TurnableClock) -> None:
    """Everybody who was convened, the chair and the group hear once what was counted, with who cast what."""
    evening = await open_evening(storage, clock, "Assen", "Deventer", "Emmen", "Ommen", "Raalte")
    await storage.write(lambda unit: unit.chats.link(LinkedChat(GROUP, "group", "ALV")))
    await evening.arrive(*evening.register.members)
    motion_id = await voted(evening, "2", FOR, FOR, AGAINST, ABSTAIN, None)
    motion = await evening.motion(motion_id)
    assert motion.state is MotionState.PRONOUNCED
    (outcome,) = await announced(storage, GROUP)
    assert outcome.outcome == motion.outcome
    assert (outcome.outcome.in_favour, outcome.outcome.against, outcome.outcome.abstained) == (2, 1, 1)
    assert (outcome.outcome.needed, outcome.outcome.adopted, outcome.outcome.not_cast) == (2, True, 1)
    assert outcome.roll_call == RollCall(("Assen", "Deventer"), ("Emmen",), ("Ommen",), ("Raalte",))
    for telegram_id in (*evening.register.accounts.values(), OFFICE, CHAIR, OBSERVER):
        assert await announced(storage, telegram_id) == [outcome]


async def test_weights_stand_with_the_names(storage: Storage, clock: TurnableClock, association: Association) -> None:
    """Where members have different votes, each name in the roll-call is followed by how many, and that is explained."""
    evening = await open_evening(storage, clock, "Assen", "Deventer", "Emmen")
    heavy = update(members).where(members.c.name == "Deventer").values(votes=3)
    await storage.write(lambda unit: unit.connection.execute(heavy))
    await evening.arrive("Assen", "Deventer", "Emmen")
    await voted(evening, "2", FOR, AGAINST, None)
    (outcome,) = await announced(storage, OBSERVER)
    assert outcome.roll_call == RollCall(("Assen (1)",), ("Deventer (3)",), (), ("Emmen (1)",), weighted=True)
    content = render(outcome, association)
    assert isinstance(content, Content)
    assert "Tegen stemden: Deventer (3).\n" in content.text
    assert "Tussen haakjes staat hoeveel stemmen een lid heeft." in content.text


async def test_tie_is_rejected(storage: Storage, clock: TurnableClock) -> None:
    """As many for as against rejects the proposal."""
    evening = await open_evening(storage, clock, "Assen", "Emmen")
    await evening.arrive("Assen", "Emmen")
    outcome = (await evening.motion(await voted(evening, "2", FOR, AGAINST))).outcome
    assert isinstance(outcome, Outcome)
    assert (outcome.tied, outcome.adopted) == (True, False)


async def test_vote_without_ballots_is_rejected(storage: Storage, clock: TurnableClock) -> None:
    """A vote in which nobody cast anything closes, and rejects the proposal."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    outcome = (await evening.motion(await voted(evening, "2", None))).outcome
    assert isinstance(outcome, Outcome)
    assert (outcome.cast, outcome.not_cast, outcome.adopted) == (0, 1, False)


async def test_second_close_changes_nothing(storage: Storage, clock: TurnableClock) -> None:
    """Closing again, by the chair's own button, tells that it is past and announces nothing twice."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    motion_id = await voted(evening, "2", FOR)
    before = await evening.motion(motion_id)
    with pytest.raises(errors.Gone):
        await storage.write(outcomes.close_motion, CHAIR, motion_id)
    assert await evening.motion(motion_id) == before
    assert len(await announced(storage, OFFICE)) == 1


async def test_who_may_close(storage: Storage, clock: TurnableClock) -> None:
    """A member or a stranger closes no vote, and an unknown vote is refused; the chair closes."""
    evening = await open_evening(storage, clock, "Assen")
    await evening.arrive("Assen")
    motion_id = await evening.put_to_vote()
    with pytest.raises(errors.NotAllowed):
        await evening.act(outcomes.close_motion, representative("Assen"), motion_id)
    with pytest.raises(errors.NotRegistered):
        await storage.write(outcomes.close_motion, STRANGER, motion_id)
    with pytest.raises(errors.Gone):
        await storage.write(outcomes.close_motion, CHAIR, 999)
    await storage.write(outcomes.close_motion, CHAIR, motion_id)


async def test_decision_list_has_every_decision_in_order(storage: Storage, clock: TurnableClock) -> None:
    """Adopted and rejected proposals are listed as voted, by the text that was voted on; an open vote is not."""
    evening = await open_evening(storage, clock, "Assen", "Emmen")
    await evening.arrive("Assen", "Emmen")
    item_id = await evening.item("3")
    await storage.write(lambda unit: unit.meetings.set_proposal(item_id, "De ALV benoemt het lid."))
    await voted(evening, "3", FOR, FOR)
    await evening.put_to_vote("2")
    await evening.act(outcomes.show_decisions, representative("Assen"), evening.meeting.id)
    listed = dict(await queued(storage, evening.register.representative("Assen")))["DecisionList"]
    assert [entry["text"] for entry in listed["decisions"]] == ["De ALV benoemt het lid."]
    assert (listed["day"], listed["may_publish"]) == ("2019-02-13", False)
    await storage.write(outcomes.show_decisions, CHAIR, evening.meeting.id)
    assert dict(await queued(storage, CHAIR))["DecisionList"]["may_publish"]


async def test_decision_list_is_sent_once_as_it_stands(storage: Storage, clock: TurnableClock) -> None:
    """The list goes to everybody and the group; again only after another decision; never empty, never by a member."""
    evening = await open_evening(storage, clock, "Assen")
    await storage.write(lambda unit: unit.chats.link(LinkedChat(GROUP, "group", "ALV")))
    await evening.arrive("Assen")
    with pytest.raises(errors.NoDecisions):
        await evening.act(outcomes.publish_decisions, OFFICE_NAME, evening.meeting.id)
    await voted(evening, "2", FOR)
    with pytest.raises(errors.NotAllowed):
        await evening.act(outcomes.publish_decisions, representative("Assen"), evening.meeting.id)
    with pytest.raises(errors.Gone):
        await evening.act(outcomes.publish_decisions, OFFICE_NAME, 999)
    await evening.act(outcomes.publish_decisions, OFFICE_NAME, evening.meeting.id)
    with pytest.raises(errors.DecisionsSent):
        await storage.write(outcomes.publish_decisions, CHAIR, evening.meeting.id)
    for telegram_id in (*evening.register.accounts.values(), GROUP):
        assert (await screens(storage, telegram_id)).count("DecisionList") == 1
    await voted(evening, "3", AGAINST)
    await evening.close()
    await evening.act(outcomes.publish_decisions, OFFICE_NAME, evening.meeting.id)
    assert (await screens(storage, GROUP)).count("DecisionList") == 2
    assert dict(await queued(storage, OFFICE))["DecisionsPublished"]["people"] == len(evening.register.accounts)
