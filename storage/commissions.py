"""Commissions: groups of people that a notice can be aimed at."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from storage.repository import Repository
from storage.tables import commission_people, commissions


@dataclass(frozen=True)
class Commission:
    """A commission."""

    id: int
    name: str


class Commissions(Repository):
    """Commissions by key, with their people."""

    async def all(self) -> tuple[Commission, ...]:
        """Return the commissions that there are, by name."""
        query = select(commissions.c.id, commissions.c.name).where(commissions.c.ended_at.is_(None))
        rows = await self.connection.execute(query.order_by(commissions.c.name, commissions.c.id))
        return tuple(Commission(*row) for row in rows)

    async def get(self, commission_id: int) -> Commission | None:
        """Return one, or ``None`` where it is not there any more."""
        return next((commission for commission in await self.all() if commission.id == commission_id), None)

    async def add(self, name: str) -> int:
        """Store a commission without people and return its id."""
        statement = insert(commissions).values(name=name)
        return int((await self.connection.execute(statement.returning(commissions.c.id))).scalar_one())

    async def end(self, commission_id: int) -> None:
        """End a commission."""
        await self.connection.execute(
            update(commissions).where(commissions.c.id == commission_id).values(ended_at=self.now)
        )

    async def people(self, ids: Collection[int]) -> frozenset[int]:
        """Return the ids of the people in these commissions, as far as those have not ended."""
        query = (
            select(commission_people.c.person_id)
            .join(commissions, commissions.c.id == commission_people.c.commission_id)
            .where(commissions.c.id.in_(ids), commissions.c.ended_at.is_(None))
        )
        return frozenset((await self.connection.execute(query)).scalars())

    async def join(self, commission_id: int, person_id: int) -> None:
        """Let a person be in the commission."""
        statement = self.insert(commission_people).values(commission_id=commission_id, person_id=person_id)
        await self.connection.execute(statement.on_conflict_do_nothing())

    async def leave(self, commission_id: int, person_id: int) -> bool:
        """Let a person be in the commission no longer; say whether it was."""
        statement = delete(commission_people).where(
            commission_people.c.commission_id == commission_id, commission_people.c.person_id == person_id
        )
        return (await self.connection.execute(statement)).rowcount > 0
