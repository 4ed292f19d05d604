"""Proxies: every refusal is reached, and no order of grants breaks the rules."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly import errors
from assembly.members import Acting, Person, Role, RoleHeld
from assembly.proxies import (
    BoardHolder,
    Candidate,
    Proxy,
    ProxyKind,
    ProxyRules,
    ProxyState,
    candidate,
    check_may_grant,
    check_still_possible,
    still_entitled,
)

STARTS = datetime(2019, 2, 13, 17, 0, tzinfo=UTC)
UNTIL = date(2019, 12, 31)
RULES = ProxyRules(
    frozenset({ProxyKind.COLLEAGUE, ProxyKind.OTHER_MEMBER, ProxyKind.STANDING}),
    maximum=2,
    deadline_hours=0,
    substitution=False,
)
NAMES = {number: f"Lid {number}" for number in range(1, 8)}


def holder(
    member_id: int | None, *, registered: bool = True, represents: tuple[int, ...] = (), on_board: bool = False
) -> Candidate:
    """Return the representative of a member; its person id is ten times the member's. Without a member: a guest."""
    own = () if member_id is None else (member_id,)
    members = frozenset({*own, *represents})
    return Candidate(
        (member_id or 9) * 10, f"Vertegenwoordiger {member_id}", member_id, registered, members, members, on_board
    )


def colleague(member_id: int) -> Candidate:
    """Return somebody who works for the member and does not represent it; its person id is a hundred times that."""
    return Candidate(member_id * 100, f"Collega {member_id}", member_id, True, frozenset({member_id}), frozenset())  # noqa: FBT003 - registered


def proxy(member_id: int, to: int, *, kind: ProxyKind = ProxyKind.OTHER_MEMBER, by: int | None = None) -> Proxy:
    """Return a proxy that is under way, to the representative of member ``to`` unless to the person ``by``."""
    return Proxy(member_id, 1, member_id, by or to * 10, to, kind, ProxyState.OFFERED)


def given_to_colleague(member_id: int) -> Proxy:
    """Return an accepted proxy of the member to its colleague."""
    return Proxy(member_id, 1, member_id, member_id * 100, member_id, ProxyKind.COLLEAGUE, ProxyState.ACCEPTED)


def grant(
    member_id: int,
    to: Candidate,
    *under_way: Proxy,
    rules: ProxyRules = RULES,
    now: datetime = STARTS - timedelta(days=1),
    until: date | None = None,
) -> None:
    """Ask the rules for a proxy among those under way."""
    check_may_grant(
        member_id=member_id,
        holder=to,
        until=until,
        member_names=NAMES,
        under_way=under_way,
        starts_at=STARTS,
        now=now,
        rules=rules,
        holder_names={number * 10: f"Vertegenwoordiger {number}" for number in NAMES},
    )


def test_a_plain_proxy_is_granted() -> None:
    """A member may give its vote to another member's registered representative."""
    grant(1, holder(2))
    grant(1, holder(2), proxy(3, 2), proxy(4, 5))


@pytest.mark.parametrize(
    ("to", "until", "needed"),
    [
        (colleague(1), None, {ProxyKind.COLLEAGUE}),
        (holder(2), None, {ProxyKind.OTHER_MEMBER}),
        (holder(None), None, {ProxyKind.OUTSIDER}),
        (holder(2), UNTIL, {ProxyKind.OTHER_MEMBER, ProxyKind.STANDING}),
        (colleague(1), UNTIL, {ProxyKind.COLLEAGUE, ProxyKind.STANDING}),
    ],
)
def test_a_kind_that_is_not_allowed(to: Candidate, until: date | None, needed: set[ProxyKind]) -> None:
    """Each kind is granted where the settings allow it, and refused by its name where one of them is left out."""
    grant(1, to, until=until, rules=replace(RULES, kinds=frozenset(needed)))
    for missing in needed:
        kinds = frozenset(ProxyKind) - {missing}
        with pytest.raises(errors.ProxyKindNotAllowed) as refused:
            grant(1, to, until=until, rules=replace(RULES, kinds=kinds))
        assert refused.value.kind == missing


@pytest.mark.parametrize("kinds", [frozenset(), frozenset({ProxyKind.STANDING})])
def test_without_a_kind_of_holder_there_are_no_proxies(kinds: frozenset[ProxyKind]) -> None:
    """Standing alone says nothing of a holder, so that nothing can be granted at all."""
    with pytest.raises(errors.ProxyKindNotAllowed):
        check_still_possible(STARTS, STARTS, replace(RULES, kinds=kinds))


