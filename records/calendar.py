"""The calendar file (RFC 5545) that goes with a convocation, its changes and its cancellation.

All of an assembly have one UID and a rising SEQUENCE, so that a calendar changes or removes what it has. Times are in
UTC: every calendar shows them on its own clock, whatever it knows of time zones.
"""

from icalendar import Calendar, Event, vCalAddress

from assembly.association import Association
from assembly.facts.convening import AgendaLine, CalendarEntry
from assembly.meetings import Meeting
from records.registry import Record, record
from screens.catalogue import _
from screens.words import rehearsal_words


@record(CalendarEntry)
def calendar(facts: CalendarEntry, association: Association) -> Record:
    """Make the file: published while the assembly takes place (RFC 5546 3.2.1), cancelled when it does not (3.2.5)."""
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//alvbot//ALV//NL")
    made.add("calscale", "GREGORIAN")
    made.add("method", "CANCEL" if facts.cancelled else "PUBLISH")
    made.add_component(_event(facts, association))
    return Record("alv.ics", "text/calendar", bytes(made.to_ical()))


def _event(facts: CalendarEntry, association: Association) -> Event:
    meeting = facts.meeting
    event = Event()
    event.add("uid", _uid(meeting, association))
    event.add("sequence", facts.number)
    event.add("dtstamp", facts.told_at.replace(microsecond=0))
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + association.meeting_length)
    event.add("summary", f"{rehearsal_words()}: {meeting.title}" if association.rehearsal else meeting.title)
    event.add("location", meeting.place or meeting.stream)
    event.add("description", _description(meeting, facts.agenda))
    if meeting.stream:
        event.add("url", meeting.stream)
    organizer = vCalAddress(f"https://t.me/{association.bot_username}")
    organizer.params["CN"] = association.name
    event.add("organizer", organizer)
    event.add("status", "CANCELLED" if facts.cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE")
    return event


def _uid(meeting: Meeting, association: Association) -> str:
    """Return what names the assembly for ever: the moment of its convocation never changes, and no two share one.

    A rehearsal has another one: in no calendar it touches what is real.
    """
    convened = f"{meeting.convened_at:%Y%m%dT%H%M%S%f}" if meeting.convened_at else "draft"
    played = f"repetitie-{association.rehearsal}-" if association.rehearsal else ""
    return f"{played}alv-{meeting.id}-{convened}@alvbot"


def _description(meeting: Meeting, agenda: tuple[AgendaLine, ...]) -> str:
    lines = [_("Agenda"), *(f"{line.number} {line.title}" for line in agenda)]
    if meeting.stream:
        lines += ["", _("Remotely: {link}").format(link=meeting.stream)]
    return "\n".join(lines)
