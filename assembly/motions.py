"""Motions (voorstellen in stemming): when they may open, take a ballot and close."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum

from assembly import errors
from assembly.meeting_kinds import MeetingKind
from assembly.options import ABSTAIN, MATTER_OPTIONS, NONE, Option, Selection, parted
from assembly.tally import Majority, Outcome, Seat, Threshold

UPDATE_ORDER_HOLDS = timedelta(hours=48)
"""How long two update ids can be compared: Telegram keeps updates 24 h and restarts the numbers after a quiet week."""


class MotionKind(StrEnum):
    """What is asked: voor or tegen a proposal, which of several texts, or which persons."""

    MATTER = "matter"
    VARIANTS = "variants"
    PERSONS = "persons"


class BallotForm(StrEnum):
    """Whether afterwards everybody sees who cast what."""

    ROLL_CALL = "roll_call"
    SECRET = "secret"  # noqa: S105 - no password
    ACCLAMATION = "acclamation"
    """Nothing is cast at all: it is adopted unless somebody objects."""


class Rule(StrEnum):
    """How more than two options are decided.

    ``PLURALITY``: the most votes suffice. ``TOP_TWO``: whoever reaches the majority, and else a second round between
    the two with the most votes (twice as many as there are seats left). ``ELIMINATION``: whoever reaches the majority,
    and else further rounds without the option that had the fewest votes. Who share the last place go on, or drop out,
    together; with ``TOP_TWO_LOT`` and ``ELIMINATION_LOT`` the lot decides among them, where they are persons.
    """

    PLURALITY = "plurality"
    TOP_TWO = "top_two"
    TOP_TWO_LOT = "top_two_lot"
    ELIMINATION = "elimination"
    ELIMINATION_LOT = "elimination_lot"

    @property
    def by_lot(self) -> bool:
        """Whether the lot decides who takes part in a next round, of persons with as many votes."""
        return self in {Rule.TOP_TWO_LOT, Rule.ELIMINATION_LOT}


class MotionState(StrEnum):
    """The life of a motion: ``CLOSED`` is counted, ``PRONOUNCED`` by the chair, so that its outcome stands."""

    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    PRONOUNCED = "pronounced"
    VOIDED = "voided"


@dataclass(frozen=True)
class Question:
    """What is asked in a vote, as it is frozen at the opening.

    ``picks``: how many options a ballot can choose: the seats to fill. ``straw``: a peiling, counted and decides
    nothing. ``follows_id`` is the motion of which this is the next round, ``supersedes_id`` the one that is voted on
    again. ``closes_at``: the vote closes by itself. ``procedural``: an ordevoorstel, which decides nothing on its item.
    ``held``: in an assembly, or outside one.
    """

    text: str
    majority: Majority
    kind: MotionKind = MotionKind.MATTER
    form: BallotForm = BallotForm.ROLL_CALL
    straw: bool = False
    options: tuple[Option, ...] = MATTER_OPTIONS
    picks: int = 1
    rule: Rule = Rule.TOP_TWO
    round: int = 1
    follows_id: int | None = None
    supersedes_id: int | None = None
    closes_at: datetime | None = None
    procedural: bool = False
    held: MeetingKind = MeetingKind.ASSEMBLY

    @property
    def outside(self) -> bool:
        """Whether it is asked outside a meeting, where a seat is that of its member's own people, present or not."""
        return self.held is not MeetingKind.ASSEMBLY


@dataclass(frozen=True)
class Lot:
    """A lot drawn among options with as many votes: ``order`` has their keys, the first drawn first.

    It follows from ``seed`` alone, so that anybody can draw it again: see ``draw_lot``.
    """

    seed: str
    order: tuple[str, ...]


