"""Buttons for voting before the assembly."""

from dataclasses import dataclass

from assembly.tally import Choice
from screens.presses.base import Press


@dataclass(frozen=True)
class ShowAdvance(Press, code="av"):
    """Show a page of what a member casts before the assembly."""

    meeting_id: int
    member_id: int
    page: int


@dataclass(frozen=True)
class WithdrawAdvance(Press, code="avw"):
    """Withdraw what a member cast on an item before the assembly."""

    item_id: int
    member_id: int


@dataclass(frozen=True)
class CastAdvance(Press, code="avc"):
    """Vote before the assembly, on one item for one member."""

    item_id: int
    member_id: int
    choice: Choice
