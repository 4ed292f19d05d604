"""Entry on behalf: what the secretariat enters for a member from paper, which a second person confirms (four eyes).

Only the confirmation makes the act, by the same rules as an act of the member's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from assembly import errors
from assembly.meetings import Reply
from assembly.members import Acting
from assembly.motions import Ballot
from assembly.permissions import Act


class EntryKind(StrEnum):
    """Which act of a member is entered."""

    REPLY = "reply"
    PROXY = "proxy"
    SIGNATURE = "signature"
    PRESENCE = "presence"
    BALLOT = "ballot"

    @property
    def act(self) -> Act:
        """The act of the member's own that it stands for: it is possible in the same states of the assembly."""
        return {
            EntryKind.REPLY: Act.REPLY,
            EntryKind.PROXY: Act.PREPARE_PROXY,
            EntryKind.SIGNATURE: Act.SIGN_PROXY,
            EntryKind.PRESENCE: Act.CHECK_IN,
            EntryKind.BALLOT: Act.CAST_BALLOT,
        }[self]


class SheetSource(StrEnum):
    """What a tally sheet is filled in from: hands in the room, or printed voting cards (when Telegram fails)."""

    HANDS = "hands"
    CARDS = "cards"


@dataclass(frozen=True)
class EnteredReply:
    """The member replies to the convocation."""

    kind: ClassVar[EntryKind] = EntryKind.REPLY
    reply: Reply


@dataclass(frozen=True)
class EnteredProxy:
    """The member grants a proxy, signed on paper; ``until`` is the last day of a standing one."""

    kind: ClassVar[EntryKind] = EntryKind.PROXY
    holder_id: int
    holder_member_id: int | None
    until: date | None


@dataclass(frozen=True)
class EnteredSignature:
    """The member signs (``signs``) a proxy that was prepared, or revokes it."""

    kind: ClassVar[EntryKind] = EntryKind.SIGNATURE
    proxy_id: int
    signs: bool


@dataclass(frozen=True)
class EnteredPresence:
    """The member's representative is in the room (``present``), or leaves."""

    kind: ClassVar[EntryKind] = EntryKind.PRESENCE
    person_id: int
    present: bool


@dataclass(frozen=True)
class EnteredBallot:
    """The member votes in a roll-call vote; ``choice`` is the selection as text ("for", "1,3").

    ``source``: the tally sheet that it stood on, of which no paper is kept here.
    """

    kind: ClassVar[EntryKind] = EntryKind.BALLOT
    motion_id: int
    choice: str
    source: SheetSource | None = None


EnteredAct = EnteredReply | EnteredProxy | EnteredSignature | EnteredPresence | EnteredBallot

ACTS: dict[EntryKind, type[EnteredAct]] = {
    EntryKind.REPLY: EnteredReply,
    EntryKind.PROXY: EnteredProxy,
    EntryKind.SIGNATURE: EnteredSignature,
    EntryKind.PRESENCE: EnteredPresence,
    EntryKind.BALLOT: EnteredBallot,
}
"""What is entered, by its kind."""


class EntryState(StrEnum):
    """Where an entry stands; only ``confirmed`` made the act."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    LAPSED = "lapsed"


class EntryMark(StrEnum):
    """How an act is marked that was entered: as that, or as one to which its member objects."""

    ENTERED = "entered"
    DISPUTED = "disputed"


def strongest(marks: Iterable[EntryMark | None]) -> EntryMark | None:
    """Return the mark that says most of several: that one is disputed, or else that one was entered."""
    found = set(marks)
    return next((mark for mark in (EntryMark.DISPUTED, EntryMark.ENTERED) if mark in found), None)


@dataclass(frozen=True)
class Paper:
    """The paper of an entry as it was sent; ``photo``: it is no document. ``sha256`` is in hexadecimal."""

    file_id: int
    telegram_file_id: str
    photo: bool
    sha256: str


@dataclass(frozen=True)
class Entry:
    """An act entered for a member. ``decided_by`` confirmed or rejected it, the latter for a ``reason``.

    ``paper`` is ``None`` where others saw the act.
    """

    id: int
    meeting_id: int
    member_id: int
    act: EnteredAct
    state: EntryState
    entered_by: int
    entered_at: datetime
    paper: Paper | None
    decided_by: int | None = None
    decided_at: datetime | None = None
    reason: str = ""
    objected_by: int | None = None


def check_pending(entry: Entry) -> None:
    """Refuse to decide on an entry that was decided on before, or lapsed."""
    if entry.state is not EntryState.PENDING:
        raise errors.EntryMovedOn(entry.state.value)


def check_four_eyes(entry: Entry, person_id: int) -> None:
    """Refuse a confirmation by who entered it, and one of what does not wait for it any more."""
    if entry.entered_by == person_id:
        raise errors.SamePerson
    check_pending(entry)


def check_carrier(carrier: Acting | None, member_name: str, *, on_sheet: bool = False) -> Acting:
    """Return who carries the seat of an entered ballot.

    Refuses a seat that nobody carries in this vote, and one of which the carrier has a phone to vote with, unless it
    stands ``on_sheet``.
    """
    if carrier is None:
        raise errors.SeatNotCarried(member_name)
    if carrier.person.telegram_id is not None and not on_sheet:
        raise errors.SeatHasCarrier(member_name, carrier.person.name)
    return carrier


def check_not_voted(standing: Ballot | None, member_name: str, caster: str, *, disputed: bool) -> None:
    """Refuse an entered ballot for a seat that voted: with who and when.

    What was entered wrongly can be entered anew once somebody objected (``disputed``): until then a second paper for
    the same seat is a mistake.
    """
    if standing is not None and not disputed:
        raise errors.SeatVoted(member_name, caster, standing.cast_at)
