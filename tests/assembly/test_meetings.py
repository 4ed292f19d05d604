"""Who carries which seat, and which state allows what."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.errors import WrongMeetingState
from assembly.meetings import Meeting, MeetingState, carriers, check_state
from assembly.members import Member
from assembly.proxies import Proxy, ProxyKind, ProxyState, by_member
from assembly.tally import Seat

DEVENTER = Member(1, "deventer", "Deventer")
ZWOLLE = Member(2, "zwolle", "Zwolle", votes=3)
MEMBERS = [DEVENTER, ZWOLLE]
REPRESENTATIVES = {1: [10, 11], 2: [20]}


def seats(proxies: Collection[Proxy], present: Sequence[int], *, substitution: bool = False) -> tuple[Seat, ...]:
    """Return who carries the seats of Deventer and Zwolle."""
    return carriers(MEMBERS, REPRESENTATIVES, proxies, present, substitution=substitution)


def proxy(state: ProxyState = ProxyState.ACCEPTED) -> Proxy:
    """Return Deventer's proxy to Zwolle's representative."""
    return Proxy(7, 1, 1, 20, 2, ProxyKind.OTHER_MEMBER, state)


def test_the_own_representative_carries_the_seat() -> None:
    """A present representative carries its member's seat with that member's weight."""
    assert seats([], [20, 10]) == (Seat(1, 1, 10), Seat(2, 3, 20))


def test_the_holder_carries_an_absent_members_seat() -> None:
    """A present holder carries the seat too, and the proxy is named."""
    assert seats([proxy()], [20]) == (Seat(1, 1, 20, 7), Seat(2, 3, 20))


def test_the_own_representative_suspends_the_proxy() -> None:
    """Whoever comes after all votes itself."""
    assert seats([proxy()], [20, 11]) == (Seat(1, 1, 11), Seat(2, 3, 20))


def test_of_two_representatives_the_first_to_come_carries() -> None:
    """One seat has one carrier: the representative who checked in first."""
    assert seats([], [11, 10])[0] == Seat(1, 1, 11)


@pytest.mark.parametrize("state", [state for state in ProxyState if state is not ProxyState.ACCEPTED])
def test_only_an_accepted_proxy_carries(state: ProxyState) -> None:
    """A proxy that is not accepted, or no longer holds, moves no vote."""
    assert seats([proxy(state)], [20])[0] == Seat(1, 1, None)


def test_an_absent_holder_carries_nothing() -> None:
    """A proxy does not make anybody present."""
    assert seats([proxy()], []) == (Seat(1, 1, None), Seat(2, 3, None))


def test_a_vote_is_passed_on_only_where_that_is_allowed() -> None:
    """Deventer's vote goes to Zwolle's absent representative, and on to whom Zwolle gave its own vote."""
    given, passed_on = proxy(), Proxy(8, 1, 2, 30, 3, ProxyKind.OTHER_MEMBER, ProxyState.ACCEPTED)
    assert seats([given, passed_on], [30]) == (Seat(1, 1, None), Seat(2, 3, 30, 8))
    assert seats([given, passed_on], [30], substitution=True) == (Seat(1, 1, 30, 7), Seat(2, 3, 30, 8))
    assert seats([given, passed_on], [30, 20], substitution=True)[0] == Seat(1, 1, 20, 7)


def test_who_is_there_itself_passes_nothing_on() -> None:
    """Another representative of Zwolle is present: its proxy is suspended, and with it what it would pass on."""
    given, passed_on = proxy(), Proxy(8, 1, 2, 30, 3, ProxyKind.OTHER_MEMBER, ProxyState.ACCEPTED)
    found = carriers(MEMBERS, {**REPRESENTATIVES, 2: [20, 21]}, [given, passed_on], [21, 30], substitution=True)
    assert found == (Seat(1, 1, None), Seat(2, 3, 21))


PEOPLE = st.integers(0, 12)
MEMBER_IDS = st.integers(0, 6)
PROXIES = st.builds(
    Proxy,
    id=st.integers(),
    meeting_id=st.just(1),
    member_id=MEMBER_IDS,
    holder_id=PEOPLE,
    holder_member_id=st.none() | MEMBER_IDS,
    kind=st.sampled_from(ProxyKind),
    state=st.sampled_from(ProxyState),
)


@given(
    st.dictionaries(MEMBER_IDS, st.lists(PEOPLE, max_size=3)),
    st.lists(PROXIES, max_size=8, unique_by=lambda proxy: proxy.member_id),
    st.lists(PEOPLE, unique=True),
    st.booleans(),
)
def test_each_member_yields_one_seat(
    representatives: dict[int, list[int]], proxies: list[Proxy], present: list[int], substitution: bool
) -> None:
    """One seat per member in order, carried by somebody present who has the right to it, and by its own first."""
    members = [Member(number, str(number), str(number), votes=number + 1) for number in range(7)]
    found = carriers(members, representatives, proxies, present, substitution=substitution)
    assert [(seat.member_id, seat.weight) for seat in found] == [(member.id, member.votes) for member in members]
    accepted = by_member([given for given in proxies if given.state is ProxyState.ACCEPTED])

    def there(member_id: int | None) -> list[int]:
        return [person for person in present if member_id is not None and person in representatives.get(member_id, [])]

    for seat in found:
        own = there(seat.member_id)
        if own:
            assert (seat.carrier_id, seat.proxy_id) == (own[0], None)
            continue
        expected = None
        at: int | None = seat.member_id
        for _ in range(len(members) if substitution else 1):
            step = accepted.get(at) if at is not None else None
            if step is None or there(at):
                break
            if step.holder_id in present:
                expected = step.holder_id
                break
            at = step.holder_member_id
        assert seat.carrier_id == expected
        assert seat.proxy_id == (accepted[seat.member_id].id if expected is not None else None)


@pytest.mark.parametrize("state", MeetingState)
def test_a_state_allows_or_refuses(state: MeetingState) -> None:
    """Only the named states allow an act; the refusal names the state."""
    meeting = Meeting(1, "ALV", datetime(2019, 2, 13, 17, tzinfo=UTC), "", "", state)
    check_state(meeting, *MeetingState)
    with pytest.raises(WrongMeetingState) as refused:
        check_state(meeting, *(other for other in MeetingState if other is not state))
    assert refused.value.state == state.value
