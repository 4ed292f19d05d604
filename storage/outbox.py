"""The outbox: what must be sent, stored in the transaction that caused it.

A row is an intent. Services queue with ``send`` and ``show``; what the sender needs stands in ``storage.sending``.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select, text, update

from storage.broadcasts import Broadcasts
from storage.facts import dump
from storage.prepared import Prepared
from storage.tables import Priority, SendState, outbox

_QUEUED = text("state = 'queued'")
_COLUMNS = (
    "chat_id",
    "person_id",
    "screen",
    "facts",
    "live",
    "key",
    "batch",
    "priority",
    "silent",
    "not_before",
    "state",
    "message_id",
    "queued_at",
    "update_id",
    "messages",
)
_ADD = Prepared(
    lambda insert_into: (
        insert_into(outbox)
        .on_conflict_do_nothing(index_elements=["chat_id", "key"], index_where=_QUEUED)
        .returning(outbox.c.id)
    ),
    _COLUMNS,
)
_WAITS = Prepared(
    lambda _: (
        select(outbox.c.id, outbox.c.screen, outbox.c.facts, outbox.c.live, outbox.c.priority)
        .where(outbox.c.chat_id == bindparam("chat_id"), outbox.c.key == bindparam("key"), _QUEUED)
        .with_for_update(read=True)
    )
)


class Outbox(Broadcasts):
    """Messages that wait."""

    async def send(
        self,
        chat_id: int,
        facts: object,
        *,
        person_id: int | None = None,
        priority: Priority = Priority.DIALOGUE,
        key: str | None = None,
        batch: str | None = None,
        silent: bool = False,
        edit: int | None = None,
        not_before: float | None = None,
        messages: int = 1,
    ) -> int:
        """Queue a message that shows ``facts`` as they are now; return the row's id.

        ``key``: edit in place the message that was posted under it, and replace what still waits under it.
        ``edit``: the id of the message to edit instead of sending a new one. ``batch`` groups rows for ``report``.
        ``not_before`` is Unix time in seconds on the machine's own clock. ``messages``: as how many Telegram counts it.
        """
        return await self._queue(
            chat_id,
            facts,
            key,
            person_id=person_id,
            priority=priority,
            batch=batch,
            silent=silent,
            message_id=edit,
            not_before=not_before,
            messages=messages,
            live=False,
        )

    async def spread(
        self,
        recipients: Iterable[tuple[int, int | None]],
        series: Sequence[object],
        *,
        priority: Priority = Priority.BULK,
        batch: str | None = None,
    ) -> None:
        """Queue the messages of ``series`` in order for each of ``recipients`` (chat id, person id), in one statement.

        Only the first message of the series makes a sound.
        """
        messages = [(type(facts).__name__, dump(facts), place > 0) for place, facts in enumerate(series)]
        rows = [
            {
                "chat_id": chat_id,
                "person_id": person_id,
                "screen": screen,
                "facts": facts,
                "live": False,
                "batch": batch,
                "priority": priority,
                "silent": silent,
                "state": SendState.QUEUED,
                "queued_at": self.now,
                "update_id": self._update_id,
            }
            for chat_id, person_id in recipients
            for screen, facts, silent in messages
        ]
        if rows:
            self.queued = True
            await self.connection.execute(insert(outbox), rows)

    async def show(
        self,
        chat_id: int,
        ref: object,
        *,
        key: str,
        person_id: int | None = None,
        priority: Priority = Priority.BALLOT,
        batch: str | None = None,
        silent: bool = True,
        edit: int | None = None,
        not_before: float | None = None,
    ) -> None:
        """Queue a screen that shows what ``ref`` refers to when it is sent; the options are those of ``send``.

        One waiting row per chat and key is enough, however often this is called: it will show every change so far.
        A row that is being sent already does not absorb the call: it may have been rendered before this change.
        """
        await self._queue(
            chat_id,
            ref,
            key,
            person_id=person_id,
            priority=priority,
            batch=batch,
            silent=silent,
            message_id=edit,
            not_before=not_before,
            live=True,
        )

    async def _queue(
        self,
        chat_id: int,
        shown: object,
        key: str | None,
        **options: Any,  # noqa: ANN401 - columns
    ) -> int:
        self.queued = True
        values = {"screen": type(shown).__name__, "facts": dump(shown), "update_id": self._update_id, **options}
        row = {**values, "chat_id": chat_id, "key": key, "state": SendState.QUEUED, "queued_at": self.now}
        while True:
            added = await _ADD.run(self.connection, **{"messages": 1, **row})
            row_id = added[0].id if added else await self._join_waiting(chat_id, key, values)
            if row_id is not None:
                return int(row_id)

    async def _join_waiting(self, chat_id: int, key: str | None, values: Mapping[str, Any]) -> int | None:
        """Let the row that waits under ``key`` show ``values``; return its id, or ``None`` when it waits no longer.

        The row stays locked until this transaction ends. Otherwise the sender could take and render it before this
        change is committed, and nothing would show the change. The lock is shared: members who vote at once do not
        wait for each other because they all change the same dashboard. Who is in more of a hurry takes the row along.
        """
        rows = await _WAITS.run(self.connection, chat_id=chat_id, key=key)
        if not rows:
            return None
        row = rows[0]
        urgent = values["priority"] < row.priority
        if urgent or (row.screen, row.facts, row.live) != (values["screen"], values["facts"], values["live"]):
            changed = {**values, "priority": min(values["priority"], row.priority)}
            await self.connection.execute(update(outbox).where(outbox.c.id == row.id).values(**changed))
        return int(row.id)
