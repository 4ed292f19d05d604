"""Members that may attend and may not vote."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, or_, select, update

from storage.repository import Repository
from storage.tables import suspensions


@dataclass(frozen=True)
class Suspension:
    """A member has no vote from ``since`` until the day before ``until``, or until it is lifted."""

    id: int
    member_id: int
    since: date
    until: date | None
    reason: str


class Suspensions(Repository):
    """Suspensions by member."""

    async def of_member(self, member_id: int, day: date) -> Suspension | None:
        """Return the suspension of the member that holds on ``day``, or ``None``."""
        query = select(
            suspensions.c.id,
            suspensions.c.member_id,
            suspensions.c.since,
            suspensions.c.until,
            suspensions.c.reason,
        ).where(
            suspensions.c.member_id == member_id,
            suspensions.c.since <= day,
            or_(suspensions.c.until.is_(None), suspensions.c.until > day),
        )
        row = (await self.connection.execute(query)).first()
        return Suspension(*row) if row else None

    async def add(self, member_id: int, since: date, until: date | None, reason: str, decided_by: int) -> None:
        """Store a suspension."""
        await self.connection.execute(
            insert(suspensions).values(
                member_id=member_id,
                since=since,
                until=until,
                reason=reason,
                decided_by=decided_by,
                decided_at=self.now,
            )
        )

    async def lift(self, suspension_id: int, until: date) -> None:
        """Let a suspension end on ``until``, the first day on which it does not hold."""
        await self.connection.execute(update(suspensions).where(suspensions.c.id == suspension_id).values(until=until))
