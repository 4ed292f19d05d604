"""Steps of proxies in chat that several scenarios take."""

from typing import Any

from tests.scenarios.test_convening import labels
from tests.support.house import Actor, House

AGREED = "Volmacht verlenen"


async def chooses(person: Actor, holder: str, *kinds: str) -> dict[str, Any]:
    """Let somebody look for a holder by typing, on the page to which ``kinds`` lead; return what was found."""
    before = await person.last_id()
    await person.write("/volmacht")
    page = await person.sees("Wie brengt de stem uit", after=before)
    for kind in kinds:
        await person.press(kind, message_id=page["message_id"])
        page = await _page_behind(person, kind, before)
    await person.write(holder)
    return await person.sees("Gevonden voor", after=before)


async def _page_behind(person: Actor, kind: str, after: int) -> dict[str, Any]:
    """Wait until the page to which the button ``kind`` led is there, in place or below, and return it."""
    for _ in range(200):
        for message in await person.messages():
            if message["message_id"] > after and message["buttons"] and kind not in labels(message):
                return message
        await person.house.sim.idle(0.05)
    raise AssertionError(f"the page behind {kind} did not come")


async def grants(person: Actor, holder: str, *kinds: str, agree: str = AGREED) -> dict[str, Any]:
    """Let somebody grant a proxy to ``holder``; return the card of it."""
    found = await chooses(person, holder, *kinds)
    await person.press(next(text for text in labels(found) if text.startswith(holder)), message_id=found["message_id"])
    question = await person.sees("Volmachtgever:", after=found["message_id"] - 1)
    await person.press(agree, message_id=question["message_id"])
    return await person.sees("De volmacht", after=found["message_id"] - 1)


async def accepts(house: House, holder: str, member: str) -> dict[str, Any]:
    """Let somebody accept the proxy of a member; return its card."""
    person = await house.person(holder)
    offered = await person.sees(f"Volmachtgever: de gemeente {member}")
    await person.press("Volmacht aanvaarden", message_id=offered["message_id"])
    return await person.sees(f"brengt de stem uit van de gemeente {member}")


async def granted(house: House, member: str, holder: str, *kinds: str) -> dict[str, Any]:
    """Let a member's representative grant a proxy that is accepted; return the grantor's card."""
    card = await grants(await house.person(f"portefeuillehouder {member}"), holder, *kinds)
    await accepts(house, holder, member)
    return card


async def count(person: Actor, text: str) -> int:
    """Return how many messages of the person's chat say ``text``, once everything has come."""
    await person.house.sim.idle()
    return sum(text in (message["text"] or message["caption"] or "") for message in await person.messages())
