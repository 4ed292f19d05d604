"""Facts about proxies: choosing a holder, signing, answering, and who carries whose vote."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from assembly.facts.positions import PositionLine
from assembly.proxies import LapseReason, ProxyKind, ProxyState


@dataclass(frozen=True)
class GrantorChoice:
    """For which of its members does the person grant a proxy? ``members``: (id, name)."""

    meeting_id: int
    members: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class PossibleHolder:
    """Somebody who may hold the proxy. ``member_id`` is the member for which it acts, ``None`` for an outsider."""

    person_id: int
    name: str
    member_id: int | None
    member: str


@dataclass(frozen=True)
class HolderChoice:
    """Who carries the vote? One page of possible holders, or those that match what was typed (``search``).

    ``kind`` says which holders these are, and ``standing`` that the proxy will hold until an end date; ``kinds`` are
    those that the statutes allow.
    """

    meeting_id: int
    member_id: int
    member: str
    kind: ProxyKind
    standing: bool
    kinds: tuple[ProxyKind, ...]
    holders: tuple[PossibleHolder, ...]
    page: int
    pages: int
    search: str | None = None
    found: int = 0


@dataclass(frozen=True)
class UntilAsked:
    """Until which day does the standing proxy hold? ``days`` can be chosen by button, any other is typed."""

    member_id: int
    holder_id: int
    holder_member_id: int | None
    member: str
    holder: str
    days: tuple[date, ...]


@dataclass(frozen=True)
class ProxyTerms:
    """What a proxy says: who grants what to whom, and for which assembly.

    ``holder_member`` is empty for an outsider; ``until`` is the last day of a standing proxy. ``board``: the reader is
    warned that the holder belongs to the board or the supervisory board.
    """

    member: str
    holder: str
    holder_function: str
    holder_member: str
    kind: ProxyKind
    until: date | None
    board: bool
    meeting: str
    starts_at: datetime
    place: str


@dataclass(frozen=True)
class ProxyQuestion:
    """Is this the proxy that is meant? ``signs``: the reader signs it by granting it, otherwise it prepares it.

    ``positions``: on so many items the member gave a position, which can go with the proxy as an instruction.
    """

    meeting_id: int
    member_id: int
    holder_id: int
    holder_member_id: int | None
    terms: ProxyTerms
    signs: bool
    positions: int


@dataclass(frozen=True)
class ProxyRef:
    """A proxy as one person sees it when it is sent: with what that person can do with it then."""

    proxy_id: int
    person_id: int


class Part(StrEnum):
    """Which part the reader of a proxy has in it."""

    HOLDER = "holder"
    GRANTOR = "grantor"
    COLLEAGUE = "colleague"


@dataclass(frozen=True)
class ProxyCard:
    """A proxy as it stands. ``suspended``: the member's own representative is present.

    ``part``: the holder; a grantor, who may sign and revoke for the member; or a colleague of the member who may not.
    ``confirms``: it is a standing one that its holder accepted before. ``reason``: why it lapsed. ``instructed``: the
    member's positions go with it, in ``instruction``, which also shows its own side what could. ``letters`` were
    attached, and with ``may_attach`` another can be.
    """

    proxy_id: int
    terms: ProxyTerms
    state: ProxyState
    suspended: bool
    part: Part
    confirms: bool
    reason: LapseReason | None
    instructed: bool
    instruction: tuple[PositionLine, ...]
    letters: int
    may_attach: bool
    meeting_id: int
    member_id: int


class ProxyEvent(StrEnum):
    """What happened to a proxy; the last four are why it lapsed."""

    PREPARED = "prepared"
    SIGNED = "signed"
    SIGNED_ON_PAPER = "signed_on_paper"
    CONFIRMED = "confirmed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAID_DOWN = "laid_down"
    WITHDRAWN = "withdrawn"
    SKIPPED = "skipped"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    HOLDER_LEFT = "holder_left"
    HOLDER_ABSENT = "holder_absent"
    HOLDER_UNREACHABLE = "holder_unreachable"
    INSTRUCTED = "instructed"
    LEFT_FREE = "left_free"
    EXPIRED = "expired"
    MEMBER_ENDED = "member_ended"
    HOLDER_ENDED = "holder_ended"
    HOLDER_MEMBER_ENDED = "holder_member_ended"


@dataclass(frozen=True)
class Replacing:
    """Ways for a member to have its vote cast after all: by one tap itself, or by one of the ``suggestions``.

    ``proxy_id`` is the proxy that fails; ``votes_self``: its reader represents the member.
    """

    proxy_id: int
    meeting_id: int
    member_id: int
    votes_self: bool
    suggestions: tuple[PossibleHolder, ...]


@dataclass(frozen=True)
class ProxyNews:
    """Something happened to a proxy. ``actor`` is empty where nobody did it.

    ``instructed`` tells that there is an instruction, never which. ``replacing``: what its reader can do about it where
    the vote has no carrier any more.
    """

    event: ProxyEvent
    member: str
    holder: str
    holder_member: str
    actor: str
    instructed: bool = False
    replacing: Replacing | None = None


@dataclass(frozen=True)
class ReplacementAsked:
    """The question who carries the vote instead of the holder that the member has now."""

    member: str
    holder: str
    holder_member: str
    replacing: Replacing


@dataclass(frozen=True)
class SeatsRef:
    """Who casts the votes of somebody's members, and on whose behalf it votes, as it is when it is sent."""

    meeting_id: int
    person_id: int


class Carrying(StrEnum):
    """How a member's own vote is cast."""

    SELF = "self"
    PREPARED = "prepared"
    UNCONFIRMED = "unconfirmed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    SUSPENDED = "suspended"


class SeatWarning(StrEnum):
    """Why a vote may not be cast."""

    HOLDER_ABSENT = "holder_absent"
    HOLDER_UNREACHABLE = "holder_unreachable"
    HOLDER_ON_BOARD = "holder_on_board"


@dataclass(frozen=True)
class OwnSeat:
    """Who casts the vote of one of the reader's members.

    ``proxy_id``: the proxy under way; with ``may_change`` the reader may replace and revoke it. ``standing_id``: a
    standing proxy of which none is under way for this assembly, until ``until``, which the reader may revoke.
    """

    member_id: int
    member: str
    carrying: Carrying
    holder: str = ""
    holder_member: str = ""
    proxy_id: int | None = None
    may_change: bool = False
    instructed: bool = False
    until: date | None = None
    warnings: tuple[SeatWarning, ...] = ()
    standing_id: int | None = None


@dataclass(frozen=True)
class CarriedSeat:
    """A proxy to the reader. ``instructed``: an instruction goes with it, which the proxy itself shows."""

    proxy_id: int
    member: str
    carrying: Carrying
    instructed: bool = False


@dataclass(frozen=True)
class SeatsOverview:
    """Who casts the reader's votes, and on whose behalf does it vote? ``may_change``: proxies can still change."""

    meeting_id: int
    title: str
    own: tuple[OwnSeat, ...]
    carried: tuple[CarriedSeat, ...]
    may_change: bool
