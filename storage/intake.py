"""What came in from Telegram: the done-keys, and the dead letters that could not be handled."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from storage.prepared import Prepared
from storage.repository import Repository
from storage.tables import dead_letters, done_updates

DONE_KEYS_KEPT = timedelta(hours=48)
"""Telegram redelivers for 24 hours at most, and numbers updates anew at random after a quiet week: a day more than the
first leaves room for a clock that is off, and is far from the second."""

_DONE = Prepared(
    lambda insert: insert(done_updates).on_conflict_do_nothing().returning(done_updates.c.update_id),
    [column.name for column in done_updates.c],
)


@dataclass(frozen=True)
class Origin:
    """The Telegram update that caused a write: the done-key."""

    bot_id: int
    update_id: int


class Intake(Repository):
    """Done-keys and dead letters."""

    async def mark_done(self, origin: Origin) -> bool:
        """Store the done-key; return ``False`` when it is there already.

        A concurrent transaction with the same key is waited for, so that exactly one of the two gets ``True``.
        """
        key = {"bot_id": origin.bot_id, "update_id": origin.update_id, "done_at": self.now}
        return bool(await _DONE.run(self.connection, **key))

    async def is_done(self, origin: Origin) -> bool:
        """Say whether the update was handled and committed."""
        query = select(done_updates.c.update_id).where(
            done_updates.c.bot_id == origin.bot_id, done_updates.c.update_id == origin.update_id
        )
        return (await self.connection.execute(query)).first() is not None

    async def forget_done(self, older_than: datetime) -> int:
        """Delete the done-keys from before ``older_than`` (see ``DONE_KEYS_KEPT``); return how many."""
        return (await self.connection.execute(delete(done_updates).where(done_updates.c.done_at < older_than))).rowcount

    async def dead_letter(self, bot_id: int, update_id: int | None, reason: str, payload: str) -> int:
        """Keep an update that could not be parsed or handled; return its id.

        ``reason`` says why and ``payload`` what it was, both without anybody's words.
        """
        statement = insert(dead_letters).values(
            bot_id=bot_id, update_id=update_id, reason=reason, payload=payload, stored_at=self.now
        )
        return int((await self.connection.execute(statement.returning(dead_letters.c.id))).scalar_one())

    async def dead_letters(self) -> tuple[str, ...]:
        """Return the reasons of all dead letters, oldest first."""
        query = select(dead_letters.c.reason).order_by(dead_letters.c.id)
        return tuple((await self.connection.execute(query)).scalars())
