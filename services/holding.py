"""What was queued before a restore: held until the secretariat says whether it should be sent.

It may have been sent after the backup was made, so that last week's invitations would go out again.
"""

from datetime import datetime

from assembly import errors
from assembly.facts.holding import HeldDecided, Restored
from assembly.permissions import Act
from services.access import holders_of, require
from services.rehearsals import give_up
from services.telling import tell
from storage.unit import Unit
from storage.waiting import Held

HELD_KEY = "held"
"""The key of the message in which the secretariat decides."""


async def hold_back(unit: Unit, made_at: datetime, *, release: bool) -> Held:
    """Hold everything that waits in a database of ``made_at``, and ask the secretariat; return what is held.

    A rehearsal that was played then is ended. With ``release`` whoever restored has decided already, and the
    secretariat is only told.
    """
    await unit.outbox.hold()
    rehearsal = await unit.rehearsals.live()
    if rehearsal is not None:  # what it was played on is another, or gone
        await give_up(unit, rehearsal.id)
    if release:
        await unit.outbox.release()
    held = await unit.outbox.held()
    for secretary in await holders_of(unit, Act.SEND_NOTICE):
        if secretary.person.telegram_id is not None:
            await unit.outbox.forget_posted(secretary.person.telegram_id, HELD_KEY)
        asked = Restored(made_at, held.messages, held.people, held.groups, held.last)
        await tell(unit, secretary, asked, key=HELD_KEY)
    return held


async def send_held(unit: Unit, telegram_id: int, last: int) -> int:
    """Send after all what is held; return how many messages. ``last`` names the set that the button spoke of."""
    return await _decide(unit, telegram_id, last, send=True)


async def drop_held(unit: Unit, telegram_id: int, last: int) -> int:
    """Never send what is held; return how many messages. ``last`` names the set that the button spoke of."""
    return await _decide(unit, telegram_id, last, send=False)


async def _decide(unit: Unit, telegram_id: int, last: int, *, send: bool) -> int:
    acting = await require(unit, telegram_id, Act.SEND_NOTICE)
    held = await unit.outbox.held(lock=True)
    if not held.messages or held.last != last:
        raise errors.Gone
    await (unit.outbox.release() if send else unit.outbox.drop())
    await unit.journal.note(
        "held_sent" if send else "held_dropped", actor_id=acting.person.id, facts={"messages": held.messages}
    )
    for secretary in await holders_of(unit, Act.SEND_NOTICE):
        await tell(unit, secretary, HeldDecided(held.messages, send, acting.person.name), key=HELD_KEY)
    return held.messages
