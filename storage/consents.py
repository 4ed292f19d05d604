"""Whether members agree to be convened electronically."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from storage.repository import Repository
from storage.tables import consents


@dataclass(frozen=True)
class Consent:
    """What was recorded last of a member, and by whom."""

    electronic: bool
    recorded_by: int
    recorded_at: datetime


class Consents(Repository):
    """What was recorded of each member; nothing is ever changed, what comes later counts."""

    async def standing(self) -> dict[int, Consent]:
        """Return what counts now, by member id."""
        query = select(
            consents.c.member_id, consents.c.electronic, consents.c.recorded_by, consents.c.recorded_at
        ).order_by(consents.c.id)
        return {row.member_id: Consent(*row[1:]) for row in await self.connection.execute(query)}

    async def record(self, member_id: int, recorded_by: int, *, electronic: bool) -> None:
        """Record that a member agrees from now on, or does not any more."""
        await self.connection.execute(
            insert(consents).values(
                member_id=member_id, electronic=electronic, recorded_by=recorded_by, recorded_at=self.now
            )
        )
