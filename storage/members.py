"""The members in the register."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import bindparam, insert, or_, select, update

from assembly.members import Member
from storage.prepared import Prepared
from storage.repository import Repository
from storage.tables import members, suspensions

_COLUMNS = (
    members.c.id,
    members.c.code,
    members.c.name,
    members.c.inhabitants,
    members.c.votes,
    members.c.since,
    members.c.until,
)

_NAME = Prepared(lambda _: select(members.c.name).where(members.c.id == bindparam("member_id")))


class Members(Repository):
    """Members by key, by code, and those of a day."""

    async def all(self) -> tuple[Member, ...]:
        """Return every member that was ever registered, by name."""
        rows = await self.connection.execute(select(*_COLUMNS).order_by(members.c.name))
        return tuple(Member(*row) for row in rows)

    async def active(self, day: date) -> tuple[Member, ...]:
        """Return the members of ``day``, by name, with whether they are suspended that day."""
        query = select(suspensions.c.member_id).where(
            suspensions.c.since <= day, or_(suspensions.c.until.is_(None), suspensions.c.until > day)
        )
        suspended = {row.member_id for row in await self.connection.execute(query)}
        return tuple(
            replace(member, suspended=True) if member.id in suspended else member
            for member in await self.all()
            if member.active_on(day)
        )

    async def get(self, member_id: int) -> Member | None:
        """Return one member, or ``None``."""
        row = (await self.connection.execute(select(*_COLUMNS).where(members.c.id == member_id))).first()
        return Member(*row) if row else None

    async def name(self, member_id: int) -> str | None:
        """Return the name of one member, or ``None``."""
        return next((row.name for row in await _NAME.run(self.connection, member_id=member_id)), None)

    async def names(self, ids: Sequence[int]) -> dict[int, str]:
        """Return the names of the members ``ids``, by id."""
        rows = await self.connection.execute(select(members.c.id, members.c.name).where(members.c.id.in_(ids)))
        return {row.id: row.name for row in rows}

    async def save(self, member: Member) -> int:
        """Store ``member``, new where its id is 0, and return its id."""
        values = {
            "code": member.code,
            "name": member.name,
            "inhabitants": member.inhabitants,
            "votes": member.votes,
            "since": member.since,
            "until": member.until,
        }
        if member.id:
            await self.connection.execute(update(members).where(members.c.id == member.id).values(values))
            return member.id
        result = await self.connection.execute(insert(members).values(values).returning(members.c.id))
        return int(result.scalar_one())
