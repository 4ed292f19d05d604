"""Buttons of proxies, and of the positions that can go with them."""

from dataclasses import dataclass
from datetime import date

from assembly.positions import Stance
from assembly.proxies import ProxyKind
from screens.presses.base import Press


@dataclass(frozen=True)
class StartProxy(Press, code="pstart"):
    """Start granting a proxy for a member."""

    meeting_id: int
    member_id: int


@dataclass(frozen=True)
class PageHolders(Press, code="pp"):
    """Show another page of possible holders of this kind; ``standing`` is 1 for a proxy until an end date."""

    member_id: int
    kind: ProxyKind
    standing: int
    page: int


@dataclass(frozen=True)
class ChooseHolder(Press, code="phold"):
    """Choose the holder; ``holder_member_id`` is 0 for an outsider."""

    meeting_id: int
    member_id: int
    holder_id: int
    holder_member_id: int


@dataclass(frozen=True)
class ChooseStanding(Press, code="pstand"):
    """Choose the holder of a standing proxy, of which the last day is asked then."""

    member_id: int
    holder_id: int
    holder_member_id: int


@dataclass(frozen=True)
class ChooseUntil(Press, code="puntil"):
    """Choose the last day of a standing proxy."""

    member_id: int
    holder_id: int
    holder_member_id: int
    until: date


@dataclass(frozen=True)
class GrantProxy(Press, code="pgrant"):
    """Prepare the proxy for one assembly, and sign it where the presser is entitled to."""

    meeting_id: int
    member_id: int
    holder_id: int
    holder_member_id: int


@dataclass(frozen=True)
class GrantInstructed(Press, code="pginst"):
    """As ``GrantProxy``, with the member's positions as an instruction."""

    meeting_id: int
    member_id: int
    holder_id: int
    holder_member_id: int


@dataclass(frozen=True)
class GrantStanding(Press, code="psgrant"):
    """Prepare the proxy for this assembly and those that follow, and sign it where the presser is entitled to."""

    member_id: int
    holder_id: int
    holder_member_id: int
    until: date


@dataclass(frozen=True)
class SignProxy(Press, code="psign"):
    """Sign a prepared proxy."""

    proxy_id: int


@dataclass(frozen=True)
class AcceptProxy(Press, code="pacc"):
    """Accept a proxy."""

    proxy_id: int


@dataclass(frozen=True)
class DeclineProxy(Press, code="pdec"):
    """Decline a proxy."""

    proxy_id: int


@dataclass(frozen=True)
class RevokeProxy(Press, code="pend"):
    """Revoke a proxy."""

    proxy_id: int


@dataclass(frozen=True)
class SkipProxy(Press, code="pskip"):
    """Do not confirm a standing proxy for this assembly."""

    proxy_id: int


@dataclass(frozen=True)
class RevokeStanding(Press, code="psend"):
    """Revoke a standing proxy of which none is under way."""

    standing_id: int


@dataclass(frozen=True)
class AskReplacement(Press, code="prep"):
    """Show who could carry the vote instead of the holder."""

    proxy_id: int


@dataclass(frozen=True)
class ReplaceHolder(Press, code="prepl"):
    """Give the vote to another holder; ``holder_member_id`` is 0 for an outsider."""

    proxy_id: int
    holder_id: int
    holder_member_id: int


@dataclass(frozen=True)
class VoteSelf(Press, code="pself"):
    """Take part oneself after all."""

    proxy_id: int


@dataclass(frozen=True)
class InstructProxy(Press, code="pinst"):
    """Let the member's positions go with the proxy (1) or not (0)."""

    proxy_id: int
    instructed: int


@dataclass(frozen=True)
class SendLetter(Press, code="plet"):
    """Send the letter of the proxy as a PDF."""

    proxy_id: int


@dataclass(frozen=True)
class AskLetter(Press, code="pask"):
    """Send the signed letter of the proxy."""

    proxy_id: int


@dataclass(frozen=True)
class ShowLetters(Press, code="plets"):
    """Show the signed letters of the proxy."""

    proxy_id: int


@dataclass(frozen=True)
class JudgeLetter(Press, code="pjudge"):
    """The letter bears the signature (1), or not (0)."""

    letter_id: int
    approved: int


@dataclass(frozen=True)
class ShowSeats(Press, code="seats"):
    """Show who casts the person's votes, and on whose behalf the person votes."""

    meeting_id: int


@dataclass(frozen=True)
class ShowPositions(Press, code="pos"):
    """Show a page of a member's positions."""

    meeting_id: int
    member_id: int
    page: int


@dataclass(frozen=True)
class SetPosition(Press, code="ps"):
    """Give the member's position on an item."""

    item_id: int
    member_id: int
    stance: Stance


@dataclass(frozen=True)
class SetAllFor(Press, code="psall"):
    """Let the member be in favour of everything that is still open."""

    meeting_id: int
    member_id: int


@dataclass(frozen=True)
class AskDecision(Press, code="psdec"):
    """Give number and date of the college's decision."""

    meeting_id: int
    member_id: int
