"""Facts about leading an assembly while it sits: the item at hand, and the vote on it."""

from dataclasses import dataclass
from datetime import datetime

from assembly.agenda import ItemKind
from assembly.motions import Motion


@dataclass(frozen=True)
class ItemAtHand:
    """The agenda item that the assembly deals with. ``votable``: it can be put to the vote now."""

    item_id: int
    number: str
    title: str
    kind: ItemKind
    withdrawn: bool
    votable: bool


@dataclass(frozen=True)
class Sitting:
    """Where an assembly that sits has got to.

    ``paused_at``: since when it is suspended. ``following`` comes next, as (number, title). ``handled`` of ``items``
    are done with. ``motion`` is the vote that is under way or awaits what the chair pronounces, else the last one on
    the item at hand; ``cast`` of ``present`` votes (weights) are cast in it.
    """

    paused_at: datetime | None
    item: ItemAtHand | None
    following: tuple[str, str] | None
    handled: int
    items: int
    motion: Motion | None
    cast: int = 0
    present: int = 0


@dataclass(frozen=True)
class AgendaCourseLine:
    """An agenda item in the list from which the chair takes one up."""

    item_id: int
    number: str
    title: str
    handled: bool
    withdrawn: bool
    at_hand: bool


@dataclass(frozen=True)
class AgendaCourse:
    """A page of the agenda as far as it is dealt with, to take an item up; pages count from 0."""

    meeting_id: int
    lines: tuple[AgendaCourseLine, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class MeetingPaused:
    """The assembly was suspended, or goes on (``resumed``)."""

    title: str
    at: datetime
    resumed: bool


@dataclass(frozen=True)
class ProposalAmended:
    """The proposal under an item was amended in the assembly, and is put to the vote as ``text``."""

    number: str
    title: str
    text: str


@dataclass(frozen=True)
class ItemHeldOver:
    """An item was held over in the assembly: nothing is decided on it."""

    number: str
    title: str
