"""Screens that tell how messages fare: redrawn while those are on their way."""

from datetime import timedelta

from assembly.facts.convening import DeliveriesRef
from assembly.facts.notices import NoticeProgressRef
from assembly.meetings import MeetingState
from assembly.notices import NoticeState
from services.answer_screens import deliveries_key
from services.delivery import last_batch
from services.meetings import console_key, refresh_consoles
from services.notice_progress import correction_batch, withdrawal_batch
from services.notices import notice_batch
from services.telling import redraw
from storage.unit import Unit

GRACE = timedelta(seconds=5)
"""As long as a screen may be on its way itself, so that what was done meanwhile is shown as well."""

FOLLOWED = timedelta(days=1)
"""How long a notice is followed after it was sent or changed: what is not delivered by then does not come any more."""


async def redraw_progress(unit: Unit) -> None:
    """Redraw every screen that is older than what it tells about; called every few seconds, mostly for nothing."""
    meeting = await unit.meetings.current()
    if meeting is not None and meeting.state is not MeetingState.DRAFT:
        batch = await last_batch(unit, meeting.id)
        if await unit.outbox.outdated(console_key(meeting.id), batch, GRACE):
            await refresh_consoles(unit, meeting.id)
        if await unit.outbox.outdated(deliveries_key(meeting.id), batch, GRACE):
            await redraw(unit, DeliveriesRef(meeting.id), deliveries_key(meeting.id))
    for notice_id in await unit.notices.changed_since(unit.now - FOLLOWED, NoticeState.SENT, NoticeState.WITHDRAWN):
        key = notice_batch(notice_id)
        for batch in (key, correction_batch(notice_id), withdrawal_batch(notice_id)):
            if await unit.outbox.outdated(key, batch, GRACE):
                await redraw(unit, NoticeProgressRef(notice_id), key)
