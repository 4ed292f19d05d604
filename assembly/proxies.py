"""Proxies (volmachten): who may give which vote to whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from assembly import errors


class ProxyKind(StrEnum):
    """To whom a member gives its vote (BW 2:38(4); Gemeentewet 171(2) for a colleague)."""

    OTHER_MEMBER = "other_member"
    COLLEAGUE = "colleague"
    STANDING = "standing"


class ProxyState(StrEnum):
    """Where a proxy stands; the first three are under way, of which only ``accepted`` carries a vote."""

    PREPARED = "prepared"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVOKED = "revoked"
    LAPSED = "lapsed"

    @property
    def under_way(self) -> bool:
        """Whether the proxy can still carry, or come to carry, the vote."""
        return self in {ProxyState.PREPARED, ProxyState.OFFERED, ProxyState.ACCEPTED}


@dataclass(frozen=True)
class Proxy:
    """One member's proxy for one assembly."""

    id: int
    meeting_id: int
    member_id: int
    holder_id: int
    holder_member_id: int
    kind: ProxyKind
    state: ProxyState


@dataclass(frozen=True)
class Candidate:
    """An intended holder, with the member for which it would hold the proxy.

    ``registered``: it is bound to a Telegram account and represents ``member_id``. ``represents``: every member that it
    represents.
    """

    person_id: int
    name: str
    member_id: int
    registered: bool
    represents: tuple[int, ...] = ()


@dataclass(frozen=True)
class ProxyRules:
    """The settings that bear on proxies (see ``assembly.statutes.Statutes``)."""

    kinds: frozenset[ProxyKind]
    maximum: int
    deadline_hours: int
    substitution: bool


def check_still_possible(starts_at: datetime, now: datetime, rules: ProxyRules) -> None:
    """Refuse every proxy where the statutes allow none to another member, or the last moment has passed."""
    if ProxyKind.OTHER_MEMBER not in rules.kinds:
        raise errors.ProxyKindNotAllowed(ProxyKind.OTHER_MEMBER.value)
    deadline = starts_at - timedelta(hours=rules.deadline_hours)
    if rules.deadline_hours and now > deadline:
        raise errors.ProxyDeadlinePassed(deadline)


def check_may_grant(
    *,
    member_id: int,
    holder: Candidate,
    member_names: dict[int, str],
    under_way: Collection[Proxy],
    starts_at: datetime,
    now: datetime,
    rules: ProxyRules,
    holder_names: dict[int, str],
) -> None:
    """Refuse a proxy of ``member_id`` to ``holder`` that the settings or the other proxies do not allow.

    ``under_way`` are the assembly's proxies that are prepared, offered or accepted. Raises a ``Refusal``: wrong kind,
    past the deadline, to the own representative, a second one at the same time, a chain or circle, or a holder that is
    not registered or carries the maximum already.
    """
    check_still_possible(starts_at, now, rules)
    if member_id in {holder.member_id, *holder.represents}:
        raise errors.ProxyToSelf
    if not holder.registered or holder.member_id not in member_names:
        raise errors.HolderNotEntitled(holder.name)
    for proxy in under_way:
        if proxy.member_id == member_id:
            raise errors.ProxyExists(holder_names.get(proxy.holder_id, ""))
    if rules.substitution:
        check_no_circle(member_id, holder.member_id, member_names, under_way)
    else:
        check_no_chain(member_id, holder.member_id, member_names, under_way)
    check_below_maximum(holder.person_id, holder.name, under_way, rules.maximum)


def check_no_chain(
    member_id: int, holder_member_id: int, member_names: dict[int, str], under_way: Collection[Proxy]
) -> None:
    """Refuse when the holder's member gave its own vote away, or when the grantor's people carry another's vote."""
    for proxy in under_way:
        if proxy.member_id == holder_member_id:
            raise errors.ProxyChain(member_names[holder_member_id])
        if proxy.holder_member_id == member_id:
            raise errors.ProxyChain(member_names.get(proxy.member_id, ""))


def check_no_circle(
    member_id: int, holder_member_id: int, member_names: dict[int, str], under_way: Collection[Proxy]
) -> None:
    """Refuse when the vote, passed on from holder to holder, would come back to its own member."""
    passed_on = {proxy.member_id: proxy.holder_member_id for proxy in under_way}
    at: int | None = holder_member_id
    while at is not None:
        onward = passed_on.pop(at, None)
        if onward == member_id:
            raise errors.ProxyChain(member_names.get(at, ""))
        at = onward


def check_below_maximum(holder_id: int, holder_name: str, under_way: Collection[Proxy], maximum: int) -> None:
    """Refuse when ``holder_id`` has ``maximum`` proxies of other members under way already."""
    carried = sum(1 for proxy in under_way if proxy.holder_id == holder_id and proxy.kind is ProxyKind.OTHER_MEMBER)
    if carried >= maximum:
        raise errors.ProxyLimit(holder_name, maximum)
