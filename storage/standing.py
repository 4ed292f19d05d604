"""Standing proxies: mandates that outlive an assembly."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update

from storage.repository import Repository
from storage.tables import standing_proxies

_COLUMNS = (
    standing_proxies.c.id,
    standing_proxies.c.member_id,
    standing_proxies.c.holder_id,
    standing_proxies.c.holder_member_id,
    standing_proxies.c.until,
    standing_proxies.c.accepted_at,
    standing_proxies.c.ended_at,
)


@dataclass(frozen=True)
class StandingProxy:
    """A mandate. ``until`` is its last day; until ``accepted_at`` the holder has not agreed to it."""

    id: int
    member_id: int
    holder_id: int
    holder_member_id: int | None
    until: date
    accepted_at: datetime | None
    ended_at: datetime | None


class StandingProxies(Repository):
    """Mandates by key, and those that have not ended; a member has at most one of these."""

    async def get(self, standing_id: int) -> StandingProxy | None:
        """Return one mandate, or ``None``."""
        row = (await self.connection.execute(select(*_COLUMNS).where(standing_proxies.c.id == standing_id))).first()
        return StandingProxy(*row) if row else None

    async def live(self) -> tuple[StandingProxy, ...]:
        """Return the mandates that have not ended, oldest first."""
        query = select(*_COLUMNS).where(standing_proxies.c.ended_at.is_(None)).order_by(standing_proxies.c.id)
        return tuple(StandingProxy(*row) for row in await self.connection.execute(query))

    async def of_member(self, member_id: int) -> StandingProxy | None:
        """Return the member's mandate that has not ended, or ``None``."""
        return next((mandate for mandate in await self.live() if mandate.member_id == member_id), None)

    async def add(self, member_id: int, holder_id: int, holder_member_id: int | None, until: date) -> int:
        """Store a mandate that its holder has yet to accept; return its id."""
        statement = insert(standing_proxies).values(
            member_id=member_id,
            holder_id=holder_id,
            holder_member_id=holder_member_id,
            until=until,
            granted_at=self.now,
        )
        return int((await self.connection.execute(statement.returning(standing_proxies.c.id))).scalar_one())

    async def accept(self, standing_id: int) -> None:
        """Note that the holder accepted the mandate, once."""
        await self._set(standing_id, accepted_at=self.now)

    async def end(self, standing_id: int, ended_by: int | None) -> None:
        """Mark the mandate as ended now; one that ended before stays as it is."""
        await self._set(standing_id, ended_at=self.now, ended_by=ended_by)

    async def _set(self, standing_id: int, **values: object) -> None:
        await self.connection.execute(
            update(standing_proxies)
            .where(standing_proxies.c.id == standing_id, standing_proxies.c.ended_at.is_(None))
            .values(**values)
        )
