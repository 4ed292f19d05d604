"""Requests of strangers for access."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update

from assembly.access import PastRequest, RequestState
from storage.repository import Repository
from storage.tables import access_requests


@dataclass(frozen=True)
class AccessRequest:
    """What a stranger says to be. ``telegram_name`` is what Telegram tells, which anybody chooses freely."""

    id: int
    telegram_id: int
    telegram_name: str
    name: str
    function: str
    member_id: int | None
    state: RequestState
    decided_by: int | None


_COLUMNS = (
    access_requests.c.id,
    access_requests.c.telegram_id,
    access_requests.c.telegram_name,
    access_requests.c.name,
    access_requests.c.function,
    access_requests.c.member_id,
    access_requests.c.state,
    access_requests.c.decided_by,
)
_LIVE = tuple(state for state in RequestState if state.live)


class AccessRequests(Repository):
    """Requests, at most one at a time per account."""

    async def get(self, request_id: int, *, lock: bool = False) -> AccessRequest | None:
        """Return one request, or ``None``. ``lock`` keeps others from deciding on it until the transaction ends."""
        query = select(*_COLUMNS).where(access_requests.c.id == request_id)
        row = (await self.connection.execute(query.with_for_update() if lock else query)).first()
        return AccessRequest(*row) if row else None

    async def live(self, telegram_id: int) -> AccessRequest | None:
        """Return what the account is asking or has asked, or ``None``; locked for the rest of the transaction."""
        query = select(*_COLUMNS).where(
            access_requests.c.telegram_id == telegram_id, access_requests.c.state.in_(_LIVE)
        )
        row = (await self.connection.execute(query.with_for_update())).first()
        return AccessRequest(*row) if row else None

    async def open(self) -> tuple[AccessRequest, ...]:
        """Return the requests that wait for a decision, oldest first."""
        query = (
            select(*_COLUMNS).where(access_requests.c.state == RequestState.OPEN).order_by(access_requests.c.sent_at)
        )
        return tuple(AccessRequest(*row) for row in await self.connection.execute(query))

    async def past(self, telegram_id: int) -> tuple[PastRequest, ...]:
        """Return every request that the account ever began, oldest first."""
        query = (
            select(access_requests.c.begun_at, access_requests.c.state, access_requests.c.decided_at)
            .where(access_requests.c.telegram_id == telegram_id)
            .order_by(access_requests.c.id)
        )
        return tuple(PastRequest(*row) for row in await self.connection.execute(query))

    async def waiting(self) -> int:
        """Return how many requests wait for a decision."""
        query = select(func.count()).select_from(access_requests)
        return (await self.connection.execute(query.where(access_requests.c.state == RequestState.OPEN))).scalar_one()

    async def begin(self, telegram_id: int, telegram_name: str) -> None:
        """Start a request, unless one is live already."""
        statement = self.insert(access_requests).values(
            telegram_id=telegram_id,
            telegram_name=telegram_name,
            name="",
            function="",
            state=RequestState.NAME,
            begun_at=self.now,
        )
        await self.connection.execute(statement.on_conflict_do_nothing())

    async def set(self, request_id: int, state: RequestState, **values: Any) -> None:  # noqa: ANN401 - columns
        """Move a request to ``state`` and store what was given."""
        if state is RequestState.OPEN:
            values["sent_at"] = self.now
        await self.connection.execute(
            update(access_requests).where(access_requests.c.id == request_id).values(state=state, **values)
        )

    async def let_go(self, telegram_id: int) -> bool:
        """Withdraw what the account has not sent yet; say whether there was anything."""
        unsent = tuple(state for state in _LIVE if state is not RequestState.OPEN)
        withdrawn = await self.connection.execute(
            update(access_requests)
            .where(access_requests.c.telegram_id == telegram_id, access_requests.c.state.in_(unsent))
            .values(state=RequestState.WITHDRAWN)
        )
        return withdrawn.rowcount > 0

    async def decide(self, request_id: int, state: RequestState, decided_by: int, reason: str | None = None) -> None:
        """Note that somebody approved or refused a request."""
        await self.set(request_id, state, decided_by=decided_by, decided_at=self.now, reason=reason)
