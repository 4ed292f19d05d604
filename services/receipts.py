"""Confirming that one has read what everybody was told about an assembly."""

from assembly import errors
from assembly.facts.convening import ReceiptNoted
from assembly.meetings import check_state
from assembly.permissions import Act, states_for
from services.access import require
from services.meetings import get_meeting
from storage.unit import Unit


async def confirm_receipt(unit: Unit, telegram_id: int, meeting_id: int, number: int) -> ReceiptNoted:
    """Note that the person read a round; the first time counts. Refuses who was not convened, and what was not told."""
    acting = await require(unit, telegram_id, Act.CONFIRM_RECEIPT)
    meeting = await get_meeting(unit, meeting_id)
    check_state(meeting, *states_for(Act.CONFIRM_RECEIPT))
    rounds = await unit.convocations.rounds(meeting_id)
    if number >= len(rounds) or not await unit.convocations.includes(meeting_id, acting.person.id):
        raise errors.Gone
    before = await unit.convocations.receipts(meeting_id, number)
    if acting.person.id in before:
        return ReceiptNoted(before[acting.person.id])
    await unit.convocations.confirm(meeting_id, acting.person.id, number)
    await unit.journal.note(
        "receipt_confirmed",
        actor_id=acting.person.id,
        facts={"person": acting.person.id, "round": number},
        meeting_id=meeting_id,
    )
    return ReceiptNoted(unit.now)
