"""Facts about opening and closing the assembly, and about who is there."""

from dataclasses import dataclass
from datetime import datetime

from assembly.meetings import Mode
from assembly.proxies import ProxyKind


@dataclass(frozen=True)
class SeatCarried:
    """A member's vote that somebody carries; ``by_proxy`` tells whether it is another member's."""

    member: str
    by_proxy: bool


@dataclass(frozen=True)
class CheckInAsked:
    """The assembly is open, and its reader is asked whether it is there."""

    meeting_id: int
    title: str


@dataclass(frozen=True)
class CheckedIn:
    """The person takes part now. ``waits``: a vote is open in which it has no part; it has in the next."""

    meeting_id: int
    title: str
    mode: Mode
    seats: tuple[SeatCarried, ...]
    waits: bool


@dataclass(frozen=True)
class CheckedOut:
    """The person left. ``has_ballot``: in the vote that is open, it still carries what it carried."""

    meeting_id: int
    title: str
    has_ballot: bool


@dataclass(frozen=True)
class MeetingOpened:
    """The assembly was opened; said in groups and channels."""

    title: str
    at: datetime


@dataclass(frozen=True)
class LapsedProxy:
    """A proxy that ended with the assembly."""

    member: str
    holder: str


@dataclass(frozen=True)
class MeetingClosed:
    """The assembly was closed. ``lapsed``: the proxies of its reader, as grantor or as holder, that ended with it."""

    title: str
    at: datetime
    lapsed: tuple[LapsedProxy, ...] = ()


@dataclass(frozen=True)
class AttendanceRef:
    """The attendance list of an assembly, as it is when it is sent."""

    meeting_id: int


@dataclass(frozen=True)
class PresentSeat:
    """A member whose own representative is there; ``left_at`` where it left before the end."""

    member: str
    person: str
    mode: Mode
    left_at: datetime | None = None


@dataclass(frozen=True)
class RepresentedSeat:
    """A member that is represented by proxy. ``holder_member`` is empty for an outsider."""

    member: str
    holder: str
    holder_member: str
    kind: ProxyKind


@dataclass(frozen=True)
class AbsentSeat:
    """A member that nobody represents. ``notice``: it let know that it would not come.

    ``holder`` has the member's accepted proxy and is not there itself.
    """

    member: str
    notice: bool
    holder: str | None = None


@dataclass(frozen=True)
class Guest:
    """Somebody who is there without representing a member."""

    name: str
    function: str
    mode: Mode


@dataclass(frozen=True)
class AttendanceList:
    """The attendance list (presentielijst). ``votes`` of ``total`` are present or represented, in votes (weights).

    ``suspended`` names members that have no vote that day; they stand in their own part as well.

    ``needed`` is the quorum in votes, ``None`` where the statutes ask for none.
    """

    title: str
    starts_at: datetime
    at: datetime
    present: tuple[PresentSeat, ...]
    represented: tuple[RepresentedSeat, ...]
    absent: tuple[AbsentSeat, ...]
    guests: tuple[Guest, ...]
    votes: int
    total: int
    needed: int | None
    suspended: tuple[str, ...] = ()
