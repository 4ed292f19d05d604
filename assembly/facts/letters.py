"""Facts about letters of proxies: the one that is made, and the signed ones that people send."""

from dataclasses import dataclass
from datetime import date, datetime

from assembly.facts.positions import PositionLine
from assembly.positions import CollegeDecision
from assembly.proxies import ProxyKind


@dataclass(frozen=True)
class ProxyLetterRef:
    """The letter of a proxy, for one person, as the proxy stands when it is sent."""

    proxy_id: int
    person_id: int


@dataclass(frozen=True)
class ProxyLetter:
    """What stands in the letter (volmachtbrief) of a proxy.

    ``grantor`` with its ``capacity`` is who signed, or else who is to sign; empty where the register does not tell.
    ``signed_at``: signed in the chat. ``instruction`` stands on a page of its own, for the holder alone; it is empty
    where there is none or its reader may not see it. ``may_attach``: the reader can send the signed letter.
    """

    proxy_id: int
    member: str
    grantor: str
    capacity: str
    holder: str
    holder_function: str
    holder_member: str
    kind: ProxyKind
    until: date | None
    meeting: str
    starts_at: datetime
    place: str
    at: datetime
    signed_at: datetime | None
    decision: CollegeDecision | None
    instruction: tuple[PositionLine, ...]
    may_attach: bool


@dataclass(frozen=True)
class LetterExpected:
    """The next photo or document is the signed letter of a proxy. ``signs``: sending it signs."""

    member: str
    holder: str
    signs: bool


@dataclass(frozen=True)
class LetterReceived:
    """The signed letter was stored. ``signs``: the proxy is signed with it; otherwise the secretariat looks first."""

    member: str
    holder: str
    signs: bool


@dataclass(frozen=True)
class LetterShown:
    """A signed letter. ``photo``: it came as a picture. ``to_judge``: its reader says whether it is signed."""

    letter_id: int
    member: str
    holder: str
    sender: str
    telegram_file_id: str
    photo: bool
    sha256: str
    to_judge: bool


@dataclass(frozen=True)
class LetterJudged:
    """The secretariat looked at the letter that its reader sent and did not take it."""

    proxy_id: int
    member: str
    holder: str
