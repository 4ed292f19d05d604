"""What else can be chosen under an agenda item: variants of a proposal, and candidates who were not nominated."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from storage.repository import Repository
from storage.tables import item_options


@dataclass(frozen=True)
class ItemOption:
    """A text or a name under an item."""

    id: int
    item_id: int
    label: str


_COLUMNS = (item_options.c.id, item_options.c.item_id, item_options.c.label)


class ItemOptions(Repository):
    """Options by agenda item, in the order in which they were added."""

    async def add(self, item_id: int, labels: Collection[str], added_by: int) -> None:
        """Store options."""
        values = {"item_id": item_id, "added_by": added_by, "added_at": self.now}
        await self.connection.execute(insert(item_options), [values | {"label": label} for label in labels])

    async def get(self, option_id: int) -> ItemOption | None:
        """Return one option, or ``None``."""
        row = (await self.connection.execute(select(*_COLUMNS).where(item_options.c.id == option_id))).first()
        return ItemOption(*row) if row else None

    async def of_item(self, item_id: int) -> tuple[ItemOption, ...]:
        """Return the options of an item."""
        query = select(*_COLUMNS).where(item_options.c.item_id == item_id).order_by(item_options.c.id)
        return tuple(ItemOption(*row) for row in await self.connection.execute(query))

    async def copy(self, items: Mapping[int, int]) -> None:
        """Give items of another assembly the same options; ``items``: the new ones by the old."""
        query = select(item_options).where(item_options.c.item_id.in_(items)).order_by(item_options.c.id)
        for row in (await self.connection.execute(query)).mappings().all():
            values = {**row, "item_id": items[row["item_id"]]}
            values.pop("id")
            await self.connection.execute(insert(item_options).values(values))

    async def remove(self, option_id: int) -> None:
        """Take an option away."""
        await self.connection.execute(delete(item_options).where(item_options.c.id == option_id))
