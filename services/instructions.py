"""Instructions: a member's positions as they go with its proxy, and as a vote is held against them."""

from collections.abc import Collection, Mapping

from assembly.facts.positions import PositionLine
from assembly.motions import Motion, MotionKind
from assembly.options import Selection, joined
from assembly.positions import Position, Stance, deviates
from assembly.tally import Seat
from storage.meetings import AgendaItem
from storage.unit import Unit


async def votable_items(unit: Unit, meeting_id: int) -> list[AgendaItem]:
    """Return the items that are there to be decided on, in order."""
    return [item for item in await unit.meetings.items(meeting_id) if item.kind.votable and item.withdrawn_at is None]


def position_line(item: AgendaItem, position: Position | None, *, fixed: bool) -> PositionLine:
    """Return a position as it is shown."""
    if position is None:
        return PositionLine(item.id, item.number, item.title, None, "", lapsed=False, fixed=fixed)
    return PositionLine(
        item.id, item.number, item.title, position.stance, position.remark, lapsed=position.lapsed, fixed=fixed
    )


async def instruction(unit: Unit, meeting_id: int, member_id: int) -> tuple[PositionLine, ...]:
    """Return what the member's positions say, item by item; without those on which nothing was said."""
    given = await unit.positions.of_member(meeting_id, member_id)
    return tuple(
        position_line(item, given[item.id], fixed=False)
        for item in await votable_items(unit, meeting_id)
        if item.id in given
    )


async def asked(unit: Unit, motion: Motion, seats: Collection[Seat]) -> dict[int, Position]:
    """Return by member id what whoever carries the seat has to know: its own position, or the instruction of a proxy.

    A proxy without instruction leaves its holder free, whatever the member's positions are. Positions say voor or
    tegen to the proposal, so in a vote on variants or persons, or on a procedural motion, nothing is asked.
    """
    if motion.kind is not MotionKind.MATTER or motion.procedural:
        return {}
    given = await unit.positions.of_item(motion.item_id)
    positions = {member_id: said for member_id, said in given.items() if said.holds}
    if not positions:
        return {}
    instructed = await unit.proxies.instructed({seat.proxy_id for seat in seats if seat.proxy_id is not None})
    return {
        seat.member_id: positions[seat.member_id]
        for seat in seats
        if seat.member_id in positions and (seat.proxy_id is None or seat.proxy_id in instructed)
    }


async def deviations(
    unit: Unit, motion: Motion, seats: Collection[Seat], cast: Mapping[int, Selection]
) -> list[tuple[int, Stance, str]]:
    """Return (member id, stance, choice) of every ballot that is not what was asked."""
    return [
        (member_id, position.stance, joined(cast[member_id]))
        for member_id, position in (await asked(unit, motion, seats)).items()
        if member_id in cast and position.stance is not None and deviates(position, cast[member_id])
    ]
