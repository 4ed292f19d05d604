"""Telling people: queue a screen for a person, for several, or for every linked group and channel."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from assembly.members import Acting
from storage.tables import Priority
from storage.unit import Unit

DELETABLE = timedelta(hours=48)
"""How long Telegram lets a bot delete what it sent."""


async def tell(
    unit: Unit,
    whom: Acting,
    facts: object,
    *,
    priority: Priority = Priority.DIALOGUE,
    batch: str | None = None,
    key: str | None = None,
    silent: bool = False,
    edit: int | None = None,
    messages: int = 1,
) -> bool:
    """Queue ``facts`` for one person; return ``False`` where the person is not registered and cannot be told.

    ``messages``: as how many Telegram counts it; more than one is an album.
    """
    if whom.person.telegram_id is None:
        return False
    await unit.outbox.send(
        whom.person.telegram_id,
        facts,
        person_id=whom.person.id,
        priority=priority,
        batch=batch,
        key=key,
        silent=silent,
        edit=edit,
        messages=messages,
    )
    return True


async def tell_all(
    unit: Unit, people: Iterable[Acting], facts: object, *, priority: Priority = Priority.BULK, batch: str | None = None
) -> int:
    """Queue ``facts`` for each of ``people`` once; return how many can be told."""
    told = 0
    for acting in {acting.person.id: acting for acting in people}.values():
        told += await tell(unit, acting, facts, priority=priority, batch=batch)
    return told


async def spread(unit: Unit, people: Iterable[Acting], series: Sequence[object], batch: str) -> int:
    """Queue the messages of ``series`` in order for each of ``people``; return how many can be told."""
    recipients = [(telegram_id, acting.person.id) for acting in people if (telegram_id := acting.person.telegram_id)]
    await unit.outbox.spread(recipients, series, batch=batch)
    return len(recipients)


async def tell_groups(
    unit: Unit, facts: object, *, priority: Priority = Priority.RESULT, batch: str | None = None, key: str | None = None
) -> None:
    """Queue ``facts`` for every linked group and channel."""
    for chat in await unit.chats.linked():
        await unit.outbox.send(chat.chat_id, facts, priority=priority, batch=batch, key=key)


async def convened(unit: Unit, meeting_id: int) -> tuple[Acting, ...]:
    """Return everybody who was convened to the assembly and still has a role."""
    people = await unit.people.all(await unit.convocations.people(meeting_id))
    return tuple(acting for acting in people if acting.roles)


async def show(
    unit: Unit,
    whom: Acting,
    ref: object,
    key: str,
    *,
    priority: Priority = Priority.BALLOT,
    silent: bool = True,
    pressed: int | None = None,
) -> None:
    """Queue a live screen for one person: sent once, then edited in place, always with what holds at that moment.

    ``pressed`` is a message that shows something else until now and takes the screen from now on.
    """
    chat_id = whom.person.telegram_id
    if chat_id is None:
        return
    if pressed is not None:
        await unit.outbox.set_posted(chat_id, key, pressed)
    await unit.outbox.show(chat_id, ref, key=key, person_id=whom.person.id, priority=priority, silent=silent)


async def show_anew(unit: Unit, whom: Acting, ref: object, key: str, *, priority: Priority = Priority.DIALOGUE) -> None:
    """Queue a live screen at the bottom of the person's chat, wherever it was shown before."""
    if whom.person.telegram_id is not None:
        await unit.outbox.forget_posted(whom.person.telegram_id, key)
        await show(unit, whom, ref, key, priority=priority, silent=False)


async def show_groups(unit: Unit, ref: object, key: str, *, silent: bool = True) -> None:
    """Queue a live screen for every linked group and channel."""
    for chat in await unit.chats.linked():
        await unit.outbox.show(chat.chat_id, ref, key=key, priority=Priority.RESULT, silent=silent)


async def redraw(unit: Unit, ref: object, key: str) -> None:
    """Queue a live screen again wherever it is shown."""
    for chat_id in await unit.outbox.watching(key):
        await unit.outbox.show(chat_id, ref, key=key, priority=Priority.RESULT)


async def refresh(
    unit: Unit,
    people: Iterable[Acting],
    ref: Callable[[Acting], object],
    key: str,
    *,
    priority: Priority = Priority.DIALOGUE,
) -> None:
    """Queue a personal live screen again for those of ``people`` who have it; the others never asked for it."""
    watching = set(await unit.outbox.watching(key))
    for acting in people:
        if acting.person.telegram_id in watching:
            await show(unit, acting, ref(acting), key, priority=priority)


async def turn(unit: Unit, whom: Acting, facts: object, key: str, pressed: int | None) -> None:
    """Queue the next page of something: in place where the ``pressed`` message shows ``key``, else at the bottom.

    While no message is known to show ``key``, one may be on its way, which whoever presses at once has before us.
    """
    telegram_id = whom.person.telegram_id
    if telegram_id is None:
        return
    if pressed is None or await unit.outbox.posted(telegram_id, key) not in {None, pressed}:
        await unit.outbox.forget_posted(telegram_id, key)
    await tell(unit, whom, facts, key=key)
