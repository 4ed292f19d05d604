"""Tally sheets: a ballot for each seat, from hands or voting cards, entered by one and confirmed by another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assembly import errors
from assembly.entries import SheetSource
from assembly.motions import Motion, MotionState, check_open
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
    source: SheetSource = SheetSource.HANDS


def check_may_confirm(sheet: Sheet, person_id: int) -> None:
    """Refuse a confirmation by who entered the sheet, and one of a sheet that does not wait for it (any more)."""
    if sheet.entered_by == person_id:
        raise errors.SamePerson
    if sheet.state is not SheetState.OFFERED:
        raise errors.Gone


def may_fill(motion: Motion, source: SheetSource, now: datetime) -> bool:
    """Whether a sheet of the vote can be filled in and confirmed now: see ``check_may_fill``."""
    try:
        check_may_fill(motion, source, now)
    except errors.Refusal:
        return False
    return True


def check_may_fill(motion: Motion, source: SheetSource, now: datetime) -> None:
    """Refuse what is possible only while the vote is open; cards can be entered while it is suspended too."""
    if not (source is SheetSource.CARDS and motion.state is MotionState.SUSPENDED):
        check_open(motion, now)
