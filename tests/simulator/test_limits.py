"""Limits on sending, and 429 for who exceeds them."""

from typing import Any

import aiohttp
import pytest

from simulator.errors import ApiError
from simulator.limits import Limits
from simulator.testing import RunningSimulator
from tests.simulator.support import Raw

Json = dict[str, Any]


class Clock:
    """A monotonic clock that the test turns."""

    def __init__(self) -> None:
        """Start somewhere."""
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the present moment, in seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Give a clock to turn."""
    return Clock()


@pytest.fixture
def limits(clock: Clock) -> Limits:
    """Give limits with Telegram's numbers."""
    return Limits(clock)


def _sent_before_refusal(limits: Limits, chat_ids: list[int], *, group: bool = False) -> int:
    for number, chat_id in enumerate(chat_ids):
        try:
            limits.charge(1, chat_id, group=group)
        except Exception:  # noqa: BLE001 - only the count matters here
            return number
    return len(chat_ids)


def _retry_after(limits: Limits, chat_id: int, *, group: bool = False) -> int | None:
    """Return the seconds that a message is told to wait, None if it passes."""
    try:
        limits.charge(1, chat_id, group=group)
    except ApiError as refusal:
        return refusal.parameters["retry_after"]
    return None


def test_one_per_second_per_chat(limits: Limits, clock: Clock) -> None:
    """A small burst passes, then one message a second."""
    assert _sent_before_refusal(limits, [7] * 100) == 5
    clock.now += 1.5
    assert _sent_before_refusal(limits, [7] * 100) == 1
    clock.now += 60
    assert _sent_before_refusal(limits, [7] * 100) == 5


def test_thirty_per_second_overall(limits: Limits, clock: Clock) -> None:
    """Thirty messages to different people pass at once, then thirty a second."""
    assert _sent_before_refusal(limits, list(range(100))) == 30
    clock.now += 2
    assert _sent_before_refusal(limits, list(range(100, 200))) == 30


def test_twenty_per_minute_in_a_group(limits: Limits, clock: Clock) -> None:
    """Twenty messages a minute, however slowly they come."""
    sent = 0
    for _ in range(30):
        sent += _sent_before_refusal(limits, [-7], group=True)
        clock.now += 1.5
    assert sent == 20
    clock.now += 60
    assert _sent_before_refusal(limits, [-7], group=True) == 1


def test_the_ban_holds_for_all_that_follows(limits: Limits, clock: Clock) -> None:
    """Who was told to wait is refused until then, whatever it tries."""
    assert _sent_before_refusal(limits, list(range(31))) == 30
    clock.now += 0.9
    assert _sent_before_refusal(limits, [999]) == 0
    clock.now += 0.2
    assert _sent_before_refusal(limits, [999]) == 1


def test_an_album_counts_by_its_messages(limits: Limits, clock: Clock) -> None:
    """Ten files in one album are ten messages."""
    limits.charge(1, 7, 10)
    clock.now += 4
    assert _sent_before_refusal(limits, [7]) == 0


def test_no_window_of_a_second_holds_more_than_thirty(limits: Limits, clock: Clock) -> None:
    """What left the window to the microsecond makes room, and nothing sooner; a burst buys no second one."""
    begun = clock.now
    for number in range(30):
        clock.now = begun + number / 100
        limits.charge(1, number)
    clock.now = begun + 0.999_999
    assert _retry_after(limits, 100) == 1
    limits.let_in()
    clock.now = begun + 1
    limits.charge(1, 100)
    assert _retry_after(limits, 101) == 1


def test_edge_of_a_minute(limits: Limits, clock: Clock) -> None:
    """A group's twenty-first message fits exactly a minute after its first, at any reading of the clock."""
    clock.now = 1000.1
    for _ in range(4):
        limits.charge(1, -7, 5, group=True)
        clock.now += 5
    clock.now = 1060.099_999
    assert _retry_after(limits, -7, group=True) == 1
    limits.let_in()
    clock.now = 1060.1
    limits.charge(1, -7, 5, group=True)
    clock.now += 4.5
    assert _retry_after(limits, -7, group=True) == 1


def test_the_wait_counts_down(limits: Limits, clock: Clock) -> None:
    """While the ban runs every request is told the seconds that are left, and then the chat is open at once."""
    limits.shut(1, 7, 10)
    told = []
    for _ in range(4):
        told.append(_retry_after(limits, 7))
        clock.now += 2.5
    assert told == [10, 8, 5, 3]
    assert _retry_after(limits, 7) is None
    assert _retry_after(limits, 8) is None


def test_one_chats_ban_is_not_anothers(limits: Limits, clock: Clock) -> None:
    """Who writes too much into one chat is shut out of that chat; who writes too much at all, out of every chat."""
    assert _sent_before_refusal(limits, [7] * 6) == 5
    assert _retry_after(limits, 8) is None
    assert _retry_after(limits, 7) == 1
    clock.now += 60
    assert _sent_before_refusal(limits, list(range(100, 131))) == 30
    assert _retry_after(limits, 8) == 1
    limits.charge(2, 8)


async def test_answer_on_the_line(sim: RunningSimulator, raw: Raw, http: aiohttp.ClientSession, anna: Json) -> None:
    """429 says how long to wait, in the body and in the header; edits count, answers to presses do not."""
    await sim.limits(enforced=True, chat_burst=2, per_chat=0.01)
    sent = (await raw("sendMessage", chat_id=anna["id"], text="een"))["result"]
    place = {"chat_id": anna["id"], "message_id": sent["message_id"]}
    await raw("editMessageText", **place, text="twee")
    async with http.post(f"{sim.base_url}/bot{sim.token}/editMessageText", json={**place, "text": "drie"}) as response:
        answer = await response.json()
        assert response.headers["Retry-After"] == str(answer["parameters"]["retry_after"])
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 100})
    assert answer["description"] == "Too Many Requests: retry after 100"
    assert (await sim.last_message(anna))["text"] == "twee"
    press = await sim.press(anna, data="x", wait=0)
    assert (await raw("answerCallbackQuery", callback_query_id=press["callback_query_id"]))["ok"]
    await sim.limits(enforced=False)
    assert (await raw("sendMessage", chat_id=anna["id"], text="vrij"))["ok"]
