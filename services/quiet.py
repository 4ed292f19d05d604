"""When nobody is disturbed for what can wait."""

from datetime import datetime

from assembly.meetings import MeetingState
from storage.unit import Unit


async def quiet_until(unit: Unit, moment: datetime) -> datetime | None:
    """Return when the quiet hours end in which ``moment`` lies; ``None`` in no such hours, and during an assembly."""
    meeting = await unit.meetings.current()
    if meeting is not None and meeting.state is MeetingState.OPEN:
        return None
    return unit.association.quiet.ends(unit.association.local(moment))
