"""The members of an assembly with how each stands: registered, replied, by proxy, present."""

from dataclasses import dataclass
from enum import StrEnum

from assembly.meetings import Reply
from assembly.proxies import ProxyState


class MemberFilter(StrEnum):
    """Which members an overview shows."""

    ALL = "all"
    UNREGISTERED = "unregistered"
    UNANSWERED = "unanswered"
    PROXY_OPEN = "proxy_open"
    PROXY_ACCEPTED = "proxy_accepted"
    PROXY_ENDED = "proxy_ended"
    PRESENT = "present"
    ABSENT = "absent"


@dataclass(frozen=True)
class MemberStanding:
    """How one member stands.

    ``registered``: somebody who acts for it is. ``proxy`` is the state of its proxy, or of the last one.
    ``confirming``: a standing one that waits for the grantor. ``instructed`` tells that there is an instruction.
    ``present``: its vote is carried now, by its own representative or by proxy. ``missing``: its holder cannot.
    """

    member: str
    votes: int
    registered: bool
    reply: Reply | None
    proxy: ProxyState | None = None
    holder: str = ""
    holder_member: str = ""
    confirming: bool = False
    instructed: bool = False
    present: bool = False
    by_proxy: bool = False
    missing: bool = False

    def passes(self, wanted: MemberFilter) -> bool:
        """Whether the member is among those that ``wanted`` asks for."""
        under_way = self.proxy is not None and self.proxy.under_way
        return {
            MemberFilter.ALL: True,
            MemberFilter.UNREGISTERED: not self.registered,
            MemberFilter.UNANSWERED: self.reply is None,
            MemberFilter.PROXY_OPEN: under_way and self.proxy is not ProxyState.ACCEPTED,
            MemberFilter.PROXY_ACCEPTED: self.proxy is ProxyState.ACCEPTED,
            MemberFilter.PROXY_ENDED: self.proxy is not None and not under_way,
            MemberFilter.PRESENT: self.present,
            MemberFilter.ABSENT: not self.present,
        }[wanted]
