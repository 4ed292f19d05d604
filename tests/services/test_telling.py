"""Where the next screen of something comes in a chat."""

import pytest

from assembly.facts.registration import NotUnderstood
from services.telling import turn
from storage.engine import Storage
from storage.unit import Unit
from tests.support.register import filled

KEY, NOW, LEASE = "list:1", 1_000_000.0, 30.0


@pytest.mark.parametrize(
    ("posted", "pressed", "place"),
    [
        (None, None, None),
        (7, None, None),
        (7, 7, 7),
        (7, 5, None),
        (None, 5, None),
    ],
)
async def test_where_the_next_page_comes(
    storage: Storage, posted: int | None, pressed: int | None, place: int | None
) -> None:
    """In the pressed message where that shows this; pressed anywhere else, or typed, at the bottom of the chat."""
    everybody = await filled(storage, "Assen")
    account = everybody.representative("Assen")

    async def press(unit: Unit) -> int | None:
        acting = await unit.people.acting(account)
        assert acting is not None
        if posted is not None:
            await unit.outbox.set_posted(account, KEY, posted)
        await turn(unit, acting, NotUnderstood(), KEY, pressed)
        return await unit.outbox.posted(account, KEY)

    assert await storage.write(press) == place


async def test_who_presses_at_once_gets_the_page_in_place(storage: Storage) -> None:
    """A button is pressed before it is written down that its message was sent: the next page takes that message."""
    everybody = await filled(storage, "Assen")
    account = everybody.representative("Assen")

    async def page(unit: Unit, pressed: int | None) -> None:
        acting = await unit.people.acting(account)
        assert acting is not None
        await turn(unit, acting, NotUnderstood(), KEY, pressed)

    await storage.write(page, None)
    (row,) = await storage.write(lambda unit: unit.outbox.claim(1, (), NOW, LEASE))
    await storage.write(page, 7)
    await storage.write(lambda unit: unit.outbox.mark_sent(row.id, 7))
    assert await storage.read(lambda unit: unit.outbox.posted(account, KEY)) == 7
