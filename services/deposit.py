"""The text of an amendment of the statutes that is sent after the last day to lay it open (BW 2:42(2))."""

from collections.abc import Mapping
from typing import Any

from assembly.agenda import ItemKind
from assembly.facts.changes import DepositReasonExpected, DepositReasonNoted
from assembly.meetings import Meeting, check_state
from assembly.members import Acting
from assembly.permissions import Act, states_for
from assembly.wording import written_text
from services.access import permit
from services.meetings import get_meeting
from services.notice_period import deposit_day
from services.telling import tell
from storage.unit import Unit

REASON_STEP, GIVEN_STEP = "deposit_reason", "deposit_given"
REASON_LIMIT = 500


async def lacks_reason(unit: Unit, acting: Acting, meeting: Meeting) -> bool:
    """Whether sending the papers needs a reason first, which is then asked for: nothing may be sent yet."""
    last = await deposit_day(unit, meeting)
    if last is None or unit.association.local(unit.now).date() <= last:
        return False
    amending = {item.id for item in await unit.meetings.items(meeting.id) if item.kind is ItemKind.AMENDMENT}
    sent = {paper.item_id for paper in await unit.papers.sent(meeting.id)}
    new = {paper.item_id for paper in await unit.papers.current(meeting.id) if paper.sent_at is None}
    if not (amending & new) - sent:
        return False
    conversation = await unit.conversations.current(acting.person.id)
    if conversation and conversation.step == GIVEN_STEP and conversation.data["meeting_id"] == meeting.id:
        await unit.conversations.end(acting.person.id)
        return False
    await unit.conversations.begin(acting.person.id, REASON_STEP, meeting_id=meeting.id)
    await tell(unit, acting, DepositReasonExpected(last))
    return True


async def take_reason(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take the reason, which stands in the record; the papers can be sent now."""
    await permit(unit, acting, Act.SEND_LATE_PAPERS)
    meeting = await get_meeting(unit, data["meeting_id"])
    check_state(meeting, *states_for(Act.SEND_LATE_PAPERS))
    reason = written_text(text, REASON_LIMIT)
    await unit.conversations.begin(acting.person.id, GIVEN_STEP, meeting_id=meeting.id)
    await unit.journal.note(
        "deposit_reason_given", actor_id=acting.person.id, facts={}, private={"reason": reason}, meeting_id=meeting.id
    )
    await tell(unit, acting, DepositReasonNoted(meeting.id))
