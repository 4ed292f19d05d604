"""Where the next screen of something comes in a chat."""

import pytest

from assembly.facts.registration import NotUnderstood
from services.telling import turn
from storage.engine import Storage
from storage.unit import Unit
from tests.support.register import filled

KEY = "list:1"


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
