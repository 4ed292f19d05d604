"""Updates that come twice, out of order, late or broken, by polling and by webhook."""

import asyncio
from typing import Any

from simulator.testing import RunningSimulator
from tests.simulator.hooks import Hook
from tests.simulator.support import Raw

Json = dict[str, Any]


async def _write(sim: RunningSimulator, user: Json, *texts: str) -> list[Json]:
    return [await sim.write(user, text) for text in texts]


def _texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def _fresh(raw: Raw) -> int:
    """Confirm what waits and return the next offset."""
    offset = int((await raw.updates())[-1]["update_id"]) + 1
    await raw.updates(offset)
    return offset


async def test_duplicate_by_polling(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A confirmed update comes once more, and then not again."""
    offset = await _fresh(raw)
    await sim.fault("duplicate")
    await _write(sim, anna, "een", "twee")
    assert _texts(await raw.updates(offset)) == ["een", "twee"]
    assert _texts(await raw.updates(offset + 2)) == ["een"]
    assert await raw.updates(offset + 2) == []


async def test_duplicate_by_webhook(sim: RunningSimulator, raw: Raw, hook: Hook, anna: Json) -> None:
    """An accepted update comes once more, before what follows in the same chat."""
    await _fresh(raw)
    await sim.fault("duplicate")
    await _write(sim, anna, "een", "twee")
    await raw("setWebhook", url=hook.url)
    assert _texts([(await hook.next())[0] for _ in range(3)]) == ["een", "een", "twee"]


async def test_reorder_by_polling(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """An update comes after the next one; an offset above it confirms it only when it was delivered."""
    offset = await _fresh(raw)
    await sim.fault("reorder", seconds=60)
    first, second = await _write(sim, anna, "een", "twee")
    assert first["update_id"] < second["update_id"]
    assert _texts(await raw.updates(offset, limit=1)) == ["twee"]
    assert _texts(await raw.updates(second["update_id"] + 1)) == ["een"]
    assert await raw.updates(second["update_id"] + 1) == []


async def test_reorder_by_webhook(sim: RunningSimulator, raw: Raw, hook: Hook, anna: Json) -> None:
    """Even in one chat the older of two comes last."""
    await _fresh(raw)
    await raw("setWebhook", url=hook.url)
    await sim.fault("reorder", seconds=60)
    await _write(sim, anna, "een", "twee")
    assert _texts([(await hook.next())[0] for _ in range(2)]) == ["twee", "een"]


async def test_nothing_is_held_for_ever(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """If no other update follows, the one that was to come after it comes alone, by itself or when all is calm."""
    offset = await _fresh(raw)
    await sim.fault("reorder", seconds=0.05)
    await _write(sim, anna, "alleen")
    assert _texts(await raw.updates(offset, timeout=5)) == ["alleen"]
    await sim.fault("reorder", seconds=60)
    await _write(sim, anna, "ook alleen")
    assert await raw.updates(offset + 1) == []
    assert (await raw("getWebhookInfo"))["result"]["pending_update_count"] == 1
    await sim.calm()
    assert _texts(await raw.updates(offset + 1)) == ["ook alleen"]


async def test_delay(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A late update gets its id when it comes, after those that overtook it."""
    offset = await _fresh(raw)
    await sim.fault("delay", seconds=60)
    late, prompt = await _write(sim, anna, "laat", "prompt")
    assert (late["update_id"], prompt["update_id"]) == (None, offset)
    assert _texts(await raw.updates(offset)) == ["prompt"]
    await sim.calm()
    assert _texts(await raw.updates(offset + 1)) == ["laat"]
    await sim.fault("delay", seconds=0.05)
    await _write(sim, anna, "vanzelf")
    assert _texts(await raw.updates(offset + 2, timeout=5)) == ["vanzelf"]


async def test_garbage_in_the_middle(sim: RunningSimulator, raw: Raw, hook: Hook, anna: Json) -> None:
    """Between two updates stands one that nobody can read, with an id of its own; the next is another kind of it."""
    offset = await _fresh(raw)
    await sim.fault("garbage", times=2)
    await _write(sim, anna, "een", "twee")
    batch = await raw.updates(offset)
    assert [update["update_id"] for update in batch] == [offset, offset + 1, offset + 2, offset + 3]
    assert [update.get("message", {}).get("text") for update in batch] == ["een", None, "twee", None]
    assert list(batch[1].values())[1:] != list(batch[3].values())[1:]
    await raw("setWebhook", url=hook.url)
    received = [(await hook.next())[0] for _ in range(4)]
    assert sorted(update["update_id"] for update in received) == [update["update_id"] for update in batch]


async def test_only_in_one_chat(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A fault for one person's updates leaves the others' alone."""
    bas = await sim.user("Bas")
    await sim.start(bas)
    offset = await _fresh(raw)
    await sim.fault("delay", chat=anna["id"], seconds=60)
    await _write(sim, bas, "van Bas")
    await _write(sim, anna, "van Anna")
    assert _texts(await raw.updates(offset)) == ["van Bas"]


async def test_presses_too(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A press can be delayed and repeated as any other update, and each fault is in the log."""
    await _fresh(raw)
    await sim.fault("duplicate")
    press = await sim.press(anna, data="x", wait=0)
    assert (await raw.updates())[0]["callback_query"]["id"] == press["callback_query_id"]
    assert (await raw.updates(press["update_id"] + 1))[0]["update_id"] == press["update_id"]
    (entry,) = await sim.log(kind="fault")
    assert (entry["fault"], entry["update"]["id"]) == ("duplicate", press["callback_query_id"])


async def test_presses_do_not_live_long(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """A press that is not fetched in time is gone, while messages stay; the log says so."""
    await _fresh(raw)
    await sim.limits(press_seconds=0.05)
    press = await sim.press(anna, data="x", wait=0)
    await _write(sim, anna, "blijft")
    await asyncio.sleep(0.06)
    assert _texts(await raw.updates()) == ["blijft"]
    (entry,) = await sim.log(kind="dropped")
    assert entry["update_id"] == press["update_id"]


async def test_numbering_begins_anew(sim: RunningSimulator, raw: Raw, anna: Json) -> None:
    """After a quiet week the ids are others; an offset of the old numbering far above them confirms nothing."""
    old = await _fresh(raw)
    new = await sim.renumber()
    assert abs(new - old) > 1
    await _write(sim, anna, "na een week")
    (update,) = await raw.updates(max(old, new + 100))
    assert (update["update_id"], update["message"]["text"]) == (new, "na een week")
    assert await raw.updates(new + 1) == []
