"""Buttons of the speakers' lists."""

from dataclasses import dataclass

from assembly.floor import Round
from screens.presses.base import Press


@dataclass(frozen=True)
class AskFloor(Press, code="fl"):
    """I want to speak: on the item at hand, or in the rondvraag."""

    meeting_id: int
    round: Round


@dataclass(frozen=True)
class WithdrawFloor(Press, code="flx"):
    """I do not want to speak after all."""

    turn_id: int


@dataclass(frozen=True)
class AskFloorNote(Press, code="flq"):
    """Ask what one wants to speak about."""

    turn_id: int


@dataclass(frozen=True)
class ShowFloor(Press, code="fll"):
    """Show who wants to speak."""

    meeting_id: int


@dataclass(frozen=True)
class GiveFloor(Press, code="flg"):
    """Give somebody the floor."""

    turn_id: int


@dataclass(frozen=True)
class EndTurn(Press, code="fle"):
    """Take somebody off the list."""

    turn_id: int
