"""Facts about the page for the screen in the room."""

from dataclasses import dataclass
from datetime import datetime

from assembly.meetings import Meeting
from assembly.motions import OptionsOutcome
from assembly.tally import Outcome


@dataclass(frozen=True)
class RoomAddress:
    """Where the page for the screen in the room is found; the address itself is kept nowhere."""

    meeting_id: int
    title: str


@dataclass(frozen=True)
class RoomVote:
    """The vote that the room looks at. ``outcome`` is there once it is published, and not a moment before.

    ``cast`` of ``present`` of ``total`` votes (weights); ``quorum`` are needed. ``closed_at``: nobody can vote now.
    """

    number: str
    title: str
    text: str
    cast: int
    present: int
    total: int
    quorum: int | None
    closed_at: datetime | None
    outcome: Outcome | OptionsOutcome | None
    straw: bool = False


@dataclass(frozen=True)
class RoomPage:
    """What the screen in the room shows. ``present`` of ``total`` votes (weights) are there; ``quorum`` are needed."""

    meeting: Meeting
    present: int
    total: int
    quorum: int | None
    vote: RoomVote | None
