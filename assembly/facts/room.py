"""Facts about the page for the screen in the room."""

from dataclasses import dataclass
from datetime import datetime

from assembly.meetings import Meeting
from assembly.motions import BallotForm, MotionState, OptionsOutcome
from assembly.options import Selection
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
    ``closes_at``: it closes by itself. ``otherwise``: why the chair pronounced a ``verdict``
    (keys of options) in place of what was counted.
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
    state: MotionState = MotionState.OPEN
    form: BallotForm = BallotForm.ROLL_CALL
    closes_at: datetime | None = None
    otherwise: str = ""
    verdict: Selection = ()
    procedural: bool = False


@dataclass(frozen=True)
class RoomPage:
    """What the screen in the room shows. ``present`` of ``total`` votes (weights) are there; ``quorum`` are needed.

    ``item``: number and title of the item at hand. ``paused_since``: the assembly is suspended.
    """

    meeting: Meeting
    present: int
    total: int
    quorum: int | None
    vote: RoomVote | None
    item: tuple[str, str] | None = None
    paused_since: datetime | None = None
