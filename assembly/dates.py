"""Reading a date, with a time or without, as people in the Netherlands write it."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from assembly.errors import DateNotUnderstood, TimeSkipped, WeekdayWrong

_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_DAY = (
    r"(?:(?P<y1>\d{4})-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2})\s*[-/.]\s*(?P<m2>\d{1,2})\s*[-/.]\s*(?P<y2>\d{4})"
    r"|(?P<d3>\d{1,2})\s+(?P<name>[a-z]{3,9})\.?\s+(?P<y3>\d{4}))"
)
_ONLY_DAY = re.compile(_DAY)
_TIME = r"(?P<hour>\d{1,2})(?:\s*[:.]\s*(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?)?"
_MOMENT = re.compile(
    rf"(?:(?P<weekday>[a-z]{{2,9}})\.?,?\s+)?{_DAY}(?:\s*,?\s*(?:om|t)?\s*|\s+){_TIME}\s*(?P<zone>z|[+-]\d{{2}}:?\d{{2}}|uur|u\.?)?"
)


def read_moment(text: str, timezone: str) -> datetime:
    """Read "13-02-2019 18:00", "woensdag 13 februari 2019 om 18.00 uur" or ISO 8601 as a moment in UTC.

    Without an offset of its own the text counts on the clock of ``timezone`` (an IANA name); an hour that the clock
    shows twice, in autumn, counts as the first. Raises ``DateNotUnderstood``, ``WeekdayWrong`` where the day's name is
    of another date, and ``TimeSkipped`` for a time that the clock jumps over in spring.
    """
    found = _MOMENT.fullmatch(" ".join(text.lower().split()))
    if found is None:
        raise DateNotUnderstood(text)
    clock = ZoneInfo(timezone)
    try:
        day = _day(found)
        local = datetime(day.year, day.month, day.day, int(found["hour"]), int(found["minute"] or 0))  # noqa: DTZ001 - placed below
        offset = (found["zone"] or "").upper()
        zoned = datetime.fromisoformat(f"{local.isoformat()}{offset}") if offset[:1] in {"Z", "+", "-"} else None
        moment = (zoned or local.replace(tzinfo=clock)).astimezone(UTC)
        shown = moment.astimezone(clock).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:
        raise DateNotUnderstood(text) from error
    _check_weekday(found["weekday"], day, text)
    if zoned is None and shown != local:
        raise TimeSkipped(text)
    return moment


def read_day(text: str) -> date:
    """Read "31-12-2020", "31 december 2020" or ISO 8601 as a day. Raises ``DateNotUnderstood`` for anything else."""
    found = _ONLY_DAY.fullmatch(" ".join(text.lower().split()))
    if found is None:
        raise DateNotUnderstood(text)
    try:
        return _day(found)
    except ValueError as error:
        raise DateNotUnderstood(text) from error


def _day(found: re.Match[str]) -> date:
    if found["name"]:
        return date(int(found["y3"]), _named(found["name"], _MONTHS) + 1, int(found["d3"]))
    year, month, day = (
        (found["y1"], found["m1"], found["d1"]) if found["y1"] else (found["y2"], found["m2"], found["d2"])
    )
    return date(int(year), int(month), int(day))


def _check_weekday(name: str | None, day: date, text: str) -> None:
    if name is None:
        return
    try:
        weekday = _named(name, _WEEKDAYS)
    except ValueError as error:
        raise DateNotUnderstood(text) from error
    if weekday != day.weekday():
        raise WeekdayWrong(day)


def _named(name: str, names: tuple[str, ...]) -> int:
    """Return the place of the one name that ``name`` is or begins ("feb", "wo"). Raises ``ValueError`` for none."""
    name = {"mrt": "maart"}.get(name, name)
    found = [place for place, full in enumerate(names) if full.startswith(name)]
    if len(found) != 1:
        raise ValueError(name)
    return found[0]
