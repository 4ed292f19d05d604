"""What waits in the outbox: whose turn it is, what is put back, and what is held after a restore."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, text, true, tuple_, update
from sqlalchemy.exc import IntegrityError

from storage.repository import Repository
from storage.tables import Priority, SendState, outbox

PAGE = 100
"""Rows that a claim reads at a time."""

ALBUM = 10
"""Messages that a row holds at most: those of the largest album."""

NAMED = 500
"""Chats that a query leaves out by name at most; those beyond are read and passed over."""


@dataclass(frozen=True)
class OutboxRow:
    """A claimed intent. ``attempts`` counts the one at hand; ``message_id`` is the message to edit, if any.

    ``messages``: as how many Telegram counts it; more than one is an album.
    """

    id: int
    chat_id: int
    person_id: int | None
    screen: str
    facts: Mapping[str, Any]
    live: bool
    key: str | None
    batch: str | None
    priority: Priority
    silent: bool
    messages: int
    attempts: int
    may_have_arrived: bool
    message_id: int | None
    queued_at: datetime
    update_id: int | None


@dataclass(frozen=True)
class Tried:
    """Requests that were made for a row of a chat; the last ended at ``at`` (Unix time in seconds)."""

    chat_id: int
    at: float
    requests: int


@dataclass(frozen=True)
class Earlier:
    """What Telegram still counts of an earlier process, oldest first, and until when it asked for silence."""

    tried: tuple[Tried, ...]
    silent_until: float


@dataclass(frozen=True)
class Held:
    """What is held: messages for people and groups. ``last`` is the id of the newest one, 0 where there is none."""

    messages: int
    people: int
    groups: int
    last: int


DROPPED = "not sent after a restore"
"""The error of a message that was held and then dropped."""

# In the very words of the indexes: with parameters in them neither database would use those.
WAITING = text("outbox.state IN ('queued', 'sending')")
_SENDING = text("outbox.state = 'sending'")
_LATER = text("outbox.not_before IS NOT NULL AND outbox.state IN ('queued', 'sending')")


class Waiting(Repository):
    """Claims rows and puts them back. ``real_now`` is Unix time in seconds on the machine's own clock."""

    async def claim(
        self,
        limit: int,
        busy_chats: Collection[int],
        real_now: float,
        lease_seconds: float,
        *,
        room: int | None = None,
        short: Mapping[int, int] | None = None,
    ) -> list[OutboxRow]:
        """Take at most ``limit`` rows that are due, most urgent first and at most one per chat, and lease them.

        Together they hold at most ``room`` messages; an album that does not fit holds up what is no more urgent.
        ``short`` says for some chats how many messages fit there.

        A chat in ``busy_chats``, or with a row under a running lease, gets nothing: its messages must arrive in order.
        For the same reason a row that waits for another try holds up what comes after it in its chat, except what is
        more urgent. A row whose lease ran out is taken again.
        """
        chosen = await self._in_turn(limit, busy_chats, real_now, limit * ALBUM if room is None else room, short or {})
        expired = and_(outbox.c.state == SendState.SENDING, outbox.c.leased_until <= real_now)
        query = (
            select(outbox)
            .where(outbox.c.id.in_(chosen), or_(outbox.c.state == SendState.QUEUED, expired))
            .order_by(outbox.c.priority, outbox.c.id)
            # A row that a transaction under way is about to change (see ``Outbox.show``) is left for the next claim.
            .with_for_update(skip_locked=True)
        )
        rows = [row for row in await self.connection.execute(query) if row.chat_id == chosen[row.id]] if chosen else []
        if rows:
            await self.connection.execute(
                update(outbox)
                .where(outbox.c.id.in_([row.id for row in rows]))
                .values(
                    attempts=outbox.c.attempts + 1,
                    may_have_arrived=or_(outbox.c.may_have_arrived, outbox.c.state == SendState.SENDING),
                    state=SendState.SENDING,
                    leased_until=real_now + lease_seconds,
                )
            )
        return [_claimed(row) for row in rows]

    async def _in_turn(
        self, limit: int, busy_chats: Collection[int], real_now: float, room: int, short: Mapping[int, int]
    ) -> dict[int, int]:
        """Return the ids of the rows that a claim takes, each with its chat.

        They are read in the order of their index and only as far as needed: to sort all of ten thousand rows, or to
        look for the first of each chat, would take longer than the urgent one among them may wait.
        """
        leased = select(outbox.c.chat_id).where(_SENDING, outbox.c.leased_until > real_now)
        passed = {*busy_chats, *(await self.connection.execute(leased)).scalars()}
        columns = (outbox.c.id, outbox.c.chat_id, outbox.c.priority, outbox.c.state, outbox.c.not_before)
        more = (outbox.c.attempts, outbox.c.messages)
        chosen: dict[int, int] = {}
        last = (0, 0)
        while True:
            page = (
                select(*columns, *more)
                .where(WAITING, tuple_(outbox.c.priority, outbox.c.id) > last)
                .where(outbox.c.chat_id.not_in(list(islice(passed, NAMED))))
                .order_by(outbox.c.priority, outbox.c.id)
                .limit(PAGE)
            )
            rows = (await self.connection.execute(page)).all()
            for row in rows:
                due = row.state is SendState.SENDING or row.not_before is None or row.not_before <= real_now
                if row.chat_id in passed or not (due or row.attempts):
                    continue
                passed.add(row.chat_id)
                if due and row.messages <= short.get(row.chat_id, row.messages):
                    room -= row.messages
                    if room < 0:
                        return chosen
                    chosen[row.id] = row.chat_id
                if len(chosen) == limit:
                    return chosen
            if len(rows) < PAGE:
                return chosen
            last = rows[-1].priority, rows[-1].id

    async def next_due(self, real_now: float) -> float | None:
        """Return the first moment after ``real_now`` at which a row that waits becomes due, or ``None``."""
        query = select(func.min(outbox.c.not_before)).where(_LATER, outbox.c.not_before > real_now)
        due: float | None = (await self.connection.execute(query)).scalar_one()
        return due

    async def resume(self, real_now: float, window: float) -> Earlier:
        """Take over from an earlier process: queue again what it had under way when it was killed.

        Return what Telegram may still count of it in ``window`` seconds.
        """
        await self._requeue(outbox.c.state == SendState.SENDING, {"tried_at": real_now}, may_have_arrived=true())
        tried = (
            select(outbox.c.chat_id, outbox.c.tried_at, outbox.c.attempts * outbox.c.messages)
            .where(outbox.c.tried_at > real_now - window)
            .order_by(outbox.c.tried_at)
        )
        silent_until = (await self.connection.execute(select(func.max(outbox.c.silent_until)))).scalar_one()
        return Earlier(tuple(Tried(*row) for row in await self.connection.execute(tried)), silent_until or 0.0)

    async def hold(self) -> None:
        """Send nothing of what waits now before ``release``. It may have been sent already, by whom nobody can ask."""
        await self._requeue(outbox.c.state == SendState.SENDING, {}, may_have_arrived=true())  # one row for a key
        await self.connection.execute(
            update(outbox)
            .where(outbox.c.state == SendState.QUEUED)
            .values(state=SendState.HELD, may_have_arrived=true())
        )

    async def held(self, *, lock: bool = False) -> Held:
        """Return what is held. With ``lock`` whoever decides at the same time waits, and then finds nothing."""
        rows = select(outbox.c.id, outbox.c.chat_id).where(outbox.c.state == SendState.HELD)
        chat = (rows.with_for_update() if lock else rows).subquery().c.chat_id
        columns = chat.table.c
        query = select(
            func.count(),
            func.count(func.distinct(case((chat > 0, chat)))),
            func.count(func.distinct(case((chat < 0, chat)))),
            func.coalesce(func.max(columns.id), 0),
        ).select_from(chat.table)
        return Held(*(await self.connection.execute(query)).one())

    async def release(self) -> None:
        """Queue what is held."""
        await self._requeue(outbox.c.state == SendState.HELD, {})

    async def drop(self) -> None:
        """Give up what is held, for good."""
        await self.connection.execute(
            update(outbox)
            .where(outbox.c.state == SendState.HELD)
            .values(state=SendState.FAILED, error=DROPPED, done_at=self.now)
        )

    async def pending(self) -> int:
        """Return how many rows wait or are being sent."""
        return (await self.connection.execute(select(func.count()).select_from(outbox).where(WAITING))).scalar_one()

    async def _requeue(
        self,
        which: ColumnElement[bool],
        noted: Mapping[str, Any],
        **values: Any,  # noqa: ANN401 - columns
    ) -> int:
        """Queue rows again and return how many; one whose key has a newer row waiting is superseded by that one.

        ``noted`` is stored in the rows whatever becomes of them, ``values`` in those that are queued.
        """
        statement = update(outbox).where(which).values(state=SendState.QUEUED, leased_until=None, **noted, **values)
        while True:
            await self._supersede(which, noted)
            try:
                async with self.connection.begin_nested():
                    return (await self.connection.execute(statement)).rowcount
            except IntegrityError:  # a newer row came between the two statements: now it is seen
                continue

    async def _supersede(
        self, which: ColumnElement[bool], noted: Mapping[str, Any], twin_chat: int | None = None
    ) -> None:
        """Mark the rows for which another row waits under the same key (in ``twin_chat``, or else in the same chat)."""
        twin = outbox.alias()
        newer = exists().where(
            twin.c.id != outbox.c.id,
            twin.c.chat_id == (outbox.c.chat_id if twin_chat is None else twin_chat),
            twin.c.key == outbox.c.key,
            twin.c.state == SendState.QUEUED,
        )
        await self.connection.execute(
            update(outbox)
            .where(which, newer)
            .values(state=SendState.SUPERSEDED, done_at=self.now, leased_until=None, **noted)
        )


def _claimed(row: Any) -> OutboxRow:  # noqa: ANN401 - a row of ``outbox``
    return OutboxRow(
        id=row.id,
        chat_id=row.chat_id,
        person_id=row.person_id,
        screen=row.screen,
        facts=row.facts,
        live=row.live,
        key=row.key,
        batch=row.batch,
        priority=Priority(row.priority),
        silent=row.silent,
        messages=row.messages,
        attempts=row.attempts + 1,
        may_have_arrived=row.may_have_arrived or row.state is SendState.SENDING,
        message_id=row.message_id,
        queued_at=row.queued_at,
        update_id=row.update_id,
    )
