"""What came in: done-keys that expire, and dead letters."""

from datetime import timedelta

from sqlalchemy import select

from storage.engine import Storage
from storage.intake import DONE_KEYS_KEPT
from storage.tables import dead_letters
from storage.unit import Origin, Unit
from tests.storage.services import note
from tests.support.clock import TurnableClock

ORIGIN = Origin(bot_id=1, update_id=2**53)


async def mark(unit: Unit) -> bool:
    """Mark the update as done."""
    return await unit.intake.mark_done(ORIGIN)


async def is_done(unit: Unit) -> bool:
    """Ask whether the update is done."""
    return await unit.intake.is_done(ORIGIN)


async def forget(unit: Unit) -> int:
    """Forget what is old enough."""
    return await unit.intake.forget_done(unit.now - DONE_KEYS_KEPT)


async def test_update_is_marked_once(storage: Storage) -> None:
    """The first mark counts, and can be asked for."""
    assert not await storage.read(is_done)
    assert await storage.write(mark)
    assert not await storage.write(mark)
    assert await storage.read(is_done)


async def test_done_keys_expire(storage: Storage, clock: TurnableClock) -> None:
    """A done-key is kept for two days, longer than Telegram repeats an update, and forgotten after that."""
    await storage.write(note, "first", origin=ORIGIN)
    clock.turn(DONE_KEYS_KEPT)
    assert await storage.write(forget) == 0
    clock.turn(timedelta(seconds=1))
    assert await storage.write(forget) == 1
    await storage.write(note, "again", origin=ORIGIN)


async def test_dead_letter_is_kept(storage: Storage, clock: TurnableClock) -> None:
    """An update that could not be handled is kept with the reason, also when not even its number can be read."""

    async def bury(unit: Unit) -> None:
        await unit.intake.dead_letter(1, 100, "KeyError in on_cast", '{"update_id": 100}')
        await unit.intake.dead_letter(1, None, "not JSON", "\N{PILE OF POO}")

    async def buried(unit: Unit) -> list[tuple[object, ...]]:
        columns = dead_letters.c
        query = select(columns.bot_id, columns.update_id, columns.reason, columns.payload, columns.stored_at)
        return [tuple(row) for row in await unit.connection.execute(query.order_by(columns.id))]

    await storage.write(bury)
    assert await storage.read(buried) == [
        (1, 100, "KeyError in on_cast", '{"update_id": 100}', clock.moment),
        (1, None, "not JSON", "\N{PILE OF POO}", clock.moment),
    ]
