"""Facts about notices, and about the groups that receive what concerns everybody."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assembly.facts.convening import DeliveryFailure
from assembly.facts.meetings import Deliveries
from assembly.formatting import Formatted
from assembly.notices import Audience, Circle, Lack, NoticeFile, NoticeState


@dataclass(frozen=True)
class NoticeExpected:
    """The next messages are a notice. ``past``: earlier ones can be looked at; ``commissions``: how many there are."""

    past: bool
    commissions: int


@dataclass(frozen=True)
class NoticeDraft:
    """What a notice holds so far: the UTF-16 units of its texts, and the names of its files.

    ``messages``: in how many it is sent.
    """

    notice_id: int
    lengths: tuple[int, ...]
    files: tuple[str, ...]
    messages: int


@dataclass(frozen=True)
class AudienceChoice:
    """To whom does the notice go? What can be chosen, what is chosen, and how many that makes.

    ``circles``: with how many people each; ``commissions`` and ``chats``: (id, name); ``lacks``: what can be asked for
    now. ``members``: the names of those whose people are left.
    """

    notice_id: int
    audience: Audience
    circles: tuple[tuple[Circle, int], ...]
    commissions: tuple[tuple[int, str], ...]
    lacks: tuple[Lack, ...]
    members: tuple[str, ...]
    chats: tuple[tuple[int, str], ...]
    people: int


@dataclass(frozen=True)
class NoticeMembersChoice:
    """Whose people receive it? A page of members (id, name), or those that match ``search``; pages count from 0."""

    notice_id: int
    members: tuple[tuple[int, str], ...]
    chosen: frozenset[int]
    page: int
    pages: int
    search: str | None = None
    found: int = 0


class Receipt(StrEnum):
    """Whether the reader is asked to confirm, and did."""

    NONE = "none"
    ASKED = "asked"
    GIVEN = "given"


@dataclass(frozen=True)
class NoticeMessageRef:
    """One message of a notice, as it is to be read now; ``part`` is its code."""

    notice_id: int
    part: str


@dataclass(frozen=True)
class NoticeMessage:
    """One message of a notice as it is sent. ``first``: the association's name stands above it."""

    text: Formatted
    files: tuple[NoticeFile, ...]
    first: bool = True
    notice_id: int = 0
    receipt: Receipt = Receipt.NONE


@dataclass(frozen=True)
class Aim:
    """An audience in words: what was chosen, by name."""

    circles: tuple[Circle, ...]
    commissions: tuple[str, ...]
    members: tuple[str, ...]
    lack: Lack | None
    chats: tuple[str, ...]


@dataclass(frozen=True)
class NoticePreview:
    """To how many a notice goes, and how. ``quiet_until``: when the quiet hours end that it would be sent in.

    ``at``: when it is to be sent, ``None`` for at once.
    """

    notice_id: int
    aim: Aim
    people: int
    groups: int
    messages: int
    silent: bool
    asks_receipt: bool
    at: datetime | None
    quiet_until: datetime | None


@dataclass(frozen=True)
class NoticeMomentExpected:
    """The next text is when the notice is to be sent."""


@dataclass(frozen=True)
class NoticeProgressRef:
    """How a notice fares."""

    notice_id: int


@dataclass(frozen=True)
class NoticeProgress:
    """How a notice fares: per person, and how many of the ``groups`` have it.

    ``failures`` are some of those whom it did not reach, ``doubtful`` some names of people and groups who may have it
    twice; ``deliveries`` and ``doubts`` count them all. ``corrected`` and ``withdrawn`` tell in how many chats that was
    done, where it was. ``confirmed``: how many people confirmed, ``None`` where nobody is asked.
    """

    notice_id: int
    state: NoticeState
    aim: Aim
    at: datetime | None
    deliveries: Deliveries
    failures: tuple[DeliveryFailure, ...]
    groups: Deliveries
    failed_groups: tuple[DeliveryFailure, ...]
    doubts: int
    doubtful: tuple[str, ...]
    confirmed: int | None
    corrected: Deliveries | None
    withdrawn: Deliveries | None


class Arrival(StrEnum):
    """How a notice fares with one person."""

    FAILED = "failed"
    WAITING = "waiting"
    DELIVERED = "delivered"


@dataclass(frozen=True)
class ReportLine:
    """How a notice fares with one person, or group. ``error``: Telegram's reason; ``twice``: it may be there twice.

    ``may_have_arrived``: it failed without an answer. ``confirmed_at``: when the person confirmed.
    """

    name: str
    function: str
    arrival: Arrival
    error: str
    done_at: datetime | None
    twice: bool
    may_have_arrived: bool
    confirmed_at: datetime | None


@dataclass(frozen=True)
class NoticeReportPage:
    """A page of the report on the delivery of a notice, what failed first; pages count from 0."""

    notice_id: int
    lines: tuple[ReportLine, ...]
    asks_receipt: bool
    page: int
    pages: int


@dataclass(frozen=True)
class NoticeReportRef:
    """The whole report as a file, for this person."""

    notice_id: int
    person_id: int


@dataclass(frozen=True)
class NoticeReport:
    """The whole report on the delivery of a notice. ``opening``: how its text begins."""

    notice_id: int
    sent_at: datetime
    opening: str
    asks_receipt: bool
    lines: tuple[ReportLine, ...]


@dataclass(frozen=True)
class NoticeBrief:
    """A notice in a list. ``at``: when it was sent, or is to be."""

    id: int
    state: NoticeState
    at: datetime
    opening: str


@dataclass(frozen=True)
class PastNotices:
    """The notices that were planned or sent, newest first; pages count from 0."""

    notices: tuple[NoticeBrief, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class CorrectionExpected:
    """The next text takes the place of the words of a notice."""


@dataclass(frozen=True)
class CorrectionPreview:
    """In how many chats the words are replaced."""

    notice_id: int
    chats: int


@dataclass(frozen=True)
class WithdrawalQuestion:
    """Is the notice to be deleted? In so many ``chats``; ``late`` of them got it too long ago."""

    notice_id: int
    chats: int
    late: int


@dataclass(frozen=True)
class NoticeWithdrawn:
    """One message of a notice is deleted."""


@dataclass(frozen=True)
class GroupWelcome:
    """A group or channel is linked from now on."""


@dataclass(frozen=True)
class GroupLinked:
    """Tells who linked a group that it is."""

    title: str


@dataclass(frozen=True)
class GroupRefused:
    """Somebody who may not do so added the bot to a group; it receives nothing."""

    title: str


@dataclass(frozen=True)
class GroupUnlinked:
    """The bot was taken out of a linked group."""

    title: str