@dataclass(frozen=True)
class OptionsOutcome:
    """The counted vote on variants or persons. All numbers are votes (weights), not people.

    ``votes``: those of each of ``options``; ``cast``: on all ballots that are no abstention; ``basis_total``, of which
    the majority is a share, ``present`` and ``total`` as in ``Outcome``. ``chosen``: the keys of what was adopted or
    who was elected, the most votes first. ``remaining``: the options of a next round, none where all is decided; with
    ``tied`` a lot can decide among these in its place, or has to before it, and ``lot`` did.
    """

    kind: MotionKind
    rule: Rule
    round: int
    picks: int
    options: tuple[Option, ...]
    votes: tuple[int, ...]
    abstained: int
    not_cast: int
    cast: int
    present: int
    total: int
    majority: Majority
    basis_total: int
    needed: int
    chosen: tuple[str, ...]
    remaining: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    lot: Lot | None = None

    @property
    def awaits_lot(self) -> bool:
        """Whether the statutes have the lot decide who takes part in the next round, before there is one.

        Who share a seat are another matter: they reach the majority, or it is the last round.
        """
        if not (self.tied and self.rule.by_lot) or is_last_round(self):
            return False
        return self.standing[self.tied[0]] < self.needed

    @property
    def standing(self) -> Mapping[str, int]:
        """The votes by key."""
        return {option.key: votes for option, votes in zip(self.options, self.votes, strict=True)}

    def labels(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return the labels of options, in the order of ``keys``."""
        labels = {option.key: option.label for option in self.options}
        return tuple(labels[key] for key in keys)


def is_last_round(asked: Question | OptionsOutcome) -> bool:
    """Whether the round decides: no next one with fewer options can follow."""
    match asked.rule:
        case Rule.PLURALITY:
            return True
        case Rule.TOP_TWO | Rule.TOP_TWO_LOT:
            return asked.round > 1
        case Rule.ELIMINATION | Rule.ELIMINATION_LOT:
            return len(asked.options) <= asked.picks + 1


@dataclass(frozen=True, kw_only=True)
class Motion(Question):
    """A question put to the vote. ``state_changed_at``: since when it is in its ``state``.

    ``otherwise``: the chair pronounced something else than was counted, for a ``reason``; a void vote has one too.
    """

    id: int
    meeting_id: int
    item_id: int
    number: str
    title: str
    state: MotionState
    opened_at: datetime
    state_changed_at: datetime
    closed_at: datetime | None = None
    outcome: Outcome | OptionsOutcome | None = None
    otherwise: bool = False
    reason: str = ""

    @property
    def question(self) -> Question:
        """What is asked in it."""
        return Question(**{field.name: getattr(self, field.name) for field in fields(Question)})

    @property
    def decides(self) -> bool:
        """Whether its item has been put to the vote with it: a peiling, an ordevoorstel and a void vote do not."""
        return not (self.straw or self.procedural or self.state is MotionState.VOIDED)


@dataclass(frozen=True)
class Ballot:
    """What stands for one seat. ``update_id`` is the press that it came from.

    ``entry_id``: it was entered on behalf of the member.
    """

    motion_id: int
    member_id: int
    selection: Selection
    person_id: int
    cast_at: datetime
    update_id: int
    entry_id: int | None = None


def check_may_open(seats: Collection[Seat], quorum: Threshold | None) -> None:
    """Refuse to open a vote without anybody present, or below the quorum.

    ``quorum`` is a share of all votes (weights), counted on those present or represented.
    """
    total = sum(seat.weight for seat in seats)
    present = sum(seat.weight for seat in seats if seat.carrier_id is not None)
    if not present:
        raise errors.NobodyPresent
    if quorum is not None and not quorum.met(present, total):
        raise errors.QuorumMissing(present, quorum.needed(total))


def has_closed(motion: Motion, now: datetime) -> bool:
    """Whether the moment has come at which the vote closes by itself, also where nobody has closed it yet."""
    return motion.closes_at is not None and now >= motion.closes_at


def check_open(motion: Motion, now: datetime) -> None:
    """Refuse what is possible only while ballots can be cast."""
    if motion.form is BallotForm.ACCLAMATION:
        raise errors.Gone
    if motion.state in {MotionState.SUSPENDED, MotionState.VOIDED}:
        raise errors.VotingSuspended(void=motion.state is MotionState.VOIDED)
    if motion.state is not MotionState.OPEN:
        raise errors.VotingClosed(motion.closed_at or motion.opened_at)
    if has_closed(motion, now):
        raise errors.VotingClosed(motion.closes_at or now)


def check_may_cast(
    motion: Motion, seat: Seat | None, person_id: int, member_name: str, now: datetime, *, on_card: bool = False
) -> None:
    """Refuse a ballot unless the vote is open, and one by anybody but the seat's carrier in the frozen electorate.

    One that stands ``on_card`` was cast on paper, and counts while the vote is suspended too.
    """
    if not (on_card and motion.state is MotionState.SUSPENDED):
        check_open(motion, now)
    if seat is None or seat.carrier_id != person_id:
        raise errors.NotYourSeat(member_name)


def check_selection(question: Question, choice: str) -> Selection:
    """Return what ``choice`` ("for", "1,3") says.

    Refuses what is no option of the vote, and more than can be chosen: an abstention and "none of these" stand alone.
    """
    chosen = parted(choice)
    keys = {option.key for option in question.options}
    if chosen == (ABSTAIN,) or (chosen == (NONE,) and NONE in keys):
        return chosen
    if not set(chosen) <= keys - {NONE}:
        raise errors.Gone
    if len(chosen) > question.picks:
        raise errors.TooManyChosen(question.picks)
    return chosen


def next_round(motion: Motion) -> Question:
    """Return the question of the next round: the options and the seats that are left. Refuses where all is decided."""
    outcome = motion.outcome
    if not isinstance(outcome, OptionsOutcome) or not outcome.remaining or outcome.awaits_lot or motion.straw:
        raise errors.Gone
    asked = {field.name: getattr(motion, field.name) for field in fields(Question)}
    return Question(
        **asked
        | {
            "options": tuple(option for option in motion.options if option.key in outcome.remaining),
            "picks": motion.picks - len(outcome.chosen),
            "round": motion.round + 1,
            "follows_id": motion.id,
            "supersedes_id": None,
            "closes_at": None,
        }
    )


def supersedes(standing: Ballot | None, update_id: int, now: datetime) -> bool:
    """Whether the press ``update_id`` replaces the ``standing`` ballot.

    A redelivered older press never overwrites a newer one. Numbers further apart in time than
    ``UPDATE_ORDER_HOLDS`` cannot be compared, and such an old press cannot be redelivered either.
    """
    if standing is None or now - standing.cast_at > UPDATE_ORDER_HOLDS:
        return True
    return update_id > standing.update_id
