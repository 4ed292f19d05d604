"""A second assembly where the quorum of the first was missing: the same agenda, papers and nominations, no quorum."""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.dates import read_moment
from assembly.facts.changes import SecondMomentExpected
from assembly.meetings import Meeting, check_state
from assembly.members import Acting
from assembly.permissions import Act, states_for
from services.access import permit, require
from services.meetings import get_meeting, open_console, second_possible
from services.telling import tell
from storage.unit import Unit

STEP = "second_moment"


async def ask_second(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Start a second assembly: expect its date and time."""
    acting = await require(unit, telegram_id, Act.PREPARE_SECOND)
    meeting = await _first(unit, meeting_id)
    await unit.conversations.begin(acting.person.id, STEP, meeting_id=meeting_id)
    await tell(unit, acting, SecondMomentExpected(meeting, unit.association.statutes.second_meeting_days or 0))


async def take_moment(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take date and time, and store the second assembly with agenda, papers and nominations of the first."""
    await permit(unit, acting, Act.PREPARE_SECOND)
    first = await _first(unit, data["meeting_id"], lock=True)
    starts_at = read_moment(text, unit.association.timezone)
    if starts_at <= unit.now:
        raise errors.DateInThePast(starts_at)
    meeting_id = await unit.meetings.add(first.title, starts_at, first.place, first.stream)
    if meeting_id is None:
        current = await unit.meetings.current()
        raise errors.MeetingExists(current.title if current else first.title)
    await unit.meetings.make_second(meeting_id, first.id)
    items = await unit.meetings.copy_agenda(first.id, meeting_id)
    await unit.papers.copy(first.id, meeting_id, items)
    await unit.nominations.copy(items)
    await unit.options.copy(items)
    await unit.conversations.end(acting.person.id)
    await unit.journal.note(
        "second_meeting_created",
        actor_id=acting.person.id,
        facts={"first": first.id, "starts_at": starts_at},
        meeting_id=meeting_id,
    )
    await open_console(unit, acting, meeting_id)


async def _first(unit: Unit, meeting_id: int, *, lock: bool = False) -> Meeting:
    """Return the assembly of which a second can be held. Refuses with ``SecondImpossible`` where none can be."""
    meeting = await get_meeting(unit, meeting_id, lock=lock)
    check_state(meeting, *states_for(Act.PREPARE_SECOND))
    if not await second_possible(unit, meeting):
        raise errors.SecondImpossible
    return meeting
