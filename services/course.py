"""The course of an assembly that sits: what it deals with now, what comes next, and the vote on it."""

from collections.abc import Sequence

from assembly.facts.leading import ItemAtHand, Sitting
from assembly.meetings import Meeting
from assembly.motions import Motion
from assembly.pronouncing import AWAITED
from services.tallying import votes_cast
from storage.meetings import AgendaItem
from storage.unit import Unit


def at_hand(items: Sequence[AgendaItem]) -> AgendaItem | None:
    """Return the item that the assembly deals with, or ``None``."""
    return next((item for item in items if item.at_hand), None)


def following(items: Sequence[AgendaItem]) -> AgendaItem | None:
    """Return what comes next: the first item behind the one at hand that is open still, else the first before it."""
    place = next((place for place, item in enumerate(items) if item.at_hand), -1)
    turned = (*items[place + 1 :], *items[: max(place, 0)])
    return next((item for item in turned if item.handled_at is None and item.withdrawn_at is None), None)


async def course(unit: Unit, meeting: Meeting) -> Sitting:
    """Return where the assembly has got to."""
    items = await unit.meetings.items(meeting.id)
    motions = await unit.motions.of_meeting(meeting.id)
    item, after = at_hand(items), following(items)
    motion = _shown(motions, item)
    seats = await unit.motions.electorate(motion.id) if motion else ()
    return Sitting(
        await unit.meetings.paused_since(meeting.id),
        _item(item, motions) if item else None,
        (after.number, after.title) if after else None,
        handled=sum(item.handled_at is not None for item in items),
        items=len(items),
        motion=motion,
        cast=await votes_cast(unit, motion) if motion else 0,
        present=sum(seat.weight for seat in seats if seat.carrier_id is not None),
    )


def _shown(motions: Sequence[Motion], item: AgendaItem | None) -> Motion | None:
    """Return the vote that waits for somebody, or else the last one on the item at hand."""
    waiting = next((motion for motion in motions if motion.state in AWAITED), None)
    of_item = [motion for motion in motions if item is not None and motion.item_id == item.id]
    return waiting or (of_item[-1] if of_item else None)


def _item(item: AgendaItem, motions: Sequence[Motion]) -> ItemAtHand:
    voted = any(motion.item_id == item.id and motion.decides for motion in motions)
    votable = item.kind.votable and item.withdrawn_at is None and not voted
    return ItemAtHand(item.id, item.number, item.title, item.kind, item.withdrawn_at is not None, votable)
