"""Buttons of the assembly while it sits, and of its votes."""

from dataclasses import dataclass

from assembly.item_settings import VoteForm
from assembly.meetings import Mode
from assembly.options import Chosen
from assembly.overviews import MemberFilter
from screens.presses.base import Press


@dataclass(frozen=True)
class OpenMeeting(Press, code="open"):
    """Open the assembly."""

    meeting_id: int


@dataclass(frozen=True)
class CloseMeeting(Press, code="close"):
    """Close the assembly."""

    meeting_id: int


@dataclass(frozen=True)
class CheckIn(Press, code="in"):
    """I am present, in the room or remotely."""

    meeting_id: int
    mode: Mode


@dataclass(frozen=True)
class CheckOut(Press, code="out"):
    """I leave."""

    meeting_id: int


@dataclass(frozen=True)
class ShowAttendance(Press, code="att"):
    """Show the attendance list."""

    meeting_id: int


@dataclass(frozen=True)
class ShowMembers(Press, code="mem"):
    """Show how all members stand."""

    meeting_id: int


@dataclass(frozen=True)
class FilterMembers(Press, code="memf"):
    """Show other members in the overview, from a page."""

    meeting_id: int
    filter: MemberFilter
    page: int


@dataclass(frozen=True)
class ChooseMotion(Press, code="mlist"):
    """List the items that can be put to the vote."""

    meeting_id: int


@dataclass(frozen=True)
class PreviewMotion(Press, code="mshow"):
    """Show what will be put to the vote."""

    item_id: int


@dataclass(frozen=True)
class OpenMotion(Press, code="mopen"):
    """Open the vote, as usual or in a form that is chosen explicitly."""

    item_id: int
    form: VoteForm


@dataclass(frozen=True)
class CloseMotion(Press, code="mclose"):
    """Close the vote and count."""

    motion_id: int


@dataclass(frozen=True)
class CastBallot(Press, code="c"):
    """Vote for one seat; ``choice`` is the selection as text ("for", "1,3")."""

    motion_id: int
    member_id: int
    choice: Chosen


@dataclass(frozen=True)
class CastAll(Press, code="ca"):
    """Vote the same for every seat that one carries."""

    motion_id: int
    choice: Chosen


@dataclass(frozen=True)
class ShowSeat(Press, code="cs"):
    """Choose for one seat of several."""

    motion_id: int
    member_id: int


@dataclass(frozen=True)
class ShowBallot(Press, code="cb"):
    """Show a page of the whole ballot again."""

    motion_id: int
    page: int


@dataclass(frozen=True)
class OpenStraw(Press, code="mstraw"):
    """Open a straw poll, which decides nothing."""

    item_id: int


@dataclass(frozen=True)
class OpenRound(Press, code="mround"):
    """Open the next round of a vote that decided nothing yet."""

    motion_id: int


@dataclass(frozen=True)
class DrawLot(Press, code="mlot"):
    """Let the lot decide among options with as many votes."""

    motion_id: int


@dataclass(frozen=True)
class ShowOptions(Press, code="oshow"):
    """Show what can be chosen under an item."""

    item_id: int


@dataclass(frozen=True)
class AskOptions(Press, code="oadd"):
    """Add variants or candidates."""

    item_id: int


@dataclass(frozen=True)
class RemoveOption(Press, code="ogone"):
    """Take a variant or a candidate away."""

    option_id: int


@dataclass(frozen=True)
class SetPicks(Press, code="opick"):
    """Set how many persons are to be chosen."""

    item_id: int
    picks: int


@dataclass(frozen=True)
class GetRollCall(Press, code="rcall"):
    """Send the list of a roll-call vote."""

    motion_id: int


@dataclass(frozen=True)
class ShowDecisions(Press, code="dec"):
    """Show the decision list."""

    meeting_id: int


@dataclass(frozen=True)
class PublishDecisions(Press, code="decpub"):
    """Send the decision list to everybody and to the group."""

    meeting_id: int


@dataclass(frozen=True)
class ShowRoom(Press, code="room"):
    """Show where the page for the screen in the room is."""

    meeting_id: int
