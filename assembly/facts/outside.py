"""Facts about votes outside a meeting."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assembly.meeting_kinds import MeetingKind
from assembly.meetings import MeetingState
from assembly.options import Option


class OutsidePart(StrEnum):
    """What is asked of who prepares a vote outside a meeting, in order.

    The knowledge of a written resolution only, and when it opens by itself only on demand.
    """

    TITLE = "title"
    QUESTION = "question"
    CLOSING = "closing"
    KNOWLEDGE = "knowledge"
    OPENING = "opening"


@dataclass(frozen=True)
class OutsideExpected:
    """The next text is a part of a vote outside a meeting."""

    kind: MeetingKind
    part: OutsidePart


@dataclass(frozen=True)
class OutsideLine:
    """A vote outside a meeting in a list."""

    meeting_id: int
    kind: MeetingKind
    title: str
    state: MeetingState


@dataclass(frozen=True)
class OutsideList:
    """The votes outside a meeting that were prepared last, the newest first."""

    votes: tuple[OutsideLine, ...]


@dataclass(frozen=True)
class OutsideRef:
    """A vote outside a meeting for who prepares and closes it, as it stands when it is sent."""

    meeting_id: int


@dataclass(frozen=True)
class PublicOutsideRef:
    """The same for groups and channels."""

    meeting_id: int


@dataclass(frozen=True)
class OutsideCard:
    """A vote outside a meeting with its turnout: ``cast`` of ``total`` votes (weights), never for what.

    ``labels``: the texts to choose between, none for voor and tegen. ``knowledge``: how the board knew of a written
    resolution. ``unrepresented``: votes that nobody can cast now. ``leads``: its reader may open and close it.
    ``opens_at``: it opens by itself then. ``papers``: number and title of each that goes with it.
    """

    meeting_id: int
    kind: MeetingKind
    state: MeetingState
    title: str
    text: str
    labels: tuple[str, ...]
    closes_at: datetime
    closed_at: datetime | None
    knowledge: str
    cast: int
    total: int
    unrepresented: int
    leads: bool
    opens_at: datetime | None = None
    papers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class OutsideOpened:
    """A vote outside a meeting began, told to those who have no ballot in it."""

    kind: MeetingKind
    title: str
    text: str
    labels: tuple[str, ...]
    closes_at: datetime


@dataclass(frozen=True)
class OutsideFiles:
    """Documents are expected for a vote outside a meeting; ``papers``: id, number and title of those that are here."""

    meeting_id: int
    kind: MeetingKind
    title: str
    papers: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class OutsideAbsent:
    """The members, as (id, name), that have not voted and of which nobody has a phone to vote with."""

    meeting_id: int
    motion_id: int
    kind: MeetingKind
    title: str
    members: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class OutsidePaper:
    """The question what stands on the paper of a member, in a vote outside a meeting."""

    meeting_id: int
    motion_id: int
    kind: MeetingKind
    title: str
    member_id: int
    member: str
    options: tuple[Option, ...]
