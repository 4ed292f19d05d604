"""Facts about members as the secretariat works with them: the list, a member's card, and what changes one."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assembly.facts.people import PersonShown
from assembly.members import Member


@dataclass(frozen=True)
class MemberList:
    """The members of today and later, one page of them, or those that match what was typed (``search``).

    ``members``: (id, name). The counts are of all members of today, and of everybody with a role.
    """

    members: tuple[tuple[int, str], ...]
    page: int
    pages: int
    member_count: int
    people: int
    unregistered: int
    search: str | None = None
    found: int = 0


class MemberState(StrEnum):
    """Where a membership stands today."""

    ACTIVE = "active"
    FUTURE = "future"
    ENDED = "ended"


@dataclass(frozen=True)
class MemberCard:
    """A member with its people.

    ``successor``: the member into which it merges, on its last day; ``revocable``: that can still be taken back.
    ``predecessors``: (name, day) of the members that merged or will merge into this one. ``suspended`` where it has no
    vote today, until ``suspended_until`` or until that is lifted, because of ``suspension_reason``.
    """

    member: Member
    state: MemberState
    people: tuple[PersonShown, ...]
    successor: str | None
    revocable: bool
    predecessors: tuple[tuple[str, date], ...]
    suspended: bool = False
    suspended_until: date | None = None
    suspension_reason: str = ""


class MemberFact(StrEnum):
    """A fact of a member that can be changed in the chat."""

    NAME = "name"
    INHABITANTS = "inhabitants"
    VOTES = "votes"


@dataclass(frozen=True)
class FactExpected:
    """The next text is what a fact of the member is to be; ``old`` is what it is."""

    member: str
    fact: MemberFact
    old: str | int | None


@dataclass(frozen=True)
class FactQuestion:
    """The question whether this is the change that is meant."""

    member_id: int
    member: str
    fact: MemberFact
    old: str | int | None
    new: str | int


@dataclass(frozen=True)
class SuccessorChoice:
    """Into which member does it merge? One page of members (id, name), or those that match ``search``."""

    member_id: int
    member: str
    members: tuple[tuple[int, str], ...]
    page: int
    pages: int
    search: str | None = None
    found: int = 0


@dataclass(frozen=True)
class MergerDayExpected:
    """The next text is the day from which the member is none any more."""

    member: str
    successor: str


@dataclass(frozen=True)
class MergerQuestion:
    """The question whether this merger is meant, and whether the people go on for the successor.

    ``members_before`` and ``members_after`` are the numbers of members the day before and on the day itself.
    ``proxies``: (grantor, holder) of the proxies that lapse on that day.
    """

    member_id: int
    member: str
    successor_id: int
    successor: str
    day: date
    members_before: int
    members_after: int
    people: tuple[str, ...]
    proxies: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MergerDecided:
    """The secretariat is told that a merger was decided, or taken back (``revoked``)."""

    member: str
    successor: str
    day: date
    people_follow: bool
    revoked: bool
    actor: str


@dataclass(frozen=True)
class MembershipEnded:
    """The secretariat is told that a membership ended today, or earlier, and what that did."""

    member: str
    successor: str | None
    day: date
    people: int
    people_follow: bool
    proxies: int
    members: int


@dataclass(frozen=True)
class SuspensionReasonExpected:
    """The next text is why the member is suspended."""

    member: str


@dataclass(frozen=True)
class SuspensionQuestion:
    """The question whether this suspension is meant; a day that is typed sets until when. ``until`` may be open."""

    member_id: int
    member: str
    reason: str
    since: date
    until: date | None


@dataclass(frozen=True)
class SuspensionNews:
    """The member's people and the secretariat are told that it has no vote for a time, or has it again (``lifted``)."""

    member: str
    reason: str
    until: date | None
    lifted: bool
