"""Many messages at once: one statement queues them for everybody, so that ten thousand hold up no vote.

What is broadcast is live and keyed. It shows what holds when it is sent, so one that is changed meanwhile is sent as
changed; and which message shows it in each chat is remembered, so that it can be edited or deleted there.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    cast,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.facts import dump
from storage.sending import Delivery, Sending
from storage.tables import Priority, SendState, chats, outbox, people, posted

NAMED = 1000
"""People whom one statement names."""

_WAITING = frozenset({SendState.QUEUED, SendState.SENDING, SendState.HELD})
DELIVERED, UNDER_WAY, FAILED = range(3)
"""How messages fare in a chat: one that failed for good outweighs one that waits, and that one the others."""


@dataclass(frozen=True)
class Post:
    """One message of a broadcast: what it shows, under which key. ``messages``: as how many Telegram counts it."""

    ref: object
    key: str
    silent: bool
    messages: int = 1


@dataclass(frozen=True)
class Tally:
    """How many people, or groups and channels, have all of a batch, wait for some of it, or miss some for good."""

    delivered: int
    under_way: int
    failed: int


class Broadcasts(Sending):
    """Queues for many. ``queued`` says whether this transaction queued something, so that the sender must wake.

    ``update_id`` is the update that causes it, for the logs.
    """

    queued: bool = False

    def __init__(self, connection: AsyncConnection, now: datetime, update_id: int | None) -> None:
        super().__init__(connection, now)
        self._update_id = update_id

    async def broadcast(
        self, person_ids: Collection[int], chat_ids: Collection[int], posts: Sequence[Post], *, batch: str
    ) -> None:
        """Queue ``posts`` in order for the accounts of people, and for chats; nothing for who has no account."""
        ids = sorted(person_ids)
        for first in range(0, len(ids), NAMED):
            named = people.c.id.in_(ids[first : first + NAMED])
            account = select(people.c.telegram_id, people.c.id).where(named, people.c.telegram_id.is_not(None))
            await self._queue_from(account, posts, batch)
        if chat_ids:
            nobody = cast(null(), outbox.c.person_id.type)
            await self._queue_from(select(chats.c.chat_id, nobody).where(chats.c.chat_id.in_(chat_ids)), posts, batch)

    async def redraw_all(self, post: Post, *, batch: str) -> None:
        """Queue ``post`` again wherever it is shown, or will be as soon as what is being sent has arrived.

        What still waits shows the change by itself.
        """
        sending = select(outbox.c.chat_id).where(outbox.c.key == post.key, outbox.c.state == SendState.SENDING)
        shown = select(posted.c.chat_id).where(posted.c.key == post.key).union(sending).subquery()
        query = select(shown.c.chat_id, people.c.id).outerjoin(people, people.c.telegram_id == shown.c.chat_id)
        await self._queue_from(query.where(literal(value=True)), [post], batch)

    async def take_back(self, facts: object, keys: str, *, batch: str) -> None:
        """Queue ``facts`` for every message that shows a key like ``keys``, as what is to become of that message.

        None of them shows anything from now on.
        """
        matching = posted.c.key.like(keys)
        query = select(posted.c.chat_id, people.c.id, posted.c.message_id)
        query = query.outerjoin(people, people.c.telegram_id == posted.c.chat_id).where(matching)
        values = {"screen": type(facts).__name__, "facts": dump(facts), "live": False, "silent": True, "messages": 1}
        columns = ["chat_id", "person_id", "message_id"]
        await self._insert(columns, query.order_by(posted.c.chat_id, posted.c.message_id), values, batch)
        await self.connection.execute(delete(posted).where(matching))

    async def give_up(self, batch: str, reason: str) -> None:
        """Send nothing of ``batch`` that still waits; what is being sent at this moment may still arrive."""
        await self.connection.execute(
            update(outbox)
            .where(outbox.c.batch == batch, outbox.c.state.in_([SendState.QUEUED, SendState.HELD]))
            .values(state=SendState.FAILED, error=reason, done_at=self.now)
        )

    async def try_again(self, batch: str) -> int:
        """Queue what failed in ``batch`` once more, to the account that its person has now; return how many."""
        account = select(people.c.telegram_id).where(people.c.id == outbox.c.person_id).scalar_subquery()
        failed = and_(outbox.c.batch == batch, outbox.c.state == SendState.FAILED)
        reachable = or_(outbox.c.person_id.is_(None), account.is_not(None))
        await self.connection.execute(
            update(outbox).where(failed, reachable, outbox.c.person_id.is_not(None)).values(chat_id=account)
        )
        count = await self._requeue(and_(failed, reachable), {"attempts": 0}, done_at=None, error=None, not_before=None)
        self.queued = self.queued or count > 0
        return count

    async def tally(self, batch: str) -> tuple[Tally, Tally]:
        """Count people, and groups and channels, by how the messages of ``batch`` fare with them together."""
        worst = func.max(_fares()).label("fares")
        query = select(outbox.c.chat_id, func.max(outbox.c.person_id).label("person_id"), worst)
        each = query.where(outbox.c.batch == batch).group_by(outbox.c.chat_id).subquery()
        of_group = each.c.person_id.is_(None)
        counted = select(of_group, each.c.fares, func.count()).group_by(of_group, each.c.fares)
        found = {(bool(group), fares): count for group, fares, count in await self.connection.execute(counted)}

        def of(*, group: bool) -> Tally:
            return Tally(*(found.get((group, fares), 0) for fares in (DELIVERED, UNDER_WAY, FAILED)))

        return of(group=False), of(group=True)

    async def failed_in(self, batch: str) -> list[Delivery]:
        """Return the messages of ``batch`` that were given up."""
        return await self.report(batch, outbox.c.state == SendState.FAILED)

    async def doubted_in(self, batch: str) -> list[Delivery]:
        """Return the messages of ``batch`` that may be there twice: of what failed, or is held, nothing is."""
        certain = outbox.c.state.in_([SendState.FAILED, SendState.HELD])
        return await self.report(batch, and_(outbox.c.may_have_arrived, ~certain))

    async def _queue_from(self, accounts: Select[Any], posts: Sequence[Post], batch: str) -> None:
        """Queue ``posts`` for each row (chat id, person id) of ``accounts``, in order, unless one waits there."""
        who = accounts.subquery()
        chat_id, person_id = who.c
        each = [
            select(
                chat_id,
                person_id,
                *(
                    literal(value, outbox.c[name].type)
                    for name, value in (
                        ("screen", type(post.ref).__name__),
                        ("facts", dump(post.ref)),
                        ("key", post.key),
                        ("silent", post.silent),
                        ("messages", post.messages),
                    )
                ),
                literal(place).label("place"),
            )
            for place, post in enumerate(posts)
        ]
        rows = union_all(*each).subquery()
        names = ["chat_id", "person_id", "screen", "facts", "key", "silent", "messages"]
        query = select(*list(rows.c)[:-1]).order_by(rows.c[0], list(rows.c)[-1])
        await self._insert(names, query, {"live": True}, batch)

    async def _insert(self, names: list[str], query: Select[Any], values: Mapping[str, Any], batch: str) -> None:
        """Insert the rows of ``query``, whose columns are ``names``, with ``values`` that are the same in all."""
        self.queued = True
        same = {
            **values,
            "batch": batch,
            "priority": Priority.BULK,
            "state": SendState.QUEUED,
            "queued_at": self.now,
        } | ({} if self._update_id is None else {"update_id": self._update_id})
        filled = query.add_columns(*(literal(value, outbox.c[name].type) for name, value in same.items()))
        statement = self.insert(outbox).from_select([*names, *same], filled)
        await self.connection.execute(statement.on_conflict_do_nothing())


def fares(state: SendState) -> int:
    """Return how a message in this state fares."""
    if state is SendState.FAILED:
        return FAILED
    return UNDER_WAY if state in _WAITING else DELIVERED


def _fares() -> ColumnElement[int]:
    waiting = outbox.c.state.in_(_WAITING)
    return case((outbox.c.state == SendState.FAILED, FAILED), (waiting, UNDER_WAY), else_=DELIVERED)
