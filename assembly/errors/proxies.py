"""Refusals of proxies."""

from dataclasses import dataclass
from datetime import date, datetime

from assembly.errors.base import Refusal


@dataclass(eq=False)
class ProxyToSelf(Refusal):
    """A member cannot give a proxy to its own representative, who votes without one."""


@dataclass(eq=False)
class ProxyKindNotAllowed(Refusal):
    """The association does not allow this kind of proxy (setting ``proxy_kinds``)."""

    kind: str


@dataclass(eq=False)
class ProxiesNotAllowed(Refusal):
    """The association knows no proxies at all (setting ``proxy_kinds``)."""


@dataclass(eq=False)
class ProxyExists(Refusal):
    """The member has a proxy under way for this assembly already."""

    holder: str


@dataclass(eq=False)
class ProxyChain(Refusal):
    """The intended holder's own member has given its vote away, or the grantor carries another's vote.

    Substitution needs an explicit power (setting ``proxy_substitution``; BW 3:64).
    """

    member: str


@dataclass(eq=False)
class ProxyCircle(Refusal):
    """Passed on from holder to holder, by way of ``member``, the vote would come back to its own member (BW 3:64)."""

    member: str


@dataclass(eq=False)
class HolderOnBoard(Refusal):
    """The intended holder belongs to the board or the supervisory board (setting ``proxy_board_holder``)."""

    holder: str


@dataclass(eq=False)
class ProxyLimit(Refusal):
    """The holder carries as many proxies as the setting allows (``proxy_maximum``; BW 2:38(4))."""

    holder: str
    maximum: int


@dataclass(eq=False)
class StandingTooShort(Refusal):
    """A standing proxy until ``until`` would not hold on ``day``, the day of the assembly."""

    until: date
    day: date


@dataclass(eq=False)
class ProxyDeadlinePassed(Refusal):
    """The last moment to grant a proxy has passed (setting ``proxy_deadline_hours``)."""

    deadline: datetime


@dataclass(eq=False)
class HolderNotEntitled(Refusal):
    """The intended holder is not registered, or is not what its kind of proxy asks (setting ``proxy_kinds``)."""

    holder: str


@dataclass(eq=False)
class NobodyMaySign(Refusal):
    """No registered person may sign a proxy for the member (setting ``proxy_grantors``)."""

    member: str


@dataclass(eq=False)
class NotEntitledToSign(Refusal):
    """The person acts for the member and may not sign or revoke its proxies (setting ``proxy_grantors``)."""

    member: str


@dataclass(eq=False)
class ProxyMovedOn(Refusal):
    """The proxy stands elsewhere than the button supposed; ``state`` is where it stands now."""

    state: str


@dataclass(eq=False)
class LetterRefused(Refusal):
    """A signed letter is a photo or a PDF of at most ``limit`` MB."""

    limit: int


@dataclass(eq=False)
class LettersNotAllowed(Refusal):
    """Proxies are signed in the chat only (setting ``proxy_letters``)."""


@dataclass(eq=False)
class NoLetter(Refusal):
    """No signed letter was sent with the proxy."""


@dataclass(eq=False)
class SamePerson(Refusal):
    """Somebody else has to confirm what this person did."""


@dataclass(eq=False)
class NotYourMember(Refusal):
    """The person does not act for this member."""

    member: str
