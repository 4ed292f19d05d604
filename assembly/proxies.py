"""Proxies (volmachten): who may give which vote to whom, and along whom a vote then passes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from assembly import errors
from assembly.members import Acting, Role


class ProxyKind(StrEnum):
    """To whom, and for how long, a member gives its vote (BW 2:38(4); Gemeentewet 171(2) for a colleague).

    ``STANDING`` holds until an end date, for a colleague or somebody else; the other kinds are for one assembly.
    """

    COLLEAGUE = "colleague"
    OTHER_MEMBER = "other_member"
    OUTSIDER = "outsider"
    STANDING = "standing"


HOLDERS = (ProxyKind.COLLEAGUE, ProxyKind.OTHER_MEMBER, ProxyKind.OUTSIDER)
"""The kinds that say to whom a vote goes."""


class BoardHolder(StrEnum):
    """Whether somebody of the board, or of the supervisory board, may hold a proxy (setting ``proxy_board_holder``)."""

    ALLOWED = "allowed"
    WARNED = "warned"
    REFUSED = "refused"


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


class LapseReason(StrEnum):
    """Why a proxy ended by itself."""

    CLOSED = "closed"
    EXPIRED = "expired"
    MEMBER_ENDED = "member_ended"
    HOLDER_ENDED = "holder_ended"
    HOLDER_MEMBER_ENDED = "holder_member_ended"


@dataclass(frozen=True)
class Proxy:
    """One member's proxy for one assembly.

    ``holder_member_id`` is the member for which the holder acts: the granting member for a colleague, ``None`` for an
    outsider. ``until`` is the last day of a standing proxy, of which ``standing_id`` is the mandate. ``instructed``:
    the member's positions go with it as an instruction. ``reason``: why it lapsed.
    """

    id: int
    meeting_id: int
    member_id: int
    holder_id: int
    holder_member_id: int | None
    kind: ProxyKind
    state: ProxyState
    until: date | None = None
    standing_id: int | None = None
    instructed: bool = False
    reason: LapseReason | None = None


@dataclass(frozen=True)
class Candidate:
    """An intended holder. ``member_id`` is the member for which it would hold the proxy, ``None`` where for none.

    ``registered``: it has an account and a role; who lost every role is no guest either.
    ``acts_for``: every member for which it has a role; ``represents``: those that it represents at this assembly.
    """

    person_id: int
    name: str
    member_id: int | None
    registered: bool
    acts_for: frozenset[int]
    represents: frozenset[int]
    on_board: bool = False


@dataclass(frozen=True)
class ProxyRules:
    """The settings that bear on proxies (see ``assembly.statutes.Statutes``)."""

    kinds: frozenset[ProxyKind]
    maximum: int
    deadline_hours: int
    substitution: bool
    board_holder: BoardHolder = BoardHolder.ALLOWED


def on_board(acting: Acting) -> bool:
    """Whether the person belongs to the board or the supervisory board, about which the assembly decides."""
    return any(held.role in {Role.SUPERVISOR, Role.BOARD_MEMBER} for held in acting.roles)


def represented(acting: Acting, proxies: Collection[Proxy]) -> frozenset[int]:
    """Return the members that the person represents: by its role, or by an accepted proxy of a colleague.

    Whom a municipality's mayor appoints, represents it (Gemeentewet 171(2)).
    """
    by_proxy = {
        proxy.member_id
        for proxy in proxies
        if proxy.holder_id == acting.person.id
        and proxy.holder_member_id == proxy.member_id
        and proxy.state is ProxyState.ACCEPTED
    }
    return frozenset(acting.members(Role.REPRESENTATIVE)) | by_proxy


def candidate(acting: Acting, member_id: int | None, proxies: Collection[Proxy]) -> Candidate:
    """Return the person as an intended holder on behalf of ``member_id``, among the assembly's ``proxies``."""
    person = acting.person
    return Candidate(
        person.id,
        person.name,
        member_id,
        registered=person.telegram_id is not None and bool(acting.roles),
        acts_for=acting.acts_for,
        represents=represented(acting, proxies),
        on_board=on_board(acting),
    )


def still_entitled(proxy: Proxy, holder: Acting, proxies: Collection[Proxy]) -> bool:
    """Whether the holder still is what it was when it got the proxy: a colleague, a representative, or a guest."""
    if proxy.holder_member_id is None:
        return bool(holder.roles)
    if proxy.holder_member_id == proxy.member_id:
        return proxy.member_id in holder.acts_for
    return proxy.holder_member_id in represented(holder, proxies)


def check_still_possible(starts_at: datetime, now: datetime, rules: ProxyRules) -> None:
    """Refuse every proxy where the statutes allow none, or the last moment has passed."""
    if not rules.kinds.intersection(HOLDERS):
        raise errors.ProxyKindNotAllowed(ProxyKind.OTHER_MEMBER.value)
    deadline = starts_at - timedelta(hours=rules.deadline_hours)
    if rules.deadline_hours and now > deadline:
        raise errors.ProxyDeadlinePassed(deadline)


