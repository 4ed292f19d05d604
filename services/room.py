"""The page for the screen in the room: who is told where it is, and what it shows."""

from assembly import errors
from assembly.facts.room import RoomAddress, RoomPage, RoomVote
from assembly.meetings import Meeting, MeetingState
from assembly.motions import Motion, MotionState
from assembly.permissions import Act
from services.access import require
from services.course import course
from services.meetings import get_meeting
from services.seats import quorum_of, voting_seats
from services.telling import tell
from storage.unit import Unit


async def show_room(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Tell somebody who leads the assembly where the page for the screen in the room is."""
    acting = await require(unit, telegram_id, Act.LEAD_MEETING)
    meeting = await get_meeting(unit, meeting_id)
    if not unit.association.room_url:
        raise errors.Gone
    await tell(unit, acting, RoomAddress(meeting.id, meeting.title))


async def load_room(unit: Unit) -> RoomPage | None:
    """Load what the screen shows of the last assembly; nothing where people were not convened to it yet."""
    meeting = await unit.meetings.latest()
    if meeting is None or meeting.state is MeetingState.DRAFT:
        return None
    seats = await voting_seats(unit, meeting)
    total = sum(seat.weight for seat in seats)
    quorum = await quorum_of(unit, meeting)
    sitting = await course(unit, meeting) if meeting.state is MeetingState.OPEN else None
    item = sitting.item if sitting else None
    return RoomPage(
        meeting,
        present=sum(seat.weight for seat in seats if seat.carrier_id is not None),
        total=total,
        quorum=None if quorum is None else quorum.needed(total),
        item=(item.number, item.title) if item else None,
        paused_since=sitting.paused_at if sitting else None,
        vote=await _vote(unit, meeting, sitting.motion, sitting.cast) if sitting and sitting.motion else None,
    )


async def _vote(unit: Unit, meeting: Meeting, motion: Motion, cast: int) -> RoomVote | None:
    """Return the vote at hand, with its outcome only where everybody has that; nothing of one that is void."""
    if motion.state is MotionState.VOIDED:
        return None
    seats = await unit.motions.electorate(motion.id)
    total = sum(seat.weight for seat in seats)
    quorum = await quorum_of(unit, meeting)
    published = motion.state is MotionState.PRONOUNCED
    return RoomVote(
        motion.number,
        motion.title,
        motion.text,
        cast=cast,
        present=sum(seat.weight for seat in seats if seat.carrier_id is not None),
        total=total,
        quorum=None if quorum is None else quorum.needed(total),
        closed_at=motion.closed_at,
        outcome=motion.outcome if published else None,
        straw=motion.straw,
        state=motion.state,
        form=motion.form,
        closes_at=motion.closes_at,
        otherwise=motion.reason if published and motion.verdict is not None else "",
        verdict=motion.verdict or () if published else (),
        procedural=motion.procedural,
    )
