"""The sender's side of the outbox: what became of a message, how a batch fares, and which message shows what.

Telegram knows no idempotency key, so a message is sent at least once: ``may_have_arrived`` tells when it may
be there twice.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import time

from sqlalchemy import ColumnElement, and_, delete, exists, func, literal, or_, select, update

from storage.tables import SendState, chats, outbox, posted
from storage.waiting import WAITING, Waiting

ERROR_LENGTH = 300
"""Characters of an error that are kept."""


@dataclass(frozen=True)
class Delivery:
    """How one message of a batch fares."""

    person_id: int | None
    chat_id: int
    state: SendState
    error: str | None
    done_at: datetime | None
    may_have_arrived: bool
    message_id: int | None


class Sending(Waiting):
    """Marks rows; ``not_before`` is Unix time in seconds on the machine's own clock."""

    async def mark_sent(self, row_id: int, message_id: int | None, more: Collection[int] = ()) -> None:
        """Mark a row as sent as message ``message_id``, where there is one: a keyed message is edited from now on.

        ``more`` are the further messages of an album, known under the key with their number.
        """
        statement = (
            update(outbox)
            .where(outbox.c.id == row_id)
            .values(
                state=SendState.SENT,
                message_id=message_id,
                done_at=self.now,
                leased_until=None,
                error=None,
                tried_at=time(),
            )
        )
        row = (await self.connection.execute(statement.returning(outbox.c.chat_id, outbox.c.key))).first()
        if row is not None and row.key is not None and message_id is not None:
            await self.set_posted(row.chat_id, row.key, message_id)
            for number, further in enumerate(more, start=1):
                await self.set_posted(row.chat_id, f"{row.key}+{number}", further)

    async def mark_failed(self, row_id: int, error: str, *, may_have_arrived: bool = False) -> None:
        """Give a row up for good. ``may_have_arrived``: the last attempt ended without an answer."""
        await self.connection.execute(
            update(outbox)
            .where(outbox.c.id == row_id)
            .values(
                state=SendState.FAILED,
                error=error[:ERROR_LENGTH],
                done_at=self.now,
                leased_until=None,
                tried_at=time(),
                may_have_arrived=or_(outbox.c.may_have_arrived, literal(may_have_arrived)),
            )
        )

    async def retry(
        self,
        row_id: int,
        not_before: float,
        error: str,
        *,
        may_have_arrived: bool = False,
        silent_until: float | None = None,
    ) -> None:
        """Queue a row for another try from ``not_before`` on, unless a newer row of its key waits already.

        ``may_have_arrived``: the attempt ended without an answer. ``silent_until``: the answer asked for silence.
        """
        await self._requeue(
            and_(outbox.c.id == row_id, WAITING),
            {"tried_at": time(), "silent_until": silent_until},
            not_before=not_before,
            error=error[:ERROR_LENGTH],
            may_have_arrived=or_(outbox.c.may_have_arrived, literal(may_have_arrived)),
        )

    async def send_anew(self, row_id: int, chat_id: int, message_id: int) -> None:
        """Queue a row for a message of its own, since the message that it should change cannot be changed any more."""
        await self.connection.execute(
            delete(posted).where(posted.c.chat_id == chat_id, posted.c.message_id == message_id)
        )
        await self._requeue(and_(outbox.c.id == row_id, WAITING), {"tried_at": time()}, message_id=None)

    async def failures(self) -> tuple[str, ...]:
        """Return why rows were given up, oldest first."""
        query = select(outbox.c.error).where(outbox.c.state == SendState.FAILED).order_by(outbox.c.id)
        return tuple((await self.connection.execute(query)).scalars())

    async def report(self, batch: str, *conditions: ColumnElement[bool]) -> list[Delivery]:
        """Return how each message of ``batch`` fares, or those that meet ``conditions``, as they were queued."""
        query = (
            select(
                outbox.c.person_id,
                outbox.c.chat_id,
                outbox.c.state,
                outbox.c.error,
                outbox.c.done_at,
                outbox.c.may_have_arrived,
                outbox.c.message_id,
            )
            .where(outbox.c.batch == batch, *conditions)
            .order_by(outbox.c.id)
        )
        return [Delivery(*row) for row in await self.connection.execute(query)]

    async def posted(self, chat_id: int, key: str) -> int | None:
        """Return the id of the message that shows ``key`` in the chat, or ``None``."""
        query = select(posted.c.message_id).where(posted.c.chat_id == chat_id, posted.c.key == key)
        return (await self.connection.execute(query)).scalar_one_or_none()

    async def sent_since(self, moment: datetime) -> tuple[tuple[int, int], ...]:
        """Return (chat id, message id) of every message that was sent or changed since then."""
        sent = select(outbox.c.chat_id, outbox.c.message_id).where(
            outbox.c.state == SendState.SENT, outbox.c.message_id.is_not(None), outbox.c.done_at >= moment
        )
        further = select(posted.c.chat_id, posted.c.message_id).where(posted.c.posted_at >= moment)
        rows = await self.connection.execute(sent.union(further).order_by("chat_id", "message_id"))
        return tuple((row.chat_id, row.message_id) for row in rows)

    async def watching(self, key: str) -> tuple[int, ...]:
        """Return the ids of the chats that show ``key``, or will as soon as what waits for them is sent."""
        waiting = select(outbox.c.chat_id).where(outbox.c.key == key, WAITING)
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
        await self.connection.execute(
            update(outbox)
            .where(outbox.c.chat_id == chat_id, outbox.c.key == key, outbox.c.state == SendState.SENDING)
            .values(key=None)
        )
        # Only now: what was being marked as sent just then was waited for, and has claimed the place.
        await self.connection.execute(delete(posted).where(posted.c.chat_id == chat_id, posted.c.key == key))

    async def silence(self, chat_id: int, reason: str) -> None:
        """Give up all that waits for a chat, or is held back after a restore, and edit nothing there any more.

        What is being sent at this moment may still arrive; it then claims no place and is not tried again.
        """
        await self.connection.execute(
            update(outbox)
            .where(outbox.c.chat_id == chat_id, or_(WAITING, outbox.c.state == SendState.HELD))
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
        moving = outbox.c.chat_id == old_chat_id, WAITING
        await self._supersede(and_(*moving, outbox.c.state == SendState.QUEUED), {}, new_chat_id)
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
