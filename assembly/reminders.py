"""Reminders: who is reminded at which step, when that is due, and when nobody is disturbed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Errand(StrEnum):
    """What somebody has still to do."""

    REPLY = "reply"
    GRANT = "grant"
    SIGN = "sign"
    ANSWER = "answer"
    BALLOT = "ballot"


class Rung(StrEnum):
    """The steps of a ladder, in order: who has to act, its coordinator, and the secretariat with a list of calls."""

    ACTOR = "actor"
    COORDINATOR = "coordinator"
    OFFICE = "office"


@dataclass(frozen=True)
class ReminderTimes:
    """The settings of reminders. A ladder with fewer values has fewer steps, an empty one has none.

    ``reply_days``: days before the day of the assembly; ``proxy_days``: before the last day for proxies. On those days
    it is done at ``at``. ``ballot_minutes``: after a vote was opened; ``outside_days``: before the day on which a vote
    outside a meeting closes. All times of day are local.
    """

    reply_days: tuple[int, ...] = (10, 5, 2)
    proxy_days: tuple[int, ...] = (5, 3, 1)
    ballot_minutes: tuple[int, ...] = (3, 6, 9)
    outside_days: tuple[int, ...] = (5, 2, 1)
    at: time = time(9)

    def ladder(self, errand: Errand, anchor: datetime, timezone: str) -> Mapping[Rung, datetime]:
        """Return when each step of an errand is due, as aware moments.

        ``anchor``: the start of the assembly, the last moment for proxies, or when the vote was opened. Days are those
        of the clock of ``timezone`` (an IANA name): a day is not always 24 hours.
        """
        if errand is Errand.BALLOT:
            return dict(zip(Rung, (anchor + timedelta(minutes=late) for late in self.ballot_minutes), strict=False))
        return self._days_before(anchor, timezone, self.reply_days if errand is Errand.REPLY else self.proxy_days)

    def outside(self, closes_at: datetime, timezone: str) -> Mapping[Rung, datetime]:
        """Return when each step of voting is due in a vote outside a meeting that closes then."""
        return self._days_before(closes_at, timezone, self.outside_days)

    def _days_before(self, moment: datetime, timezone: str, before: tuple[int, ...]) -> Mapping[Rung, datetime]:
        clock = ZoneInfo(timezone)
        day = moment.astimezone(clock).date()
        moments = (datetime.combine(day - timedelta(days=days), self.at, tzinfo=clock) for days in before)
        return dict(zip(Rung, moments, strict=False))


@dataclass(frozen=True)
class Task:
    """Something that is still to be done for a member.

    ``subject_id`` is the round of the convocation, the proxy or the motion that it is about. ``since``: from when it
    could be done. ``actors`` and ``coordinators`` are the ids of the people whom the first two steps address.
    """

    errand: Errand
    subject_id: int
    member_id: int
    since: datetime
    actors: tuple[int, ...]
    coordinators: tuple[int, ...]

    def addressees(self, rung: Rung) -> tuple[int, ...]:
        """Return the ids of the member's people whom a step addresses; none where it addresses the secretariat."""
        return {Rung.ACTOR: self.actors, Rung.COORDINATOR: self.coordinators, Rung.OFFICE: ()}[rung]


def concerned(tasks: Iterable[Task], due: datetime) -> list[Task]:
    """Return the tasks that a step concerns which is ``due`` at that moment.

    What came up later is left out: who was convened this morning is not reminded of it at noon.
    """
    return [task for task in tasks if task.since < due]
