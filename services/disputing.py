"""Disputing an outcome at once, and voting on the same again (herstemming, BW 2:13(4))."""

from datetime import timedelta

from assembly import errors
from assembly.facts.outcomes import Dispute, VoteDemanded
from assembly.motions import Motion, MotionState
from assembly.permissions import Act, states_for
from assembly.pronouncing import check_may_dispute, disputes_needed, standing
from services.access import holders_of, require
from services.motions import put_again
from services.seats import locked
from services.telling import tell_all
from services.vote_cards import locked_vote, show_vote
from storage.tables import Priority
from storage.unit import Unit


async def dispute(unit: Unit, telegram_id: int, motion_id: int) -> Dispute:
    """Note that the presser wants another vote for every seat that it carried; return where the dispute stands.

    Those who lead are told when enough votes want it: then another vote has to be held.
    """
    acting = await require(unit, telegram_id, Act.CAST_BALLOT)
    motion = await _pronounced(unit, motion_id, Act.CAST_BALLOT)
    check_may_dispute(motion, timedelta(minutes=unit.association.statutes.dispute_minutes), unit.now)
    seats = await unit.motions.electorate(motion.id)
    own = {seat.member_id for seat in seats if seat.carrier_id == acting.person.id}
    if not own:
        raise errors.NotYourVote
    before = await unit.verdicts.disputed_by(motion.id)
    needed = disputes_needed(motion.form, seats)
    counts = [sum(seat.weight for seat in seats if seat.member_id in who) for who in (before, before | own)]
    if own - before:
        await unit.verdicts.dispute(motion.id, own, acting.person.id)
        await unit.journal.note(
            "outcome_disputed",
            actor_id=acting.person.id,
            meeting_id=motion.meeting_id,
            facts={"motion": motion.id, "members": sorted(own)},
        )
        await show_vote(unit, motion)
    if counts[0] < needed <= counts[1]:
        demanded = VoteDemanded(motion.id, motion.number, motion.title)
        await tell_all(unit, await holders_of(unit, Act.LEAD_VOTE), demanded, priority=Priority.RESULT)
    return Dispute(counts[1], needed)


async def vote_again(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Put the same question to the vote again; once pronounced that outcome stands, and both stay in the record."""
    acting = await require(unit, telegram_id, Act.OPEN_VOTE)
    motion = await _pronounced(unit, motion_id, Act.LEAD_VOTE)
    if motion not in standing(await unit.motions.of_meeting(motion.meeting_id)):
        raise errors.Gone
    await put_again(unit, acting, motion)
    await show_vote(unit, motion)


async def _pronounced(unit: Unit, motion_id: int, act: Act) -> Motion:
    """Return a vote that was pronounced, locked, in an assembly in which ``act`` is possible, locked before it."""
    found = await unit.motions.get(motion_id)
    if found is None:
        raise errors.Gone
    await locked(unit, found.meeting_id, *states_for(act))
    return await locked_vote(unit, motion_id, MotionState.PRONOUNCED)
