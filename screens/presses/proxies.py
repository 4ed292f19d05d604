"""Buttons of proxies."""

from dataclasses import dataclass

from screens.presses.base import Press


@dataclass(frozen=True)
class StartProxy(Press, code="pstart"):
    """Start granting a proxy for a member."""

    meeting_id: int
    member_id: int


@dataclass(frozen=True)
class PageHolders(Press, code="ppage"):
    """Show another page of possible holders."""

    meeting_id: int
    member_id: int
    page: int


@dataclass(frozen=True)
class ChooseHolder(Press, code="phold"):
    """Choose the representative of another member as the holder."""

    meeting_id: int
    member_id: int
    holder_id: int
    holder_member_id: int


@dataclass(frozen=True)
class GrantProxy(Press, code="pgrant"):
    """Prepare the proxy, and sign it where the presser is entitled to."""

    meeting_id: int
    member_id: int
    holder_id: int
    holder_member_id: int


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
class ShowSeats(Press, code="seats"):
    """Show who casts the person's votes, and on whose behalf the person votes."""

    meeting_id: int
