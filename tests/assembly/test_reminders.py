"""When reminders are due: whole days on the association's own clock, at a decent hour, also when that is turned."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from assembly.reminders import Errand, ReminderTimes, Rung, Task, concerned

AMSTERDAM = "Europe/Amsterdam"
CLOCK = ZoneInfo(AMSTERDAM)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
"""The days of 2026 on which the clock goes forward and back in Amsterdam."""

TIMES = ReminderTimes()


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment on the clock of Amsterdam."""
    return datetime.combine(day, time(hour, minute), tzinfo=CLOCK)


def test_steps_in_order() -> None:
    """Ten, five and two days before the day of the assembly, at nine."""
    starts_at = datetime(2019, 2, 13, 17, tzinfo=UTC)
    ladder = TIMES.ladder(Errand.REPLY, starts_at, AMSTERDAM)
    assert list(ladder) == [Rung.ACTOR, Rung.COORDINATOR, Rung.OFFICE]
    assert list(ladder.values()) == [local(date(2019, 2, day), 9) for day in (3, 8, 11)]


@pytest.mark.parametrize(("turned", "hours"), [(SPRING, 23), (AUTUMN, 25)])
def test_a_day_is_not_always_24_hours(turned: date, hours: int) -> None:
    """Over a change of the clock a reminder still comes at nine: an hour sooner or later after the one before."""
    starts_at = local(turned + timedelta(days=10), 20)
    at_nine = ReminderTimes(reply_days=(11, 10)).ladder(Errand.REPLY, starts_at, AMSTERDAM)
    before, after = (at_nine[rung].astimezone(UTC) for rung in (Rung.ACTOR, Rung.COORDINATOR))
    assert after - before == timedelta(hours=hours)
    assert [moment.astimezone(CLOCK).hour for moment in (before, after)] == [9, 9]


@pytest.mark.parametrize("turned", [SPRING, AUTUMN])
def test_an_hour_that_the_clock_jumps_over_or_shows_twice(turned: date) -> None:
    """A time that does not exist that day, or exists twice, still yields one moment of that day."""
    times = ReminderTimes(reply_days=(0,), at=time(2, 30))
    (due,) = times.ladder(Errand.REPLY, local(turned, 20), AMSTERDAM).values()
    assert due.astimezone(UTC).astimezone(CLOCK).date() == turned


def test_minutes_after_a_vote_opened() -> None:
    """A vote's steps count from its opening, in real minutes."""
    opened = datetime(2026, 10, 25, 0, 58, tzinfo=UTC)  # two minutes before the clock shows the same hour again
    ladder = TIMES.ladder(Errand.BALLOT, opened, AMSTERDAM)
    assert [due - opened for due in ladder.values()] == [timedelta(minutes=minutes) for minutes in (3, 6, 9)]


def test_fewer_steps() -> None:
    """A ladder with two values has no call list, and one without values has no step."""
    starts_at = local(date(2019, 2, 13), 18)
    assert list(ReminderTimes(reply_days=(5, 1)).ladder(Errand.REPLY, starts_at, AMSTERDAM)) == [
        Rung.ACTOR,
        Rung.COORDINATOR,
    ]
    assert ReminderTimes(proxy_days=()).ladder(Errand.SIGN, starts_at, AMSTERDAM) == {}


def test_who_came_later_is_left_out() -> None:
    """A step concerns what could be done before it was due, and not what came up at that moment or after."""
    due = datetime(2019, 2, 3, 8, tzinfo=UTC)
    tasks = [Task(Errand.REPLY, 0, n, due + timedelta(hours=n - 1), (1,), (2,)) for n in range(3)]
    assert [task.member_id for task in concerned(tasks, due)] == [0]
    assert [tasks[0].addressees(rung) for rung in Rung] == [(1,), (2,), ()]
