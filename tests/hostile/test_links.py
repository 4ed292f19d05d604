"""Links that are guessed, forwarded or raced for."""

from services.registration import MAXIMUM_FAILURES, make_link
from storage.engine import Storage
from storage.unit import Unit
from tests.hostile.stage import Stage
from tests.hostile.test_canaries import message
from tests.hostile.test_presses import query
from tests.hostile.wire import Wire
from tests.support.register import add_person

THIEVES = range(50_001, 50_041)


async def bound(storage: Storage, person_id: int) -> int | None:
    """Return the account of a person."""
    acting = await storage.read(lambda unit: unit.people.get(person_id))
    assert acting is not None
    account: int | None = acting.person.telegram_id
    return account


async def invited(stage: Stage) -> tuple[int, str]:
    """Put somebody in the register who is not registered yet; return the person's id and its link."""

    async def add(unit: Unit) -> tuple[int, str]:
        person_id = await add_person(unit, "portefeuillehouder Zwolle", None)
        return person_id, await make_link(unit, person_id)

    return await stage.storage.write(add)


async def said_to(account: int) -> str:
    """Return everything that the bot wrote to an account."""
    chat = Wire.world.private_chat(Wire.world.user(account), Wire.world.bot())
    return "\n".join(shown.content.text.text for shown in chat.messages.values())


def phones() -> None:
    """Give every thief a phone with a chat."""
    for account in THIEVES:
        Wire.know("x", account)


async def test_guessing_locks_out(stage: Stage) -> None:
    """Many accounts guess at once: each is locked out after five tries, then even the right link does not help it."""
    phones()
    person_id, token = await invited(stage)
    for guess in range(MAXIMUM_FAILURES):
        await stage.feed([message(thief, f"/start {token[:-1]}{guess}x", next(stage.numbers)) for thief in THIEVES])
    await stage.feed([message(thief, f"/start {token}", next(stage.numbers)) for thief in THIEVES])
    await stage.send()
    assert await bound(stage.storage, person_id) is None
    for thief in THIEVES:
        assert "portefeuillehouder Zwolle" not in await said_to(thief)
        await stage.feed([query(thief, "1:regyes:1", next(stage.numbers))])
    assert await bound(stage.storage, person_id) is None
    assert await stage.letters() == []


async def test_one_link_and_many_hands(stage: Stage) -> None:
    """A link that forty accounts open and confirm at once binds one of them, once."""
    phones()
    person_id, token = await invited(stage)
    await stage.feed([message(thief, f"/start {token}", next(stage.numbers)) for thief in THIEVES])
    await stage.send()
    chats = {thief: Wire.world.private_chat(Wire.world.user(thief), Wire.world.bot()) for thief in THIEVES}
    yes = {
        thief: button["callback_data"]
        for thief, chat in chats.items()
        for shown in chat.messages.values()
        for row in shown.keyboard
        for button in row
        if button["text"].startswith("Ja")
    }
    assert set(yes) == set(THIEVES)
    await stage.feed([query(thief, data, next(stage.numbers)) for thief, data in yes.items()])
    await stage.feed([query(thief, data, next(stage.numbers)) for thief, data in yes.items()])
    await stage.send()
    winner = await bound(stage.storage, person_id)
    assert winner in THIEVES
    welcomed = [thief for thief in THIEVES if "U bent aangemeld als" in await said_to(thief)]
    assert welcomed == [winner]
    assert await stage.letters() == []
