"""Buttons of ballot slips in a secret vote."""

from dataclasses import dataclass

from screens.presses.base import Press


@dataclass(frozen=True)
class OpenSlips(Press, code="slo"):
    """Enter the slips of the vote that is suspended."""

    motion_id: int


@dataclass(frozen=True)
class TurnSlips(Press, code="slp"):
    """Show another page."""

    motion_id: int
    page: int


@dataclass(frozen=True)
class MarkSlip(Press, code="slm"):
    """A slip was handed in for a seat (1), or not (0)."""

    motion_id: int
    seat_id: int
    handed: int


@dataclass(frozen=True)
class ClearSlips(Press, code="slc"):
    """Begin anew."""

    motion_id: int


@dataclass(frozen=True)
class AskTotals(Press, code="slt"):
    """Enter the totals."""

    motion_id: int


@dataclass(frozen=True)
class ConfirmSlips(Press, code="sly"):
    """These are the totals: close the vote and count."""

    motion_id: int
    version: int
