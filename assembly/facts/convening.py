"""Facts about the convocation: the invitation, its papers, who has it and what was replied."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from assembly.agenda_changes import ItemChange
from assembly.entries import EntryMark
from assembly.facts.meetings import Deliveries
from assembly.item_kinds import ItemKind
from assembly.meetings import Meeting, Reply
from assembly.papers import SetForm


@dataclass(frozen=True)
class Contribution:
    """What an item costs one member, in euros and exact; ``None`` where its number of inhabitants is not known."""

    member: str
    inhabitants: int | None
    amount: Fraction | None


@dataclass(frozen=True)
class AgendaLine:
    """An agenda item as the invitation shows it; ``papers`` are the numbers of its papers.

    ``withdrawn``: it is held over; ``changed``: it was changed after the convocation, and people were told.
    ``per_inhabitant``: what it costs a member for each inhabitant, in euros. ``contributions`` are those of the
    reader's own members.
    """

    number: str
    title: str
    papers: tuple[str, ...]
    withdrawn: bool = False
    changed: bool = False
    per_inhabitant: Fraction | None = None
    contributions: tuple[Contribution, ...] = ()


@dataclass(frozen=True)
class Invitation:
    """The convocation itself. ``papers``: how many documents follow; ``replies``: whether the reader may reply.

    ``late_reason`` says why it came after the last day, where it did. ``round`` is what the reader can say to have
    read, ``None`` where nobody asks. ``consent``: a member of the reader gets letters until it agrees to be convened
    here. ``first``: when the assembly was of which this is the second, where it is one.
    """

    meeting: Meeting
    agenda: tuple[AgendaLine, ...]
    papers: int
    replies: bool
    late_reason: str = ""
    round: int | None = None
    consent: bool = False
    first: datetime | None = None


@dataclass(frozen=True)
class CalendarEntry:
    """The assembly as a file for calendars, which goes with every round.

    ``number`` counts what was told about it before; ``told_at`` is when this was. ``cancelled``: it is not held.
    """

    meeting: Meeting
    agenda: tuple[AgendaLine, ...]
    number: int
    told_at: datetime
    cancelled: bool = False


@dataclass(frozen=True)
class ReceiptNoted:
    """When the reader first said that it read what it was told."""

    at: datetime


@dataclass(frozen=True)
class ConvocationPreview:
    """To whom the convocation would go, and whether it is in time.

    ``reached`` of ``members`` have at least one registered person; ``unreached`` are the others' names. ``people``
    counts everybody who gets it. ``reason`` was given for convening late; it is needed where ``late``. ``letters`` are
    the names of the members that are convened by letter. ``deposit``: until when the text of an amendment must lie open
    to the members, and ``texts`` the numbers of the items of which it is not here. ``nominations``: the numbers of the
    items on the supervisory board under which nobody is nominated yet (BW 2:57a).
    """

    meeting_id: int
    members: int
    reached: int
    unreached: tuple[str, ...]
    people: int
    groups: int
    papers: tuple[str, ...]
    missing: tuple[str, ...]
    latest: date
    days: int
    late: bool
    reason: str
    letters: tuple[str, ...] = ()
    deposit: date | None = None
    texts: tuple[str, ...] = ()
    nominations: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConvocationSent:
    """The convocation is on its way to so many people and members."""

    meeting_id: int
    people: int
    members: int
    papers: int


@dataclass(frozen=True)
class PaperMessage:
    """A paper as it is sent. ``version`` counts from 1; ``late``: it came after the convocation."""

    number: str
    version: int
    title: str
    telegram_file_id: str
    late: bool


@dataclass(frozen=True)
class LatePapers:
    """Papers follow that came after the convocation, by (number, version, title)."""

    title: str
    papers: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class LatePapersSent:
    """What came later is on its way: papers, nominations and changes of the agenda."""

    numbers: tuple[str, ...]
    people: int
    nominations: int = 0
    changes: int = 0


@dataclass(frozen=True)
class AgendaChangeMessage:
    """What was changed of an item after the convocation, as its readers are told.

    ``kind`` and ``proposal`` are those of now. ``before`` and ``after`` are texts, or values of what was changed.
    """

    meeting: str
    number: str
    title: str
    kind: ItemKind
    proposal: str
    change: ItemChange
    before: str
    after: str


@dataclass(frozen=True)
class PaperSetRef:
    """All papers of an assembly in one file, for somebody who asked."""

    meeting_id: int
    person_id: int
    form: SetForm


@dataclass(frozen=True)
class PaperSetComing:
    """All papers in one file are being made."""

    form: SetForm


@dataclass(frozen=True)
class PaperFile:
    """A paper with its bytes; ``name`` is that of its file."""

    number: str
    version: int
    title: str
    name: str
    content: bytes


@dataclass(frozen=True)
class PaperSet:
    """All papers in one file. ``key`` stands for exactly these.

    ``telegram_file_id`` is set where Telegram has the file; the papers then come without their bytes. ``left_out`` are
    the papers, by (number, version, title), that cannot go into this form.
    """

    meeting_id: int
    title: str
    starts_at: datetime
    form: SetForm
    key: str
    telegram_file_id: str
    papers: tuple[PaperFile, ...]
    left_out: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class AgendaOverview:
    """The agenda again, followed by ``papers`` documents."""

    meeting: Meeting
    agenda: tuple[AgendaLine, ...]
    papers: int


@dataclass(frozen=True)
class RepliesRef:
    """What stands for the members that this person acts for."""

    meeting_id: int
    person_id: int


@dataclass(frozen=True)
class MemberReply:
    """What one member replied; ``None``: nothing yet. ``by`` is the name of the person who replied.

    ``entered``: the secretariat entered it on behalf of the member.
    """

    member: str
    reply: Reply | None
    by: str
    entered: EntryMark | None = None


@dataclass(frozen=True)
class Replies:
    """The replies of somebody's members; ``open``: they can still be changed."""

    meeting_id: int
    title: str
    members: tuple[MemberReply, ...]
    open: bool


@dataclass(frozen=True)
class ReplyReceipt:
    """What was noted. ``stands`` differs from ``given`` where a later reply stood already."""

    members: tuple[str, ...]
    given: Reply
    stands: Reply


@dataclass(frozen=True)
class DeliveriesRef:
    """Who has the convocation."""

    meeting_id: int


@dataclass(frozen=True)
class DeliveryFailure:
    """Somebody whom the convocation did not reach, with Telegram's reason.

    ``may_have_arrived``: an attempt got no answer, so the message may be there all the same.
    """

    name: str
    function: str
    error: str
    may_have_arrived: bool = False


@dataclass(frozen=True)
class DeliveryOverview:
    """Who has the convocation and what the members replied.

    ``unregistered`` are names of people without a Telegram account; ``unreached`` are the members of whom nobody is
    registered. ``replies`` has for each reply the names of the members, ``unanswered`` those without one.
    ``doubtful`` are names of who may have a message twice.
    """

    meeting_id: int
    title: str
    deliveries: Deliveries
    failures: tuple[DeliveryFailure, ...]
    unregistered: tuple[str, ...]
    unreached: tuple[str, ...]
    replies: tuple[tuple[Reply, tuple[str, ...]], ...]
    unanswered: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
