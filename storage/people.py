"""The people in the register, with their roles and their Telegram accounts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, bindparam, func, insert, or_, select, update

from assembly.members import Acting, Person, Role, RoleHeld
from storage.prepared import Prepared
from storage.repository import Repository
from storage.tables import attendance, ballots, people, proxies, replies, roles

_COLUMNS = (
    people.c.id,
    people.c.name,
    people.c.function,
    people.c.email,
    people.c.telegram_id,
    people.c.reachable,
)

# Every press asks these, so they are built once.
_BY_ACCOUNT = Prepared(lambda _: select(*_COLUMNS).where(people.c.telegram_id == bindparam("wanted")))
_BY_ID = Prepared(lambda _: select(*_COLUMNS).where(people.c.id == bindparam("wanted")))
_ROLES_OF_ONE = Prepared(
    lambda _: (
        select(roles.c.role, roles.c.member_id)
        .where(roles.c.person_id == bindparam("wanted"), roles.c.until.is_(None))
        .order_by(roles.c.id)
    )
)
_ROLES_OF = (
    select(roles.c.person_id, roles.c.role, roles.c.member_id)
    .where(roles.c.person_id.in_(bindparam("ids", expanding=True)), roles.c.until.is_(None))
    .order_by(roles.c.id)
)


@dataclass(frozen=True)
class Kept:
    """How much is kept about a person, beside its name and roles."""

    registered_at: datetime | None
    replies: int
    proxies: int
    attendances: int
    ballots: int


class People(Repository):
    """People with the roles that they hold now."""

    async def acting(self, telegram_id: int) -> Acting | None:
        """Return the person whose account this is, with its roles, or ``None`` for a stranger."""
        return await self._one(_BY_ACCOUNT, telegram_id)

    async def get(self, person_id: int) -> Acting | None:
        """Return one person with its roles, or ``None``."""
        return await self._one(_BY_ID, person_id)

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

    async def representatives(self, at: datetime | None = None) -> dict[int, tuple[int, ...]]:
        """Return, for every member that has any, the ids of its representatives now, or at an earlier moment."""
        lasts = roles.c.until.is_(None)
        held = lasts if at is None else and_(roles.c.since <= at, or_(lasts, roles.c.until > at))
        rows = await self.connection.execute(
            select(roles.c.member_id, roles.c.person_id)
            .where(roles.c.role == Role.REPRESENTATIVE, held, roles.c.member_id.is_not(None))
            .distinct()
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

    async def unbind(self, person_id: int) -> None:
        """Let go of the person's Telegram account."""
        await self.connection.execute(
            update(people).where(people.c.id == person_id).values(telegram_id=None, registered_at=None)
        )

    async def set_reachable(self, telegram_id: int, *, reachable: bool) -> None:
        """Note whether messages can reach this account; changes nothing for a stranger."""
        await self.connection.execute(
            update(people)
            .where(people.c.telegram_id == telegram_id, people.c.reachable.is_not(reachable))
            .values(reachable=reachable)
        )

    async def add_all(self, new: Sequence[Person]) -> tuple[int, ...]:
        """Store new people and return their ids, in order."""
        if not new:
            return ()
        statement = insert(people).returning(people.c.id, sort_by_parameter_order=True)
        values = [{"name": person.name, "function": person.function, "email": person.email} for person in new]
        return tuple(row.id for row in await self.connection.execute(statement, values))

    async def grant_role(self, person_id: int, held: RoleHeld) -> None:
        """Give the person a role from now on, unless it holds it already."""
        await self.grant_roles([(person_id, held)])

    async def grant_roles(self, granted: Sequence[tuple[int, RoleHeld]]) -> None:
        """Give people roles from now on, unless they hold them already."""
        if granted:
            await self.connection.execute(
                self.insert(roles).on_conflict_do_nothing(),
                [
                    {"person_id": person_id, "role": held.role, "member_id": held.member_id, "since": self.now}
                    for person_id, held in granted
                ],
            )

    async def lock_office(self) -> None:
        """Keep others who would change who is in the secretariat, or the register as a whole, waiting until the end.

        Two who take each other out at the same moment would else leave nobody.
        """
        await self.connection.execute(
            select(roles.c.id).where(roles.c.role == Role.SECRETARIAT, roles.c.until.is_(None)).with_for_update()
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

    async def kept(self, person_id: int) -> Kept:
        """Return what else is kept about the person."""

        async def count(table: Table, *conditions: ColumnElement[bool]) -> int:
            query = select(func.count()).select_from(table).where(or_(*conditions))
            return (await self.connection.execute(query)).scalar_one()

        registered = select(people.c.registered_at).where(people.c.id == person_id)
        return Kept(
            (await self.connection.execute(registered)).scalar_one_or_none(),
            await count(replies, replies.c.person_id == person_id),
            await count(
                proxies,
                proxies.c.holder_id == person_id,
                proxies.c.prepared_by == person_id,
                proxies.c.signed_by == person_id,
            ),
            await count(attendance, attendance.c.person_id == person_id),
            await count(ballots, ballots.c.person_id == person_id),
        )

    async def _one(self, query: Prepared, wanted: int) -> Acting | None:
        for row in await query.run(self.connection, wanted=wanted):
            person = Person(*row)
            held = await _ROLES_OF_ONE.run(self.connection, wanted=person.id)
            return Acting(person, tuple(RoleHeld(*role) for role in held))
        return None

    async def _with_roles(self, found: list[Person]) -> tuple[Acting, ...]:
        rows = await self.connection.execute(_ROLES_OF, {"ids": [person.id for person in found]})
        held: dict[int, tuple[RoleHeld, ...]] = defaultdict(tuple)
        for row in rows:
            held[row.person_id] += (RoleHeld(row.role, row.member_id),)
        return tuple(Acting(person, held[person.id]) for person in found)
