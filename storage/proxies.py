"""Proxies: one row per grant, from prepared to its end."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, insert, or_, select, update

from assembly.convocation import StandingReply
from assembly.meetings import Reply
from assembly.proxies import LapseReason, Proxy, ProxyKind, ProxyState
from storage.prepared import Prepared
from storage.repository import Repository
from storage.tables import proxies

_COLUMNS = (
    proxies.c.id,
    proxies.c.meeting_id,
    proxies.c.member_id,
    proxies.c.holder_id,
    proxies.c.holder_member_id,
    proxies.c.kind,
    proxies.c.state,
    proxies.c.until,
    proxies.c.standing_id,
    proxies.c.instructed,
    proxies.c.lapse_reason,
    proxies.c.entry_id,
)
_UNDER_WAY = tuple(state for state in ProxyState if state.under_way)


def _accepted_where(*conditions: ColumnElement[bool]) -> Select[Any]:
    until_the_end = and_(proxies.c.lapse_reason == LapseReason.CLOSED, proxies.c.answered_at.is_not(None))
    accepted = or_(proxies.c.state == ProxyState.ACCEPTED, until_the_end)
    return select(*_COLUMNS).where(*conditions, accepted).order_by(proxies.c.id)


_IN_FORCE = Prepared(lambda _: _accepted_where(proxies.c.meeting_id == bindparam("meeting_id")))
_HELD = Prepared(
    # "+ 0": SQLite thinks that an assembly has as few proxies as a person, and would look through all of them.
    lambda _: _accepted_where(
        proxies.c.holder_id == bindparam("holder_id"), proxies.c.meeting_id + 0 == bindparam("meeting_id")
    )
)


@dataclass(frozen=True)
class Signature:
    """Who signed and when; ``on_paper``: the person is who of the secretariat saw the signature."""

    person_id: int
    at: datetime
    on_paper: bool


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
        return tuple(_accepted(row) for row in await _IN_FORCE.run(self.connection, meeting_id=meeting_id))

    async def held(self, meeting_id: int, holder_id: int) -> tuple[Proxy, ...]:
        """Return those of ``in_force`` that a person holds."""
        rows = await _HELD.run(self.connection, meeting_id=meeting_id, holder_id=holder_id)
        return tuple(_accepted(row) for row in rows)

    async def of_meeting(self, meeting_id: int) -> tuple[Proxy, ...]:
        """Return every proxy that was ever prepared for the assembly, oldest first."""
        query = select(*_COLUMNS).where(proxies.c.meeting_id == meeting_id).order_by(proxies.c.id)
        return tuple(Proxy(*row) for row in await self.connection.execute(query))

    async def alarmed(self, meeting_id: int) -> frozenset[int]:
        """Return the ids of the proxies of which the grantor knows that the holder cannot carry the vote."""
        query = select(proxies.c.id).where(proxies.c.meeting_id == meeting_id, proxies.c.alarmed_at.is_not(None))
        return frozenset((await self.connection.execute(query)).scalars())

    async def note_alarm(self, proxy_id: int, *, alarmed: bool) -> None:
        """Note that the grantor was told now that the holder cannot carry the vote, or that it can again."""
        await self._set(proxy_id, alarmed_at=self.now if alarmed else None)

    async def instructed(self, ids: Collection[int]) -> frozenset[int]:
        """Return those of the proxies ``ids`` with which the member's positions go as an instruction."""
        query = select(proxies.c.id).where(proxies.c.id.in_(ids), proxies.c.instructed)
        return frozenset((await self.connection.execute(query)).scalars())

    async def granted(self, meeting_id: int) -> dict[int, StandingReply]:
        """Return by member id who signed a proxy that stands, or did until the closing, as what the member says."""
        stands = proxies.c.state.in_([ProxyState.OFFERED, ProxyState.ACCEPTED])
        query = select(proxies.c.member_id, proxies.c.signed_by, proxies.c.signed_at, proxies.c.entry_id).where(
            proxies.c.meeting_id == meeting_id,
            proxies.c.signed_at.is_not(None),
            or_(stands, proxies.c.lapse_reason == LapseReason.CLOSED),
        )
        rows = await self.connection.execute(query)
        return {row.member_id: StandingReply(Reply.PROXY, *row[1:]) for row in rows}

    async def add(
        self,
        meeting_id: int,
        member_id: int,
        holder_id: int,
        holder_member_id: int | None,
        kind: ProxyKind,
        prepared_by: int,
        *,
        until: date | None = None,
        standing_id: int | None = None,
        instructed: bool = False,
        entry_id: int | None = None,
    ) -> Proxy:
        """Store a prepared proxy; ``until`` and ``standing_id`` are those of a standing one.

        ``entry_id``: it was entered on behalf of the member.
        """
        statement = insert(proxies).values(
            meeting_id=meeting_id,
            member_id=member_id,
            holder_id=holder_id,
            holder_member_id=holder_member_id,
            kind=kind,
            state=ProxyState.PREPARED,
            until=until,
            standing_id=standing_id,
            instructed=instructed,
            entry_id=entry_id,
            prepared_by=prepared_by,
            prepared_at=self.now,
        )
        row = (await self.connection.execute(statement.returning(*_COLUMNS))).one()
        return Proxy(*row)

    async def signature(self, proxy_id: int) -> Signature | None:
        """Return who signed the proxy and when, or ``None`` where nobody did."""
        query = select(proxies.c.signed_by, proxies.c.signed_at, proxies.c.on_paper).where(
            proxies.c.id == proxy_id, proxies.c.signed_by.is_not(None)
        )
        row = (await self.connection.execute(query)).first()
        return Signature(*row) if row else None

    async def sign(self, proxy_id: int, signed_by: int, *, on_paper: bool = False) -> None:
        """Mark the proxy as signed now: it is offered to its holder.

        ``on_paper``: ``signed_by`` is who of the secretariat saw the signature.
        """
        await self._set(proxy_id, state=ProxyState.OFFERED, signed_by=signed_by, signed_at=self.now, on_paper=on_paper)

    async def accept(self, proxy_id: int) -> None:
        """Mark the proxy as accepted now."""
        await self._set(proxy_id, state=ProxyState.ACCEPTED, answered_at=self.now)

    async def instruct(self, proxy_id: int, *, instructed: bool) -> None:
        """Let the member's positions go with the proxy as an instruction, or no longer."""
        await self._set(proxy_id, instructed=instructed)

    async def end(
        self, proxy_id: int, state: ProxyState, ended_by: int | None, reason: LapseReason | None = None
    ) -> None:
        """Mark the proxy as ended now: declined or revoked by a person, or lapsed for a ``reason``."""
        await self._set(proxy_id, state=state, ended_by=ended_by, ended_at=self.now, lapse_reason=reason)

    async def _set(self, proxy_id: int, **values: object) -> None:
        await self.connection.execute(update(proxies).where(proxies.c.id == proxy_id).values(**values))


def _accepted(row: Iterable[Any]) -> Proxy:
    """Return a proxy of a closed assembly as it was until then."""
    proxy = Proxy(*row)
    return proxy if proxy.state is ProxyState.ACCEPTED else replace(proxy, state=ProxyState.ACCEPTED, reason=None)
