"""Facts about preparing an assembly: its console, its agenda and its papers."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from assembly.agenda import ItemKind
from assembly.agenda_head import Head
from assembly.facts.leading import Sitting
from assembly.item_settings import ItemMajority, VoteForm
from assembly.meetings import Meeting, Reply
from assembly.nominations import Nomination, NominationFact
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

    ``papers`` and ``unsent`` hold the numbers of all papers and of those that are still to be sent. ``untold`` counts
    changes of the agenda and nominations that people do not know yet. ``latest_notice`` is the last day to convene.
    ``replies`` counts members. ``votes_expected`` of ``votes`` will be there by the replies and the accepted proxies;
    ``quorum`` is how many must be, ``None`` where none is asked. ``present`` counts people, who carry
    ``votes_present``. ``second``: the quorum was missing, and a second assembly can be held. ``sitting``: where an
    assembly that is open has got to.
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
    second: bool = False
    untold: int = 0
    sitting: Sitting | None = None


@dataclass(frozen=True)
class ItemShown:
    """An agenda item in a list.

    ``papers``: the numbers of its papers; ``proposal``: whether a text was given; ``withdrawn``: it is held over.
    """

    id: int
    number: str
    title: str
    kind: ItemKind
    proposal: bool
    papers: tuple[str, ...]
    withdrawn: bool = False


@dataclass(frozen=True)
class AgendaExpected:
    """The next text or file is the agenda."""

    replaces: bool


@dataclass(frozen=True)
class AgendaContinues:
    """A part of the agenda came; it is so long that Telegram may have cut the rest off into a next message."""


@dataclass(frozen=True)
class AgendaPreview:
    """The agenda as it was read, before it is taken over.

    ``mark`` stands for exactly this reading. ``head`` is what its head says of the assembly; ``differs``: that is
    something else than was filled in. ``creates``: there is no assembly yet, so that the head is taken over with it.
    """

    mark: int
    items: tuple[ItemShown, ...]
    head: Head
    creates: bool
    differs: bool


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
    """One agenda item.

    ``fixed``: it was put to the vote, so nothing can be changed any more. ``draft``: nobody was convened yet, so that
    it can also be moved (``up``, ``down``) and removed; ``removing``: that was asked for, and is to be confirmed.
    ``untold``: it was changed after the convocation, and nobody knows. ``candidates`` are the nominations under it as
    (id, name), and ``nominates``: there should be one. ``per_inhabitant``: what it costs a member for each
    inhabitant, in euros.
    """

    item: ItemShown
    meeting_id: int
    page: int
    proposal: str
    fixed: bool
    draft: bool = False
    up: bool = False
    down: bool = False
    removing: bool = False
    untold: bool = False
    majority: ItemMajority = ItemMajority.ORDINARY
    form: VoteForm = VoteForm.USUAL
    candidates: tuple[tuple[int, str], ...] = ()
    nominates: bool = False
    per_inhabitant: Fraction | None = None


@dataclass(frozen=True)
class ItemVote:
    """How an item is put to the vote, to be chosen. ``secret``: votes on it are secret unless roll-call is chosen."""

    item_id: int
    number: str
    title: str
    kind: ItemKind
    majority: ItemMajority
    form: VoteForm
    secret: bool


@dataclass(frozen=True)
class ItemTitleExpected:
    """The next text is what an item is called."""

    number: str
    title: str


@dataclass(frozen=True)
class NewItemExpected:
    """The next text is what a new item is called, behind the item ``number``. ``convened``: people know the agenda."""

    number: str
    title: str
    convened: bool


@dataclass(frozen=True)
class AmountExpected:
    """The next text is what the item costs a member for each inhabitant. ``set``: there is an amount already."""

    item_id: int
    number: str
    title: str
    set: bool


@dataclass(frozen=True)
class ProposalExpected:
    """The next text is the proposal that will be put to the vote under the item."""

    number: str
    title: str


@dataclass(frozen=True)
class NominationExpected:
    """The next text tells of a candidate. ``missing`` is needed still, ``given`` is there already."""

    number: str
    title: str
    missing: tuple[NominationFact, ...]
    given: tuple[NominationFact, ...]
    supervisory: bool


@dataclass(frozen=True)
class NominationMessage:
    """A nomination as the members are told of it, under the item ``number``."""

    number: str
    title: str
    supervisory: bool
    nomination: Nomination


@dataclass(frozen=True)
class NominationShown:
    """A nomination before its author. ``told``: the members have it."""

    nomination_id: int
    item_id: int
    message: NominationMessage
    told: bool


@dataclass(frozen=True)
class PapersExpected:
    """The next documents are papers. ``numbers``: those that are there already."""

    meeting_id: int
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class PaperNumberAsked:
    """A file came without a number; these are likely, and another one can be typed."""

    file_id: int
    name: str
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class PaperNumberExpected:
    """A paper is to get another number; these are likely, and another one can be typed."""

    paper_id: int
    number: str
    name: str
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class PaperLine:
    """A paper in a list. ``item``: the number of its agenda item, empty where it belongs to none."""

    id: int
    number: str
    version: int
    title: str
    item: str
    sent: bool


@dataclass(frozen=True)
class PaperList:
    """A page of papers; pages count from 0. ``missing``: what the agenda names and is not here."""

    meeting_id: int
    papers: tuple[PaperLine, ...]
    missing: tuple[str, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class PaperCard:
    """One paper. ``size`` in bytes; ``sha256`` is empty until its bytes are here; ``item``: number and title."""

    paper_id: int
    meeting_id: int
    number: str
    version: int
    title: str
    name: str
    size: int
    sha256: str
    item: tuple[str, str] | None
    sent_at: datetime | None
    removing: bool


@dataclass(frozen=True)
class TieChoice:
    """The agenda items that a paper could belong to. ``item_id``: that to which it does, 0 for none."""

    paper_id: int
    number: str
    title: str
    item_id: int
    items: tuple[ItemShown, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class PaperReceived:
    """A paper was stored. ``item``: number and title of its agenda item, where it belongs to one."""

    meeting_id: int
    paper_id: int
    number: str
    version: int
    title: str
    item: tuple[str, str] | None
    convened: bool
