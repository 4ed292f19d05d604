"""Services small enough to see through, for tests of what happens around them."""

from dataclasses import dataclass

from sqlalchemy import select

from storage.tables import journal
from storage.unit import Unit


@dataclass(frozen=True)
class Shown:
    """Facts for a message."""

    text: str


async def note(unit: Unit, kind: str) -> str:
    """Store an entry and return its kind."""
    await unit.journal.note(kind, actor_id=None, facts={})
    return kind


async def noted(unit: Unit) -> list[str]:
    """Return the kinds of all entries, in order."""
    return list((await unit.connection.execute(select(journal.c.kind).order_by(journal.c.id))).scalars())
