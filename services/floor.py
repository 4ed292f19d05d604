"""The speakers' lists: asking for the floor, taking that back, and giving it."""

from collections.abc import Iterable, Mapping
from typing import Any

from assembly import errors
from assembly.facts.floor import (
    FloorCard,
    FloorCardRef,
    FloorGiven,
    FloorLine,
    FloorList,
    FloorListRef,
    FloorNoteExpected,
    FloorPlace,
    FloorTaken,
)
from assembly.floor import NOTE_LIMIT, Round, Turn, TurnEnd
from assembly.meetings import Meeting, MeetingState
from assembly.members import Acting
from assembly.permissions import Act, states_for
from assembly.wording import written_line
from services.access import holders_of, require
from services.course import at_hand
from services.meetings import get_meeting
from services.seats import locked
from services.telling import refresh, show, show_anew, tell
from storage.meetings import AgendaItem
from storage.unit import Unit

STEP = "floor_note"


def card_key(meeting_id: int) -> str:
    """Return the key under which a person's own places stand in its chat."""
    return f"floorcard:{meeting_id}"


def list_key(meeting_id: int) -> str:
    """Return the key under which the lists stand in the chat of who leads."""
    return f"floor:{meeting_id}"


async def ask_floor(unit: Unit, telegram_id: int, meeting_id: int, round_: Round) -> None:
    """Put the person at the end of a list; where it stands on that already it keeps its place.

    Who waits for another item than the one at hand leaves that list. Refuses whoever has not checked in.
    """
    acting = await require(unit, telegram_id, Act.ASK_FLOOR)
    meeting = await locked(unit, meeting_id, *states_for(Act.ASK_FLOOR))
    if await unit.attendance.mode(meeting.id, acting.person.id) is None:
        raise errors.NotCheckedIn
    item = await item_at_hand(unit, meeting) if round_ is Round.ITEM else None
    item_id = item.id if item else None
    before = [turn for turn in await _own(unit, meeting.id, acting) if turn.round is round_]
    if not any(turn.item_id == item_id for turn in before):
        for turn in before:
            await unit.floor.end(turn.id, TurnEnd.SPOKEN if turn.given_at else TurnEnd.WITHDRAWN)
        turn_id = await unit.floor.ask(meeting.id, acting.person.id, round_, item_id)
        await _note(unit, "floor_asked", acting, meeting.id, turn_id, person=acting.person.id, item=item_id)
        await _show_list(unit, meeting.id)
        await _refresh_cards(unit, meeting.id)
    await show_anew(unit, acting, FloorCardRef(meeting.id, acting.person.id), card_key(meeting.id))


async def item_at_hand(unit: Unit, meeting: Meeting) -> AgendaItem | None:
    """Return the item that the assembly deals with."""
    return at_hand(await unit.meetings.items(meeting.id))


async def withdraw_floor(unit: Unit, telegram_id: int, turn_id: int) -> None:
    """Take back that the person wants to speak; who has spoken or was taken off stays so."""
    acting = await require(unit, telegram_id, Act.ASK_FLOOR)
    turn = await _own_turn(unit, acting, turn_id)
    if turn.ended is None:
        await _end(unit, acting, turn, TurnEnd.SPOKEN if turn.given_at else TurnEnd.WITHDRAWN)
    await show(unit, acting, FloorCardRef(turn.meeting_id, acting.person.id), card_key(turn.meeting_id))


async def leave_floor(unit: Unit, acting: Acting, meeting: Meeting) -> None:
    """Take somebody who leaves off every list."""
    for turn in await _own(unit, meeting.id, acting):
        await _end(unit, acting, turn, TurnEnd.SPOKEN if turn.given_at else TurnEnd.WITHDRAWN)


async def ask_note(unit: Unit, telegram_id: int, turn_id: int) -> None:
    """Expect a line that says what the person wants to speak about."""
    acting = await require(unit, telegram_id, Act.ASK_FLOOR)
    turn = await _own_turn(unit, acting, turn_id)
    if turn.ended is not None:
        raise errors.Gone
    await unit.conversations.begin(acting.person.id, STEP, turn_id=turn.id)
    await tell(unit, acting, FloorNoteExpected())


async def take_note(unit: Unit, acting: Acting, text: str, data: Mapping[str, Any]) -> None:
    """Take that line; who leads sees it on the list."""
    turn = await _own_turn(unit, acting, data["turn_id"])
    if turn.ended is not None:
        raise errors.Gone
    await unit.floor.set_note(turn.id, written_line(text, NOTE_LIMIT))
    await unit.conversations.end(acting.person.id)
    await _show_list(unit, turn.meeting_id)
    await show_anew(unit, acting, FloorCardRef(turn.meeting_id, acting.person.id), card_key(turn.meeting_id))


