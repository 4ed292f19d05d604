"""Who checked in to an assembly, and who left."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from assembly.meetings import Mode
from storage.repository import Repository
from storage.tables import attendance


@dataclass(frozen=True)
class Visit:
    """Somebody's last stay at an assembly; ``left_at`` is ``None`` for who is there now, or stayed to the end.

    ``entry_id``: that it came, or that it left, was entered on its behalf.
    """

    person_id: int
    mode: Mode
    arrived_at: datetime
    left_at: datetime | None
    entry_id: int | None = None

    @property
    def present(self) -> bool:
        """Whether the person has not left."""
        return self.left_at is None


class Attendance(Repository):
    """The stays of people at assemblies."""

    async def visits(self, meeting_id: int) -> tuple[Visit, ...]:
        """Return the last stay of everybody who checked in, first come first."""
        query = (
            select(
                attendance.c.person_id,
                attendance.c.mode,
                attendance.c.arrived_at,
                attendance.c.left_at,
                attendance.c.entry_id,
            )
            .where(attendance.c.meeting_id == meeting_id)
            .order_by(attendance.c.id)
        )
        last = {row.person_id: Visit(*row) for row in await self.connection.execute(query)}
        return tuple(sorted(last.values(), key=lambda visit: visit.arrived_at))

    async def present(self, meeting_id: int) -> tuple[int, ...]:
        """Return the ids of the people who are there now, first come first."""
        query = (
            select(attendance.c.person_id)
            .where(attendance.c.meeting_id == meeting_id, attendance.c.left_at.is_(None))
            .order_by(attendance.c.arrived_at, attendance.c.id)
        )
        return tuple((await self.connection.execute(query)).scalars())

    async def mode(self, meeting_id: int, person_id: int) -> Mode | None:
        """Return how the person takes part now, or ``None`` where it is not there."""
        query = select(attendance.c.mode).where(
            attendance.c.meeting_id == meeting_id,
            attendance.c.person_id == person_id,
            attendance.c.left_at.is_(None),
        )
        return (await self.connection.execute(query)).scalar_one_or_none()

    async def arrive(self, meeting_id: int, person_id: int, mode: Mode, entry_id: int | None = None) -> None:
        """Check the person in now; it must not be there. ``entry_id``: as it was entered on its behalf."""
        await self.connection.execute(
            insert(attendance).values(
                meeting_id=meeting_id, person_id=person_id, mode=mode, arrived_at=self.now, entry_id=entry_id
            )
        )

    async def set_mode(self, meeting_id: int, person_id: int, mode: Mode) -> None:
        """Change how somebody who is there takes part; its moment of arrival stays."""
        await self._update_present(meeting_id, person_id, mode=mode)

    async def leave(self, meeting_id: int, person_id: int, entry_id: int | None = None) -> None:
        """Note that the person leaves now; a stay that was entered stays marked as that."""
        entered = {} if entry_id is None else {"entry_id": entry_id}
        await self._update_present(meeting_id, person_id, left_at=self.now, **entered)

    async def _update_present(self, meeting_id: int, person_id: int, **values: object) -> None:
        await self.connection.execute(
            update(attendance)
            .where(
                attendance.c.meeting_id == meeting_id,
                attendance.c.person_id == person_id,
                attendance.c.left_at.is_(None),
            )
            .values(**values)
        )
