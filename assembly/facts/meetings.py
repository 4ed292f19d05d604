"""Facts about preparing an assembly: its console, its agenda and its papers."""

from dataclasses import dataclass
from datetime import date, datetime

from assembly.agenda import ItemKind
from assembly.meetings import Meeting, Reply
from assembly.permissions import Act


@dataclass(frozen=True)
class TitleExpected:
    """The next text is the assembly's title. ``current``: what it is called now, where it is being changed."""

    current: str


@dataclass(frozen=True)
class MomentExpected:
    """The next text is the assembly's date and time."""

    title: str


@dataclass(frozen=True)
class PlaceExpected:
    """The next text is the assembly's place."""

    title: str
    starts_at: datetime


@dataclass(frozen=True)
class NoAssembly:
    """No assembly was ever prepared."""

    may_prepare: bool


@dataclass(frozen=True)
class MeetingConsoleRef:
    """The console of an assembly, as this person may see it."""

    meeting_id: int
    person_id: int


@dataclass(frozen=True)
class Deliveries:
    """How many people have a set of messages whole, wait for a part of it, or miss one for good."""

    delivered: int
    under_way: int
    failed: int


@dataclass(frozen=True)
class MeetingConsole:
    """Where an assembly stands.

    ``papers`` and ``unsent`` hold the numbers of all papers and of those that are still to be sent. ``latest_notice``
    is the last day to convene. ``replies`` counts members. ``votes_expected`` of ``votes`` will be there by the replies
    and the accepted proxies; ``quorum`` is how many must be, ``None`` where none is asked. ``present`` counts
    people, who carry ``votes_present``.
    """

    meeting: Meeting
    acts: tuple[Act, ...]
    items: int
    votable: int
    papers: tuple[str, ...]
    unsent: tuple[str, ...]
    latest_notice: date
    notice_passed: bool
    members: int
    replies: tuple[tuple[Reply, int], ...]
    deliveries: Deliveries
    votes_expected: int
    votes: int
    quorum: int | None
    present: int
    votes_present: int


@dataclass(frozen=True)
class ItemShown:
    """An agenda item in a list. ``papers``: the numbers of its papers; ``proposal``: whether a text was given."""

    id: int
    number: str
    title: str
    kind: ItemKind
    proposal: bool
    papers: tuple[str, ...]


@dataclass(frozen=True)
class AgendaExpected:
    """The next text or text file is the agenda."""

    replaces: bool


@dataclass(frozen=True)
class AgendaStored:
    """The agenda was read."""

    meeting_id: int
    items: tuple[ItemShown, ...]


@dataclass(frozen=True)
class ItemsPage:
    """A page of agenda items to choose from; pages count from 0."""

    meeting_id: int
    items: tuple[ItemShown, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class ItemDetails:
    """One agenda item. ``fixed``: it was put to the vote, so nothing can be changed any more."""

    item: ItemShown
    meeting_id: int
    page: int
    proposal: str
    fixed: bool


@dataclass(frozen=True)
class ProposalExpected:
    """The next text is the proposal that will be put to the vote under the item."""

    number: str
    title: str


@dataclass(frozen=True)
class PapersExpected:
    """The next documents are papers. ``numbers``: those that are there already."""

    meeting_id: int
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class PaperReceived:
    """A paper was stored. ``item``: number and title of its agenda item, where it belongs to one."""

    meeting_id: int
    number: str
    version: int
    title: str
    item: tuple[str, str] | None
    convened: bool
