"""Reminders that were sent, and the proxies that wait for somebody."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from assembly.proxies import ProxyState
from assembly.reminders import Errand, Rung
from storage.repository import Repository
from storage.tables import proxies, reminders


@dataclass(frozen=True)
class WaitingProxy:
    """A proxy that waits for a signature, or for its holder, since ``since``."""

    id: int
    member_id: int
    holder_id: int
    state: ProxyState
    since: datetime


class Reminders(Repository):
    """Which steps were taken: each at most once, whatever happens in between."""

    async def taken(self, meeting_id: int) -> frozenset[tuple[Errand, int, Rung]]:
        """Return the steps that were taken, as (errand, subject, rung)."""
        query = select(reminders.c.errand, reminders.c.subject_id, reminders.c.rung).where(
            reminders.c.meeting_id == meeting_id
        )
        return frozenset((row.errand, row.subject_id, row.rung) for row in await self.connection.execute(query))

    async def take(self, meeting_id: int, errand: Errand, subject_id: int, rung: Rung) -> bool:
        """Note that a step is taken now; return ``False`` where it was taken before."""
        statement = self.insert(reminders).values(
            meeting_id=meeting_id, errand=errand, subject_id=subject_id, rung=rung, decided_at=self.now
        )
        return (await self.connection.execute(statement.on_conflict_do_nothing())).rowcount > 0

    async def waiting_proxies(self, meeting_id: int) -> tuple[WaitingProxy, ...]:
        """Return the assembly's proxies that somebody has to sign or answer, oldest first."""
        query = (
            select(
                proxies.c.id,
                proxies.c.member_id,
                proxies.c.holder_id,
                proxies.c.state,
                proxies.c.prepared_at,
                proxies.c.signed_at,
            )
            .where(proxies.c.meeting_id == meeting_id, proxies.c.state.in_([ProxyState.PREPARED, ProxyState.OFFERED]))
            .order_by(proxies.c.id)
        )
        return tuple(
            WaitingProxy(row.id, row.member_id, row.holder_id, row.state, row.signed_at or row.prepared_at)
            for row in await self.connection.execute(query)
        )
