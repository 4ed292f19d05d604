"""Refusals: what may not happen, as values of the domain.

A refusal carries the facts that explain it and no sentence: ``screens.refusals`` says it in Dutch.
"""

from dataclasses import dataclass
from datetime import date, datetime


class Refusal(Exception):  # noqa: N818 - a refusal is an outcome of the domain, not a failure of the program
    """An act that the rules refuse; nothing of it is stored."""


@dataclass(frozen=True)
class NotRegistered(Refusal):
    """The sender's account belongs to nobody in the register."""


@dataclass(frozen=True)
class NotAllowed(Refusal):
    """The person has no role that permits the act (see ``assembly.permissions``)."""

    act: str


@dataclass(frozen=True)
class Gone(Refusal):
    """The thing that a button spoke of no longer exists, or no longer has this state."""


@dataclass(frozen=True)
class LinkUnknown(Refusal):
    """No registration link has this token."""

    tries_left: int


@dataclass(frozen=True)
class LinkUsed(Refusal):
    """The registration link was used before."""


@dataclass(frozen=True)
class LinkExpired(Refusal):
    """The registration link is past its date."""

    expired_at: datetime


@dataclass(frozen=True)
class LockedOut(Refusal):
    """Too many wrong links came from this account."""

    until: datetime


@dataclass(frozen=True)
class AccountInUse(Refusal):
    """The account is bound to another person already, or the person to another account."""

    name: str


@dataclass(frozen=True)
class TextTooLong(Refusal):
    """A text that people send is longer than the place where it must fit (in UTF-16 units, as Telegram counts)."""

    length: int
    limit: int


@dataclass(frozen=True)
class TextMissing(Refusal):
    """A text was expected and nothing readable came."""


@dataclass(frozen=True)
class DateNotUnderstood(Refusal):
    """A date and time could not be read."""

    text: str


@dataclass(frozen=True)
class DateInThePast(Refusal):
    """An assembly cannot be planned in the past."""

    at: datetime


@dataclass(frozen=True)
class AgendaNotUnderstood(Refusal):
    """No numbered agenda item was found in the text."""


@dataclass(frozen=True)
class FileRefused(Refusal):
    """A document cannot be accepted; ``reason`` is one of ``type``, ``size``, ``empty``, ``encoding``, ``columns``."""

    reason: str
    detail: str = ""


@dataclass(frozen=True)
class WrongMeetingState(Refusal):
    """The assembly's state does not allow the act."""

    state: str


@dataclass(frozen=True)
class NoMeeting(Refusal):
    """No assembly is being prepared or held."""


@dataclass(frozen=True)
class MeetingExists(Refusal):
    """Another assembly is being prepared or held already."""

    title: str


@dataclass(frozen=True)
class AgendaMissing(Refusal):
    """An assembly cannot be convened without an agenda."""


@dataclass(frozen=True)
class NobodyToConvene(Refusal):
    """No registered person can receive the convocation."""


@dataclass(frozen=True)
class NoticeTooLate(Refusal):
    """The notice period has passed and no reason was given (setting ``notice_days``)."""

    latest: date
    days: int


@dataclass(frozen=True)
class ProxyToSelf(Refusal):
    """A member cannot give a proxy to its own representative (setting ``proxy_kinds``)."""


@dataclass(frozen=True)
class ProxyKindNotAllowed(Refusal):
    """The association does not allow this kind of proxy (setting ``proxy_kinds``)."""

    kind: str


@dataclass(frozen=True)
class ProxyExists(Refusal):
    """The member has a proxy under way for this assembly already."""

    holder: str


@dataclass(frozen=True)
class ProxyChain(Refusal):
    """The intended holder's own member has given its vote away, or the grantor carries another's vote.

    Substitution needs an explicit power (setting ``proxy_substitution``; BW 3:64).
    """

    member: str


@dataclass(frozen=True)
class ProxyLimit(Refusal):
    """The holder carries as many proxies as the setting allows (``proxy_maximum``; BW 2:38(4))."""

    holder: str
    maximum: int


@dataclass(frozen=True)
class ProxyDeadlinePassed(Refusal):
    """The last moment to grant a proxy has passed (setting ``proxy_deadline_hours``)."""

    deadline: datetime


@dataclass(frozen=True)
class HolderNotEntitled(Refusal):
    """The intended holder represents no other active member, or is not registered."""

    holder: str


@dataclass(frozen=True)
class NotYourMember(Refusal):
    """The person does not act for this member."""

    member: str


@dataclass(frozen=True)
class MotionOpen(Refusal):
    """The act has to wait: a vote is open."""

    title: str


@dataclass(frozen=True)
class NotYourSeat(Refusal):
    """The presser does not carry this seat in the frozen electorate."""

    member: str


@dataclass(frozen=True)
class VotingClosed(Refusal):
    """The vote closed before the press was handled."""

    closed_at: datetime


@dataclass(frozen=True)
class QuorumMissing(Refusal):
    """Fewer seats are present or represented than the quorum asks (setting ``quorum``)."""

    present: int
    needed: int


@dataclass(frozen=True)
class NobodyPresent(Refusal):
    """A vote needs at least one seat that somebody carries."""


@dataclass(frozen=True)
class ExplicitChoiceNeeded(Refusal):
    """A vote on persons is secret unless roll-call is chosen explicitly (setting ``persons_secret``)."""
