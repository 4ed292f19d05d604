"""Facts about members that are convened outside Telegram, and the proof of how everybody was convened."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from assembly.convocation import Means, Round
from assembly.facts.convening import AgendaLine
from assembly.meetings import Meeting, Reply


@dataclass(frozen=True)
class LetterStanding:
    """A member that is convened by letter. ``consented``: it agrees to be convened here, but nobody can be reached.

    ``means`` and ``sent_on`` are empty until it was recorded how and when it was told the last round.
    """

    member_id: int
    member: str
    consented: bool
    means: Means | None
    sent_on: date | None


@dataclass(frozen=True)
class LettersPage:
    """A page of the members that are convened by letter; pages count from 0. ``open``: how many are to be recorded."""

    meeting_id: int
    title: str
    shown: tuple[LetterStanding, ...]
    members: int
    open: int
    page: int
    pages: int


@dataclass(frozen=True)
class DispatchCard:
    """One member: how it was convened outside Telegram, and whether it agrees to be convened here."""

    meeting_id: int
    standing: LetterStanding
    recorded_at: datetime | None


@dataclass(frozen=True)
class SentOnExpected:
    """The next text is the day on which it was sent. ``member_id`` 0: to all members that are still open."""

    meeting_id: int
    member_id: int
    means: Means
    member: str


@dataclass(frozen=True)
class SentReasonExpected:
    """The next text says why it was sent after the last day."""

    sent_on: date
    latest: date


@dataclass(frozen=True)
class DispatchesRecorded:
    """How and when so many members were told."""

    meeting_id: int
    means: Means
    sent_on: date
    members: int


@dataclass(frozen=True)
class ConsentGiven:
    """Members that agree from now on to be convened here."""

    members: tuple[str, ...]


@dataclass(frozen=True)
class ConvocationLetter:
    """To whom a letter goes: a member, and the one of its people whom it is addressed to, where there is one.

    ``agenda``: with what it costs the member.
    """

    member: str
    name: str
    function: str
    agenda: tuple[AgendaLine, ...]


@dataclass(frozen=True)
class ConvocationLetters:
    """Letters that tell the last round: to be printed, a member after the other.

    ``papers``: (number, title). ``told`` says which round, ``before`` what was told before it.
    """

    meeting: Meeting
    told: Round
    before: Round | None
    papers: tuple[tuple[str, str], ...]
    letters: tuple[ConvocationLetter, ...]
    at: datetime


class Result(StrEnum):
    """What became of what was sent to somebody."""

    DELIVERED = "delivered"
    DOUBTFUL = "doubtful"
    UNDER_WAY = "under_way"
    FAILED = "failed"
    SENT = "sent"


@dataclass(frozen=True)
class ProofLine:
    """One round for one person, or by letter for a member. ``means`` is ``None`` for Telegram.

    ``at`` is when it was delivered, or the day on which it was sent; ``note`` is Telegram's reason or the reason for
    sending it late. ``read_at``: when receipt was confirmed.
    """

    round: int
    name: str
    function: str
    means: Means | None
    at: datetime | date | None
    result: Result
    note: str
    read_at: datetime | None


@dataclass(frozen=True)
class ProofMember:
    """How one member was convened, and what it replied. ``consent``: when it agreed to be convened electronically."""

    member: str
    consent: datetime | None
    lines: tuple[ProofLine, ...]
    reply: Reply | None
    replied_at: datetime | None
    replied_by: str

    @property
    def proved(self) -> bool:
        """Whether something shows that the member was convened: a message that arrived, or a letter."""
        arrived = {Result.DELIVERED, Result.DOUBTFUL, Result.SENT}
        return any(line.round == 0 and line.result in arrived for line in self.lines)


@dataclass(frozen=True)
class ProofPaper:
    """A paper that was sent, with the SHA-256 of its bytes where they are here."""

    number: str
    version: int
    title: str
    sent_at: datetime
    sha256: str


@dataclass(frozen=True)
class ConvocationProofRef:
    """The proof of convocation, as it is when it is sent."""

    meeting_id: int


@dataclass(frozen=True)
class ConvocationProof:
    """How, when and to whom everybody was convened (bewijs van oproeping). ``late``: the rounds after the last day.

    ``latest`` is the last day to convene, ``days`` the notice period.
    """

    meeting: Meeting
    latest: date
    days: int
    rounds: tuple[Round, ...]
    late: tuple[int, ...]
    agenda: tuple[AgendaLine, ...]
    papers: tuple[ProofPaper, ...]
    members: tuple[ProofMember, ...]
    others: tuple[ProofLine, ...]
    at: datetime
