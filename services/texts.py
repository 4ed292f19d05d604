"""Texts that people write: each belongs to the step that the writer is busy with."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from assembly.facts.registration import Stranger
from assembly.members import Acting
from services import agenda, convening, letters, meetings, menus, notices, papers, positions, proxies
from storage.unit import Unit

Step = Callable[[Unit, Acting, str, Mapping[str, Any]], Awaitable[None]]

STEPS: dict[str, Step] = {
    "meeting_title": meetings.take_title,
    "meeting_moment": meetings.take_moment,
    "meeting_place": meetings.take_place,
    "proposal": agenda.take_proposal,
    "late_reason": convening.take_late_reason,
    agenda.PURPOSE: agenda.take_agenda,
    papers.PURPOSE: papers.repeat_request,
    proxies.STEP: proxies.search_holder,
    proxies.UNTIL_STEP: proxies.take_until,
    letters.PURPOSE: letters.repeat_request,
    positions.STEP: positions.take_remark,
    positions.DECISION_STEP: positions.take_decision,
}
"""Which service takes a text at each step of a conversation."""


FORMATTED_STEPS: dict[str, Step] = {
    notices.PURPOSE: notices.take_notice,
}
"""The steps at which the text counts with its formatting, as HTML."""


async def receive_text(unit: Unit, telegram_id: int, text: str, html: str) -> None:
    """Hand a text to the step that its writer is busy with. A refusal keeps the step, so that one can try again."""
    acting = await unit.people.acting(telegram_id)
    if acting is None:
        await unit.outbox.send(telegram_id, Stranger())
        return
    conversation = await unit.conversations.current(acting.person.id)
    if conversation is not None and conversation.step in STEPS:
        await STEPS[conversation.step](unit, acting, text, conversation.data)
    elif conversation is not None and conversation.step in FORMATTED_STEPS:
        await FORMATTED_STEPS[conversation.step](unit, acting, html, conversation.data)
    else:
        await menus.say_not_understood(unit, telegram_id)


async def receive_other(unit: Unit, telegram_id: int) -> None:
    """Answer a message that is neither text nor document; a photo of a paper, say, must come as a file."""
    acting = await unit.people.acting(telegram_id)
    conversation = await unit.conversations.current(acting.person.id) if acting else None
    if acting is not None and conversation is not None and conversation.step == papers.PURPOSE:
        await papers.repeat_request(unit, acting, "", conversation.data)
    else:
        await menus.say_not_understood(unit, telegram_id)
