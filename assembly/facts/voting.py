"""Facts about motions, ballots, outcomes and the decision list."""

from dataclasses import dataclass
from datetime import date, datetime

from assembly.meeting_kinds import MeetingKind
from assembly.motions import BallotForm, MotionKind, MotionState, OptionsOutcome, Rule
from assembly.options import MATTER_OPTIONS, Option, Selection
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

    ``form``: how is voted unless something else is chosen. ``can_be_secret``: a secret vote would betray nobody now.
    ``untold``: the item was changed after the convocation, and the members were not told. ``options``, ``picks`` and
    ``rule`` as in a question.
    """

    item_id: int
    meeting_id: int
    number: str
    title: str
    text: str
    majority: Majority
    kind: MotionKind
    options: tuple[Option, ...]
    picks: int
    rule: Rule
    form: BallotForm
    can_be_secret: bool
    present: int
    total: int
    quorum: int | None
    untold: bool = False


@dataclass(frozen=True)
class ItemOptions:
    """What can be chosen under an item: its variants or candidates as (id, label), with id 0 for who was nominated."""

    item_id: int
    number: str
    title: str
    persons: bool
    options: tuple[tuple[int, str], ...]
    picks: int
    sitting: bool


@dataclass(frozen=True)
class OptionsExpected:
    """The next text has variants or candidates, one a line."""

    item_id: int
    number: str
    title: str
    persons: bool


@dataclass(frozen=True)
class BallotRef:
    """A person's ballot in a motion; a person who carries more seats than fit has several pages, from 0.

    ``member_id``: of several seats the one for which an option is being chosen.
    """

    motion_id: int
    person_id: int
    page: int = 0
    member_id: int | None = None


@dataclass(frozen=True)
class BallotSeat:
    """A seat on a ballot, and what stands for it. ``stance``: what its member asks, by position or instruction.

    ``statement``: what was said with the ballot; ``receipt``: its code once the vote is closed.
    """

    member_id: int
    member: str
    by_proxy: bool
    selection: Selection | None
    stance: Stance | None = None
    statement: str = ""
    receipt: str = ""


@dataclass(frozen=True)
class BallotFacts:
    """A ballot: the text put to the vote, and the seats that its reader carries. ``closed_at``: nothing can change.

    ``options``, ``picks``, ``straw``, ``procedural`` and ``round`` as in a question. ``seat``: of several seats the one
    for which an option is being chosen. ``held`` and ``closes_at`` as in a question. Of an acclamation nothing is cast.
    """

    motion_id: int
    number: str
    title: str
    text: str
    seats: tuple[BallotSeat, ...]
    closed_at: datetime | None
    options: tuple[Option, ...] = MATTER_OPTIONS
    picks: int = 1
    straw: bool = False
    round: int = 1
    page: int = 0
    seat: int | None = None
    state: MotionState = MotionState.OPEN
    form: BallotForm = BallotForm.ROLL_CALL
    held: MeetingKind = MeetingKind.ASSEMBLY
    closes_at: datetime | None = None
    procedural: bool = False


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
    """How many votes (weights) were cast of those that can be cast; never for what. ``leads``: its reader may close.

    ``erasing``: a secret vote is over, and its traces are not erased yet.
    """

    motion_id: int
    number: str
    title: str
    text: str
    cast: int
    present: int
    total: int
    closed_at: datetime | None
    leads: bool
    straw: bool = False
    round: int = 1
    state: MotionState = MotionState.OPEN
    form: BallotForm = BallotForm.ROLL_CALL
    closes_at: datetime | None = None
    erasing: bool = False
    procedural: bool = False


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
    options: tuple[Option, ...] = MATTER_OPTIONS


@dataclass(frozen=True)
class ReceiptForAll:
    """What a press for all seats came to: how many say ``pressed`` now, and what is otherwise, by member.

    ``later``: a later choice stands; ``refused``: not carried any more; ``deviating``: asked for something else.
    """

    pressed: Selection
    seats: int
    later: tuple[str, ...]
    refused: tuple[str, ...]
    deviating: tuple[str, ...]
    options: tuple[Option, ...] = MATTER_OPTIONS


@dataclass(frozen=True)
class RollCall:
    """Which members cast what, by name; ``not_cast`` were present or represented and cast nothing.

    ``entered``: the ballots of these were entered on their behalf, and those ``on_card`` from their voting cards.
    ``statements``: what was said with ballots, as (member, sentence). ``weighted``: members have different votes, and
    after each name stands how many.
    """

    in_favour: tuple[str, ...]
    against: tuple[str, ...]
    abstained: tuple[str, ...]
    not_cast: tuple[str, ...]
    entered: tuple[str, ...] = ()
    on_card: tuple[str, ...] = ()
    statements: tuple[tuple[str, str], ...] = ()
    weighted: bool = False


@dataclass(frozen=True)
class OutcomeAnnouncement:
    """The outcome of a motion, as it was established at the closing. Of a secret vote it is known who did not vote."""

    number: str
    title: str
    text: str
    closed_at: datetime
    outcome: Outcome
    roll_call: RollCall
    straw: bool = False
    form: BallotForm = BallotForm.ROLL_CALL
    held: MeetingKind = MeetingKind.ASSEMBLY
    procedural: bool = False


@dataclass(frozen=True)
class OptionsRollCall:
    """Which members chose what, by name: for each of ``keys`` the names at the same place; see ``RollCall``."""

    keys: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    not_cast: tuple[str, ...]
    entered: tuple[str, ...] = ()
    on_card: tuple[str, ...] = ()
    statements: tuple[tuple[str, str], ...] = ()
    weighted: bool = False


@dataclass(frozen=True)
class OptionsAnnouncement:
    """The outcome of a vote on variants or persons. ``earlier``: who was elected in the rounds before."""

    number: str
    title: str
    text: str
    closed_at: datetime
    outcome: OptionsOutcome
    roll_call: OptionsRollCall
    straw: bool = False
    form: BallotForm = BallotForm.ROLL_CALL
    earlier: tuple[str, ...] = ()
    held: MeetingKind = MeetingKind.ASSEMBLY


@dataclass(frozen=True)
class Decision:
    """An entry of the decision list, with corrections; ``earlier``: who was elected in the rounds before.

    ``otherwise``: why the chair pronounced something else than was counted, the ``verdict`` (keys of options; none: no
    decision); empty where that is not so.
    """

    number: str
    text: str
    outcome: Outcome | OptionsOutcome
    earlier: tuple[str, ...] = ()
    otherwise: str = ""
    corrections: tuple[str, ...] = ()
    verdict: Selection = ()


@dataclass(frozen=True)
class WrittenDecision:
    """A resolution in writing that was counted on a ``day``; ``knowledge``: how the board knew of it beforehand."""

    text: str
    day: date
    outcome: Outcome
    knowledge: str


@dataclass(frozen=True)
class DecisionList:
    """The decisions of an assembly, in the order in which they were taken. ``may_publish``: its reader may send it.

    ``written``: the resolutions in writing since the assembly before it.
    """

    meeting_id: int
    title: str
    day: date
    decisions: tuple[Decision, ...]
    may_publish: bool
    written: tuple[WrittenDecision, ...] = ()


@dataclass(frozen=True)
class DecisionsPublished:
    """The decision list is on its way to ``people`` people."""

    people: int
