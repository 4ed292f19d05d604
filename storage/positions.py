"""Positions of members on agenda items, and the decisions of their colleges."""

from sqlalchemy import bindparam, select, update

from assembly.positions import CollegeDecision, Position, Stance
from storage.prepared import Prepared
from storage.repository import Repository
from storage.tables import agenda_items, college_decisions, positions

_COLUMNS = (
    positions.c.item_id,
    positions.c.member_id,
    positions.c.stance,
    positions.c.remark,
    positions.c.lapsed_at.is_not(None),
)

_OF_ITEM = Prepared(
    lambda _: select(*_COLUMNS).where(positions.c.item_id == bindparam("item_id")).order_by(positions.c.member_id)
)


class Positions(Repository):
    """Positions by item and by member."""

    async def of_member(self, meeting_id: int, member_id: int) -> dict[int, Position]:
        """Return the member's positions on the items of an assembly, by item id."""
        query = (
            select(*_COLUMNS)
            .join(agenda_items, agenda_items.c.id == positions.c.item_id)
            .where(agenda_items.c.meeting_id == meeting_id, positions.c.member_id == member_id)
        )
        return {row[0]: Position(*row) for row in await self.connection.execute(query)}

    async def of_item(self, item_id: int) -> dict[int, Position]:
        """Return the positions of all members on an item, by member id."""
        return {row[1]: Position(*row) for row in await _OF_ITEM.run(self.connection, item_id=item_id)}

    async def set_stance(self, item_id: int, member_id: int, stance: Stance, set_by: int) -> None:
        """Store what the member wants on an item, about the proposal as it stands now."""
        values = {"stance": stance, "set_by": set_by, "set_at": self.now, "lapsed_at": None}
        await self._set(item_id, member_id, values, {"remark": ""})

    async def set_remark(self, item_id: int, member_id: int, remark: str, set_by: int) -> None:
        """Store a remark beside the member's stance on an item; an empty one takes it away."""
        await self._set(item_id, member_id, {"remark": remark, "set_by": set_by, "set_at": self.now}, {})

    async def lapse(self, item_id: int) -> tuple[int, ...]:
        """Let every stance on an item lapse; return the ids of the members that had one."""
        had = [member_id for member_id, position in (await self.of_item(item_id)).items() if position.holds]
        await self.connection.execute(
            update(positions)
            .where(positions.c.item_id == item_id, positions.c.member_id.in_(had))
            .values(lapsed_at=self.now)
        )
        return tuple(had)

    async def decision(self, meeting_id: int, member_id: int) -> CollegeDecision | None:
        """Return under which number and when the member's college decided, or ``None``."""
        query = select(college_decisions.c.number, college_decisions.c.decided_on).where(
            college_decisions.c.meeting_id == meeting_id, college_decisions.c.member_id == member_id
        )
        row = (await self.connection.execute(query)).first()
        return CollegeDecision(*row) if row else None

    async def set_decision(self, meeting_id: int, member_id: int, decision: CollegeDecision, given_by: int) -> None:
        """Store under which number and when the member's college decided."""
        values = {
            "number": decision.number,
            "decided_on": decision.day,
            "given_by": given_by,
            "given_at": self.now,
        }
        statement = self.insert(college_decisions).values(meeting_id=meeting_id, member_id=member_id, **values)
        await self.connection.execute(
            statement.on_conflict_do_update(index_elements=["meeting_id", "member_id"], set_=values)
        )

    async def _set(self, item_id: int, member_id: int, values: dict[str, object], new: dict[str, object]) -> None:
        statement = self.insert(positions).values(item_id=item_id, member_id=member_id, **values, **new)
        await self.connection.execute(
            statement.on_conflict_do_update(index_elements=["item_id", "member_id"], set_=values)
        )
