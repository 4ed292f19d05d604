"""Rehearsals: who plays and since when."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select, update

from assembly.rehearsals import Rehearsal, RehearsalState
from storage.repository import Repository
from storage.tables import rehearsals

_SELECT = select(
    rehearsals.c.id,
    rehearsals.c.meeting_id,
    rehearsals.c.state,
    rehearsals.c.people,
    rehearsals.c.chats,
    rehearsals.c.begun_by,
    rehearsals.c.begun_at,
)
_ERASED = rehearsals.c.state == RehearsalState.ERASED


class Rehearsals(Repository):
    """The rehearsal that is planned or played; of those before it nothing is left but their number and day."""

    async def live(self, *, lock: bool = False) -> Rehearsal | None:
        """Return the rehearsal that is planned or played, or ``None``; there is at most one."""
        return await self._one(_SELECT.where(~_ERASED), lock=lock)

    async def get(self, rehearsal_id: int, *, lock: bool = False) -> Rehearsal | None:
        """Return one rehearsal, or ``None``. ``lock`` keeps others from changing it until the transaction ends."""
        return await self._one(_SELECT.where(rehearsals.c.id == rehearsal_id), lock=lock)

    async def plan(self, meeting_id: int, people: Iterable[int]) -> None:
        """Plan a rehearsal for ``people``; changes nothing where there is one already."""
        values = {"meeting_id": meeting_id, "state": RehearsalState.PLANNED, "people": sorted(people), "chats": []}
        await self.connection.execute(self.insert(rehearsals).values(values).on_conflict_do_nothing())

    async def invite(self, rehearsal_id: int, people: Iterable[int], chats: Iterable[int]) -> None:
        """Store who plays, and which groups and channels receive what is told to all."""
        await self._set(rehearsal_id, people=sorted(people), chats=sorted(chats))

    async def begin(self, rehearsal_id: int, begun_by: int) -> None:
        """Note that it begins now."""
        await self._set(rehearsal_id, state=RehearsalState.BEGUN, begun_by=begun_by, begun_at=self.now)

    async def move(self, rehearsal_id: int, state: RehearsalState) -> None:
        """Note how far it is."""
        await self._set(rehearsal_id, state=state)

    async def erase(self, rehearsal_id: int) -> None:
        """Note that it is erased; who played is forgotten."""
        await self._set(rehearsal_id, state=RehearsalState.ERASED, people=[], chats=[])

    async def _one(self, query: Select[Any], *, lock: bool) -> Rehearsal | None:
        row = (await self.connection.execute(query.with_for_update() if lock else query)).first()
        if row is None:
            return None
        rehearsal_id, meeting_id, state, people, chats, *begun = row
        return Rehearsal(rehearsal_id, meeting_id, state, tuple(people), tuple(chats), *begun)

    async def _set(self, rehearsal_id: int, **values: object) -> None:
        await self.connection.execute(update(rehearsals).where(rehearsals.c.id == rehearsal_id).values(values))
