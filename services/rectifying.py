"""Correcting what was published about an outcome: added to it, published as a correction, and nothing overwritten."""

from collections.abc import Mapping
from typing import Any

from assembly.facts.outcomes import OutcomeRectified, Wording, WordingExpected
from assembly.meetings import check_state
from assembly.members import Acting
from assembly.motions import Motion, MotionState
from assembly.permissions import Act, states_for
from assembly.wording import written_text
from services.access import holders_of, permit, require
from services.meetings import get_meeting
from services.telling import convened, tell, tell_all, tell_groups
from services.vote_cards import locked_vote
from storage.tables import Priority
from storage.unit import Unit

STEP = "rectification"
LIMIT = 1000


async def ask_rectification(unit: Unit, telegram_id: int, motion_id: int) -> None:
    """Expect the correction of an outcome that was published."""
    acting = await require(unit, telegram_id, Act.RECTIFY_OUTCOME)
    motion = await _published(unit, motion_id)
    await unit.conversations.begin(acting.person.id, STEP, motion_id=motion.id)
    await tell(unit, acting, WordingExpected(Wording.RECTIFICATION, motion.number, motion.title))


async def take_rectification(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Add the correction that was typed, and publish it to everybody and to the groups."""
    await permit(unit, acting, Act.RECTIFY_OUTCOME)
    motion = await _published(unit, data["motion_id"])
    words = written_text(text, LIMIT)
    await unit.verdicts.rectify(motion.id, words, acting.person.id)
    await unit.conversations.end(acting.person.id)
    await unit.journal.note(
        "outcome_rectified",
        actor_id=acting.person.id,
        meeting_id=motion.meeting_id,
        facts={"motion": motion.id},
        private={"text": words},
    )
    rectified = OutcomeRectified(motion.number, motion.title, words, unit.now)
    audience = (*await convened(unit, motion.meeting_id), *await holders_of(unit, Act.LEAD_VOTE))
    await tell_all(unit, audience, rectified, priority=Priority.RESULT)
    await tell_groups(unit, rectified)


async def _published(unit: Unit, motion_id: int) -> Motion:
    motion = await locked_vote(unit, motion_id, MotionState.PRONOUNCED)
    check_state(await get_meeting(unit, motion.meeting_id), *states_for(Act.RECTIFY_OUTCOME))
    return motion
