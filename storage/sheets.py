"""Tally sheets of hands in the room, and of voting cards."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Row, insert, select, update

from assembly.entries import SheetSource
from assembly.options import Chosen
from assembly.sheets import Sheet, SheetState
from storage.repository import Repository
from storage.tables import sheets


class Sheets(Repository):
    """Sheets by key. Whoever changes one holds the lock on its assembly, see ``Meetings.get``."""

    async def get(self, sheet_id: int) -> Sheet | None:
        """Return one sheet, or ``None``."""
        row = (await self.connection.execute(select(sheets).where(sheets.c.id == sheet_id))).first()
        return _sheet(row) if row else None

    async def open_of(self, motion_id: int, person_id: int, source: SheetSource = SheetSource.HANDS) -> Sheet | None:
        """Return the sheet of a vote that a person is busy with, or ``None``."""
        query = select(sheets).where(
            sheets.c.motion_id == motion_id,
            sheets.c.entered_by == person_id,
            sheets.c.source == source,
            sheets.c.decided_at.is_(None),
        )
        row = (await self.connection.execute(query)).first()
        return _sheet(row) if row else None

    async def add(
        self, meeting_id: int, motion_id: int, entered_by: int, source: SheetSource = SheetSource.HANDS
    ) -> int:
        """Store an empty sheet and return its id."""
        statement = insert(sheets).values(
            meeting_id=meeting_id,
            motion_id=motion_id,
            source=source,
            state=SheetState.DRAFT,
            lines=[],
            skipped=[],
            entered_by=entered_by,
            entered_at=self.now,
        )
        return int((await self.connection.execute(statement.returning(sheets.c.id))).scalar_one())

    async def write(self, sheet_id: int, lines: Mapping[int, Chosen]) -> None:
        """Store what stands on a sheet."""
        await self._set(sheet_id, lines=[[member_id, str(choice)] for member_id, choice in sorted(lines.items())])

    async def move(self, sheet_id: int, state: SheetState) -> None:
        """Offer a sheet for confirmation, or give it back."""
        await self._set(sheet_id, state=state)

    async def confirm(self, sheet_id: int, decided_by: int, skipped: Collection[int]) -> None:
        """Note that a sheet was confirmed, and which of its lines made no ballot."""
        await self._set(
            sheet_id,
            state=SheetState.CONFIRMED,
            decided_by=decided_by,
            decided_at=self.now,
            skipped=sorted(skipped),
        )

    async def _set(self, sheet_id: int, **values: object) -> None:
        await self.connection.execute(update(sheets).where(sheets.c.id == sheet_id).values(**values))


def _sheet(row: Row[Any]) -> Sheet:
    return Sheet(
        row.id,
        row.meeting_id,
        row.motion_id,
        row.state,
        {member_id: Chosen(choice) for member_id, choice in row.lines},
        tuple(row.skipped),
        row.entered_by,
        row.entered_at,
        row.decided_by,
        row.source,
    )
