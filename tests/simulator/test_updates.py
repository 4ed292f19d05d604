"""Updates: what is confirmed when, who is told what, and what comes twice."""

import asyncio
from typing import Any

import aiohttp
import pytest

from simulator.client import SimError
from simulator.testing import RunningSimulator
from tests.simulator.support import Raw, until

Json = dict[str, Any]


def _texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_offset_confirms(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """An update stays until a higher offset is asked for, and ids are sequential."""
    for text in ("een", "twee", "drie"):
        await sim.write(anna, text)
    first = await raw.updates()
    assert _texts(first) == ["/start", "een", "twee", "drie"]
    numbers = [update["update_id"] for update in first]
    assert numbers == list(range(numbers[0], numbers[0] + 4))
    assert await raw.updates() == first
    assert _texts(await raw.updates(numbers[2], limit=1)) == ["twee"]
    assert _texts(await raw.updates()) == ["twee", "drie"]
    assert await raw.updates(numbers[3] + 1) == []
    assert await raw.updates() == []


async def test_negative_offset(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A negative offset keeps so many from the end and forgets the rest."""
    for text in ("een", "twee", "drie"):
        await sim.write(anna, text)
    assert _texts(await raw.updates(-2)) == ["twee", "drie"]
    assert _texts(await raw.updates()) == ["twee", "drie"]


async def test_long_poll(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A waiting request is answered as soon as something happens."""
    after = (await raw.updates(-1))[0]["update_id"] + 1
    waiting = asyncio.create_task(raw.updates(after, timeout=30))
    await sim.write(anna, "nu")
    assert _texts(await asyncio.wait_for(waiting, 5)) == ["nu"]


async def test_conflict(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A second waiting request ends the first with 409."""
    after = (await raw.updates(-1))[0]["update_id"] + 1
    first = asyncio.create_task(raw("getUpdates", offset=after, timeout=30))
    await until(lambda: sim.world.bot().queue.is_polled)
    second = asyncio.create_task(raw.updates(after, timeout=30))
    answer = await first
    await sim.write(anna, "voor de tweede")
    assert _texts(await second) == ["voor de tweede"]
    assert (answer["error_code"], answer["description"]) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


async def test_no_polling_beside_a_webhook(raw: Raw) -> None:
    """With a webhook in force getUpdates is refused."""
    await raw("setWebhook", url="http://127.0.0.1:9/hook")
    answer = await raw("getUpdates")
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: can't use getUpdates method while webhook is active")
    await raw("deleteWebhook")
    assert (await raw("getUpdates"))["ok"]


async def test_a_client_that_left_confirms_nothing(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """An update that a vanished client would have received is still there for the next."""
    after = (await raw.updates(-1))[0]["update_id"] + 1
    lost = asyncio.create_task(raw("getUpdates", offset=after, timeout=30))
    await until(lambda: sim.world.bot().queue.is_polled)
    lost.cancel()
    await until(lambda: not sim.world.bot().queue.is_polled)
    await sim.redeliver(after - 1)
    await sim.write(anna, "nog hier")
    assert _texts(await raw.updates(after, timeout=5)) == ["/start", "nog hier"]


async def test_redelivery_out_of_order(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A confirmed update comes again, unchanged, before newer ones, and only once."""
    first = (await raw.updates(-1))[0]
    assert await raw.updates(first["update_id"] + 1) == []
    await sim.write(anna, "nieuw")
    await sim.redeliver(first["update_id"])
    batch = await raw.updates(first["update_id"] + 1)
    assert _texts(batch) == ["/start", "nieuw"]
    assert batch[0] == first
    assert await raw.updates(first["update_id"]) == batch
    assert _texts(await raw.updates(first["update_id"] + 1)) == ["nieuw"]


async def test_injected_updates(sim: RunningSimulator, raw: Raw) -> None:
    """A raw update arrives as it is, however broken."""
    injected = await sim.inject({"message": {"nonsense": True}})
    assert await raw.updates() == [injected]


async def test_kept_for_a_day(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """Updates are forgotten after 24 hours on the simulated clock."""
    await sim.write(anna, "gisteren")
    now = await sim.clock()
    day = int(now[8:10])
    await sim.set_clock(f"{int(now[:4]) + 1}{now[4:8]}{day:02}{now[10:]}")
    await sim.write(anna, "vandaag")
    assert _texts(await raw.updates()) == ["vandaag"]


async def test_allowed_updates_stick(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """An explicit list holds until the next one; a list of nothing restores the default."""
    await raw.updates(allowed_updates=["callback_query"])
    assert (await sim.write(anna, "ongezien"))["update_id"] is None
    await raw.updates()
    assert (await sim.write(anna, "ongezien"))["update_id"] is None
    assert (await raw("getWebhookInfo"))["result"]["allowed_updates"] == ["callback_query"]
    await raw.updates(allowed_updates=[])
    assert (await sim.write(anna, "gezien"))["update_id"] is not None


async def test_edited_and_replied(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A person's edits and replies arrive as such; a deletion is told to nobody."""
    sent = await sim.write(anna, "foutje")
    await sim.edit(anna, sent["message_id"], "goed")
    await sim.write(anna, "antwoord", reply_to=sent["message_id"])
    edited, reply = (await raw.updates(-2))[0]["edited_message"], (await raw.updates(-1))[0]["message"]
    assert (edited["text"], edited["message_id"]) == ("goed", sent["message_id"])
    assert edited["edit_date"] >= edited["date"]
    assert reply["reply_to_message"]["text"] == "goed"
    await sim.delete(anna, sent["message_id"])
    assert len(await raw.updates(-10)) == 1
    assert "goed" not in [message["text"] for message in await sim.messages(anna)]


async def test_forwards_of_people(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A forward names its origin and loses its keyboard."""
    keyboard = {"inline_keyboard": [[{"text": "Voor", "callback_data": "v"}]]}
    ballot = (await raw("sendMessage", chat_id=anna["id"], text="Stem", reply_markup=keyboard))["result"]
    await sim.forward(anna, ballot["message_id"])
    forwarded = (await raw.updates(-1))[0]["message"]
    assert forwarded["forward_origin"]["sender_user"]["username"] == "testbot"
    assert "reply_markup" not in forwarded


async def test_forged_presses(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A modified client can send any data, from any message, also of another's chat and one that is gone."""
    sent = (await raw("sendMessage", chat_id=anna["id"], text="Stem"))["result"]
    bas = await sim.user("Bas")
    await sim.press(bas, data="vervalst", message_id=sent["message_id"], message_chat=anna["id"], wait=0)
    query = (await raw.updates(-1))[0]["callback_query"]
    assert (query["from"]["id"], query["data"], query["message"]["chat"]["id"]) == (bas["id"], "vervalst", anna["id"])
    await raw("deleteMessage", chat_id=anna["id"], message_id=sent["message_id"])
    await sim.press(anna, data="oud", message_id=sent["message_id"], wait=0)
    gone = (await raw.updates(-1))[0]["callback_query"]["message"]
    assert (gone["date"], gone["message_id"], "text" in gone) == (0, sent["message_id"], False)


async def test_deep_links(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A deep link writes the command with its payload, which the start parameter may not break."""
    await sim.start(anna, "abc_DEF-1")
    message = (await raw.updates(-1))[0]["message"]
    assert message["text"] == "/start abc_DEF-1"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    for payload in ("x" * 65, "a b", "a=b"):
        answer = await sim.call_status("POST", "/sim/chats/bot/start", {"from": anna["id"], "payload": payload})
        assert answer == 400


async def test_albums_of_people(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """Several files are several messages with one group id; the caption is on the first."""
    await sim.send_documents(anna, ("a.txt", b"a"), ("b.txt", b"b"), caption="Twee stukken")
    first, second = [update["message"] for update in await raw.updates(-2)]
    assert first["media_group_id"] == second["media_group_id"]
    assert first["caption"] == "Twee stukken"
    assert "caption" not in second
    with pytest.raises(SimError, match="400"):
        await sim.send_documents(anna, *[(f"{number}.txt", b"a") for number in range(11)])


async def test_two_bots_do_not_share(sim: RunningSimulator, raw: Raw, http: aiohttp.ClientSession, anna: Json) -> None:
    """Each bot has its own private chats, updates and message ids in them."""
    await sim.add_bot("55:other", "otherbot")
    other = Raw(sim, http, "55:other")
    before = await raw.updates()
    await sim.write(anna, "alleen voor jou", chat="otherbot")
    assert _texts(await other.updates()) == ["alleen voor jou"]
    assert await raw.updates() == before
    assert len(await sim.messages(anna, chat="testbot")) == 1
