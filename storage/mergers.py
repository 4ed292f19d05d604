"""Members that merge into another."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from storage.repository import Repository
from storage.tables import mergers


@dataclass(frozen=True)
class Merger:
    """A member that merges into another on its last day; ``people_follow``: its people go on for the successor."""

    member_id: int
    successor_id: int
    people_follow: bool


_COLUMNS = (mergers.c.member_id, mergers.c.successor_id, mergers.c.people_follow)


class Mergers(Repository):
    """Mergers by the member that ends."""

    async def all(self) -> dict[int, Merger]:
        """Return every merger, by the id of the member that ends."""
        return {row.member_id: Merger(*row) for row in await self.connection.execute(select(*_COLUMNS))}

    async def add(self, merger: Merger, decided_by: int) -> None:
        """Store a merger."""
        await self.connection.execute(
            insert(mergers).values(
                member_id=merger.member_id,
                successor_id=merger.successor_id,
                people_follow=merger.people_follow,
                decided_by=decided_by,
                decided_at=self.now,
            )
        )

    async def remove(self, member_id: int) -> bool:
        """Take a merger back; say whether there was one."""
        removed = await self.connection.execute(delete(mergers).where(mergers.c.member_id == member_id))
        return removed.rowcount > 0
