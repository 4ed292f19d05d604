"""Buttons of what is entered on behalf of members."""

from dataclasses import dataclass
from datetime import date

from assembly.meetings import Reply
from assembly.options import Chosen
from assembly.proxies import ProxyKind
from screens.presses.base import Press


@dataclass(frozen=True)
class PageEntryMembers(Press, code="em"):
    """Choose for which member something is entered, from a page."""

    page: int


@dataclass(frozen=True)
class EnterFor(Press, code="ef"):
    """Enter something for this member."""

    member_id: int


@dataclass(frozen=True)
class EnterReply(Press, code="er"):
    """The member's reply to the convocation."""

    member_id: int
    reply: Reply


@dataclass(frozen=True)
class EnterHolders(Press, code="eh"):
    """Show a page of possible holders of this kind; ``standing`` is 1 for a proxy until an end date."""

    member_id: int
    kind: ProxyKind
    standing: int
    page: int


@dataclass(frozen=True)
class EnterHolder(Press, code="eg"):
    """The member's proxy for this assembly; ``holder_member_id`` is 0 for an outsider."""

    member_id: int
    holder_id: int
    holder_member_id: int


@dataclass(frozen=True)
class EnterStanding(Press, code="egs"):
    """The holder of a standing proxy, of which the last day is asked then."""

    member_id: int
    holder_id: int
    holder_member_id: int


@dataclass(frozen=True)
class EnterUntil(Press, code="egu"):
    """The last day of a standing proxy."""

    member_id: int
    holder_id: int
    holder_member_id: int
    until: date


@dataclass(frozen=True)
class EnterSignature(Press, code="ex"):
    """The member signs its proxy (1), or revokes it (0)."""

    member_id: int
    proxy_id: int
    signs: int


@dataclass(frozen=True)
class EnterPresence(Press, code="ep"):
    """A representative of the member is in the room (1), or leaves (0)."""

    member_id: int
    person_id: int
    present: int


@dataclass(frozen=True)
class EnterBallot(Press, code="eb"):
    """The member's vote; ``choice`` is the selection as text."""

    motion_id: int
    member_id: int
    choice: Chosen


@dataclass(frozen=True)
class PickEntered(Press, code="ebp"):
    """Pick a name more or less from a paper, in a vote for several seats; ``choice`` is what is picked then."""

    motion_id: int
    member_id: int
    choice: Chosen


@dataclass(frozen=True)
class ShowEntries(Press, code="el"):
    """Show a page of what was entered."""

    meeting_id: int
    page: int


@dataclass(frozen=True)
class ShowEntry(Press, code="es"):
    """Show an entry with its paper."""

    entry_id: int


@dataclass(frozen=True)
class ConfirmEntry(Press, code="ec"):
    """What was entered is what stands on the paper."""

    entry_id: int


@dataclass(frozen=True)
class RejectEntry(Press, code="en"):
    """Do not confirm what was entered; the reason is asked then."""

    entry_id: int


@dataclass(frozen=True)
class ObjectToEntry(Press, code="eo"):
    """What was entered is not right."""

    entry_id: int
