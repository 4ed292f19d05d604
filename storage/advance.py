"""Votes cast before the assembly."""

from collections.abc import Mapping

from sqlalchemy import select, update

from assembly.advance import AdvanceBallot
from storage.repository import Repository
from storage.tables import advance_ballots, agenda_items

_COLUMNS = (
    advance_ballots.c.item_id,
    advance_ballots.c.member_id,
    advance_ballots.c.choice,
    advance_ballots.c.person_id,
    advance_ballots.c.cast_at,
    advance_ballots.c.update_id,
    advance_ballots.c.text_sha256,
    advance_ballots.c.lapsed_at.is_not(None),
    advance_ballots.c.withdrawn_at.is_not(None),
)


class AdvanceBallots(Repository):
    """One ballot for each item and member."""

    async def of_member(self, meeting_id: int, member_id: int) -> Mapping[int, AdvanceBallot]:
        """Return what the member cast on the items of an assembly, by item id."""
        query = (
            select(*_COLUMNS)
            .join(agenda_items, agenda_items.c.id == advance_ballots.c.item_id)
            .where(agenda_items.c.meeting_id == meeting_id, advance_ballots.c.member_id == member_id)
        )
        return {row.item_id: AdvanceBallot(*row) for row in await self.connection.execute(query)}

    async def of_item(self, item_id: int) -> Mapping[int, AdvanceBallot]:
        """Return what was cast on an item, by member id."""
        query = select(*_COLUMNS).where(advance_ballots.c.item_id == item_id).order_by(advance_ballots.c.member_id)
        return {row.member_id: AdvanceBallot(*row) for row in await self.connection.execute(query)}

    async def cast(self, ballot: AdvanceBallot) -> None:
        """Store what stands for a member on an item, or that nothing does, in place of what stood."""
        values = {
            "choice": ballot.choice,
            "person_id": ballot.person_id,
            "cast_at": ballot.cast_at,
            "update_id": ballot.update_id,
            "text_sha256": ballot.text_sha256,
            "lapsed_at": None,
            "withdrawn_at": self.now if ballot.withdrawn else None,
        }
        statement = self.insert(advance_ballots).values(item_id=ballot.item_id, member_id=ballot.member_id, **values)
        await self.connection.execute(
            statement.on_conflict_do_update(index_elements=["item_id", "member_id"], set_=values)
        )

    async def lapse(self, item_id: int) -> tuple[int, ...]:
        """Let everything that stands on an item lapse; return the ids of the members of which it was."""
        members = tuple(member_id for member_id, cast in (await self.of_item(item_id)).items() if cast.stands)
        await self.connection.execute(
            update(advance_ballots)
            .where(advance_ballots.c.item_id == item_id, advance_ballots.c.member_id.in_(members))
            .values(lapsed_at=self.now)
        )
        return members
