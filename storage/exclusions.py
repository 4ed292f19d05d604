"""Members that are excluded from the vote on one agenda item."""

from sqlalchemy import delete, select

from storage.repository import Repository
from storage.tables import exclusions


class Exclusions(Repository):
    """Exclusions by item."""

    async def of_item(self, item_id: int) -> dict[int, str]:
        """Return why members are excluded from the vote on the item, by member id."""
        query = select(exclusions.c.member_id, exclusions.c.reason).where(exclusions.c.item_id == item_id)
        return {row.member_id: row.reason for row in await self.connection.execute(query)}

    async def add(self, item_id: int, member_id: int, reason: str, excluded_by: int) -> None:
        """Exclude a member, or give another reason for it."""
        values = {"reason": reason, "excluded_by": excluded_by, "excluded_at": self.now}
        statement = self.insert(exclusions).values(item_id=item_id, member_id=member_id, **values)
        await self.connection.execute(
            statement.on_conflict_do_update(index_elements=["item_id", "member_id"], set_=values)
        )

    async def lift(self, item_id: int, member_id: int) -> None:
        """Let a member vote on the item after all."""
        await self.connection.execute(
            delete(exclusions).where(exclusions.c.item_id == item_id, exclusions.c.member_id == member_id)
        )
