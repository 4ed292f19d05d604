"""The notice period of an assembly: what its agenda asks for, the last day for it, and the text of an amendment."""

from datetime import date

from assembly.agenda import ItemKind
from assembly.convocation import latest_notice_day
from assembly.meetings import Meeting
from services.seats import day_of
from storage.unit import Unit


async def notice_days(unit: Unit, meeting_id: int) -> int:
    """Return how many full days must lie between convocation and assembly, by what is on the agenda."""
    statutes = unit.association.statutes
    if statutes.second_meeting_days is not None and await unit.meetings.first_of(meeting_id) is not None:
        ordinary = statutes.second_meeting_days
    else:
        ordinary = statutes.notice_days
    kinds = {item.kind for item in await unit.meetings.items(meeting_id)}
    return max(ordinary, *(days for kind, days in statutes.notice_days_by_kind.items() if kind in kinds), 0)


async def latest_notice(unit: Unit, meeting: Meeting) -> date:
    """Return the last local day to convene for the day on which ``meeting`` is."""
    return latest_notice_day(day_of(unit, meeting), await notice_days(unit, meeting.id))


async def passed_notice(unit: Unit, meeting: Meeting) -> date | None:
    """Return the last day to convene, where it has passed; else ``None``."""
    latest = await latest_notice(unit, meeting)
    return latest if unit.association.local(unit.now).date() > latest else None


async def missing_texts(unit: Unit, meeting: Meeting) -> tuple[str, ...]:
    """Return the numbers of the items that amend the statutes of which no paper is there to lie open (BW 2:42(2))."""
    tied = {paper.item_id for paper in await unit.papers.current(meeting.id)}
    items = await unit.meetings.items(meeting.id)
    return tuple(item.number for item in items if item.kind is ItemKind.AMENDMENT and item.id not in tied)


async def deposit_day(unit: Unit, meeting: Meeting) -> date | None:
    """Return the last day to lay the text of an amendment open to the members; ``None`` where nothing amends."""
    if not any(item.kind is ItemKind.AMENDMENT for item in await unit.meetings.items(meeting.id)):
        return None
    return latest_notice_day(day_of(unit, meeting), unit.association.statutes.deposit_days)
