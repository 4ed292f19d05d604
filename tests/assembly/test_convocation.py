"""The notice period in calendar days, and what the members reply."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembly.convocation import StandingReply, check_notice, latest_notice_day, votes_expected
from assembly.errors import NoticeTooLate
from assembly.meetings import Reply
from assembly.members import Member

MEETING = date(2019, 2, 13)
REPLIED = datetime(2019, 1, 20, 9, 0, tzinfo=UTC)


def said(reply: Reply) -> StandingReply:
    """Return a standing reply."""
    return StandingReply(reply, 10, REPLIED)


@pytest.mark.parametrize(
    ("meeting", "days", "latest"),
    [
        (MEETING, 14, date(2019, 1, 29)),
        (MEETING, 7, date(2019, 2, 5)),
        (MEETING, 0, date(2019, 2, 12)),
        (date(2019, 4, 10), 14, date(2019, 3, 26)),  # summer time began on 31 March
        (date(2020, 3, 10), 14, date(2020, 2, 24)),  # a leap year
        (date(2020, 1, 5), 14, date(2019, 12, 21)),
    ],
)
def test_the_last_day(meeting: date, days: int, latest: date) -> None:
    """The day of notice and the day of the assembly are not counted; a change of the clock takes no day away."""
    assert latest_notice_day(meeting, days) == latest


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_full_days_lie_between(meeting: date, days: int) -> None:
    """Between the last day and the assembly lie exactly as many full days as the setting says."""
    latest = latest_notice_day(meeting, days)
    between = [latest + timedelta(days=n) for n in range(1, 100) if latest + timedelta(days=n) < meeting]
    assert len(between) == days


def test_in_time() -> None:
    """On the last day itself, and before, no reason is needed."""
    check_notice(date(2019, 1, 29), MEETING, 14, None)
    check_notice(date(2018, 12, 1), MEETING, 14, None)


@pytest.mark.parametrize("reason", [None, "", "  \n"])
def test_too_late_without_a_reason(reason: str | None) -> None:
    """A day later it is refused, with the last day and the period; an empty reason is none."""
    with pytest.raises(NoticeTooLate) as refused:
        check_notice(date(2019, 1, 30), MEETING, 14, reason)
    assert (refused.value.latest, refused.value.days) == (date(2019, 1, 29), 14)


def test_too_late_with_a_reason() -> None:
    """A written reason lets it pass, for the record."""
    check_notice(date(2019, 2, 12), MEETING, 14, "De stukken waren niet gereed.")


def test_votes_expected_counts_each_member_once() -> None:
    """Who comes, takes part remotely or gave a proxy counts with its weight, and nobody counts twice."""
    members = [Member(number, str(number), str(number), votes=10**number) for number in range(5)]
    replies = {0: said(Reply.COMING), 1: said(Reply.REMOTE), 2: said(Reply.PROXY), 3: said(Reply.ABSENT)}
    assert votes_expected(members, replies, []) == 11
    assert votes_expected(members, replies, [0, 2, 4]) == 10111
    assert votes_expected([], replies, [1]) == 0
