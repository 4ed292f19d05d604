"""Telling people: queue a screen for a person, for several, or for every linked group and channel."""

from collections.abc import Iterable

from assembly.members import Acting
from storage.tables import Priority
from storage.unit import Unit


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
) -> bool:
    """Queue ``facts`` for one person; return ``False`` where the person is not registered and cannot be told."""
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


async def tell_groups(
    unit: Unit, facts: object, *, priority: Priority = Priority.RESULT, batch: str | None = None, key: str | None = None
) -> None:
    """Queue ``facts`` for every linked group and channel."""
    for chat in await unit.chats.linked():
        await unit.outbox.send(chat.chat_id, facts, priority=priority, batch=batch, key=key)


async def show(unit: Unit, whom: Acting, ref: object, key: str, *, priority: Priority = Priority.BALLOT) -> None:
    """Queue a live screen for one person: sent once, then edited in place, always with what holds at that moment."""
    if whom.person.telegram_id is not None:
        await unit.outbox.show(whom.person.telegram_id, ref, key=key, person_id=whom.person.id, priority=priority)
