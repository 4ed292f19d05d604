"""Accounts that were blocked because their phone was lost or is in other hands."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from storage.repository import Repository
from storage.tables import blocked_accounts


@dataclass(frozen=True)
class Block:
    """An account that was blocked, of which person, by whom and when."""

    telegram_id: int
    person_id: int
    blocked_by: int
    blocked_at: datetime


class Blocks(Repository):
    """Blocked accounts."""

    async def of_account(self, telegram_id: int) -> Block | None:
        """Return the block of an account, or ``None``."""
        query = select(blocked_accounts).where(blocked_accounts.c.telegram_id == telegram_id)
        row = (await self.connection.execute(query)).first()
        return Block(*row) if row else None

    async def people(self) -> frozenset[int]:
        """Return the ids of the people of whom an account is blocked."""
        return frozenset((await self.connection.execute(select(blocked_accounts.c.person_id))).scalars())

    async def add(self, telegram_id: int, person_id: int, blocked_by: int) -> None:
        """Block an account."""
        values = {"person_id": person_id, "blocked_by": blocked_by, "blocked_at": self.now}
        statement = self.insert(blocked_accounts).values(telegram_id=telegram_id, **values)
        await self.connection.execute(statement.on_conflict_do_update(index_elements=["telegram_id"], set_=values))

    async def lift(self, telegram_id: int) -> None:
        """Let an account in again."""
        await self.connection.execute(delete(blocked_accounts).where(blocked_accounts.c.telegram_id == telegram_id))
