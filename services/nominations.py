"""Nominations (voordrachten): told about by a form in chat, under an item on persons."""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.agenda import ItemKind
from assembly.facts.meetings import NominationExpected, NominationMessage, NominationShown
from assembly.members import Acting
from assembly.nominations import (
    CANDIDATE_LIMIT,
    FACT_LIMIT,
    Nomination,
    NominationFact,
    is_supervisory,
    missing_facts,
    read_facts,
)
from assembly.numbering import heading_of
from assembly.permissions import Act
from assembly.wording import written_line
from services.access import permit, require
from services.items import editable, get_item, note, show_details
from services.telling import tell
from storage.meetings import AgendaItem
from storage.nominations import StoredNomination
from storage.unit import Unit

STEP = "nomination"


async def ask_nomination(unit: Unit, telegram_id: int, item_id: int) -> None:
    """Expect what the members are told of a candidate."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    item = await editable(unit, item_id)
    if item.kind is not ItemKind.PERSONS:
        raise errors.Gone
    await _ask(unit, acting, item, {})


async def take_nomination(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take what was filled in, and ask for what is missing; what was given before is kept."""
    await permit(unit, acting, Act.EDIT_ITEMS)
    item = await editable(unit, data["item_id"])
    supervisory = await _is_supervisory(unit, item)
    given = {NominationFact(fact): value for fact, value in data["given"].items()}
    found = read_facts(text, missing_facts(given, supervisory=supervisory))
    for fact, value in found.items():
        given[fact] = written_line(value, CANDIDATE_LIMIT if fact is NominationFact.CANDIDATE else FACT_LIMIT)
    if not found or missing_facts(given, supervisory=supervisory):
        await _ask(unit, acting, item, given)
        return
    nomination = Nomination(**{fact.value: value for fact, value in given.items()})
    nomination_id = await unit.nominations.add(item.id, nomination, acting.person.id, supervisory=supervisory)
    await unit.conversations.end(acting.person.id)
    await note(unit, acting, item, "nomination_added", {"nomination": nomination_id})
    await show_details(unit, acting, item, None)


async def show_nomination(unit: Unit, telegram_id: int, nomination_id: int) -> None:
    """Show a nomination as people see it, to the secretariat."""
    acting = await require(unit, telegram_id, Act.PREPARE_MEETING)
    found = await _get(unit, nomination_id)
    await tell(
        unit, acting, NominationShown(nomination_id, found.item_id, message_of(found), found.sent_at is not None)
    )


async def remove_nomination(unit: Unit, telegram_id: int, nomination_id: int) -> None:
    """Take a nomination away that nobody was told yet."""
    acting = await require(unit, telegram_id, Act.EDIT_ITEMS)
    found = await _get(unit, nomination_id)
    item = await editable(unit, found.item_id)
    if found.sent_at is not None:
        raise errors.NominationTold(found.nomination.candidate)
    await unit.nominations.remove(nomination_id)
    await note(unit, acting, item, "nomination_removed", {"nomination": nomination_id})
    await show_details(unit, acting, await get_item(unit, item.id), None)


def message_of(found: StoredNomination) -> NominationMessage:
    """Return what the members are told."""
    return NominationMessage(found.number, found.title, found.supervisory, found.nomination)


async def missing_nominations(unit: Unit, meeting_id: int) -> tuple[str, ...]:
    """Return the numbers of the items on the supervisory board under which nobody is nominated (BW 2:57a)."""
    nominated = {found.item_id for found in await unit.nominations.of_meeting(meeting_id)}
    items = [
        item
        for item in await unit.meetings.items(meeting_id)
        if item.kind is ItemKind.PERSONS and item.withdrawn_at is None and item.id not in nominated
    ]
    return tuple([item.number for item in items if await _is_supervisory(unit, item)])


async def _ask(unit: Unit, acting: Acting, item: AgendaItem, given: Mapping[NominationFact, str]) -> None:
    supervisory = await _is_supervisory(unit, item)
    missing = missing_facts(given, supervisory=supervisory)
    kept = {fact.value: value for fact, value in given.items()}
    await unit.conversations.begin(acting.person.id, STEP, item_id=item.id, given=kept)
    await tell(unit, acting, NominationExpected(item.number, item.title, missing, tuple(given), supervisory))


async def _is_supervisory(unit: Unit, item: AgendaItem) -> bool:
    items = await unit.meetings.items(item.meeting_id)
    heading = next((other.title for other in items if other.number == heading_of(item.number)), "")
    return is_supervisory(item.title, heading)


async def _get(unit: Unit, nomination_id: int) -> StoredNomination:
    found = await unit.nominations.get(nomination_id)
    if found is None:
        raise errors.Gone
    return found
