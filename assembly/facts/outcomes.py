"""Facts about what follows a count: what is proposed, pronounced, disputed and corrected."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from assembly.facts.voting import OptionsAnnouncement, OutcomeAnnouncement
from assembly.motions import Motion, MotionState, OptionsOutcome
from assembly.options import Selection
from assembly.tally import Outcome


class Wording(StrEnum):
    """What the next text is."""

    VOID = "void"
    OTHERWISE = "otherwise"
    RECTIFICATION = "rectification"
    AMENDMENT = "amendment"
    ORDER = "order"
    EXCLUSION = "exclusion"


@dataclass(frozen=True)
class WordingExpected:
    """The next text says something about an item, or about the vote on it. ``member`` is excluded from that vote."""

    wording: Wording
    number: str
    title: str
    member: str = ""


@dataclass(frozen=True)
class VerdictChoice:
    """What the chair can pronounce in place of what was ``counted``; ``chosen``: of several what is picked by now."""

    motion_id: int
    number: str
    title: str
    outcome: Outcome | OptionsOutcome
    counted: Selection
    chosen: Selection = ()


@dataclass(frozen=True)
class OutcomePublished:
    """An outcome as the chair pronounced it: what was ``counted``, and what is to be said besides.

    ``otherwise``: why the chair pronounced a ``verdict`` (keys of options; none: no decision) in place of the count;
    empty where that is not so. ``again``: it was voted on before. ``excluded``: members without a vote on it, with the
    reasons. ``disputable``: its motion, where its reader can ask for another vote; ``listed``: where who voted what is
    to be had as a list.
    """

    counted: OutcomeAnnouncement | OptionsAnnouncement
    otherwise: str = ""
    again: bool = False
    excluded: tuple[tuple[str, str], ...] = ()
    disputable: int | None = None
    verdict: Selection = ()
    listed: int | None = None

    @property
    def for_groups(self) -> "OutcomePublished":
        """The same for a group or channel, where nobody can be told from another."""
        return replace(self, disputable=None, listed=None)


@dataclass(frozen=True)
class VoteCardRef:
    """A vote that is not open, for those who lead it."""

    motion_id: int


@dataclass(frozen=True)
class VoteCard:
    """A vote that is not open, before those who lead it.

    ``published`` is or will be that, once it was counted. ``disputed`` votes want another vote and ``disputes_needed``
    must, before it has to be held. ``superseded``: it was voted on again. ``sits``: the assembly is open.
    ``next_round`` and ``lot``: it decided nothing yet, and one of these can. ``erasing``: it was a secret vote of which
    the traces are not erased yet.
    """

    motion: Motion
    published: OutcomePublished | None
    disputed: int
    disputes_needed: int
    superseded: bool
    sits: bool
    next_round: bool = False
    lot: bool = False
    erasing: bool = False


@dataclass(frozen=True)
class VoteNews:
    """A vote was suspended, goes on, or is void for a ``reason``, or because ``objected_by`` asked for a vote."""

    number: str
    title: str
    state: MotionState
    reason: str = ""
    objected_by: str = ""
    procedural: bool = False


@dataclass(frozen=True)
class OutcomeRectified:
    """What was published about an outcome is corrected."""

    number: str
    title: str
    text: str
    rectified_at: datetime


@dataclass(frozen=True)
class Dispute:
    """Where a dispute stands: ``disputed`` of the votes that are ``needed`` for another vote."""

    disputed: int
    needed: int


@dataclass(frozen=True)
class VoteDemanded:
    """Enough votes dispute an outcome: those who lead have to hold another vote."""

    motion_id: int
    number: str
    title: str


@dataclass(frozen=True)
class VoteKeptOpen:
    """A secret vote did not close by itself: ``people`` voted, and that is fewer than ``needed``."""

    number: str
    title: str
    people: int
    needed: int


@dataclass(frozen=True)
class ExclusionList:
    """A page of the members that may be excluded from the vote on an item; ``excluded`` with the reasons."""

    item_id: int
    number: str
    title: str
    excluded: tuple[tuple[int, str, str], ...]
    members: tuple[tuple[int, str], ...]
    page: int
    pages: int


@dataclass(frozen=True)
class ExclusionNews:
    """A member has no vote on an item, or has it after all (empty ``reason``)."""

    member: str
    number: str
    title: str
    reason: str
