"""What the head of an agenda says of the assembly itself: what it is called, when it is and where.

It is proposed to the secretariat, which confirms it: so whatever is not certain is left open.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assembly.dates import read_day, read_moment
from assembly.errors import Refusal

TITLE_LIMIT = 200
PLACE_LIMIT = 300

_DAY = re.compile(
    r"\b(?:(?P<weekday>(?:maan|dins|woens|donder|vrij|zater|zon)dag|ma|di|wo|do|vr|za|zo)\.?,?\s+)?"
    r"(?P<day>\d{1,2}\s*[-/]\s*\d{1,2}\s*[-/]\s*\d{4}|\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2}\s+(?:jan|feb|mrt|maa|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?(?P<year>\s+\d{4})?)(?!\d)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d€.,])([01]?\d|2[0-3])[.:]([0-5]\d)(?!\d)|\b(?:om|vanaf|aanvang:?)\s+([01]?\d|2[0-3])\s*uur", re.IGNORECASE
)
_LABEL = re.compile(r"^([A-Za-z][A-Za-z /]{2,30}?)\s*:\s*(\S.*)$")
_TITLES = re.compile(r"(onderwerp( vergadering)?|betreft|titel|vergadering|soort vergadering)", re.IGNORECASE)
_DAYS = re.compile(r"(datum( en tijd(stip)?)?|datum/tijd|wanneer|dag)", re.IGNORECASE)
_TIMES = re.compile(r"(tijd(stip)?|aanvang|begin|aanvangstijd|datum en tijd(stip)?|datum/tijd|wanneer)", re.IGNORECASE)
_PLACES = re.compile(r"(locatie|plaats|waar|adres|vergaderlocatie|vergaderplaats)", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(ALV|\w*ledenvergadering|jaarvergadering|ledenraad(svergadering)?|(algemene (leden ?)?)?vergadering)\b",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"^(concept-?)?\s*(agenda|uitnodiging|programma|oproep(ing)?|notulen|verslag)\b\W*"
    r"(voor|van|tot)?\s*(de|het|een)?\s*",
    re.IGNORECASE,
)
_INTO = re.compile(
    r"(?:,\s*(?:in|te|bij|op)?|\b(?:in|te|bij))\s+(?P<place>(?:de |het |een )?[A-Z\d][^.;!?]*|(?:de|het) [^.;!?]+)"
)
_INVITES = re.compile(
    r"\b(?:voor|tot|bij) (?:de|het|onze) ((?:\w+ )?\w*vergadering(?: van (?:(?! op )(?:[A-Z]\.|[^.,]))*)?)",
    re.IGNORECASE,
)
_LINK = re.compile(r"https://[^\s<>)]+", re.IGNORECASE)
_TRAILING = re.compile(r"[\s,:;–—-]+((op|d\.?d\.?|van)\s*)?$", re.IGNORECASE)
_SENTENCE = 120
"""A line longer than this is a sentence and no title."""


@dataclass(frozen=True)
class Head:
    """What was found; "" and ``None`` where nothing certain was. ``starts_at`` is an aware moment in UTC."""

    title: str = ""
    starts_at: datetime | None = None
    place: str = ""
    stream: str = ""


def read_head(lines: Sequence[str], timezone: str, today: date) -> Head:
    """Read what stands above the first item of an agenda, with labels ("Datum: …") or in a sentence.

    A date without a year is the first one from ``today`` on. A day whose name is of another date, and a time that does
    not exist, leave the moment open.
    """
    labelled = {found[1].strip(): found[2].strip() for line in lines if (found := _LABEL.match(line))}
    plain = [line for line in lines if not _LABEL.match(line)]

    def said(labels: re.Pattern[str]) -> str:
        return next((value for label, value in labelled.items() if labels.fullmatch(label)), "")

    stream = next((found[0].rstrip(".,;") for line in lines if (found := _LINK.search(line))), "")
    day_line = next((line for line in (said(_DAYS), *plain) if _DAY.search(line)), "")
    place = _LINK.sub("", said(_PLACES)) or _place_behind(day_line, plain)
    return Head(
        _clipped(said(_TITLES) or _called(plain), TITLE_LIMIT),
        _moment(day_line, said(_TIMES), plain, timezone, today),
        _clipped(place.strip(" .,;"), PLACE_LIMIT),
        stream if len(stream) <= PLACE_LIMIT else "",
    )


def _moment(day_line: str, times: str, plain: Sequence[str], timezone: str, today: date) -> datetime | None:
    day = _DAY.search(day_line)
    behind = day_line[day.end() :] if day else ""
    time = next((found for line in (times, behind, *plain) if (found := _TIME.search(line))), None)
    if day is None or time is None:
        return None
    hour, minute = time[1] or time[3], time[2] or "00"
    is_whole = day["year"] or re.search(r"[-/]", day["day"])
    years = ("",) if is_whole else (f" {today.year}", f" {today.year + 1}")
    for year in years:
        try:
            written = f"{day['weekday'] or ''} {day['day'].rstrip('.')}{year}"
            if year and read_day(f"{day['day'].rstrip('.')}{year}") < today:
                continue
            return read_moment(f"{written} {hour}:{minute}", timezone)
        except Refusal:
            return None
    return None


def _place_behind(day_line: str, plain: Sequence[str]) -> str:
    """Return the place behind date and time: "… om 19.30 uur in Dorpshuis De Brink te Ede"."""
    if day_line not in plain:
        return ""
    day = _DAY.search(day_line)
    rest = day_line[day.end() if day else 0 :]
    time = _TIME.search(rest)
    rest = re.sub(r"^\s*(?:uur|u\.?)\b", "", rest[time.end() :], flags=re.IGNORECASE) if time else rest
    found = _INTO.search(_LINK.sub("", rest))
    return found["place"] if found else ""


def _called(plain: Sequence[str]) -> str:
    """Return what people are invited to, or the first line that names an assembly.

    Without "Agenda van de" before it, and without the date behind it.
    """
    for line in plain:
        invited = _INVITES.search(line)
        if invited and " nodig" in line:
            return invited[1][:1].upper() + invited[1][1:]
        if len(line) > _SENTENCE or not _CALLED.search(line):
            continue
        day = _DAY.search(line)
        title = _INTRODUCED.sub("", line[: day.start()] if day else line)
        title = _TRAILING.sub("", title).strip()
        if _CALLED.search(title):
            return title[:1].upper() + title[1:]
    return ""


def _clipped(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
