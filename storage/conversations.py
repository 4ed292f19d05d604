"""What a person is busy typing: one row per person, so that a restart forgets nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from storage.repository import Repository
from storage.tables import conversations


@dataclass(frozen=True)
class Conversation:
    """The step that the next text or document belongs to, with what was given so far."""

    step: str
    data: Mapping[str, Any]


class Conversations(Repository):
    """The multi-step input of people."""

    async def current(self, person_id: int) -> Conversation | None:
        """Return what the person is busy with, or ``None``."""
        query = select(conversations.c.step, conversations.c.data).where(conversations.c.person_id == person_id)
        row = (await self.connection.execute(query)).first()
        return Conversation(row.step, row.data) if row else None

    async def since(self, person_id: int) -> datetime | None:
        """Return when the person was asked for what it is busy with, or ``None``."""
        query = select(conversations.c.updated_at).where(conversations.c.person_id == person_id)
        asked_at: datetime | None = (await self.connection.execute(query)).scalar_one_or_none()
        return asked_at

    async def begin(self, person_id: int, step: str, **data: Any) -> None:  # noqa: ANN401 - stored as JSON
        """Expect ``step`` from the person next; replaces whatever it was busy with."""
        values = {"step": step, "data": data, "updated_at": self.now}
        statement = self.insert(conversations).values(person_id=person_id, **values)
        await self.connection.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))

    async def end(self, person_id: int) -> bool:
        """Forget what the person was busy with; say whether there was anything."""
        result = await self.connection.execute(delete(conversations).where(conversations.c.person_id == person_id))
        return result.rowcount > 0
