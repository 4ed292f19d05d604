"""Texts that people write: each belongs to the step that the writer is busy with."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from assembly.formatting import Entity, Formatted
from assembly.members import Acting
from assembly.register_changes import Reading
from services import (
    agenda,
    amending,
    changing,
    commissions,
    convening,
    decisions,
    deposit,
    dispatches,
    entering,
    entries,
    excluding,
    floor,
    interrupting,
    inviting,
    item_options,
    items,
    letters,
    meetings,
    member_facts,
    members,
    menus,
    mergers,
    nominations,
    notice_audience,
    notice_changes,
    notice_sending,
    notices,
    outcomes,
    outside,
    outside_files,
    outside_plans,
    paper_cards,
    papers,
    people,
    positions,
    proxies,
    rectifying,
    requests,
    second_factor,
    second_meetings,
    statements,
    suspensions,
)
from services.access import known
from storage.unit import Unit

Step = Callable[[Unit, Acting, str, Mapping[str, Any]], Awaitable[None]]
FormattedStep = Callable[[Unit, Acting, Formatted, Mapping[str, Any]], Awaitable[None]]

STEPS: dict[str, Step] = {
    "meeting_title": agenda.take_title,
    "meeting_moment": meetings.take_moment,
    "meeting_place": meetings.take_place,
    items.PROPOSAL_STEP: items.take_proposal,
    items.TITLE_STEP: items.take_title,
    items.NEW_STEP: items.take_new,
    nominations.STEP: nominations.take_nomination,
    item_options.STEP: item_options.take_options,
    items.AMOUNT_STEP: items.take_amount,
    changing.MOMENT_STEP: changing.take_moment,
    changing.PLACE_STEP: changing.take_place,
    changing.REASON_STEP: changing.take_reason,
    dispatches.DAY_STEP: dispatches.take_sent_on,
    dispatches.REASON_STEP: dispatches.take_sent_reason,
    second_meetings.STEP: second_meetings.take_moment,
    deposit.REASON_STEP: deposit.take_reason,
    "late_reason": convening.take_late_reason,
    agenda.PURPOSE: agenda.take_agenda,
    agenda.PREVIEW_STEP: agenda.take_agenda,
    papers.PURPOSE: papers.take_number,
    paper_cards.STEP: paper_cards.take_number,
    proxies.STEP: proxies.search_holder,
    inviting.NAME_STEP: inviting.take_name,
    inviting.FUNCTION_STEP: inviting.take_function,
    people.STEP: people.find_people,
    Reading.UPDATE.value: members.search_member,
    member_facts.STEP: member_facts.take_fact,
    mergers.SUCCESSOR_STEP: mergers.search_successor,
    mergers.DAY_STEP: mergers.take_day,
    suspensions.REASON_STEP: suspensions.take_reason,
    suspensions.UNTIL_STEP: suspensions.take_until,
    decisions.STEP: decisions.take_reason,
    notice_audience.STEP: notice_audience.search_member,
    notice_sending.STEP: notice_sending.take_moment,
    commissions.NAME_STEP: commissions.take_name,
    commissions.PERSON_STEP: commissions.find_candidates,
    proxies.UNTIL_STEP: proxies.take_until,
    letters.PURPOSE: letters.repeat_request,
    entering.MEMBER_STEP: entering.search_member,
    entering.HOLDER_STEP: entering.search_holder,
    entering.UNTIL_STEP: entering.take_until,
    entering.PURPOSE: entering.repeat_request,
    entries.REJECTION_STEP: entries.take_rejection,
    floor.STEP: floor.take_note,
    positions.STEP: positions.take_remark,
    positions.DECISION_STEP: positions.take_decision,
    amending.AMENDMENT_STEP: amending.take_amendment,
    amending.ORDER_STEP: amending.take_order,
    excluding.STEP: excluding.take_reason,
    interrupting.VOID_STEP: interrupting.take_void,
    outcomes.OTHERWISE_STEP: outcomes.take_otherwise,
    rectifying.STEP: rectifying.take_rectification,
    outside.TITLE_STEP: outside.take_title,
    outside.QUESTION_STEP: outside.take_question,
    outside.CLOSING_STEP: outside.take_closing,
    outside.KNOWLEDGE_STEP: outside.take_knowledge,
    outside_plans.STEP: outside_plans.take_opening,
    outside_files.PURPOSE: outside_files.repeat_request,
    statements.STEP: statements.take_statement,
}
"""Which service takes a text at each step of a conversation."""


FORMATTED_STEPS: dict[str, FormattedStep] = {
    notices.PURPOSE: notices.take_notice,
    notice_changes.STEP: notice_changes.take_correction,
}
"""The steps at which the text counts with its formatting."""


async def receive_text(
    unit: Unit, telegram_id: int, text: str, entities: tuple[Entity, ...] = (), message_id: int | None = None
) -> None:
    """Hand a text to the step that its writer is busy with. A refusal keeps the step, so that one can try again.

    A code of the second factor that is awaited goes before: the button that waits for it may be part of a step.
    """
    acting = await known(unit, telegram_id)
    if acting is None:
        await requests.take_text(unit, telegram_id, text)
        return
    if await second_factor.take_code(unit, acting, text, message_id):
        return
    conversation = await unit.conversations.current(acting.person.id)
    if conversation is not None and conversation.step in STEPS:
        await STEPS[conversation.step](unit, acting, text, conversation.data)
    elif conversation is not None and conversation.step in FORMATTED_STEPS:
        await FORMATTED_STEPS[conversation.step](unit, acting, Formatted(text, entities), conversation.data)
    else:
        await menus.say_not_understood(unit, telegram_id)


async def receive_other(unit: Unit, telegram_id: int) -> None:
    """Answer a message that is neither text nor document; a photo of a paper, say, must come as a file."""
    acting = await known(unit, telegram_id)
    conversation = await unit.conversations.current(acting.person.id) if acting else None
    if acting is not None and conversation is not None and conversation.step == papers.PURPOSE:
        await papers.repeat_request(unit, acting, "", conversation.data)
    else:
        await menus.say_not_understood(unit, telegram_id)
