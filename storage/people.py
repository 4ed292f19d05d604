"""The people in the register, with their roles and their Telegram accounts."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from assembly.members import Acting, Person, Role, RoleHeld
from storage.repository import Repository
from storage.tables import people, roles

_COLUMNS = (
    people.c.id,
    people.c.name,
    people.c.function,
    people.c.email,
    people.c.telegram_id,
    people.c.reachable,
)


class People(Repository):
    """People with the roles that they hold now."""

    async def acting(self, telegram_id: int) -> Acting | None:
        """Return the person whose account this is, with its roles, or ``None`` for a stranger."""
        return await self._one(people.c.telegram_id == telegram_id)

    async def get(self, person_id: int) -> Acting | None:
        """Return one person with its roles, or ``None``."""
        return await self._one(people.c.id == person_id)

    async def all(self, ids: Collection[int] | None = None) -> tuple[Acting, ...]:
        """Return everybody, or the people ``ids``, by name."""
        query = select(*_COLUMNS).order_by(people.c.name, people.c.id)
        if ids is not None:
            query = query.where(people.c.id.in_(ids))
        return await self._with_roles([Person(*row) for row in await self.connection.execute(query)])

    async def holding(self, held: Iterable[Role], *, member_id: int | None = None) -> tuple[Acting, ...]:
        """Return the people who hold one of the roles ``held`` now (for ``member_id`` when given), by name."""
        query = select(roles.c.person_id).where(roles.c.role.in_(list(held)), roles.c.until.is_(None))
        if member_id is not None:
            query = query.where(roles.c.member_id == member_id)
        return await self.all({row.person_id for row in await self.connection.execute(query)})

    async def representatives(self) -> dict[int, tuple[int, ...]]:
        """Return, for every member that has any, the ids of its representatives."""
        rows = await self.connection.execute(
            select(roles.c.member_id, roles.c.person_id)
            .where(roles.c.role == Role.REPRESENTATIVE, roles.c.until.is_(None), roles.c.member_id.is_not(None))
            .order_by(roles.c.member_id, roles.c.person_id)
        )
        found: dict[int, tuple[int, ...]] = defaultdict(tuple)
        for row in rows:
            found[row.member_id] += (row.person_id,)
        return dict(found)

    async def save(self, person: Person) -> int:
        """Store name, function and e-mail of ``person``, new where its id is 0, and return its id."""
        values: dict[str, Any] = {"name": person.name, "function": person.function, "email": person.email}
        if person.id:
            await self.connection.execute(update(people).where(people.c.id == person.id).values(values))
            return person.id
        result = await self.connection.execute(insert(people).values(values).returning(people.c.id))
        return int(result.scalar_one())

    async def bind(self, person_id: int, telegram_id: int) -> None:
        """Bind the Telegram account to the person."""
        await self.connection.execute(
            update(people)
            .where(people.c.id == person_id)
            .values(telegram_id=telegram_id, registered_at=self.now, reachable=True)
        )

    async def set_reachable(self, telegram_id: int, *, reachable: bool) -> None:
        """Note whether messages can reach this account; changes nothing for a stranger."""
        await self.connection.execute(
            update(people)
            .where(people.c.telegram_id == telegram_id, people.c.reachable.is_not(reachable))
            .values(reachable=reachable)
        )

    async def grant_role(self, person_id: int, held: RoleHeld) -> None:
        """Give the person a role from now on, unless it holds it already."""
        current = await self.get(person_id)
        if current and held in current.roles:
            return
        await self.connection.execute(
            insert(roles).values(person_id=person_id, role=held.role, member_id=held.member_id, since=self.now)
        )

    async def end_role(self, person_id: int, held: RoleHeld) -> bool:
        """End a role of the person now; say whether it held that role."""
        of_member = roles.c.member_id.is_(None) if held.member_id is None else roles.c.member_id == held.member_id
        ended = await self.connection.execute(
            update(roles)
            .where(roles.c.person_id == person_id, roles.c.role == held.role, of_member, roles.c.until.is_(None))
            .values(until=self.now)
        )
        return ended.rowcount > 0

    async def _one(self, condition: ColumnElement[bool]) -> Acting | None:
        row = (await self.connection.execute(select(*_COLUMNS).where(condition))).first()
        return (await self._with_roles([Person(*row)]))[0] if row else None

    async def _with_roles(self, found: list[Person]) -> tuple[Acting, ...]:
        rows = await self.connection.execute(
            select(roles.c.person_id, roles.c.role, roles.c.member_id)
            .where(roles.c.person_id.in_([person.id for person in found]), roles.c.until.is_(None))
            .order_by(roles.c.id)
        )
        held: dict[int, tuple[RoleHeld, ...]] = defaultdict(tuple)
        for row in rows:
            held[row.person_id] += (RoleHeld(row.role, row.member_id),)
        return tuple(Acting(person, held[person.id]) for person in found)
