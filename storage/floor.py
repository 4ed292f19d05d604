"""Who wants to speak in an assembly."""

from sqlalchemy import insert, select, update

from assembly.floor import Round, Turn, TurnEnd
from storage.repository import Repository
from storage.tables import turns

_COLUMNS = (
    turns.c.id,
    turns.c.meeting_id,
    turns.c.person_id,
    turns.c.round,
    turns.c.item_id,
    turns.c.note,
    turns.c.asked_at,
    turns.c.given_at,
    turns.c.ended,
)


class Floor(Repository):
    """Turns by key, and the lists of who waits."""

    async def get(self, turn_id: int) -> Turn | None:
        """Return one turn, or ``None``."""
        row = (await self.connection.execute(select(*_COLUMNS).where(turns.c.id == turn_id))).first()
        return Turn(*row) if row else None

    async def waiting(self, meeting_id: int) -> tuple[Turn, ...]:
        """Return who speaks and who waits: the lists of items before the rondvraag, first come first."""
        query = select(*_COLUMNS).where(turns.c.meeting_id == meeting_id, turns.c.ended_at.is_(None))
        rows = await self.connection.execute(query.order_by(turns.c.round == Round.CLOSING, turns.c.id))
        return tuple(Turn(*row) for row in rows)

    async def ask(self, meeting_id: int, person_id: int, round_: Round, item_id: int | None) -> int:
        """Put a person at the end of a list, and return the id of its turn."""
        statement = insert(turns).values(
            meeting_id=meeting_id, person_id=person_id, round=round_, item_id=item_id, note="", asked_at=self.now
        )
        return int((await self.connection.execute(statement.returning(turns.c.id))).scalar_one())

    async def set_note(self, turn_id: int, note: str) -> None:
        """Store what somebody wants to speak about."""
        await self._set(turn_id, note=note)

    async def give(self, turn_id: int) -> None:
        """Note that somebody has the floor from now on."""
        await self._set(turn_id, given_at=self.now)

    async def end(self, turn_id: int, how: TurnEnd) -> None:
        """End a turn."""
        await self._set(turn_id, ended_at=self.now, ended=how)

    async def _set(self, turn_id: int, **values: object) -> None:
        await self.connection.execute(update(turns).where(turns.c.id == turn_id).values(**values))
