"""The generale repetitie, as the real database knows it: who plays, when it begins, and that it is erased.

What is played is on a stage of its own (``storage.stages``), on which every other service does its work as ever.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from assembly import errors
from assembly.facts.rehearsals import (
    PlayerShown,
    RehearsalCard,
    RehearsalNotMade,
    RehearsalOver,
    RehearsalRef,
    RehearsalWelcome,
)
from assembly.facts.second_factor import MessageErased
from assembly.meetings import check_state
from assembly.members import Acting, Role
from assembly.permissions import Act, may, states_for
from assembly.rehearsals import Rehearsal, RehearsalState, check_players
from services.access import holders_of, members_of, require
from services.meetings import get_meeting, open_console
from services.menus import offer_commands
from services.telling import refresh, show, show_anew, tell
from storage.tables import Priority
from storage.unit import Unit

KEY = "rehearsal"
"""The key of the card of the rehearsal."""

PAGE = 10


@dataclass(frozen=True)
class Player:
    """Whose account plays in rehearsal ``rehearsal_id``.

    ``asked_at``: when it was asked to type something for what is real, where that is still expected.
    """

    rehearsal_id: int
    person_id: int
    asked_at: datetime | None


async def show_card(unit: Unit, telegram_id: int, meeting_id: int) -> None:
    """Show where the rehearsal stands; where there is none it is planned, with those who lead as its players."""
    acting = await require(unit, telegram_id, Act.MANAGE_REHEARSAL)
    live = await unit.rehearsals.live(lock=True)
    if live is not None and live.state is RehearsalState.PLANNED and live.meeting_id != meeting_id:
        await unit.rehearsals.erase(live.id)  # that assembly was called off, or held without a rehearsal
        live = None
    if live is None:
        meeting = await get_meeting(unit, meeting_id)
        check_state(meeting, *states_for(Act.REHEARSE))
        leaders = [person for person in await holders_of(unit, Act.LEAD_MEETING) if person.person.telegram_id]
        await unit.rehearsals.plan(meeting.id, [person.person.id for person in leaders])
        live = await unit.rehearsals.live()
    if live is not None:
        await show_anew(unit, acting, RehearsalRef(live.id), KEY)


async def show_page(unit: Unit, telegram_id: int, rehearsal_id: int, page: int, pressed: int | None) -> None:
    """Show a page of those who can play."""
    acting = await require(unit, telegram_id, Act.MANAGE_REHEARSAL)
    await _rehearsal(unit, rehearsal_id)
    await show(unit, acting, RehearsalRef(rehearsal_id, page), KEY, pressed=pressed)


async def invite_player(
    unit: Unit, telegram_id: int, rehearsal_id: int, person_id: int, page: int, pressed: int | None, *, plays: bool
) -> None:
    """Let somebody play, or not."""
    acting = await require(unit, telegram_id, Act.REHEARSE)
    rehearsal = await _plan(unit, rehearsal_id)
    if plays and person_id not in {person.person.id for person in await _candidates(unit)}:
        raise errors.Gone
    people = {*rehearsal.people, person_id} if plays else {*rehearsal.people} - {person_id}
    await unit.rehearsals.invite(rehearsal.id, people, rehearsal.chats)
    await show(unit, acting, RehearsalRef(rehearsal.id, page), KEY, pressed=pressed)


async def invite_chat(
    unit: Unit, telegram_id: int, rehearsal_id: int, chat: int, page: int, pressed: int | None, *, plays: bool
) -> None:
    """Let a linked group or channel receive what is told to all, or not. ``chat`` is its id without the sign."""
    acting = await require(unit, telegram_id, Act.REHEARSE)
    rehearsal = await _plan(unit, rehearsal_id)
    if plays and await unit.chats.get(-chat) is None:
        raise errors.Gone
    chats = {*rehearsal.chats, -chat} if plays else {*rehearsal.chats} - {-chat}
    await unit.rehearsals.invite(rehearsal.id, rehearsal.people, chats)
    await show(unit, acting, RehearsalRef(rehearsal.id, page), KEY, pressed=pressed)


async def ask_begin(unit: Unit, telegram_id: int, rehearsal_id: int, pressed: int | None) -> None:
    """Show once more who plays, and ask whether it can begin."""
    acting = await require(unit, telegram_id, Act.REHEARSE)
    rehearsal = await _plan(unit, rehearsal_id)
    check_players(await _players(unit, rehearsal))
    await show(unit, acting, RehearsalRef(rehearsal.id, asks=True), KEY, pressed=pressed)


async def begin(unit: Unit, telegram_id: int, rehearsal_id: int) -> None:
    """Begin: the copy is made after this, and then its players are told."""
    acting = await require(unit, telegram_id, Act.REHEARSE)
    rehearsal = await _plan(unit, rehearsal_id)
    players = await _players(unit, rehearsal)
    check_players(players)
    await unit.rehearsals.invite(rehearsal.id, [player.person.id for player in players], rehearsal.chats)
    await unit.rehearsals.begin(rehearsal.id, acting.person.id)
    await _note(unit, "rehearsal_begun", rehearsal, acting.person.id)
    await _redraw(unit, rehearsal)


async def drop(unit: Unit, telegram_id: int, rehearsal_id: int) -> None:
    """Do not rehearse after all: nothing was done yet."""
    await require(unit, telegram_id, Act.MANAGE_REHEARSAL)
    rehearsal = await _rehearsal(unit, rehearsal_id, RehearsalState.PLANNED)
    await unit.rehearsals.erase(rehearsal.id)
    await _redraw(unit, rehearsal)


async def ask_erase(unit: Unit, telegram_id: int, rehearsal_id: int, pressed: int | None) -> None:
    """Ask whether the rehearsal is to be erased."""
    acting = await require(unit, telegram_id, Act.MANAGE_REHEARSAL)
    rehearsal = await _rehearsal(unit, rehearsal_id, RehearsalState.BEGUN, RehearsalState.RUNNING)
    await show(unit, acting, RehearsalRef(rehearsal.id, asks=True), KEY, pressed=pressed)


async def erase(unit: Unit, telegram_id: int, rehearsal_id: int) -> None:
    """End the rehearsal; its stage is struck and its messages are taken away after this."""
    acting = await require(unit, telegram_id, Act.MANAGE_REHEARSAL)
    rehearsal = await _rehearsal(unit, rehearsal_id, RehearsalState.BEGUN, RehearsalState.RUNNING)
    await _end(unit, rehearsal, acting.person.id)


async def erase_due(unit: Unit) -> None:
    """End a rehearsal that was forgotten."""
    rehearsal = await unit.rehearsals.live()
    if rehearsal is not None and rehearsal.on and rehearsal.begun_at is not None:
        locked = await unit.rehearsals.get(rehearsal.id, lock=True)
        if locked is not None and locked.on and rehearsal.begun_at + _kept(unit) <= unit.now:
            await _end(unit, locked, None)


async def give_up(unit: Unit, rehearsal_id: int) -> None:
    """End a rehearsal of which the stage is gone: another version of the program, or a restored database."""
    rehearsal = await unit.rehearsals.get(rehearsal_id, lock=True)
    if rehearsal is not None and rehearsal.on:
        await _end(unit, rehearsal, None)


async def note_running(unit: Unit, rehearsal_id: int) -> None:
    """Note that the stage stands; unless it was to be erased meanwhile."""
    rehearsal = await unit.rehearsals.get(rehearsal_id, lock=True)
    if rehearsal is not None and rehearsal.state is RehearsalState.BEGUN:
        await unit.rehearsals.move(rehearsal.id, RehearsalState.RUNNING)
        await _redraw(unit, rehearsal)


async def note_not_made(unit: Unit, rehearsal_id: int) -> None:
    """Note that no copy could be made: the plan stands, and who began it is told."""
    rehearsal = await unit.rehearsals.get(rehearsal_id, lock=True)
    if rehearsal is None or rehearsal.state is not RehearsalState.BEGUN:
        return
    await unit.rehearsals.move(rehearsal.id, RehearsalState.PLANNED)
    await _note(unit, "rehearsal_not_made", rehearsal, None)
    await _redraw(unit, rehearsal)
    begun_by = None if rehearsal.begun_by is None else await unit.people.get(rehearsal.begun_by)
    if begun_by is not None:
        await tell(unit, begun_by, RehearsalNotMade())


async def take_messages_away(unit: Unit, messages: Iterable[tuple[int, int]]) -> None:
    """Have messages (chat id, message id) of the rehearsal taken out of the chats, as far as Telegram allows it."""
    for chat_id, message_id in messages:
        await unit.outbox.send(chat_id, MessageErased(message_id), priority=Priority.BULK)


async def note_erased(unit: Unit, rehearsal_id: int) -> None:
    """Note that nothing is left of the rehearsal, and tell who played that it is over."""
    rehearsal = await unit.rehearsals.get(rehearsal_id, lock=True)
    if rehearsal is None or rehearsal.state is not RehearsalState.ENDED:
        return
    await unit.rehearsals.erase(rehearsal.id)
    meeting = await get_meeting(unit, rehearsal.meeting_id)
    for player in await _players(unit, rehearsal):
        await offer_commands(unit, player)  # those of its part were offered in between
        await tell(unit, player, RehearsalOver(meeting.title))
    await _redraw(unit, rehearsal)


async def player_of(unit: Unit, telegram_id: int) -> Player | None:
    """Return as whom this account plays in the rehearsal that is on; nobody without access plays."""
    rehearsal = await unit.rehearsals.live()
    if rehearsal is None or not rehearsal.on:
        return None
    acting = await unit.people.acting(telegram_id)
    if acting is None or acting.person.id not in rehearsal.people:
        return None
    return Player(rehearsal.id, acting.person.id, await asked_at(unit, acting.person.id))


async def asked_at(unit: Unit, person_id: int) -> datetime | None:
    """Return when the person was last asked to type something that is still expected: an answer, or a code."""
    factor = await unit.factors.of_person(person_id)
    moments = [
        await unit.conversations.since(person_id),
        factor.asked_at if factor is not None and factor.awaits_code(unit.now) else None,
    ]
    return max((moment for moment in moments if moment is not None), default=None)


async def welcome(unit: Unit, rehearsal: Rehearsal) -> None:
    """Tell the players, on the stage, what they play; who leads gets the console too."""
    meeting = await get_meeting(unit, rehearsal.meeting_id)
    for player in await unit.people.all(rehearsal.people):
        members = await members_of(unit, player, Role.REPRESENTATIVE)
        leads = may(player, Act.LEAD_MEETING)
        await offer_commands(unit, player)
        await tell(unit, player, RehearsalWelcome(meeting.title, tuple(name for _, name in members), leads))
        if leads:
            await open_console(unit, player, meeting.id)


async def load_card(unit: Unit, ref: RehearsalRef) -> RehearsalCard | None:
    """Load what the card of a rehearsal shows."""
    rehearsal = await unit.rehearsals.get(ref.rehearsal_id)
    if rehearsal is None:
        return None
    meeting = await get_meeting(unit, rehearsal.meeting_id)
    candidates, chats = await _candidates(unit), await unit.chats.linked()
    shown = [
        *(PlayerShown(one.person.id, one.person.name, one.person.id in rehearsal.people) for one in candidates),
        *(PlayerShown(-chat.chat_id, chat.title, chat.chat_id in rehearsal.chats, group=True) for chat in chats),
    ]
    pages = max(1, -(-len(shown) // PAGE))
    page = min(ref.page, pages - 1)
    planned = rehearsal.state is RehearsalState.PLANNED
    return RehearsalCard(
        rehearsal.id,
        meeting.title,
        rehearsal.state,
        tuple(shown[page * PAGE : (page + 1) * PAGE]) if planned else (),
        page,
        pages,
        players=tuple(player.person.name for player in await _players(unit, rehearsal)),
        groups=tuple(chat.title for chat in chats if chat.chat_id in rehearsal.chats),
        asks=ref.asks,
        begun_at=rehearsal.begun_at,
        erased_by=None if rehearsal.begun_at is None else rehearsal.begun_at + _kept(unit),
    )


async def _end(unit: Unit, rehearsal: Rehearsal, ended_by: int | None) -> None:
    await unit.rehearsals.move(rehearsal.id, RehearsalState.ENDED)
    await _note(unit, "rehearsal_erased", rehearsal, ended_by)
    await _redraw(unit, rehearsal)


async def _note(unit: Unit, kind: str, rehearsal: Rehearsal, actor_id: int | None) -> None:
    """Write down who and when; of what was played the journal knows nothing."""
    await unit.journal.note(kind, actor_id=actor_id, facts={"rehearsal": rehearsal.id}, meeting_id=rehearsal.meeting_id)


async def _redraw(unit: Unit, rehearsal: Rehearsal) -> None:
    watching = await holders_of(unit, Act.MANAGE_REHEARSAL)
    await refresh(unit, watching, lambda _acting: RehearsalRef(rehearsal.id), KEY)


async def _rehearsal(unit: Unit, rehearsal_id: int, *states: RehearsalState) -> Rehearsal:
    """Return the rehearsal, locked. Refuses with ``Gone`` where it is not in one of ``states``, by default any."""
    rehearsal = await unit.rehearsals.get(rehearsal_id, lock=True)
    if rehearsal is None or (states and rehearsal.state not in states):
        raise errors.Gone
    return rehearsal


async def _plan(unit: Unit, rehearsal_id: int) -> Rehearsal:
    """Return a rehearsal that did not begin yet, locked. Refuses where its assembly cannot be rehearsed any more."""
    rehearsal = await _rehearsal(unit, rehearsal_id, RehearsalState.PLANNED)
    check_state(await get_meeting(unit, rehearsal.meeting_id), *states_for(Act.REHEARSE))
    return rehearsal


async def _candidates(unit: Unit) -> list[Acting]:
    """Return who can play: everybody who is registered and holds a role, by name."""
    return [person for person in await unit.people.all() if person.person.telegram_id is not None and person.roles]


async def _players(unit: Unit, rehearsal: Rehearsal) -> list[Acting]:
    return [person for person in await _candidates(unit) if person.person.id in rehearsal.people]


def _kept(unit: Unit) -> timedelta:
    return timedelta(days=unit.association.rehearsal_days)
