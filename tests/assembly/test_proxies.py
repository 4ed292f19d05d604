"""Proxies: every refusal is reached, and no order of grants breaks the rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly import errors
from assembly.proxies import Candidate, Proxy, ProxyKind, ProxyRules, ProxyState, check_may_grant, check_still_possible

STARTS = datetime(2019, 2, 13, 17, 0, tzinfo=UTC)
RULES = ProxyRules(frozenset({ProxyKind.OTHER_MEMBER}), maximum=2, deadline_hours=0, substitution=False)
NAMES = {number: f"Lid {number}" for number in range(1, 8)}


def holder(member_id: int, *, registered: bool = True, represents: tuple[int, ...] = ()) -> Candidate:
    """Return the representative of a member; its person id is ten times the member's."""
    return Candidate(member_id * 10, f"Vertegenwoordiger {member_id}", member_id, registered, represents)


def proxy(member_id: int, to: int, *, kind: ProxyKind = ProxyKind.OTHER_MEMBER) -> Proxy:
    """Return a proxy that is under way."""
    return Proxy(member_id, 1, member_id, to * 10, to, kind, ProxyState.OFFERED)


def grant(
    member_id: int,
    to: Candidate,
    *under_way: Proxy,
    rules: ProxyRules = RULES,
    now: datetime = STARTS - timedelta(days=1),
) -> None:
    """Ask the rules for a proxy among those under way."""
    check_may_grant(
        member_id=member_id,
        holder=to,
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


@pytest.mark.parametrize("kinds", [frozenset(), frozenset({ProxyKind.COLLEAGUE}), frozenset({ProxyKind.STANDING})])
def test_a_kind_that_is_not_allowed(kinds: frozenset[ProxyKind]) -> None:
    """Without proxies to other members in the settings there are none."""
    with pytest.raises(errors.ProxyKindNotAllowed) as refused:
        grant(1, holder(2), rules=replace(RULES, kinds=kinds))
    assert refused.value.kind == "other_member"


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


@pytest.mark.parametrize("to", [holder(2, registered=False), holder(99)])
def test_to_somebody_not_entitled(to: Candidate) -> None:
    """The holder must be registered, for a member that is one on that day."""
    with pytest.raises(errors.HolderNotEntitled) as refused:
        grant(1, to)
    assert refused.value.holder == to.name


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


def test_substitution_allows_a_chain_but_no_circle() -> None:
    """Where a vote may be passed on, it may never come back to its own member, however long the way."""
    rules = replace(RULES, substitution=True)
    grant(1, holder(2), proxy(2, 3), proxy(4, 1), rules=rules)
    for way in ([proxy(2, 1)], [proxy(2, 3), proxy(3, 4), proxy(4, 1)]):
        with pytest.raises(errors.ProxyChain):
            grant(1, holder(2), *way, rules=rules)


def test_above_the_maximum() -> None:
    """The holder's own seat and its colleagues' proxies do not count; a third of another member is one too many."""
    grant(1, holder(2), proxy(3, 2), proxy(4, 2, kind=ProxyKind.COLLEAGUE))
    with pytest.raises(errors.ProxyLimit) as refused:
        grant(1, holder(2), proxy(3, 2), proxy(4, 2))
    assert (refused.value.holder, refused.value.maximum) == ("Vertegenwoordiger 2", 2)


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
        assert list(standing.values()).count(to) <= maximum
        assert substitution or not set(standing) & set(standing.values())
        for giver in standing:
            way = [giver]
            while way[-1] in standing:
                way.append(standing[way[-1]])
                assert way[-1] not in way[:-1]
