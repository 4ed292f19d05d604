"""Buttons with which an assembly is led through its agenda."""

from dataclasses import dataclass

from screens.presses.base import Press


@dataclass(frozen=True)
class NextItem(Press, code="lnext"):
    """This item is done with; go on to the next one."""

    item_id: int


@dataclass(frozen=True)
class ShowCourse(Press, code="lcourse"):
    """Show the agenda as far as it is dealt with, from a page."""

    meeting_id: int
    page: int


@dataclass(frozen=True)
class TakeUpItem(Press, code="ltake"):
    """Deal with this item now."""

    item_id: int


@dataclass(frozen=True)
class PauseMeeting(Press, code="lpause"):
    """Suspend the assembly (``paused`` 1), or let it go on (0)."""

    meeting_id: int
    paused: int


@dataclass(frozen=True)
class HoldOver(Press, code="lhold"):
    """Hold this item over: nothing is decided on it."""

    item_id: int


@dataclass(frozen=True)
class AskAmendment(Press, code="lamend"):
    """Expect another text of the proposal, as the assembly amends it on the spot."""

    item_id: int


@dataclass(frozen=True)
class AskOrder(Press, code="lorder"):
    """Expect a procedural motion (ordevoorstel)."""

    meeting_id: int


@dataclass(frozen=True)
class Acclaim(Press, code="macc"):
    """Adopt this without a vote, unless somebody objects."""

    item_id: int


@dataclass(frozen=True)
class ObjectToAcclamation(Press, code="mobj"):
    """I object: a vote is held."""

    motion_id: int


@dataclass(frozen=True)
class SuspendMotion(Press, code="msusp"):
    """Suspend the vote (``suspended`` 1), or let it go on (0)."""

    motion_id: int
    suspended: int


@dataclass(frozen=True)
class AskVoid(Press, code="mvoid"):
    """Expect why the vote is void."""

    motion_id: int


@dataclass(frozen=True)
class SetClosing(Press, code="mtime"):
    """Let the vote close by itself in so many minutes; 0 leaves that to the chair."""

    motion_id: int
    minutes: int


@dataclass(frozen=True)
class Pronounce(Press, code="mpron"):
    """Pronounce the outcome as it was counted."""

    motion_id: int


@dataclass(frozen=True)
class BreakTie(Press, code="mtie"):
    """Let the chair's vote decide a tie: adopt or reject."""

    motion_id: int
    adopt: int


@dataclass(frozen=True)
class AskOtherwise(Press, code="mother"):
    """Expect why the outcome is pronounced otherwise than it was counted."""

    motion_id: int


@dataclass(frozen=True)
class DisputeOutcome(Press, code="mdisp"):
    """I dispute what the chair pronounced, and want another vote."""

    motion_id: int


@dataclass(frozen=True)
class VoteAgain(Press, code="magain"):
    """Hold another vote on the same, which takes the place of this one (herstemming)."""

    motion_id: int


@dataclass(frozen=True)
class AskRectification(Press, code="mcorr"):
    """Expect a correction of an outcome that was published."""

    motion_id: int


@dataclass(frozen=True)
class ShowExclusions(Press, code="mexcl"):
    """Show which members are excluded from the vote on an item, and the others, from a page."""

    item_id: int
    page: int


@dataclass(frozen=True)
class AskExclusion(Press, code="mexask"):
    """Expect why a member is excluded from the vote on an item."""

    item_id: int
    member_id: int


@dataclass(frozen=True)
class LiftExclusion(Press, code="mexend"):
    """Let the member vote on the item after all."""

    item_id: int
    member_id: int
