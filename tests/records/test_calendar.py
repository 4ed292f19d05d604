"""The calendar file, read back by a calendar library: the right moment on every clock, one UID, a rising SEQUENCE."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from assembly.association import Association
from assembly.facts.convening import AgendaLine, CalendarEntry
from assembly.meetings import Meeting, MeetingState
from records import make

ASSOCIATION = Association("Coöperatie Voorbeeld U.A.", bot_username="voorbeeldbot")
CONVENED = datetime(2026, 2, 1, 9, 30, 15, 123456, tzinfo=UTC)
MEETING = Meeting(
    7,
    "ALV; voorjaar, 2026",
    datetime(2026, 3, 29, 16, tzinfo=UTC),
    "Grand Hotel Karel V, Geertebolwerk 1, Utrecht",
    "https://voorbeeld.nl/stroom?a=1&b=2",
    MeetingState.CONVENED,
    CONVENED,
)
AGENDA = (AgendaLine("1", "Opening", ()), AgendaLine("2", "Notulen, bijlage 1; " + "é" * 120, ("1",)))
ENTRY = CalendarEntry(MEETING, AGENDA, 0, CONVENED)


def read(entry: CalendarEntry, association: Association = ASSOCIATION) -> tuple[Any, Any, bytes]:
    """Make the file and read it as a calendar does."""
    record = make(entry, association)
    assert record is not None
    assert (record.name, record.mime_type) == ("alv.ics", "text/calendar")
    calendar = Calendar.from_ical(record.content)
    (event,) = calendar.walk("VEVENT")
    assert not calendar.errors
    assert not event.errors
    return calendar, event, record.content


def test_a_calendar_reads_it() -> None:
    """What, when, where, the agenda and who organises it, with signs that mean something to calendars."""
    calendar, event, content = read(ENTRY)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert (event["STATUS"], int(event["SEQUENCE"])) == ("CONFIRMED", 0)
    assert event["SUMMARY"] == MEETING.title
    assert event["LOCATION"] == MEETING.place
    assert event["URL"] == MEETING.stream
    assert event["DESCRIPTION"].splitlines()[1:3] == ["1 Opening", f"2 {AGENDA[1].title}"]
    assert event["ORGANIZER"].params["CN"] == ASSOCIATION.name
    assert event.decoded("DTSTAMP") == CONVENED.replace(microsecond=0)
    assert all(len(line) <= 75 for line in content.split(b"\r\n")), "RFC 5545 3.1: lines of at most 75 octets"


@pytest.mark.parametrize(
    ("starts_at", "wall"),
    [
        (datetime(2026, 3, 28, 17, tzinfo=UTC), "18:00 +0100"),
        (datetime(2026, 3, 29, 16, tzinfo=UTC), "18:00 +0200"),  # summer time began that night
        (datetime(2026, 10, 24, 16, tzinfo=UTC), "18:00 +0200"),
        (datetime(2026, 10, 25, 17, tzinfo=UTC), "18:00 +0100"),  # and ended
    ],
)
def test_the_right_hour_around_a_change_of_the_clock(starts_at: datetime, wall: str) -> None:
    """A calendar in Amsterdam shows six o'clock before and after the clock is turned, and the length from there."""
    _, event, _ = read(replace(ENTRY, meeting=replace(MEETING, starts_at=starts_at)))
    shown = event.decoded("DTSTART").astimezone(ZoneInfo("Europe/Amsterdam"))
    assert f"{shown:%H:%M %z}" == wall
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(hours=3)


def test_a_change_and_a_cancellation_are_of_the_same_event() -> None:
    """Another day, another place and no assembly at all keep the UID, with a higher SEQUENCE."""
    _, first, _ = read(ENTRY)
    moved = replace(MEETING, starts_at=MEETING.starts_at + timedelta(days=7), place="Enschede", title="ALV")
    _, second, _ = read(CalendarEntry(moved, AGENDA, 1, CONVENED + timedelta(days=1)))
    calendar, third, _ = read(CalendarEntry(moved, AGENDA, 2, CONVENED + timedelta(days=2), cancelled=True))
    assert first["UID"] == second["UID"] == third["UID"]
    assert [int(event["SEQUENCE"]) for event in (first, second, third)] == [0, 1, 2]
    assert (calendar["METHOD"], third["STATUS"]) == ("CANCEL", "CANCELLED")
    assert read(replace(ENTRY, meeting=replace(MEETING, id=8)))[1]["UID"] != first["UID"]


@settings(max_examples=50, deadline=None)
@given(title=st.text(max_size=200), place=st.text(max_size=300), line=st.text(max_size=300))
def test_whatever_people_write(title: str, place: str, line: str) -> None:
    """No text breaks the file or adds a property to it."""
    entry = replace(ENTRY, meeting=replace(MEETING, title=title, place=place), agenda=(AgendaLine("1", line, ()),))
    _, event, _ = read(entry)
    assert event["UID"] == read(ENTRY)[1]["UID"]
    assert event["STATUS"] == "CONFIRMED"
    assert not event.subcomponents
