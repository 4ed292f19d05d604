"""Webhooks: delivery with the secret, order, repetition, and a method in the answer."""

import asyncio
from typing import Any

from aiohttp import web

from simulator.testing import RunningSimulator
from tests.simulator.hooks import Hook
from tests.simulator.support import Raw, until

Json = dict[str, Any]


async def test_delivery(sim: RunningSimulator, raw: Raw, hook: Hook) -> None:
    """Updates arrive with the secret, also those that waited before the webhook was set."""
    anna = await sim.user("Anna")
    await sim.start(anna)
    await raw("setWebhook", url=hook.url, secret_token="geheim_1", allowed_updates=["message"])
    update, secret = await hook.next()
    assert (update["message"]["text"], secret) == ("/start", "geheim_1")
    await sim.write(anna, "en verder")
    assert (await hook.next())[0]["message"]["text"] == "en verder"
    info = (await raw("getWebhookInfo"))["result"]
    assert (info["url"], info["allowed_updates"]) == (hook.url, ["message"])


async def test_repeated_until_accepted(sim: RunningSimulator, raw: Raw, hook: Hook, anna: Json) -> None:
    """An update that is not answered with 2xx comes again, before what follows in the same chat."""
    hook.answers = [web.Response(status=500)]
    await raw("setWebhook", url=hook.url)
    first = (await hook.next())[0]
    await sim.write(anna, "daarna")
    assert (await hook.next())[0] == first
    assert (await hook.next())[0]["message"]["text"] == "daarna"
    info = (await raw("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_one_chat_does_not_wait_for_another(sim: RunningSimulator, raw: Raw, hook: Hook, anna: Json) -> None:
    """While one chat's update is being answered, another chat's arrives; the same chat's next does not."""
    hook.gate.clear()
    await raw("setWebhook", url=hook.url)
    await hook.next()
    await sim.write(anna, "moet wachten")
    bas = await sim.user("Bas")
    await sim.start(bas)
    assert (await hook.next())[0]["message"]["from"]["id"] == bas["id"]
    assert hook.received.empty()
    hook.gate.set()
    assert (await hook.next())[0]["message"]["text"] == "moet wachten"


async def test_method_in_the_answer(sim: RunningSimulator, raw: Raw, hook: Hook, anna: Json) -> None:
    """A method in the answer's body is carried out."""
    hook.answers = [
        web.json_response({"method": "sendMessage", "chat_id": anna["id"], "text": "Antwoord"}),
        web.json_response({"method": "deleteWebhook"}),
        web.Response(text="{not json"),
    ]
    await raw("setWebhook", url=hook.url)
    await sim.wait_for(anna, "Antwoord")
    for text in ("twee", "drie", "vier"):
        await sim.write(anna, text)
    received = [(await hook.next())[0]["message"]["text"] for _ in range(4)]
    assert received == ["/start", "twee", "drie", "vier"]


async def test_the_same_webhook_again(sim: RunningSimulator, raw: Raw, hook: Hook, anna: Json) -> None:
    """Setting the same webhook again disturbs nothing; twice a second is too often where limits hold."""
    hook.gate.clear()
    await raw("setWebhook", url=hook.url)
    await hook.next()
    await raw("setWebhook", url=hook.url)
    hook.gate.set()
    await sim.write(anna, "eenmaal")
    assert (await hook.next())[0]["message"]["text"] == "eenmaal"
    await sim.limits(enforced=True)
    await raw("setWebhook", url=hook.url)
    assert (await raw("setWebhook", url=hook.url))["error_code"] == 429


async def test_back_to_polling(sim: RunningSimulator, raw: Raw, hook: Hook, anna: Json) -> None:
    """After deleteWebhook updates wait for getUpdates; they can be dropped."""
    await raw("setWebhook", url=hook.url)
    await hook.next()
    await raw("deleteWebhook")
    await sim.write(anna, "voor de poll")
    assert (await raw.updates())[-1]["message"]["text"] == "voor de poll"
    await raw("setWebhook", url="", drop_pending_updates=True)
    assert await raw.updates() == []


async def test_redelivery_by_webhook(sim: RunningSimulator, raw: Raw, hook: Hook, anna: Json) -> None:
    """An accepted update can be delivered again."""
    await raw("setWebhook", url=hook.url)
    first = (await hook.next())[0]
    await sim.redeliver(first["update_id"])
    assert (await hook.next())[0] == first
    assert anna["id"] == first["message"]["from"]["id"]


async def test_unreachable(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A webhook that nobody serves shows as an error, and the update stays."""
    await raw("setWebhook", url="http://127.0.0.1:9/hook")
    webhook = sim.world.bot().webhook
    await until(lambda: webhook is not None and webhook.last_error != "")
    info = (await raw("getWebhookInfo"))["result"]
    assert info["pending_update_count"] == 1
    assert info["last_error_message"] == "Connection refused"
    assert (await sim.log(kind="webhook"))[0]["error"] == info["last_error_message"]
    assert anna["id"]


async def test_given_up(sim: RunningSimulator, raw: Raw, hook: Hook, anna: Json) -> None:
    """An update whose next try would come after its day is dropped at once; what waits behind it goes on."""
    await sim.set_clock("2019-01-21T09:00:00Z")
    lost = await sim.write(anna, "te laat")
    await sim.set_clock("2019-01-22T08:30:00Z")
    await sim.write(anna, "op tijd")
    await raw.updates(lost["update_id"])
    hook.answers = [web.Response(status=503, headers={"Retry-After": "3600"})]
    await raw("setWebhook", url=hook.url)
    assert [(await hook.next())[0]["message"]["text"] for _ in range(2)] == ["te laat", "op tijd"]
    (entry,) = await sim.log(kind="dropped")
    assert (entry["update_id"], entry["fails"]) == (lost["update_id"], 1)
    await until(lambda: len(sim.world.bot().queue) == 0)


async def test_each_update_has_its_own_wait(sim: RunningSimulator, raw: Raw, hook: Hook, anna: Json) -> None:
    """One person's update that must wait holds up nobody else's, and setting the webhook anew ends the wait."""
    hook.answers = [web.Response(status=503, headers={"Retry-After": "3600"})]
    await raw("setWebhook", url=hook.url)
    first = (await hook.next())[0]
    bas = await sim.user("Bas")
    await sim.start(bas)
    assert (await hook.next())[0]["message"]["from"]["id"] == bas["id"]
    await raw("setWebhook", url=hook.url, max_connections=2)
    assert (await hook.next())[0] == first
    assert first["message"]["from"]["id"] == anna["id"]


async def test_fault_in_the_answers_method(sim: RunningSimulator, raw: Raw, hook: Hook, anna: Json) -> None:
    """A fault can keep the method in an answer from being carried out; nobody hears of it but the log."""
    method = {"method": "sendMessage", "chat_id": anna["id"]}
    hook.answers = [web.json_response({**method, "text": text}) for text in ("verloren", "gekomen")]
    await sim.fault("502", "sendMessage")
    await sim.fault("reset_after", "sendMessage")
    await raw("setWebhook", url=hook.url)
    await sim.write(anna, "twee")
    await sim.wait_for(anna, "gekomen")
    assert "verloren" not in [message["text"] for message in await sim.messages(anna)]
    assert [entry["carried_out"] for entry in await sim.log(kind="fault")] == [False, True]


async def test_nothing_is_left_of_a_webhook(raw: Raw, hook: Hook) -> None:
    """Where a webhook is taken away, nothing goes on waiting for news."""

    def waiting() -> int:
        return sum(str(task.get_coro()).find("Event.wait") > 0 for task in asyncio.all_tasks())

    before = waiting()
    await raw("setWebhook", url=hook.url)
    await until(lambda: waiting() > before)
    await raw("deleteWebhook")
    await until(lambda: waiting() == before)
