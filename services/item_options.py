"""What can be chosen under an agenda item: variants of its proposal, or candidates besides those nominated."""

from collections.abc import Mapping
from typing import Any

from assembly import errors
from assembly.agenda_changes import ItemChange
from assembly.facts.voting import ItemOptions, OptionsExpected
from assembly.item_kinds import ItemKind
from assembly.meetings import MeetingState, check_state
from assembly.members import Acting
from assembly.options import PICK_LIMIT
from assembly.permissions import Act, check_may, states_for
from assembly.questions import new_labels
from services.access import require
from services.agenda_items import note_change
from services.items import get_item, note
from services.meetings import get_meeting
from services.positions import lapse_positions
from services.telling import tell, turn
from storage.meetings import AgendaItem
from storage.unit import Unit

STEP = "item_options"


def options_key(item_id: int) -> str:
    """Return the key of the message that shows what can be chosen."""
    return f"options:{item_id}"


async def show_options(unit: Unit, telegram_id: int, item_id: int, pressed: int | None) -> None:
    """Show what can be chosen under an item."""
    acting = await require(unit, telegram_id, Act.SET_OPTIONS)
    await _show(unit, acting, await _editable(unit, item_id), pressed)


async def ask_options(unit: Unit, telegram_id: int, item_id: int) -> None:
    """Expect variants or names, one a line."""
    acting = await require(unit, telegram_id, Act.SET_OPTIONS)
    item = await _editable(unit, item_id)
    await unit.conversations.begin(acting.person.id, STEP, item_id=item.id)
    await tell(unit, acting, OptionsExpected(item.id, item.number, item.title, item.kind is ItemKind.PERSONS))


async def take_options(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take variants or names; what stands there already is not added again."""
    check_may(acting, Act.SET_OPTIONS)
    item = await _editable(unit, data["item_id"])
    before = await labels_of(unit, item)
    labels = new_labels(text, before)
    if labels:
        await unit.options.add(item.id, labels, acting.person.id)
        await _note_change(unit, acting, item, before)
        await note(unit, acting, item, "item_options_added", {"count": len(labels)}, {"labels": labels})
        if item.kind is not ItemKind.PERSONS:  # positions were given for or against one text
            await lapse_positions(unit, item)
    await unit.conversations.end(acting.person.id)
    await _show(unit, acting, item, None)


async def remove_option(unit: Unit, telegram_id: int, option_id: int, pressed: int | None) -> None:
    """Take a variant or a candidate away."""
    acting = await require(unit, telegram_id, Act.SET_OPTIONS)
    option = await unit.options.get(option_id)
    if option is None:
        raise errors.Gone
    item = await _editable(unit, option.item_id)
    before = await labels_of(unit, item)
    await unit.options.remove(option_id)
    await _note_change(unit, acting, item, before)
    await note(unit, acting, item, "item_option_removed", {"option": option.id}, {"label": option.label})
    await _show(unit, acting, item, pressed)


async def set_picks(unit: Unit, telegram_id: int, item_id: int, picks: int, pressed: int | None) -> None:
    """Set how many persons are to be chosen under an item on persons."""
    acting = await require(unit, telegram_id, Act.SET_OPTIONS)
    item = await _editable(unit, item_id)
    if item.kind is not ItemKind.PERSONS or not 1 <= picks <= PICK_LIMIT:
        raise errors.Gone
    if picks != item.picks:
        await unit.meetings.set_picks(item.id, picks)
        await note(unit, acting, item, "item_picks_set", {"from": item.picks, "picks": picks})
    await _show(unit, acting, item, pressed)


async def labels_of(unit: Unit, item: AgendaItem) -> list[str]:
    """Return what can be chosen under an item, in order: who was nominated first."""
    return [label for _id, label in await _options(unit, item)]


async def _options(unit: Unit, item: AgendaItem) -> list[tuple[int, str]]:
    """Return the options with their ids, and 0 for who was nominated."""
    nominated = await unit.nominations.of_meeting(item.meeting_id) if item.kind is ItemKind.PERSONS else []
    names = [(0, found.nomination.candidate) for found in nominated if found.item_id == item.id]
    added = [(option.id, option.label) for option in await unit.options.of_item(item.id)]
    by_label: dict[str, tuple[int, str]] = {}
    for option_id, label in (*names, *added):
        by_label.setdefault(label.casefold(), (option_id, label))
    return list(by_label.values())


async def _note_change(unit: Unit, acting: Acting, item: AgendaItem, before: list[str]) -> None:
    """Let those who were convened be told what can be chosen now; on the spot the ballot tells it to everybody."""
    if (await get_meeting(unit, item.meeting_id)).state is MeetingState.CONVENED:
        after = await labels_of(unit, item)
        await note_change(unit, acting, item, ItemChange.OPTIONS, "\n".join(before), "\n".join(after))


async def _editable(unit: Unit, item_id: int) -> AgendaItem:
    """Return the item as it stands under the lock of its assembly, where it can be put to the vote yet."""
    found = await get_item(unit, item_id)
    check_state(await get_meeting(unit, found.meeting_id, lock=True), *states_for(Act.SET_OPTIONS))
    item = await get_item(unit, item_id)
    if not item.kind.votable:
        raise errors.NotVotable(item.number)
    if await unit.meetings.voted(item_id):
        raise errors.ItemVoted(item.number)
    return item


async def _show(unit: Unit, acting: Acting, item: AgendaItem, pressed: int | None) -> None:
    item = await get_item(unit, item.id)
    sitting = (await get_meeting(unit, item.meeting_id)).state is MeetingState.OPEN
    shown = ItemOptions(
        item.id,
        item.number,
        item.title,
        item.kind is ItemKind.PERSONS,
        tuple(await _options(unit, item)),
        item.picks,
        sitting,
    )
    await turn(unit, acting, shown, options_key(item.id), pressed)
