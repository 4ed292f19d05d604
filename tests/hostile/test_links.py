"""Links that are guessed, forwarded or raced for.

A link has 192 random bits: however many accounts guess, and however often, nobody ever hits one. What counts is that
guessing locks out who guesses, tells nothing, and stops nobody else.
"""

import asyncio

from services.registration import MAXIMUM_FAILURES, make_link
from storage.engine import Storage
from storage.unit import Unit
from tests.hostile.stage import Stage
from tests.hostile.test_canaries import message
from tests.hostile.test_presses import query
from tests.hostile.wire import Wire
from tests.support.queued import screens
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
        await stage.feed([query(thief, f"1:yes:{number}", next(stage.numbers)) for number in range(1, 8)])
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


async def test_guesses_that_race(stage: Stage) -> None:
    """Twenty guesses of one account that come in side by side count as twenty; the right one among them is too late."""
    phones()
    person_id, token = await invited(stage)
    thief = THIEVES[0]
    guesses = [message(thief, f"/start {token}{guess}", next(stage.numbers)) for guess in range(19)]
    right = message(thief, f"/start {token}", next(stage.numbers))
    assert all(await asyncio.gather(*(stage.handling.handle([update]) for update in (*guesses, right))))
    told = await screens(stage.storage, thief)
    assert told == ["LinkUnknown"] * (MAXIMUM_FAILURES - 1) + ["LockedOut"] * (21 - MAXIMUM_FAILURES)
    assert await bound(stage.storage, person_id) is None


async def test_shown_link_is_no_key_for_another(stage: Stage) -> None:
    """Who saw the question of a link that somebody else showed, and presses yes under it, registers nobody."""
    phones()
    person_id, token = await invited(stage)
    await stage.feed([message(THIEVES[0], f"/start {token}", next(stage.numbers))])
    await stage.send()
    chat = Wire.world.private_chat(Wire.world.user(THIEVES[0]), Wire.world.bot())
    yes = next(row[0]["callback_data"] for shown in chat.messages.values() for row in shown.keyboard)
    await stage.feed([query(thief, yes, next(stage.numbers)) for thief in THIEVES[1:]])
    assert await bound(stage.storage, person_id) is None
    await stage.feed([query(THIEVES[0], yes, next(stage.numbers))])
    assert await bound(stage.storage, person_id) == THIEVES[0]
