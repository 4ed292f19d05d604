"""What was changed of an agenda after the convocation."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from assembly.agenda_changes import Change
from storage.repository import Repository
from storage.tables import agenda_changes, agenda_items


@dataclass(frozen=True)
class StoredChange:
    """A change that nobody was told yet."""

    id: int
    change: Change


class AgendaChanges(Repository):
    """Changes by assembly, and whether people were told."""

    async def add(self, change: Change, changed_by: int) -> None:
        """Store a change that was made now."""
        await self.connection.execute(
            insert(agenda_changes).values(
                item_id=change.item_id,
                change=change.change,
                before=change.before,
                after=change.after,
                changed_by=changed_by,
                changed_at=self.now,
            )
        )

    async def unsent(self, meeting_id: int) -> list[StoredChange]:
        """Return the changes that nobody was told yet, oldest first."""
        query = (
            select(
                agenda_changes.c.id,
                agenda_changes.c.item_id,
                agenda_changes.c.change,
                agenda_changes.c.before,
                agenda_changes.c.after,
            )
            .join(agenda_items, agenda_items.c.id == agenda_changes.c.item_id)
            .where(agenda_items.c.meeting_id == meeting_id, agenda_changes.c.sent_at.is_(None))
            .order_by(agenda_changes.c.id)
        )
        return [StoredChange(row[0], Change(*row[1:])) for row in await self.connection.execute(query)]

    async def told(self, meeting_id: int) -> frozenset[int]:
        """Return the ids of the items of which people were told a change."""
        query = (
            select(agenda_changes.c.item_id)
            .join(agenda_items, agenda_items.c.id == agenda_changes.c.item_id)
            .where(agenda_items.c.meeting_id == meeting_id, agenda_changes.c.sent_at.is_not(None))
        )
        return frozenset((await self.connection.execute(query)).scalars())

    async def mark_sent(self, change_ids: Collection[int]) -> None:
        """Note that these are on their way."""
        await self.connection.execute(
            update(agenda_changes).where(agenda_changes.c.id.in_(change_ids)).values(sent_at=self.now)
        )
