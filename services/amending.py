"""What the assembly adds to its agenda on the spot: another text of a proposal, and procedural motions."""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.facts.leading import ProposalAmended
from assembly.facts.outcomes import Wording, WordingExpected
from assembly.members import Acting
from assembly.motions import Question
from assembly.permissions import Act, states_for
from assembly.wording import written_text
from services.access import permit, require
from services.agenda_items import PROPOSAL_LIMIT
from services.course import at_hand
from services.meetings import refresh_consoles
from services.motions import check_may_put, put_to_vote, votable
from services.positions import lapse_positions
from services.seats import locked
from services.telling import convened, tell, tell_all, tell_groups
from storage.meetings import AgendaItem
from storage.tables import Priority
from storage.unit import Unit

AMENDMENT_STEP, ORDER_STEP = "amendment", "order"


async def ask_amendment(unit: Unit, telegram_id: int, item_id: int) -> None:
    """Expect the text that the assembly makes of a proposal."""
    acting = await require(unit, telegram_id, Act.LEAD_VOTE)
    _meeting, item = await votable(unit, item_id)
    await unit.conversations.begin(acting.person.id, AMENDMENT_STEP, item_id=item.id)
    await tell(unit, acting, WordingExpected(Wording.AMENDMENT, item.number, item.title))


async def take_amendment(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Put the text that was typed in the place of the proposal, and tell everybody.

    Positions and instructions on the item were given for another text: they lapse, and their owners are told.
    """
    await permit(unit, acting, Act.LEAD_VOTE)
    meeting, item = await votable(unit, data["item_id"])
    proposal = written_text(text, PROPOSAL_LIMIT)
    await unit.conversations.end(acting.person.id)
    if proposal == item.proposal:
        return
    await unit.meetings.set_proposal(item.id, proposal)
    await lapse_positions(unit, item)
    await unit.journal.note(
        "proposal_amended",
        actor_id=acting.person.id,
        meeting_id=meeting.id,
        facts={"item": item.id, "before": item.proposal, "after": proposal},
    )
    amended = ProposalAmended(item.number, item.title, proposal)
    await tell_all(unit, await convened(unit, meeting.id), amended, priority=Priority.RESULT)
    await tell_groups(unit, amended)
    await refresh_consoles(unit, meeting.id)


async def ask_order(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Expect a procedural motion (ordevoorstel) about the item at hand."""
    acting = await require(unit, telegram_id, Act.OPEN_VOTE)
    meeting = await locked(unit, meeting_id, *states_for(Act.LEAD_VOTE))
    await check_may_put(unit, meeting)
    item = await _at_hand(unit, meeting.id)
    await unit.conversations.begin(acting.person.id, ORDER_STEP, meeting_id=meeting.id)
    await tell(unit, acting, WordingExpected(Wording.ORDER, item.number, item.title))


async def take_order(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Put the procedural motion that was typed to the vote, by roll-call; it decides nothing on its item."""
    await permit(unit, acting, Act.OPEN_VOTE)
    meeting = await locked(unit, data["meeting_id"], *states_for(Act.LEAD_VOTE))
    await check_may_put(unit, meeting)
    item = await _at_hand(unit, meeting.id)
    asked = Question(written_text(text, PROPOSAL_LIMIT), unit.association.statutes.majority, procedural=True)
    await unit.conversations.end(acting.person.id)
    await put_to_vote(unit, acting, meeting, item, asked, None)


async def _at_hand(unit: Unit, meeting_id: int) -> AgendaItem:
    item = at_hand(await unit.meetings.items(meeting_id))
    if item is None:
        raise errors.AgendaMissing
    return item
