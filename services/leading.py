"""Leading an assembly through its agenda: the item at hand, and the pauses."""

from collections.abc import Sequence

from assembly import errors
from assembly.facts.leading import AgendaCourse, AgendaCourseLine, ItemHeldOver, MeetingPaused
from assembly.members import Acting
from assembly.permissions import Act, states_for
from services.access import require
from services.course import following
from services.meetings import refresh_consoles
from services.motions import votable
from services.seats import check_no_vote_open, locked
from services.telling import convened, tell_all, tell_groups, turn
from storage.meetings import AgendaItem
from storage.tables import Priority
from storage.unit import Unit

PAGE = 10


def course_key(meeting_id: int) -> str:
    """Return the key under which the agenda is leafed through while the assembly sits."""
    return f"course:{meeting_id}"


async def take_up(unit: Unit, telegram_id: int, item_id: int, message_id: int | None) -> None:
    """Deal with this item from now on, whatever was done with before."""
    acting = await require(unit, telegram_id, Act.LEAD_VOTE)
    items, item = await _locked_item(unit, item_id)
    await _take_up(unit, acting, item)
    page = items.index(item) // PAGE
    await _show_course(unit, acting, item.meeting_id, page, message_id)


async def next_item(unit: Unit, telegram_id: int, item_id: int) -> None:
    """Mark the item at hand as done with and take the next one up.

    Refuses with ``Gone`` where another item is at hand by now: two who press at once go one item on together.
    """
    acting = await require(unit, telegram_id, Act.LEAD_VOTE)
    items, item = await _locked_item(unit, item_id)
    if not item.at_hand:
        raise errors.Gone
    await unit.meetings.set_handled(item.id)
    await unit.journal.note(
        "item_handled", actor_id=acting.person.id, meeting_id=item.meeting_id, facts={"item": item.id}
    )
    after = following(items)
    if after is not None:
        await _take_up(unit, acting, after)
    await refresh_consoles(unit, item.meeting_id)


async def show_course(unit: Unit, telegram_id: int, meeting_id: int, page: int, message_id: int | None) -> None:
    """Show the agenda as far as it is dealt with, to take an item up."""
    acting = await require(unit, telegram_id, Act.LEAD_VOTE)
    await locked(unit, meeting_id, *states_for(Act.LEAD_VOTE))
    await _show_course(unit, acting, meeting_id, page, message_id)


async def pause(unit: Unit, telegram_id: int, meeting_id: int, *, paused: bool) -> None:
    """Suspend the assembly, unless a vote is open, or let it go on; everybody is told."""
    acting = await require(unit, telegram_id, Act.LEAD_VOTE)
    meeting = await locked(unit, meeting_id, *states_for(Act.LEAD_VOTE))
    if (await unit.meetings.paused_since(meeting.id) is not None) is paused:
        raise errors.Gone
    if paused:
        await check_no_vote_open(unit, meeting)
        await unit.meetings.pause(meeting.id)
    else:
        await unit.meetings.resume(meeting.id)
    kind = "meeting_suspended" if paused else "meeting_resumed"
    await unit.journal.note(kind, actor_id=acting.person.id, meeting_id=meeting.id, facts={})
    news = MeetingPaused(meeting.title, unit.now, resumed=not paused)
    await tell_all(unit, await convened(unit, meeting.id), news, priority=Priority.RESULT)
    await tell_groups(unit, news)
    await refresh_consoles(unit, meeting.id)


async def hold_over(unit: Unit, telegram_id: int, item_id: int) -> None:
    """Hold an item over (aanhouden) that can still be put to the vote: nothing is decided on it; everybody is told."""
    acting = await require(unit, telegram_id, Act.LEAD_VOTE)
    meeting, item = await votable(unit, item_id)
    await unit.meetings.set_withdrawn(item.id, withdrawn=True)
    await unit.journal.note(
        "item_withdrawn", actor_id=acting.person.id, meeting_id=meeting.id, facts={"item": item.id, "title": item.title}
    )
    news = ItemHeldOver(item.number, item.title)
    await tell_all(unit, await convened(unit, meeting.id), news, priority=Priority.RESULT)
    await tell_groups(unit, news)
    await refresh_consoles(unit, meeting.id)


async def _take_up(unit: Unit, acting: Acting, item: AgendaItem) -> None:
    await unit.meetings.take_up(item.meeting_id, item.id)
    await unit.journal.note(
        "item_taken_up", actor_id=acting.person.id, meeting_id=item.meeting_id, facts={"item": item.id}
    )
    await refresh_consoles(unit, item.meeting_id)


async def _locked_item(unit: Unit, item_id: int) -> tuple[Sequence[AgendaItem], AgendaItem]:
    """Return the agenda and one of its items, with the assembly locked. Refuses with ``Gone`` where there is none."""
    found = await unit.meetings.item(item_id)
    if found is None:
        raise errors.Gone
    meeting = await locked(unit, found.meeting_id, *states_for(Act.LEAD_VOTE))
    items = await unit.meetings.items(meeting.id)
    item = next((item for item in items if item.id == item_id), None)
    if item is None:
        raise errors.Gone
    return items, item


async def _show_course(unit: Unit, acting: Acting, meeting_id: int, page: int, message_id: int | None) -> None:
    items = await unit.meetings.items(meeting_id)
    if not items:
        raise errors.AgendaMissing
    pages = -(-len(items) // PAGE)
    page = min(page, pages - 1)
    lines = tuple(
        AgendaCourseLine(
            item.id,
            item.number,
            item.title,
            handled=item.handled_at is not None,
            withdrawn=item.withdrawn_at is not None,
            at_hand=item.at_hand,
        )
        for item in items[page * PAGE : (page + 1) * PAGE]
    )
    await turn(unit, acting, AgendaCourse(meeting_id, lines, page, pages), course_key(meeting_id), message_id)
