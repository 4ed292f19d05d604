"""What follows a count: what the chair pronounced, who disputes it, and corrections. All of it is only added to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from storage.repository import Repository
from storage.tables import disputes, rectifications


@dataclass(frozen=True)
class Rectification:
    """A correction of what was published about a motion."""

    motion_id: int
    text: str
    rectified_at: datetime


class Verdicts(Repository):
    """Disputes and corrections by motion."""

    async def dispute(self, motion_id: int, member_ids: Collection[int], person_id: int) -> None:
        """Note that these members want another vote; again for one that did already changes nothing."""
        statement = self.insert(disputes).values(
            [
                {"motion_id": motion_id, "member_id": member_id, "person_id": person_id, "disputed_at": self.now}
                for member_id in member_ids
            ]
        )
        await self.connection.execute(statement.on_conflict_do_nothing())

    async def disputed_by(self, motion_id: int) -> frozenset[int]:
        """Return the ids of the members that want another vote."""
        query = select(disputes.c.member_id).where(disputes.c.motion_id == motion_id)
        return frozenset((await self.connection.execute(query)).scalars())

    async def rectify(self, motion_id: int, text: str, rectified_by: int) -> None:
        """Add a correction."""
        await self.connection.execute(
            insert(rectifications).values(
                motion_id=motion_id, text=text, rectified_by=rectified_by, rectified_at=self.now
            )
        )

    async def rectified(self, motion_ids: Collection[int]) -> tuple[Rectification, ...]:
        """Return the corrections of these motions, oldest first."""
        query = (
            select(rectifications.c.motion_id, rectifications.c.text, rectifications.c.rectified_at)
            .where(rectifications.c.motion_id.in_(motion_ids))
            .order_by(rectifications.c.id)
        )
        return tuple(Rectification(*row) for row in await self.connection.execute(query))
