"""Nominations under agenda items."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, insert, select, update

from assembly.nominations import Nomination
from storage.repository import Repository
from storage.tables import agenda_items, nominations


@dataclass(frozen=True)
class StoredNomination:
    """A nomination under an item. ``sent_at`` is ``None`` until everybody who was convened gets it."""

    id: int
    item_id: int
    number: str
    title: str
    supervisory: bool
    nomination: Nomination
    sent_at: datetime | None


_FACTS = tuple(nominations.c[name] for name in Nomination.__dataclass_fields__)


class Nominations(Repository):
    """Nominations by item and by assembly."""

    async def add(self, item_id: int, nomination: Nomination, added_by: int, *, supervisory: bool) -> int:
        """Store a nomination and return its id."""
        statement = insert(nominations).values(
            item_id=item_id, supervisory=supervisory, added_by=added_by, added_at=self.now, **asdict(nomination)
        )
        return int((await self.connection.execute(statement.returning(nominations.c.id))).scalar_one())

    async def get(self, nomination_id: int) -> StoredNomination | None:
        """Return one nomination, or ``None``."""
        return next(iter(await self._found(_select().where(nominations.c.id == nomination_id))), None)

    async def of_meeting(self, meeting_id: int) -> list[StoredNomination]:
        """Return every nomination of an assembly, in the order of its agenda."""
        return await self._found(_select().where(agenda_items.c.meeting_id == meeting_id))

    async def copy(self, items: Mapping[int, int]) -> None:
        """Give items of another assembly the nominations that were sent, unsent; ``items``: the new ones by the old."""
        query = select(nominations).where(nominations.c.item_id.in_(items), nominations.c.sent_at.is_not(None))
        for row in (await self.connection.execute(query.order_by(nominations.c.id))).mappings().all():
            values = {**row, "item_id": items[row["item_id"]], "sent_at": None}
            values.pop("id")
            await self.connection.execute(insert(nominations).values(values))

    async def mark_sent(self, nomination_ids: Collection[int]) -> None:
        """Note that these are on their way."""
        await self.connection.execute(
            update(nominations).where(nominations.c.id.in_(nomination_ids)).values(sent_at=self.now)
        )

    async def remove(self, nomination_id: int) -> None:
        """Take a nomination away."""
        await self.connection.execute(delete(nominations).where(nominations.c.id == nomination_id))

    async def _found(self, query: Select[Any]) -> list[StoredNomination]:
        rows = await self.connection.execute(query.order_by(agenda_items.c.position, nominations.c.id))
        return [_stored(row) for row in rows]


def _stored(row: Any) -> StoredNomination:  # noqa: ANN401 - a row of ``_select``
    nomination = Nomination(*row[6:])
    return StoredNomination(row.id, row.item_id, row.number, row.title, row.supervisory, nomination, row.sent_at)


def _select() -> Select[Any]:
    return select(
        nominations.c.id,
        nominations.c.item_id,
        agenda_items.c.number,
        agenda_items.c.title,
        nominations.c.supervisory,
        nominations.c.sent_at,
        *_FACTS,
    ).join(agenda_items, agenda_items.c.id == nominations.c.item_id)
