"""Who carries which seat, and which state allows what."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.errors import WrongMeetingState
from assembly.meetings import Meeting, MeetingState, carriers, check_state
from assembly.members import Member
from assembly.proxies import Proxy, ProxyKind, ProxyState
from assembly.tally import Seat

DEVENTER = Member(1, "deventer", "Deventer")
ZWOLLE = Member(2, "zwolle", "Zwolle", votes=3)
MEMBERS = [DEVENTER, ZWOLLE]
REPRESENTATIVES = {1: [10, 11], 2: [20]}


def proxy(state: ProxyState = ProxyState.ACCEPTED) -> Proxy:
    """Return Deventer's proxy to Zwolle's representative."""
    return Proxy(7, 1, 1, 20, 2, ProxyKind.OTHER_MEMBER, state)


def test_the_own_representative_carries_the_seat() -> None:
    """A present representative carries its member's seat with that member's weight."""
    assert carriers(MEMBERS, REPRESENTATIVES, [], [20, 10]) == (Seat(1, 1, 10), Seat(2, 3, 20))


def test_the_holder_carries_an_absent_members_seat() -> None:
    """A present holder carries the seat too, and the proxy is named."""
    assert carriers(MEMBERS, REPRESENTATIVES, [proxy()], [20]) == (Seat(1, 1, 20, 7), Seat(2, 3, 20))


def test_the_own_representative_suspends_the_proxy() -> None:
    """Whoever comes after all votes itself."""
    assert carriers(MEMBERS, REPRESENTATIVES, [proxy()], [20, 11]) == (Seat(1, 1, 11), Seat(2, 3, 20))


def test_of_two_representatives_the_first_to_come_carries() -> None:
    """One seat has one carrier: the representative who checked in first."""
    assert carriers([DEVENTER], REPRESENTATIVES, [], [11, 10]) == (Seat(1, 1, 11),)


@pytest.mark.parametrize("state", [state for state in ProxyState if state is not ProxyState.ACCEPTED])
def test_only_an_accepted_proxy_carries(state: ProxyState) -> None:
    """A proxy that is not accepted, or no longer holds, moves no vote."""
    assert carriers(MEMBERS, REPRESENTATIVES, [proxy(state)], [20])[0] == Seat(1, 1, None)


def test_an_absent_holder_carries_nothing() -> None:
    """A proxy does not make anybody present."""
    assert carriers(MEMBERS, REPRESENTATIVES, [proxy()], []) == (Seat(1, 1, None), Seat(2, 3, None))


PEOPLE = st.integers(0, 12)
MEMBER_IDS = st.integers(0, 6)
PROXIES = st.builds(
    Proxy,
    id=st.integers(),
    meeting_id=st.just(1),
    member_id=MEMBER_IDS,
    holder_id=PEOPLE,
    holder_member_id=MEMBER_IDS,
    kind=st.sampled_from(ProxyKind),
    state=st.sampled_from(ProxyState),
)


@given(
    st.dictionaries(MEMBER_IDS, st.lists(PEOPLE, max_size=3)),
    st.lists(PROXIES, max_size=8),
    st.lists(PEOPLE, unique=True),
)
def test_each_member_yields_one_seat(
    representatives: dict[int, list[int]], proxies: list[Proxy], present: list[int]
) -> None:
    """One seat per member in order, carried by somebody present who has the right to it, and by its own first."""
    members = [Member(number, str(number), str(number), votes=number + 1) for number in range(7)]
    seats = carriers(members, representatives, proxies, present)
    assert [(seat.member_id, seat.weight) for seat in seats] == [(member.id, member.votes) for member in members]
    for seat in seats:
        own = [person for person in present if person in representatives.get(seat.member_id, [])]
        given_to = {
            p.id: p.holder_id for p in proxies if p.member_id == seat.member_id and p.state is ProxyState.ACCEPTED
        }
        if own:
            assert (seat.carrier_id, seat.proxy_id) == (own[0], None)
        elif seat.proxy_id is not None:
            assert given_to[seat.proxy_id] == seat.carrier_id
            assert seat.carrier_id in present
        else:
            assert seat.carrier_id is None
            assert len(given_to) > 1 or not set(given_to.values()) & set(present)


@pytest.mark.parametrize("state", MeetingState)
def test_a_state_allows_or_refuses(state: MeetingState) -> None:
    """Only the named states allow an act; the refusal names the state."""
    meeting = Meeting(1, "ALV", datetime(2019, 2, 13, 17, tzinfo=UTC), "", "", state)
    check_state(meeting, *MeetingState)
    with pytest.raises(WrongMeetingState) as refused:
        check_state(meeting, *(other for other in MeetingState if other is not state))
    assert refused.value.state == state.value
