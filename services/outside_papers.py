"""Ballots on paper in a vote outside a meeting: for which member, and what stands there."""

from assembly import errors
from assembly.facts.outside import OutsideAbsent, OutsidePaper
from assembly.members import Role
from assembly.motions import Motion, check_open
from assembly.permissions import Act
from services.access import require
from services.entering import KEY
from services.telling import turn
from storage.unit import Unit


async def show_absent(unit: Unit, telegram_id: int, meeting_id: int, message_id: int | None) -> None:
    """Show the members that have not voted and of which nobody has a phone to vote with."""
    acting = await require(unit, telegram_id, Act.PREPARE_OUTSIDE)
    motion = _checked(unit, await unit.motions.open_in(meeting_id))
    cast = await unit.motions.selections(motion.id)
    reachable = {
        member_id
        for person in await unit.people.holding({Role.REPRESENTATIVE})
        if person.person.telegram_id is not None
        for member_id in person.members(Role.REPRESENTATIVE)
    }
    left = [
        seat.member_id
        for seat in await unit.motions.electorate(motion.id)
        if seat.member_id not in cast and seat.member_id not in reachable
    ]
    names = await unit.members.names(left)
    members = tuple(sorted(names.items(), key=lambda member: member[1].casefold()))
    await turn(unit, acting, OutsideAbsent(meeting_id, motion.id, motion.held, motion.title, members), KEY, message_id)


async def choose_absent(unit: Unit, telegram_id: int, motion_id: int, member_id: int, message_id: int | None) -> None:
    """Ask what stands on the paper of a member."""
    acting = await require(unit, telegram_id, Act.PREPARE_OUTSIDE)
    motion = _checked(unit, await unit.motions.get(motion_id))
    if await unit.motions.seat(motion.id, member_id) is None:
        raise errors.Gone
    name = (await unit.members.names([member_id]))[member_id]
    paper = OutsidePaper(motion.meeting_id, motion.id, motion.held, motion.title, member_id, name, motion.options)
    await turn(unit, acting, paper, KEY, message_id)


def _checked(unit: Unit, motion: Motion | None) -> Motion:
    if motion is None or not motion.outside:
        raise errors.Gone
    check_open(motion, unit.now)
    return motion
