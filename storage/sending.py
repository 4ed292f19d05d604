"""The sender's side of the outbox: claim with a lease, send, mark; and which message shows what.

Telegram knows no idempotency key, so a message is sent at least once: ``may_have_arrived`` tells when it may
be there twice.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, exists, func, literal, or_, select, text, true, update
from sqlalchemy.exc import IntegrityError

from storage.repository import Repository
from storage.tables import Priority, SendState, chats, outbox, posted

ERROR_LENGTH = 300
"""Characters of an error that are kept."""


@dataclass(frozen=True)
class OutboxRow:
    """A claimed intent. ``attempts`` counts the one at hand; ``message_id`` is the message to edit, if any."""

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
    attempts: int
    may_have_arrived: bool
    message_id: int | None
    queued_at: datetime


@dataclass(frozen=True)
class Delivery:
    """How one message of a batch fares."""

    person_id: int | None
    chat_id: int
    state: SendState
    error: str | None
    done_at: datetime | None
    may_have_arrived: bool


_WAITING = text("outbox.state IN ('queued', 'sending')")
"""In the very words of the index on what waits: with parameters in it neither database would use that index."""


class Sending(Repository):
    """Claims and marks rows. ``real_now`` and ``not_before`` are Unix time in seconds on the machine's own clock."""

    async def claim(
        self, limit: int, busy_chats: Collection[int], real_now: float, lease_seconds: float
    ) -> list[OutboxRow]:
        """Take at most ``limit`` rows that are due, most urgent first and at most one per chat, and lease them.

        A chat in ``busy_chats``, or with a row under a running lease, gets nothing: its messages must arrive in order.
        For the same reason a row that waits for another try holds up what comes after it in its chat, except what is
        more urgent. A row whose lease ran out is taken again.
        """
        queued = outbox.c.state == SendState.QUEUED
        due = or_(outbox.c.not_before.is_(None), outbox.c.not_before <= real_now)
        leased = and_(outbox.c.state == SendState.SENDING, outbox.c.leased_until > real_now)
        expired = and_(outbox.c.state == SendState.SENDING, outbox.c.leased_until <= real_now)
        place = func.row_number().over(partition_by=outbox.c.chat_id, order_by=(outbox.c.priority, outbox.c.id))
        in_turn = (
            select(outbox.c.id, place.label("place"))
            .where(_WAITING, or_(expired, and_(queued, or_(due, outbox.c.attempts > 0))))
            .where(outbox.c.chat_id.not_in(select(outbox.c.chat_id).where(_WAITING, leased)))
            .where(outbox.c.chat_id.not_in(busy_chats))
            .subquery()
        )
        query = (
            select(outbox)
            .join(in_turn, in_turn.c.id == outbox.c.id)
            .where(in_turn.c.place == 1, _WAITING, or_(expired, and_(queued, due)))
            .order_by(outbox.c.priority, outbox.c.id)
            .limit(limit)
            # A row that a transaction under way is about to change (see ``Outbox.show``) is left for the next claim.
            .with_for_update(of=outbox, skip_locked=True)
        )
        rows = (await self.connection.execute(query)).all()
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

    async def next_due(self, real_now: float) -> float | None:
        """Return the first moment after ``real_now`` at which a row becomes due or a lease runs out, or ``None``."""
        moment = case((outbox.c.state == SendState.SENDING, outbox.c.leased_until), else_=outbox.c.not_before)
        query = select(func.min(moment)).where(_WAITING, moment > real_now)
        due: float | None = (await self.connection.execute(query)).scalar_one()
        return due

    async def mark_sent(self, row_id: int, message_id: int | None) -> None:
        """Mark a row as sent as message ``message_id``, where there is one: a keyed message is edited from now on."""
        statement = (
            update(outbox)
            .where(outbox.c.id == row_id)
            .values(state=SendState.SENT, message_id=message_id, done_at=self.now, leased_until=None, error=None)
        )
        row = (await self.connection.execute(statement.returning(outbox.c.chat_id, outbox.c.key))).first()
        if row is not None and row.key is not None and message_id is not None:
            await self.set_posted(row.chat_id, row.key, message_id)

    async def mark_failed(self, row_id: int, error: str) -> None:
        """Give a row up for good."""
        await self.connection.execute(
            update(outbox)
            .where(outbox.c.id == row_id)
            .values(state=SendState.FAILED, error=error[:ERROR_LENGTH], done_at=self.now, leased_until=None)
        )

    async def retry(self, row_id: int, not_before: float, error: str, *, may_have_arrived: bool) -> None:
        """Queue a row for another try from ``not_before`` on, unless a newer row of its key waits already.

        ``may_have_arrived``: the attempt ended without an answer.
        """
        await self._requeue(
            outbox.c.id == row_id,
            not_before=not_before,
            error=error[:ERROR_LENGTH],
            may_have_arrived=or_(outbox.c.may_have_arrived, literal(may_have_arrived)),
        )

    async def release_leases(self) -> int:
        """Queue again, at start-up, whatever a process that was killed had under way; return how many rows."""
        return await self._requeue(outbox.c.state == SendState.SENDING, may_have_arrived=true())

    async def pending(self) -> int:
        """Return how many rows wait or are being sent."""
        return (await self.connection.execute(select(func.count()).select_from(outbox).where(_WAITING))).scalar_one()

    async def failures(self) -> tuple[str, ...]:
        """Return why rows were given up, oldest first."""
        query = select(outbox.c.error).where(outbox.c.state == SendState.FAILED).order_by(outbox.c.id)
        return tuple((await self.connection.execute(query)).scalars())

    async def report(self, batch: str) -> list[Delivery]:
        """Return how each message of ``batch`` fares, in the order in which they were queued."""
        query = (
            select(
                outbox.c.person_id,
                outbox.c.chat_id,
                outbox.c.state,
                outbox.c.error,
                outbox.c.done_at,
                outbox.c.may_have_arrived,
            )
            .where(outbox.c.batch == batch)
            .order_by(outbox.c.id)
        )
        return [Delivery(*row) for row in await self.connection.execute(query)]

    async def posted(self, chat_id: int, key: str) -> int | None:
        """Return the id of the message that shows ``key`` in the chat, or ``None``."""
        query = select(posted.c.message_id).where(posted.c.chat_id == chat_id, posted.c.key == key)
        return (await self.connection.execute(query)).scalar_one_or_none()

    async def watching(self, key: str) -> tuple[int, ...]:
        """Return the ids of the chats that show ``key``, or will as soon as what waits for them is sent."""
        waiting = select(outbox.c.chat_id).where(outbox.c.key == key, _WAITING)
        query = select(posted.c.chat_id).where(posted.c.key == key).union(waiting)
        return tuple((await self.connection.execute(query)).scalars())

    async def set_posted(self, chat_id: int, key: str, message_id: int) -> None:
        """Remember that the message shows ``key`` in the chat."""
        values = {"message_id": message_id, "posted_at": self.now}
        statement = self.insert(posted).values(chat_id=chat_id, key=key, **values)
        await self.connection.execute(statement.on_conflict_do_update(index_elements=["chat_id", "key"], set_=values))

    async def forget_posted(self, chat_id: int, key: str) -> None:
        """Forget which message shows ``key``, so that the next one is sent anew at the bottom of the chat.

        What is being sent under the key at this moment lets go of it: it must not claim the place of the new one.
        """
        await self.connection.execute(delete(posted).where(posted.c.chat_id == chat_id, posted.c.key == key))
        await self.connection.execute(
            update(outbox)
            .where(outbox.c.chat_id == chat_id, outbox.c.key == key, outbox.c.state == SendState.SENDING)
            .values(key=None)
        )

    async def silence(self, chat_id: int, reason: str) -> None:
        """Give up all that waits for a chat, and edit nothing there any more.

        What is being sent at this moment may still arrive; it then claims no place and is not tried again.
        """
        await self.connection.execute(
            update(outbox)
            .where(outbox.c.chat_id == chat_id, _WAITING)
            .values(state=SendState.FAILED, error=reason, key=None, done_at=self.now, leased_until=None)
        )
        await self.connection.execute(delete(posted).where(posted.c.chat_id == chat_id))

    async def outdated(self, key: str, batch: str, grace: timedelta) -> tuple[int, ...]:
        """Return the chats where ``key``, which tells how ``batch`` fares, is older than the last message done.

        ``grace`` is added for what was done while the screen was on its way.
        """
        done = select(func.max(outbox.c.done_at)).where(outbox.c.batch == batch)
        last: datetime | None = (await self.connection.execute(done)).scalar_one()
        if last is None:
            return ()
        query = select(posted.c.chat_id).where(posted.c.key == key, posted.c.posted_at < last + grace)
        return tuple((await self.connection.execute(query)).scalars())

    async def follow_migration(self, old_chat_id: int, new_chat_id: int) -> None:
        """Send from now on to the supergroup that a group became.

        A supergroup numbers its messages anew, so nothing that was posted before can be edited there.
        """
        await self.connection.execute(delete(posted).where(posted.c.chat_id == old_chat_id))
        moving = outbox.c.chat_id == old_chat_id, _WAITING
        await self._supersede(and_(*moving, outbox.c.state == SendState.QUEUED), twin_chat=new_chat_id)
        await self.connection.execute(update(outbox).where(*moving).values(chat_id=new_chat_id, message_id=None))
        known = exists().where(chats.alias().c.chat_id == new_chat_id)
        await self.connection.execute(
            update(chats).where(chats.c.chat_id == old_chat_id, ~known).values(chat_id=new_chat_id, kind="supergroup")
        )
        await self.connection.execute(
            update(chats)
            .where(chats.c.chat_id == old_chat_id, chats.c.unlinked_at.is_(None))
            .values(unlinked_at=self.now)
        )

    async def _requeue(self, which: ColumnElement[bool], **values: Any) -> int:  # noqa: ANN401 - columns
        """Queue rows again and return how many; one whose key has a newer row waiting is superseded by that one."""
        statement = update(outbox).where(which, _WAITING).values(state=SendState.QUEUED, leased_until=None, **values)
        while True:
            await self._supersede(which)
            try:
                async with self.connection.begin_nested():
                    return (await self.connection.execute(statement)).rowcount
            except IntegrityError:  # a newer row came between the two statements: now it is seen
                continue

    async def _supersede(self, which: ColumnElement[bool], twin_chat: int | None = None) -> None:
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
            .where(which, _WAITING, newer)
            .values(state=SendState.SUPERSEDED, done_at=self.now, leased_until=None)
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
        attempts=row.attempts + 1,
        may_have_arrived=row.may_have_arrived or row.state is SendState.SENDING,
        message_id=row.message_id,
        queued_at=row.queued_at,
    )
