"""Buttons of tally sheets and voting cards."""

from dataclasses import dataclass

from assembly.entries import SheetSource
from assembly.options import Chosen
from screens.presses.base import Press


@dataclass(frozen=True)
class OpenSheet(Press, code="sh"):
    """Enter the hands in the room, or the voting cards, in the vote that is open."""

    meeting_id: int
    source: SheetSource


@dataclass(frozen=True)
class PrintCards(Press, code="shk"):
    """Make the voting cards, to be printed."""

    meeting_id: int


@dataclass(frozen=True)
class TurnSheet(Press, code="shp"):
    """Show another page, or the choices for one seat (0: none)."""

    sheet_id: int
    page: int
    seat_id: int


@dataclass(frozen=True)
class MarkHand(Press, code="shm"):
    """This is what was seen of a seat."""

    sheet_id: int
    seat_id: int
    choice: Chosen


@dataclass(frozen=True)
class MarkRest(Press, code="shr"):
    """This is what was seen of all other seats."""

    sheet_id: int
    choice: Chosen


@dataclass(frozen=True)
class ClearSheet(Press, code="shc"):
    """Begin anew."""

    sheet_id: int


@dataclass(frozen=True)
class OfferSheet(Press, code="sho"):
    """Offer the sheet for confirmation."""

    sheet_id: int


@dataclass(frozen=True)
class ReturnSheet(Press, code="shb"):
    """Give the sheet back to be corrected."""

    sheet_id: int


@dataclass(frozen=True)
class ConfirmSheet(Press, code="shy"):
    """This is how the hands were."""

    sheet_id: int
