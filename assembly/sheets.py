"""Hands in the room: a tally sheet with a ballot for each seat, entered by one and confirmed by another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assembly import errors
from assembly.options import Chosen


class SheetState(StrEnum):
    """The life of a sheet: only ``CONFIRMED`` made ballots of it."""

    DRAFT = "draft"
    OFFERED = "offered"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Sheet:
    """A tally sheet of one vote. ``lines``: what was seen, by member id; ``skipped``: whose ballot stood already."""

    id: int
    meeting_id: int
    motion_id: int
    state: SheetState
    lines: Mapping[int, Chosen]
    skipped: tuple[int, ...]
    entered_by: int
    entered_at: datetime
    decided_by: int | None = None


def check_may_confirm(sheet: Sheet, person_id: int) -> None:
    """Refuse a confirmation by who entered the sheet, and one of a sheet that does not wait for it (any more)."""
    if sheet.entered_by == person_id:
        raise errors.SamePerson
    if sheet.state is not SheetState.OFFERED:
        raise errors.Gone