def test_the_deadline() -> None:
    """The last moment itself is in time, one second later is not; without a deadline there is none."""
    rules = replace(RULES, deadline_hours=24)
    deadline = STARTS - timedelta(hours=24)
    check_still_possible(STARTS, deadline, rules)
    with pytest.raises(errors.ProxyDeadlinePassed) as refused:
        grant(1, holder(2), rules=rules, now=deadline + timedelta(seconds=1))
    assert refused.value.deadline == deadline
    grant(1, holder(2), now=STARTS + timedelta(hours=2))


@pytest.mark.parametrize("to", [holder(1), holder(2, represents=(2, 1))])
def test_to_the_own_representative(to: Candidate) -> None:
    """Whoever represents the member carries its vote already, also as another member's representative."""
    with pytest.raises(errors.ProxyToSelf):
        grant(1, to)


@pytest.mark.parametrize(
    "to",
    [
        holder(2, registered=False),
        holder(99),
        replace(colleague(1), member_id=2),
        replace(colleague(2), member_id=1),
        colleague(2),
        replace(holder(2), member_id=None),
    ],
)
def test_to_somebody_not_entitled(to: Candidate) -> None:
    """A holder is registered, and a colleague of the member, a representative of another, or of no member at all."""
    with pytest.raises(errors.HolderNotEntitled) as refused:
        grant(1, to, rules=replace(RULES, kinds=frozenset(ProxyKind)))
    assert refused.value.holder == to.name


def test_somebody_of_the_board() -> None:
    """Somebody of the board is refused, or not, by the setting."""
    for setting in (BoardHolder.ALLOWED, BoardHolder.WARNED):
        grant(1, holder(2, on_board=True), rules=replace(RULES, board_holder=setting))
    with pytest.raises(errors.HolderOnBoard):
        grant(1, holder(2, on_board=True), rules=replace(RULES, board_holder=BoardHolder.REFUSED))
    grant(1, holder(2), rules=replace(RULES, board_holder=BoardHolder.REFUSED))


def test_who_lost_every_role_is_no_outsider() -> None:
    """Somebody who is registered and holds no role any more cannot hold a proxy, also not as a guest."""
    everybody = replace(RULES, kinds=frozenset(ProxyKind))
    guest, nobody = (Acting(Person(5, "Iemand", "", telegram_id=1), held) for held in ((RoleHeld(Role.OBSERVER),), ()))
    grant(1, candidate(guest, None, ()), rules=everybody)
    with pytest.raises(errors.HolderNotEntitled):
        grant(1, candidate(nobody, None, ()), rules=everybody)


def test_a_second_one_at_the_same_time() -> None:
    """One vote goes to one holder."""
    with pytest.raises(errors.ProxyExists) as refused:
        grant(1, holder(2), proxy(1, 3))
    assert refused.value.holder == "Vertegenwoordiger 3"


def test_to_somebody_whose_vote_was_given_away() -> None:
    """A member that will not be there to vote cannot vote for others."""
    with pytest.raises(errors.ProxyChain) as refused:
        grant(1, holder(2), proxy(2, 3))
    assert refused.value.member == "Lid 2"


def test_by_somebody_who_carries_a_vote() -> None:
    """Whoever carries a vote cannot give its own away: it would have to pass on the other's."""
    with pytest.raises(errors.ProxyChain) as refused:
        grant(1, holder(2), proxy(3, 1))
    assert refused.value.member == "Lid 3"


def test_a_colleague_who_carries_the_own_vote_too() -> None:
    """Whom the member appointed represents it, and can carry another's vote beside its own; nobody else of it can."""
    (own,) = appointed = (given_to_colleague(2),)
    someone = Acting(Person(200, "Collega 2", "", telegram_id=1), (RoleHeld(Role.COORDINATOR, 2),))
    with pytest.raises(errors.HolderNotEntitled):
        grant(1, candidate(someone, 2, ()))
    grant(1, candidate(someone, 2, appointed), *appointed)
    carried = proxy(1, 2, by=200)
    assert still_entitled(carried, someone, appointed)
    assert not still_entitled(carried, someone, ())
    with pytest.raises(errors.ProxyChain):
        grant(1, holder(2), own)
    with pytest.raises(errors.ProxyChain):
        grant(2, colleague(2), proxy(1, 2))
    grant(2, colleague(2), carried)


