"""Who wants the floor (het woord): the speakers' lists of an agenda item and of the rondvraag."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

NOTE_LIMIT = 200
"""UTF-16 units of what somebody says beforehand it wants to speak about."""


class Round(StrEnum):
    """On which list somebody stands: of the item at hand, or of the rondvraag at the end."""

    ITEM = "item"
    CLOSING = "closing"


class TurnEnd(StrEnum):
    """How a turn ended: somebody spoke, took it back, or was taken off the list."""

    SPOKEN = "spoken"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


@dataclass(frozen=True)
class Turn:
    """Somebody's place on a list. ``item_id``: the item that was at hand; ``given_at``: since when it has the floor."""

    id: int
    meeting_id: int
    person_id: int
    round: Round
    item_id: int | None
    note: str
    asked_at: datetime
    given_at: datetime | None = None
    ended: TurnEnd | None = None
