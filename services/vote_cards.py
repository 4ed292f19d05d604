"""A vote as those who lead see it, from the turnout to what was pronounced; and what will be published of it."""

from assembly import errors
from assembly.facts.outcomes import OutcomePublished, VoteCard, VoteCardRef
from assembly.facts.voting import PublicTurnoutRef, TurnoutRef
from assembly.meetings import MeetingState
from assembly.motions import BallotForm, Motion, MotionState
from assembly.permissions import Act
from assembly.pronouncing import disputes_needed
from services.access import holders_of
from services.announcing import announcement
from services.ballot_cards import turnout_key
from services.meetings import get_meeting, refresh_consoles
from services.roll_calls import is_public
from services.rounds import is_tied, is_to_go_on
from services.telling import show, show_groups
from storage.unit import Unit


async def locked_vote(unit: Unit, motion_id: int, *states: MotionState) -> Motion:
    """Return a vote of an assembly in one of ``states``, locked. Refuses any other with ``Gone``."""
    motion = await unit.motions.get(motion_id, lock="update")
    if motion is None or motion.outside or motion.state not in states:
        raise errors.Gone
    return motion


async def show_vote(unit: Unit, motion: Motion) -> None:
    """Queue a vote that changed for those who lead, in the message that has its turnout, and for groups."""
    ref = TurnoutRef(motion.id) if motion.state is MotionState.OPEN else VoteCardRef(motion.id)
    for leader in await holders_of(unit, Act.LEAD_VOTE):
        await show(unit, leader, ref, turnout_key(motion.id), silent=False)
    await show_groups(unit, PublicTurnoutRef(motion.id), turnout_key(motion.id))
    await refresh_consoles(unit, motion.meeting_id)


async def load_vote(unit: Unit, ref: VoteCardRef) -> VoteCard | None:
    """Load a vote that is not open."""
    motion = await unit.motions.get(ref.motion_id)
    if motion is None:
        return None
    meeting = await get_meeting(unit, motion.meeting_id)
    seats = await unit.motions.electorate(motion.id)
    disputing = await unit.verdicts.disputed_by(motion.id)
    return VoteCard(
        motion,
        await published(unit, motion) if motion.outcome is not None else None,
        disputed=sum(seat.weight for seat in seats if seat.member_id in disputing),
        disputes_needed=disputes_needed(motion.form, seats),
        superseded=any(
            other.supersedes_id == motion.id and other.state is not MotionState.VOIDED
            for other in await unit.motions.of_meeting(motion.meeting_id)
        ),
        sits=meeting.state is MeetingState.OPEN,
        next_round=await is_to_go_on(unit, motion),
        lot=await is_tied(unit, motion),
        erasing=motion.form is BallotForm.SECRET and await unit.boxes.has_traces(motion.id),
    )


async def published(unit: Unit, motion: Motion) -> OutcomePublished:
    """Return what is published of a vote that was counted."""
    reasons = {} if motion.procedural else await unit.exclusions.of_item(motion.item_id)
    names = await unit.members.names(list(reasons))
    disputable = (
        motion.state is MotionState.PRONOUNCED and not motion.outside and unit.association.statutes.dispute_minutes > 0
    )
    return OutcomePublished(
        await announcement(unit, motion),
        otherwise="" if motion.verdict is None else motion.reason,
        verdict=motion.verdict or (),
        again=motion.supersedes_id is not None,
        excluded=tuple((names[member_id], reason) for member_id, reason in reasons.items()),
        disputable=motion.id if disputable else None,
        listed=motion.id if is_public(motion) else None,
    )