def holder_kind(member_id: int, holder_member_id: int | None) -> ProxyKind:
    """Say what somebody who acts for ``holder_member_id`` is to ``member_id``."""
    if holder_member_id is None:
        return ProxyKind.OUTSIDER
    return ProxyKind.COLLEAGUE if holder_member_id == member_id else ProxyKind.OTHER_MEMBER


def check_may_grant(
    *,
    member_id: int,
    holder: Candidate,
    until: date | None,
    member_names: Mapping[int, str],
    under_way: Collection[Proxy],
    starts_at: datetime,
    now: datetime,
    rules: ProxyRules,
    holder_names: Mapping[int, str],
) -> None:
    """Refuse a proxy of ``member_id`` to ``holder`` that the settings or the other proxies do not allow.

    ``until``: the last day of a standing proxy. ``under_way`` are the assembly's proxies that are prepared, offered or
    accepted. Raises a ``Refusal``: wrong kind, past the deadline, a second one at the same time, to the own
    representative, to somebody not entitled or of the board, a chain or circle, or above the maximum.
    """
    check_still_possible(starts_at, now, rules)
    kind = holder_kind(member_id, holder.member_id)
    for needed in (kind, *([ProxyKind.STANDING] if until else [])):
        if needed not in rules.kinds:
            raise errors.ProxyKindNotAllowed(needed.value)
    for proxy in under_way:
        if proxy.member_id == member_id:
            raise errors.ProxyExists(holder_names.get(proxy.holder_id, ""))
    if member_id in holder.represents:
        raise errors.ProxyToSelf
    check_entitled(member_id, holder, member_names)
    if holder.on_board and rules.board_holder is BoardHolder.REFUSED:
        raise errors.HolderOnBoard(holder.name)
    granted = Proxy(0, 0, member_id, holder.person_id, holder.member_id, kind, ProxyState.PREPARED, until)
    check_passing_on(granted, member_names, under_way, substitution=rules.substitution)
    check_maximum(granted, {**holder_names, holder.person_id: holder.name}, under_way, rules)


def check_entitled(member_id: int, holder: Candidate, member_names: Mapping[int, str]) -> None:
    """Refuse a holder that is not registered, or is no colleague, no representative of a member, and no outsider."""
    entitled = {
        ProxyKind.COLLEAGUE: member_id in holder.acts_for,
        ProxyKind.OTHER_MEMBER: holder.member_id in holder.represents and holder.member_id in member_names,
        ProxyKind.OUTSIDER: not holder.acts_for.intersection(member_names),
    }[holder_kind(member_id, holder.member_id)]
    if not holder.registered or not entitled:
        raise errors.HolderNotEntitled(holder.name)


def check_passing_on(
    granted: Proxy, member_names: Mapping[int, str], under_way: Collection[Proxy], *, substitution: bool
) -> None:
    """Refuse a chain unless ``substitution`` is allowed, and then a circle.

    A chain: the holder's own member gave its vote to somebody else, or somebody of the grantor carries another's vote.
    A colleague stays within the member: who holds both its vote and another's is there for both.
    """
    if substitution:
        on_way = way(granted.member_id, by_member((*under_way, granted)), substitution=True)
        last = on_way[-1].holder_member_id
        if len(on_way) > 1 and last == granted.member_id:
            raise errors.ProxyCircle(member_names.get(on_way[-1].member_id, ""))
        return
    for proxy in under_way:
        if proxy.holder_id == granted.holder_id:
            continue
        if proxy.member_id == granted.holder_member_id != granted.member_id:
            raise errors.ProxyChain(member_names.get(proxy.member_id, ""))
        if proxy.holder_member_id == granted.member_id != proxy.member_id:
            raise errors.ProxyChain(member_names.get(proxy.member_id, ""))


def check_maximum(
    granted: Proxy, holder_names: Mapping[int, str], under_way: Collection[Proxy], rules: ProxyRules
) -> None:
    """Refuse when anybody along the way would carry the votes of more than ``maximum`` other members.

    The own seat and those of colleagues do not count; what is passed on counts for whom it is passed on to.
    """
    proxies = by_member((*under_way, granted))
    ways = {member_id: way(member_id, proxies, substitution=rules.substitution) for member_id in proxies}
    for step in ways[granted.member_id]:
        carried = {
            member_id
            for member_id, steps in ways.items()
            if any(other.holder_id == step.holder_id and other.holder_member_id != member_id for other in steps)
        }
        if len(carried) > rules.maximum:
            raise errors.ProxyLimit(holder_names.get(step.holder_id, ""), rules.maximum)


def by_member(proxies: Collection[Proxy]) -> dict[int, Proxy]:
    """Return the proxies by the id of the member that grants each."""
    return {proxy.member_id: proxy for proxy in proxies}


def way(member_id: int, proxies: Mapping[int, Proxy], *, substitution: bool) -> tuple[Proxy, ...]:
    """Return the proxies along which the vote of a member passes, its own first.

    Only where ``substitution`` is allowed (BW 3:64) it goes on: to whom the holder's member gave its own vote.
    """
    steps: list[Proxy] = []
    at: int | None = member_id
    while at is not None and at in proxies and proxies[at] not in steps:
        steps.append(proxies[at])
        at = proxies[at].holder_member_id if substitution else None
    return tuple(steps)
