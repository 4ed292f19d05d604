"""Buttons of secret ballots. The choice stands in them and goes no other way; nothing of it is stored."""

from dataclasses import dataclass

from assembly.options import Chosen
from screens.presses.base import Press


@dataclass(frozen=True)
class ShowSecret(Press, code="ssee"):
    """Show the ballot again; ``by_seat`` is 1 to choose for one seat at a time."""

    motion_id: int
    by_seat: int


@dataclass(frozen=True)
class ShowChoice(Press, code="spick"):
    """Show what can be chosen for a seat, or with ``member_id`` 0 for all of which the vote is not in."""

    motion_id: int
    member_id: int


@dataclass(frozen=True)
class ChooseSecret(Press, code="sc"):
    """Choose; nothing is cast yet."""

    motion_id: int
    member_id: int
    choice: Chosen


@dataclass(frozen=True)
class CastSecret(Press, code="sok"):
    """Cast what was chosen, for good."""

    motion_id: int
    member_id: int
    choice: Chosen
