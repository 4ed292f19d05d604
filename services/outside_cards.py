"""The card of a vote outside a meeting: what is asked, until when, and how many votes were cast."""

from assembly.facts.outside import OutsideCard, OutsideRef, PublicOutsideRef
from assembly.meetings import MeetingState
from assembly.outside import outside_seats
from assembly.permissions import Act
from services.access import holders_of
from services.seats import members_of_day
from services.telling import refresh, show_groups
from storage.tables import Priority
from storage.unit import Unit


def outside_key(meeting_id: int) -> str:
    """Return the key of the card."""
    return f"outside:{meeting_id}"


async def show_outside(unit: Unit, meeting_id: int) -> None:
    """Queue the card again for those who lead and have it, and for groups and channels."""
    key = outside_key(meeting_id)
    leaders = await holders_of(unit, Act.PREPARE_OUTSIDE)
    await refresh(unit, leaders, lambda _leader: OutsideRef(meeting_id), key, priority=Priority.RESULT)
    await show_groups(unit, PublicOutsideRef(meeting_id), key)


async def load_outside(unit: Unit, ref: OutsideRef) -> OutsideCard | None:
    """Load the card for who may open and close the vote."""
    return await _card(unit, ref.meeting_id, leads=True)


async def load_public_outside(unit: Unit, ref: PublicOutsideRef) -> OutsideCard | None:
    """Load the card for everybody."""
    return await _card(unit, ref.meeting_id, leads=False)


async def _card(unit: Unit, meeting_id: int, *, leads: bool) -> OutsideCard | None:
    vote, meeting = await unit.outside.get(meeting_id), await unit.meetings.get(meeting_id)
    if vote is None or meeting is None or (not leads and vote.state is MeetingState.DRAFT):
        return None
    (item,) = await unit.meetings.items(meeting_id)
    motion = next(iter(await unit.motions.of_meeting(meeting_id)), None)
    if motion is None:
        seats = outside_seats(await members_of_day(unit, meeting), await unit.people.representatives())
    else:
        seats = await unit.motions.electorate(motion.id)
    return OutsideCard(
        vote.meeting_id,
        vote.kind,
        vote.state,
        vote.title,
        item.proposal,
        tuple(option.label for option in await unit.options.of_item(item.id)),
        vote.closes_at,
        motion.closed_at if motion else None,
        vote.knowledge,
        cast=await unit.motions.votes_cast(motion.id) if motion else 0,
        total=sum(seat.weight for seat in seats),
        unrepresented=sum(seat.weight for seat in seats if seat.carrier_id is None),
        leads=leads,
        opens_at=vote.opens_at,
        papers=tuple((paper.number, paper.title) for paper in await unit.papers.current(meeting_id)),
    )
