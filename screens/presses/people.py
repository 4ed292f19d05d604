"""Buttons of people: registrations, cards, colleagues, links and requests for access."""

from dataclasses import dataclass

from assembly.access import LinkForm, Registration
from assembly.members import Role
from screens.presses.base import Press


@dataclass(frozen=True)
class ShowRegistrations(Press, code="regs"):
    """Show who stands where on the way in."""

    state: Registration
    page: int


@dataclass(frozen=True)
class AskPerson(Press, code="find"):
    """Search for somebody."""


@dataclass(frozen=True)
class ShowPerson(Press, code="person"):
    """Show somebody's card to the secretariat."""

    person_id: int


@dataclass(frozen=True)
class MakeLinks(Press, code="mklinks"):
    """Make links for everybody who is not registered; ``renew`` is 1 for those with a valid link too."""

    form: LinkForm
    renew: int


@dataclass(frozen=True)
class MakePersonalLink(Press, code="mklink"):
    """Make a new link for one person, as a message."""

    person_id: int


@dataclass(frozen=True)
class MakeLetter(Press, code="letter"):
    """Make a new link for one person, as a letter."""

    person_id: int


@dataclass(frozen=True)
class RevokeLink(Press, code="unlink"):
    """End somebody's link."""

    person_id: int


@dataclass(frozen=True)
class AskEndPerson(Press, code="endask"):
    """Show what ending all of somebody's roles would do."""

    person_id: int


@dataclass(frozen=True)
class EndPerson(Press, code="endall"):
    """End all of somebody's roles."""

    person_id: int


@dataclass(frozen=True)
class ResetFactor(Press, code="sfreset"):
    """Take somebody else's second factor away."""

    person_id: int


@dataclass(frozen=True)
class AskBlock(Press, code="blockask"):
    """Ask whether somebody's phone is to be blocked."""

    person_id: int


@dataclass(frozen=True)
class BlockPhone(Press, code="block"):
    """Block somebody's phone."""

    person_id: int


@dataclass(frozen=True)
class ShowColleagues(Press, code="cols"):
    """Show the people of the member, or ask of which."""


@dataclass(frozen=True)
class PageColleagues(Press, code="colp"):
    """Show a page of the people of a member."""

    member_id: int
    page: int


@dataclass(frozen=True)
class ShowColleague(Press, code="col"):
    """Show the card of somebody of a member."""

    member_id: int
    person_id: int


@dataclass(frozen=True)
class LinkColleague(Press, code="collink"):
    """Make a new link for somebody of a member."""

    member_id: int
    person_id: int


@dataclass(frozen=True)
class InviteColleague(Press, code="inv"):
    """Start inviting somebody for a member."""

    member_id: int


@dataclass(frozen=True)
class ChooseInviteRole(Press, code="invrole"):
    """Choose which role the invited will have."""

    member_id: int
    role: Role


@dataclass(frozen=True)
class ReplaceColleague(Press, code="repl"):
    """Start replacing somebody of a member."""

    member_id: int
    person_id: int


@dataclass(frozen=True)
class ConfirmInvite(Press, code="invdo"):
    """Do what the preview with this number showed."""

    number: int


@dataclass(frozen=True)
class AskEndColleague(Press, code="colask"):
    """Show what ending somebody's roles for a member would do."""

    member_id: int
    person_id: int


@dataclass(frozen=True)
class EndColleague(Press, code="colend"):
    """End somebody's roles for a member."""

    member_id: int
    person_id: int


@dataclass(frozen=True)
class RequestAccess(Press, code="req"):
    """Ask for access, or go on asking."""


@dataclass(frozen=True)
class ChooseRequestMember(Press, code="reqmem"):
    """Choose for which member access is asked; 0 is for none."""

    member_id: int


@dataclass(frozen=True)
class RestartRequest(Press, code="reqnew"):
    """Fill in the request anew."""


@dataclass(frozen=True)
class SendRequest(Press, code="reqsend"):
    """Send the request to the secretariat."""


@dataclass(frozen=True)
class WithdrawRequest(Press, code="reqstop"):
    """Let go of the request."""


@dataclass(frozen=True)
class ShowRequests(Press, code="reqs"):
    """List the requests that wait."""


@dataclass(frozen=True)
class ShowRequest(Press, code="reqshow"):
    """Show a request."""

    request_id: int


@dataclass(frozen=True)
class ApproveAsNew(Press, code="reqyes"):
    """Let a stranger in as a new person."""

    request_id: int
    role: Role


@dataclass(frozen=True)
class ApproveAsKnown(Press, code="reqis"):
    """Let a stranger in as somebody in the register."""

    request_id: int
    person_id: int


@dataclass(frozen=True)
class RefuseRequest(Press, code="reqno"):
    """Refuse a request without a reason."""

    request_id: int


@dataclass(frozen=True)
class AskRefusalReason(Press, code="reqwhy"):
    """Refuse a request with a reason."""

    request_id: int
