"""The screens that show what the members say to the convocation."""

from collections.abc import Collection

from assembly.facts.convening import DeliveriesRef, RepliesRef
from assembly.permissions import RULES, Act
from services.meetings import refresh_consoles
from services.telling import redraw, refresh
from storage.unit import Unit


def replies_key(meeting_id: int) -> str:
    """Return the key under which somebody's replies stand in a chat."""
    return f"replies:{meeting_id}"


def deliveries_key(meeting_id: int) -> str:
    """Return the key under which the overview of the convocation stands in a chat."""
    return f"deliveries:{meeting_id}"


async def redraw_answers(unit: Unit, meeting_id: int, members: Collection[int]) -> None:
    """Bring what the ``members`` say up to date: for their people, the secretariat and the chair."""
    side = [
        acting for acting in await unit.people.holding(RULES[Act.REPLY].roles) if acting.acts_for.intersection(members)
    ]
    await refresh(unit, side, lambda reader: RepliesRef(meeting_id, reader.person.id), replies_key(meeting_id))
    await redraw(unit, DeliveriesRef(meeting_id), deliveries_key(meeting_id))
    await refresh_consoles(unit, meeting_id)
