"""Positions (standpunten): what a member's college decided that its vote should be, item by item."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assembly.options import Selection, joined


class Stance(StrEnum):
    """What the college wants its vote to be; ``FREE`` leaves it to who casts it."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    FREE = "free"


@dataclass(frozen=True)
class Position:
    """A member's position on one agenda item. ``stance`` is ``None`` where only a remark was given.

    ``lapsed``: the proposal changed after the stance was given, so that it says nothing any more.
    """

    item_id: int
    member_id: int
    stance: Stance | None
    remark: str
    lapsed: bool = False

    @property
    def holds(self) -> bool:
        """Whether there is a stance, and it is about the proposal as it stands."""
        return self.stance is not None and not self.lapsed


@dataclass(frozen=True)
class CollegeDecision:
    """Under which number and on which day the college decided on its positions."""

    number: str
    day: date


def deviates(position: Position | None, cast: Selection) -> bool:
    """Whether ``cast``, on a matter, is not what the position asks; one that lapsed or leaves it free asks nothing."""
    if position is None or position.lapsed or position.stance is Stance.FREE:
        return False
    return position.stance is not None and position.stance.value != joined(cast)


def prepared(position: Position) -> str | None:
    """Return the choice that the position prepares; ``None`` where it says nothing any more, or leaves it free."""
    if position.stance is None or not position.holds or position.stance is Stance.FREE:
        return None
    return position.stance.value
