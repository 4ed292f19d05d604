"""Statements (stemverklaringen) with ballots."""

from collections.abc import Collection, Mapping

from sqlalchemy import delete, select

from storage.repository import Repository
from storage.tables import statements


class Statements(Repository):
    """One sentence with the ballot of a seat."""

    async def of_motion(self, motion_id: int, members: Collection[int] | None = None) -> Mapping[int, str]:
        """Return the statements in a vote by member id, perhaps of some ``members`` only."""
        query = select(statements.c.member_id, statements.c.text).where(statements.c.motion_id == motion_id)
        if members is not None:
            query = query.where(statements.c.member_id.in_(members))
        return {row.member_id: row.text for row in await self.connection.execute(query)}

    async def set(self, motion_id: int, member_id: int, text: str, given_by: int) -> None:
        """Store a statement in place of the one before; an empty one takes it away."""
        key = {"motion_id": motion_id, "member_id": member_id}
        if not text:
            await self.connection.execute(delete(statements).filter_by(**key))
            return
        values = {"text": text, "given_by": given_by, "given_at": self.now}
        statement = self.insert(statements).values(**key, **values)
        await self.connection.execute(statement.on_conflict_do_update(index_elements=[*key], set_=values))
