"""The rules of coming in: second factors, wrong codes, and how often a stranger may ask."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.access import (
    ASKED_FOR,
    CODES_LOCKED,
    MAXIMUM_REQUESTS,
    MAXIMUM_WAITING,
    MAXIMUM_WRONG_CODES,
    REQUESTS_COUNTED,
    PastRequest,
    RequestState,
    SecondFactor,
    SecondFactorMode,
    after_wrong_code,
    check_codes_open,
    check_may_request,
    check_second_factor,
)
from assembly.errors import (
    CodesLocked,
    Refusal,
    RequestsFull,
    RequestTooSoon,
    SecondFactorMissing,
    SecondFactorNeeded,
)

NOW = datetime(2019, 2, 13, 17, 0, tzinfo=UTC)
REMEMBERED = timedelta(minutes=30)
NEVER = SecondFactor("salt", confirmed_at=NOW - timedelta(days=1))
FRESH = SecondFactor("salt", confirmed_at=NOW, verified_at=NOW - REMEMBERED + timedelta(seconds=1))
STALE = SecondFactor("salt", confirmed_at=NOW, verified_at=NOW - REMEMBERED)
UNCONFIRMED = SecondFactor("salt")


def refusal(factor: SecondFactor | None, mode: SecondFactorMode) -> type[Refusal] | None:
    """Return how a guarded act is refused."""
    try:
        check_second_factor(factor, mode, "open_vote", NOW, REMEMBERED)
    except Refusal as refused:
        return type(refused)
    return None


@pytest.mark.parametrize(
    ("factor", "optional", "required"),
    [
        (None, None, SecondFactorMissing),
        (UNCONFIRMED, None, SecondFactorMissing),
        (NEVER, SecondFactorNeeded, SecondFactorNeeded),
        (STALE, SecondFactorNeeded, SecondFactorNeeded),
        (FRESH, None, None),
    ],
)
def test_of_whom_a_code_is_asked(
    factor: SecondFactor | None, optional: type[Refusal] | None, required: type[Refusal] | None
) -> None:
    """Of everybody, of who has a second factor, or of nobody, by the setting; a code holds for its time."""
    assert refusal(factor, SecondFactorMode.OFF) is None
    assert refusal(factor, SecondFactorMode.OPTIONAL) is optional
    assert refusal(factor, SecondFactorMode.REQUIRED) is required


def test_a_code_is_awaited_for_a_while() -> None:
    """Digits that come much later, or that nobody asked for, are no code."""
    assert not SecondFactor("salt").awaits_code(NOW)
    asked = SecondFactor("salt", asked_at=NOW)
    assert asked.awaits_code(NOW + ASKED_FOR - timedelta(seconds=1))
    assert not asked.awaits_code(NOW + ASKED_FOR)


def test_wrong_codes_lock() -> None:
    """The fifth wrong code locks, for a quarter of an hour; after that there are five new tries."""
    failures, until = 0, None
    for _ in range(MAXIMUM_WRONG_CODES):
        assert until is None
        failures, until = after_wrong_code(SecondFactor("salt", failures=failures), NOW)
    assert until == NOW + CODES_LOCKED
    locked = SecondFactor("salt", failures=failures, locked_until=until)
    with pytest.raises(CodesLocked):
        check_codes_open(locked, until - timedelta(seconds=1))
    check_codes_open(locked, until)
    assert after_wrong_code(locked, until) == (1, None)


def past(hours_ago: float, state: RequestState, decided_hours_ago: float | None = None) -> PastRequest:
    """Return an earlier request."""
    decided = None if decided_hours_ago is None else NOW - timedelta(hours=decided_hours_ago)
    return PastRequest(NOW - timedelta(hours=hours_ago), state, decided)


def test_who_was_refused_waits_a_day() -> None:
    """A refused stranger waits a day from the refusal; after that it may ask again."""
    with pytest.raises(RequestTooSoon) as refused:
        check_may_request([past(100, RequestState.REFUSED, 1)], 0, NOW)
    assert refused.value.again_at == NOW + REQUESTS_COUNTED - timedelta(hours=1)
    check_may_request([past(100, RequestState.REFUSED, 24)], 0, NOW)


def test_an_account_asks_three_times_a_day() -> None:
    """The fourth request within a day is refused, until the first of the three is a day old."""
    begun = [past(hours, RequestState.WITHDRAWN) for hours in (20, 10, 1)]
    with pytest.raises(RequestTooSoon) as refused:
        check_may_request(begun, 0, NOW)
    assert refused.value.again_at == NOW + timedelta(hours=4)
    check_may_request(begun[1:], 0, NOW)


@given(st.lists(st.floats(0, 100), max_size=8), st.integers(0, MAXIMUM_WAITING * 2))
def test_the_secretariat_is_never_buried(hours: list[float], waiting: int) -> None:
    """Whatever an account did before, a request is taken only while few wait, and never a fourth one within a day."""
    begun = [past(ago, RequestState.WITHDRAWN) for ago in sorted(hours, reverse=True)]
    allowed = True
    try:
        check_may_request(begun, waiting, NOW)
    except (RequestsFull, RequestTooSoon):
        allowed = False
    within_a_day = sum(NOW - each.begun_at < REQUESTS_COUNTED for each in begun)
    assert allowed is (waiting < MAXIMUM_WAITING and within_a_day < MAXIMUM_REQUESTS)
