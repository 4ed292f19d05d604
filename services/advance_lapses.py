"""Votes cast before the assembly that lapse, because what they are about changed."""

from assembly.facts.advance import AdvanceLapsed
from assembly.members import Role
from services.telling import tell_all
from storage.meetings import AgendaItem
from storage.tables import Priority
from storage.unit import Unit


async def lapse_advance(unit: Unit, item: AgendaItem, *, again: bool) -> None:
    """Let what was cast on an item before lapse, and tell its members' representatives; perhaps to cast it anew."""
    members = await unit.advance.lapse(item.id)
    names = await unit.members.names(list(members))
    for member_id in members:
        lapsed = AdvanceLapsed(item.meeting_id if again else None, member_id, names[member_id], item.number, item.title)
        people = await unit.people.holding([Role.REPRESENTATIVE], member_id=member_id)
        await tell_all(unit, people, lapsed, priority=Priority.DIALOGUE)
