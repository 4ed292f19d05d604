"""Proxies: one row per grant, from prepared to its end."""

from sqlalchemy import and_, insert, or_, select, update

from assembly.proxies import Proxy, ProxyKind, ProxyState
from storage.repository import Repository
from storage.tables import meetings, proxies

_COLUMNS = (
    proxies.c.id,
    proxies.c.meeting_id,
    proxies.c.member_id,
    proxies.c.holder_id,
    proxies.c.holder_member_id,
    proxies.c.kind,
    proxies.c.state,
)
_UNDER_WAY = tuple(state for state in ProxyState if state.under_way)


class Proxies(Repository):
    """The proxies of assemblies. Whoever changes one holds the lock on its assembly, see ``Meetings.get``."""

    async def get(self, proxy_id: int) -> Proxy | None:
        """Return one proxy, or ``None``."""
        row = (await self.connection.execute(select(*_COLUMNS).where(proxies.c.id == proxy_id))).first()
        return Proxy(*row) if row else None

    async def under_way(self, meeting_id: int) -> tuple[Proxy, ...]:
        """Return the assembly's proxies that are prepared, offered or accepted, oldest first."""
        query = (
            select(*_COLUMNS)
            .where(proxies.c.meeting_id == meeting_id, proxies.c.state.in_(_UNDER_WAY))
            .order_by(proxies.c.id)
        )
        return tuple(Proxy(*row) for row in await self.connection.execute(query))

    async def in_force(self, meeting_id: int) -> tuple[Proxy, ...]:
        """Return the assembly's accepted proxies; of a closed one those that were accepted until it closed."""
        lapsed_in_force = and_(
            proxies.c.state == ProxyState.LAPSED,
            proxies.c.answered_at.is_not(None),
            proxies.c.ended_at >= meetings.c.closed_at,
        )
        query = (
            select(*_COLUMNS[:-1])
            .join(meetings, meetings.c.id == proxies.c.meeting_id)
            .where(proxies.c.meeting_id == meeting_id, or_(proxies.c.state == ProxyState.ACCEPTED, lapsed_in_force))
            .order_by(proxies.c.id)
        )
        return tuple(Proxy(*row, ProxyState.ACCEPTED) for row in await self.connection.execute(query))

    async def add(
        self, meeting_id: int, member_id: int, holder_id: int, holder_member_id: int, prepared_by: int
    ) -> Proxy:
        """Store a prepared proxy to another member's representative."""
        statement = insert(proxies).values(
            meeting_id=meeting_id,
            member_id=member_id,
            holder_id=holder_id,
            holder_member_id=holder_member_id,
            kind=ProxyKind.OTHER_MEMBER,
            state=ProxyState.PREPARED,
            prepared_by=prepared_by,
            prepared_at=self.now,
        )
        row = (await self.connection.execute(statement.returning(*_COLUMNS))).one()
        return Proxy(*row)

    async def sign(self, proxy_id: int, signed_by: int) -> None:
        """Mark the proxy as signed now: it is offered to its holder."""
        await self._set(proxy_id, state=ProxyState.OFFERED, signed_by=signed_by, signed_at=self.now)

    async def accept(self, proxy_id: int) -> None:
        """Mark the proxy as accepted now."""
        await self._set(proxy_id, state=ProxyState.ACCEPTED, answered_at=self.now)

    async def end(self, proxy_id: int, state: ProxyState, ended_by: int | None) -> None:
        """Mark the proxy as ended now: declined, revoked or lapsed. ``ended_by`` is ``None`` where time ended it."""
        await self._set(proxy_id, state=state, ended_by=ended_by, ended_at=self.now)

    async def _set(self, proxy_id: int, **values: object) -> None:
        await self.connection.execute(update(proxies).where(proxies.c.id == proxy_id).values(**values))
