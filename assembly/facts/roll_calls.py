"""Facts about the list of a roll-call vote."""

from dataclasses import dataclass
from datetime import datetime

from assembly.meeting_kinds import MeetingKind
from assembly.options import Option, Selection


@dataclass(frozen=True)
class RollCallRef:
    """The list of a roll-call vote, for one of those who may see it."""

    motion_id: int
    person_id: int


@dataclass(frozen=True)
class RollCallLine:
    """What was cast for a member with its ``votes``, and the ``receipt`` of that; ``None`` where nothing was.

    ``entered``: it was entered on the member's behalf.
    """

    member: str
    votes: int
    selection: Selection | None
    receipt: str
    entered: bool = False


@dataclass(frozen=True)
class RollCallList:
    """Who cast what in a roll-call vote that was published."""

    motion_id: int
    number: str
    title: str
    options: tuple[Option, ...]
    held: MeetingKind
    closed_at: datetime
    lines: tuple[RollCallLine, ...]