@pytest.mark.parametrize(
    ("held", "member_id", "entitled"),
    [
        ((RoleHeld(Role.COORDINATOR, 1),), 1, True),
        ((RoleHeld(Role.COORDINATOR, 2),), 1, False),
        ((RoleHeld(Role.REPRESENTATIVE, 2),), 2, True),
        ((RoleHeld(Role.COORDINATOR, 2),), 2, False),
        ((), 2, False),
        ((RoleHeld(Role.OBSERVER),), None, True),
        ((), None, False),
    ],
)
def test_who_is_still_entitled(held: tuple[RoleHeld, ...], member_id: int | None, entitled: bool) -> None:
    """A holder that lost the role for which it was chosen is one no longer."""
    someone = Acting(Person(5, "Iemand", "", telegram_id=1), held)
    granted = Proxy(1, 1, 1, 5, member_id, ProxyKind.OTHER_MEMBER, ProxyState.ACCEPTED)
    assert still_entitled(granted, someone, ()) is entitled


def test_substitution_allows_a_chain_but_no_circle() -> None:
    """Where a vote may be passed on, it may never come back to its own member, however long the way."""
    rules = replace(RULES, substitution=True)
    grant(1, holder(2), proxy(2, 3), proxy(4, 1), rules=replace(rules, maximum=3))
    for way in ([proxy(2, 1)], [proxy(2, 3), proxy(3, 4), proxy(4, 1)]):
        with pytest.raises(errors.ProxyCircle) as refused:
            grant(1, holder(2), *way, rules=replace(rules, maximum=9))
        assert refused.value.member in {"Lid 2", "Lid 4"}


def test_what_is_passed_on_counts() -> None:
    """The votes of 1 and 4 come along with that of 2: three is one too many for the last one on the way."""
    rules = replace(RULES, substitution=True)
    grant(2, holder(3), proxy(1, 2), rules=rules)
    with pytest.raises(errors.ProxyLimit) as refused:
        grant(2, holder(3), proxy(1, 2), proxy(4, 2), rules=rules)
    assert refused.value.holder == "Vertegenwoordiger 3"
    with pytest.raises(errors.ProxyLimit):
        grant(1, holder(2), proxy(4, 2), proxy(2, 3), rules=rules)


def test_above_the_maximum() -> None:
    """The own seat and those of colleagues do not count; a third of another member is one too many, standing or not."""
    grant(1, holder(2), proxy(3, 2), given_to_colleague(2), rules=replace(RULES, substitution=True))
    for third in (proxy(4, 2), proxy(4, 2, kind=ProxyKind.STANDING)):
        with pytest.raises(errors.ProxyLimit) as refused:
            grant(1, holder(2), proxy(3, 2), third)
        assert (refused.value.holder, refused.value.maximum) == ("Vertegenwoordiger 2", 2)
    grant(1, colleague(1), proxy(3, 1, by=100), proxy(4, 1, by=100))
    grant(1, colleague(1), rules=replace(RULES, maximum=0))


def test_what_is_under_way() -> None:
    """Prepared, offered and accepted proxies stand in the way of another; ended ones do not."""
    assert {state for state in ProxyState if state.under_way} == {
        ProxyState.PREPARED,
        ProxyState.OFFERED,
        ProxyState.ACCEPTED,
    }


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7), st.sampled_from(["grant", "grant", "end"])), max_size=40),
    st.integers(1, 3),
    st.booleans(),
)
def test_no_order_of_grants_breaks_the_rules(
    acts: list[tuple[int, int, str]], maximum: int, substitution: bool
) -> None:
    """However proxies come and go: one each, no circle, no chain unless allowed, and never above the maximum."""
    rules = replace(RULES, maximum=maximum, substitution=substitution)
    standing: dict[int, int] = {}
    for member_id, to, act in acts:
        if act == "end":
            standing.pop(member_id, None)
            continue
        try:
            grant(member_id, holder(to), *(proxy(giver, taker) for giver, taker in standing.items()), rules=rules)
        except errors.Refusal:
            continue
        assert member_id not in standing
        standing[member_id] = to
        assert substitution or not set(standing) & set(standing.values())
        ways = []
        for giver in standing:
            way = [giver]
            while way[-1] in standing:
                way.append(standing[way[-1]])
                assert way[-1] not in way[:-1]
            ways.append(way)
        for number in NAMES:
            assert sum(number in way[1:] for way in ways) <= maximum