async def show_floor(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Show the lists to somebody who leads, at the bottom of its chat."""
    acting = await require(unit, telegram_id, Act.LEAD_MEETING)
    meeting = await get_meeting(unit, meeting_id)
    await show_anew(unit, acting, FloorListRef(meeting.id), list_key(meeting.id))


async def give_floor(unit: Unit, telegram_id: int, turn_id: int) -> None:
    """Give somebody the floor and tell it so; whoever had it has spoken. Giving it twice changes nothing."""
    acting = await require(unit, telegram_id, Act.GIVE_FLOOR)
    turn = await _open_turn(unit, turn_id)
    if turn.ended is not None or turn.given_at is not None:
        return
    for other in await unit.floor.waiting(turn.meeting_id):
        if other.given_at is not None:
            await _end(unit, acting, other, TurnEnd.SPOKEN)
    await unit.floor.give(turn.id)
    await _note(unit, "floor_given", acting, turn.meeting_id, turn.id)
    speaker = await unit.people.get(turn.person_id)
    if speaker is not None:
        await tell(unit, speaker, FloorGiven(turn.round, await _item(unit, turn)))
    await _show_list(unit, turn.meeting_id)
    await _refresh_cards(unit, turn.meeting_id)


async def end_turn(unit: Unit, telegram_id: int, turn_id: int) -> None:
    """Take somebody off the list: it has spoken, or else it is told. Once it is off, nothing changes."""
    acting = await require(unit, telegram_id, Act.GIVE_FLOOR)
    turn = await _open_turn(unit, turn_id)
    if turn.ended is not None:
        return
    spoken = turn.given_at is not None
    await _end(unit, acting, turn, TurnEnd.SPOKEN if spoken else TurnEnd.REMOVED)
    waiter = await unit.people.get(turn.person_id)
    if waiter is not None and not spoken:
        await tell(unit, waiter, FloorTaken(turn.round, await _item(unit, turn)))


async def load_floor_card(unit: Unit, ref: FloorCardRef) -> FloorCard | None:
    """Load where a person stands on the lists."""
    meeting = await unit.meetings.get(ref.meeting_id)
    if meeting is None:
        return None
    waiting = await unit.floor.waiting(meeting.id)
    places = []
    for turn in waiting:
        if turn.person_id == ref.person_id:
            place = 0 if turn.given_at else _place(waiting, turn)
            places.append(FloorPlace(turn.id, turn.round, await _item(unit, turn), place, turn.note))
    return FloorCard(meeting.id, meeting.title, tuple(places), open=meeting.state is MeetingState.OPEN)


async def load_floor_list(unit: Unit, ref: FloorListRef) -> FloorList | None:
    """Load who speaks and who waits."""
    meeting = await unit.meetings.get(ref.meeting_id)
    if meeting is None:
        return None
    waiting = await unit.floor.waiting(meeting.id)
    people = {acting.person.id: acting for acting in await unit.people.all({turn.person_id for turn in waiting})}
    names = await unit.members.names([member_id for acting in people.values() for member_id in acting.acts_for])
    lines = [
        FloorLine(
            turn.id,
            acting.person.name,
            tuple(sorted(names[member_id] for member_id in acting.acts_for)),
            await unit.attendance.mode(meeting.id, turn.person_id),
            turn.round,
            await _item(unit, turn),
            turn.note,
            speaks=turn.given_at is not None,
        )
        for turn in waiting
        if (acting := people.get(turn.person_id))
    ]
    return FloorList(meeting.title, tuple(lines), open=meeting.state is MeetingState.OPEN)


def _place(waiting: tuple[Turn, ...], turn: Turn) -> int:
    """Return how many stand on the same list up to this turn, itself included, who do not speak yet."""
    same = [other.id for other in waiting if other.round is turn.round and other.given_at is None]
    return same.index(turn.id) + 1


async def _own(unit: Unit, meeting_id: int, acting: Acting) -> list[Turn]:
    return [turn for turn in await unit.floor.waiting(meeting_id) if turn.person_id == acting.person.id]


async def _own_turn(unit: Unit, acting: Acting, turn_id: int) -> Turn:
    """Return a turn of this person, with the assembly locked. Refuses anybody else's."""
    turn = await _open_turn(unit, turn_id)
    if turn.person_id != acting.person.id:
        raise errors.Gone
    return turn


async def _open_turn(unit: Unit, turn_id: int) -> Turn:
    """Return a turn as it stands under the lock on its assembly, which must sit."""
    found = await unit.floor.get(turn_id)
    if found is None:
        raise errors.Gone
    await locked(unit, found.meeting_id, *states_for(Act.GIVE_FLOOR))
    turn = await unit.floor.get(turn_id)
    if turn is None:
        raise errors.Gone
    return turn


async def _end(unit: Unit, actor: Acting, turn: Turn, how: TurnEnd) -> None:
    await unit.floor.end(turn.id, how)
    await _note(unit, "floor_ended", actor, turn.meeting_id, turn.id, how=how)
    await _show_list(unit, turn.meeting_id)
    await _refresh_cards(unit, turn.meeting_id)
    ended = await unit.people.get(turn.person_id)
    if ended is not None:
        await _refresh(unit, turn.meeting_id, [ended])


async def _item(unit: Unit, turn: Turn) -> str:
    item = None if turn.item_id is None else await unit.meetings.item(turn.item_id)
    return item.number if item else ""


async def _note(unit: Unit, kind: str, actor: Acting, meeting_id: int, turn_id: int, **facts: object) -> None:
    await unit.journal.note(kind, actor_id=actor.person.id, meeting_id=meeting_id, facts={"turn": turn_id, **facts})


async def _show_list(unit: Unit, meeting_id: int) -> None:
    """Show the lists to all who lead: in place where they stand already."""
    for leader in await holders_of(unit, Act.GIVE_FLOOR):
        await show(unit, leader, FloorListRef(meeting_id), list_key(meeting_id))


async def _refresh_cards(unit: Unit, meeting_id: int) -> None:
    """Bring the places of all who wait up to date."""
    waiting = await unit.floor.waiting(meeting_id)
    await _refresh(unit, meeting_id, await unit.people.all({turn.person_id for turn in waiting}))


async def _refresh(unit: Unit, meeting_id: int, people: Iterable[Acting]) -> None:
    await refresh(unit, people, lambda reader: FloorCardRef(meeting_id, reader.person.id), card_key(meeting_id))
