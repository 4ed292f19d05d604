"""Quiet hours: when nobody is disturbed for what can wait."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta


@dataclass(frozen=True)
class QuietHours:
    """From ``begin`` until ``end``, times of day on the association's own clock; none where the two are the same."""

    begin: time = time(20)
    end: time = time(8)

    def ends(self, local: datetime) -> datetime | None:
        """Return when the quiet hours end in which the moment ``local`` lies; ``None`` where it lies in none."""
        now = local.time()
        after, before = now >= self.begin, now < self.end
        if not (after and before if self.begin <= self.end else after or before):
            return None
        day = local.date() + timedelta(days=now >= self.end)
        return datetime.combine(day, self.end, tzinfo=local.tzinfo)
