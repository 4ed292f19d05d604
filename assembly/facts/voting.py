"""Facts about motions, ballots, outcomes and the decision list."""

from dataclasses import dataclass
from datetime import date, datetime

from assembly.options import Selection
from assembly.positions import Stance
from assembly.tally import Majority, Outcome


@dataclass(frozen=True)
class MotionItem:
    """An agenda item that can be put to the vote."""

    item_id: int
    number: str
    title: str


@dataclass(frozen=True)
class MotionChoice:
    """The agenda items that can be put to the vote now, in order."""

    items: tuple[MotionItem, ...]


@dataclass(frozen=True)
class MotionPreview:
    """What will be put to the vote. ``present`` of ``total`` votes (weights) can be cast; ``quorum`` are needed.

    ``persons``: the vote is secret by default, so that roll-call has to be chosen explicitly. ``untold``: the item was
    changed after the convocation, and the members were not told.
    """

    item_id: int
    meeting_id: int
    number: str
    title: str
    text: str
    majority: Majority
    persons: bool
    present: int
    total: int
    quorum: int | None
    untold: bool = False


@dataclass(frozen=True)
class BallotRef:
    """A person's ballot in a motion; a person who carries more seats than fit has several pages, from 0."""

    motion_id: int
    person_id: int
    page: int = 0


@dataclass(frozen=True)
class BallotSeat:
    """A seat on a ballot, and what stands for it. ``stance``: what its member asks, by position or instruction."""

    member_id: int
    member: str
    by_proxy: bool
    selection: Selection | None
    stance: Stance | None = None


@dataclass(frozen=True)
class BallotFacts:
    """A ballot: the text put to the vote, and the seats that its reader carries. ``closed_at``: nothing can change."""

    motion_id: int
    number: str
    title: str
    text: str
    seats: tuple[BallotSeat, ...]
    closed_at: datetime | None


@dataclass(frozen=True)
class TurnoutRef:
    """The turnout of a motion for those who lead the vote."""

    motion_id: int


@dataclass(frozen=True)
class PublicTurnoutRef:
    """The turnout of a motion for groups and channels."""

    motion_id: int


@dataclass(frozen=True)
class Turnout:
    """How many votes (weights) were cast of those that can be cast; never for what. ``leads``: its reader may close."""

    motion_id: int
    number: str
    title: str
    text: str
    cast: int
    present: int
    total: int
    closed_at: datetime | None
    leads: bool


@dataclass(frozen=True)
class Receipt:
    """What a press on a ballot came to: ``pressed`` was chosen, ``standing`` is what stands.

    The two differ where a press arrives after a later one of the same seat. ``deviates_from`` is what the member asked
    for where that is something else.
    """

    member: str
    pressed: Selection
    standing: Selection
    deviates_from: Stance | None = None


@dataclass(frozen=True)
class RollCall:
    """Which members cast what, by name; ``not_cast`` were present or represented and cast nothing.

    ``entered``: the ballots of these were entered on their behalf.
    """

    in_favour: tuple[str, ...]
    against: tuple[str, ...]
    abstained: tuple[str, ...]
    not_cast: tuple[str, ...]
    entered: tuple[str, ...] = ()


@dataclass(frozen=True)
class OutcomeAnnouncement:
    """The outcome of a motion, as it was established at the closing."""

    number: str
    title: str
    text: str
    closed_at: datetime
    outcome: Outcome
    roll_call: RollCall


@dataclass(frozen=True)
class Decision:
    """An entry of the decision list."""

    number: str
    text: str
    outcome: Outcome


@dataclass(frozen=True)
class DecisionList:
    """The decisions of an assembly, in the order in which they were taken. ``may_publish``: its reader may send it."""

    meeting_id: int
    title: str
    day: date
    decisions: tuple[Decision, ...]
    may_publish: bool


@dataclass(frozen=True)
class DecisionsPublished:
    """The decision list is on its way to ``people`` people."""

    people: int
