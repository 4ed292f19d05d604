"""Opening and closing the assembly."""

from collections import defaultdict

from assembly.facts.attendance import CheckInAsked, LapsedProxy, MeetingClosed, MeetingOpened
from assembly.meetings import Meeting
from assembly.permissions import Act, states_for
from assembly.proxies import LapseReason, ProxyState
from assembly.rehearsals import check_stage_clear
from services.access import require
from services.attendance import check_in_key
from services.attendance_list import redraw_attendance
from services.entry_cards import lapse_entries
from services.lapses import end_lapsed
from services.meetings import refresh_consoles
from services.proxy_cards import redraw_card, side_of, was_accepted
from services.seats import check_nothing_awaited, locked
from services.telling import convened, tell, tell_groups
from storage.tables import Priority
from storage.unit import Unit


async def open_meeting(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Open the assembly with its first item at hand, and ask everybody who was convened to check in."""
    acting = await require(unit, telegram_id, Act.OPEN_MEETING)
    check_stage_clear(await unit.rehearsals.live())
    meeting = await locked(unit, meeting_id, *states_for(Act.OPEN_MEETING))
    await unit.meetings.open(meeting.id)
    first = next(iter(await unit.meetings.items(meeting.id)), None)
    if first is not None:
        await unit.meetings.take_up(meeting.id, first.id)
    await unit.journal.note("meeting_opened", actor_id=acting.person.id, meeting_id=meeting.id, facts={})
    for person in await convened(unit, meeting.id):
        asked = CheckInAsked(meeting.id, meeting.title)
        await tell(unit, person, asked, key=check_in_key(meeting.id), priority=Priority.RESULT)
    await tell_groups(unit, MeetingOpened(meeting.title, unit.now))
    await refresh_consoles(unit, meeting.id)


async def close_meeting(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Close the assembly, unless a vote awaits its end. The proxies lapse; everybody is told in one message."""
    acting = await require(unit, telegram_id, Act.CLOSE_MEETING)
    meeting = await locked(unit, meeting_id, *states_for(Act.CLOSE_MEETING))
    await check_nothing_awaited(unit, meeting)
    lapsed = await lapse_all(unit, meeting, acting.person.id)
    await unit.meetings.close(meeting.id)
    await unit.journal.note("meeting_closed", actor_id=acting.person.id, meeting_id=meeting.id, facts={})
    readers = {person.person.id for person in await convened(unit, meeting.id)} | lapsed.keys()
    for person in await unit.people.all(readers):
        closed = MeetingClosed(meeting.title, unit.now, tuple(lapsed.get(person.person.id, ())))
        await tell(unit, person, closed, priority=Priority.RESULT)
    await tell_groups(unit, MeetingClosed(meeting.title, unit.now))
    await redraw_attendance(unit, meeting.id)
    await refresh_consoles(unit, meeting.id)


async def lapse_all(unit: Unit, meeting: Meeting, ended_by: int) -> dict[int, list[LapsedProxy]]:
    """End what is under way, entries and proxies, and return for each person which proxies it had a part in."""
    await lapse_entries(unit, meeting.id)
    lapsed: dict[int, list[LapsedProxy]] = defaultdict(list)
    proxies = await unit.proxies.under_way(meeting.id)
    members = await unit.members.names([proxy.member_id for proxy in proxies])
    for proxy in proxies:
        await end_lapsed(unit, proxy, LapseReason.CLOSED, ended_by)
        if proxy.standing_id is not None and not await was_accepted(unit, proxy):
            await unit.standing.end(proxy.standing_id, ended_by)
        await redraw_card(unit, proxy)
        side = await side_of(unit, proxy)
        holder = await unit.people.get(proxy.holder_id)
        if holder is not None:
            for person in (*side, *([holder] if proxy.state is not ProxyState.PREPARED else [])):
                lapsed[person.person.id].append(LapsedProxy(members[proxy.member_id], holder.person.name))
    return lapsed
