"""The page for the screen in the room: who is told where it is, and what it shows."""

from assembly import errors
from assembly.facts.room import RoomAddress, RoomPage, RoomVote
from assembly.meetings import Meeting, MeetingState
from assembly.motions import MotionState
from assembly.permissions import Act
from services.access import require
from services.meetings import get_meeting
from services.seats import quorum_of, voting_seats
from services.telling import tell
from storage.unit import Unit

PUBLISHED = frozenset({MotionState.CLOSED, MotionState.PRONOUNCED})
"""Votes of which everybody has the outcome."""


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
    return RoomPage(
        meeting,
        present=sum(seat.weight for seat in seats if seat.carrier_id is not None),
        total=total,
        quorum=None if quorum is None else quorum.needed(total),
        vote=await _vote(unit, meeting),
    )


async def _vote(unit: Unit, meeting: Meeting) -> RoomVote | None:
    """Return the last vote while the assembly sits, with its outcome only where everybody has that."""
    motions = await unit.motions.of_meeting(meeting.id)
    if meeting.state is not MeetingState.OPEN or not motions:
        return None
    motion = motions[-1]
    seats = await unit.motions.electorate(motion.id)
    total = sum(seat.weight for seat in seats)
    quorum = await quorum_of(unit, meeting)
    return RoomVote(
        motion.number,
        motion.title,
        motion.text,
        cast=await unit.motions.votes_cast(motion.id),
        present=sum(seat.weight for seat in seats if seat.carrier_id is not None),
        total=total,
        quorum=None if quorum is None else quorum.needed(total),
        closed_at=motion.closed_at,
        outcome=motion.outcome if motion.state in PUBLISHED else None,
        straw=motion.straw,
    )
