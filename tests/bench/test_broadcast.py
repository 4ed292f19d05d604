"""The bench of broadcasts in short: what it measures is measured right, and this bot keeps what it promises."""

import pytest

from bench.broadcast import LIMIT, judge, measure, silent_seconds, worst_window
from bench.rival import TEXT


def test_fullest_window() -> None:
    """A window is open at its end: what comes exactly a second later is in the next one."""
    assert worst_window([]) == 0
    assert worst_window([0.0, 0.5, 1.0]) == 2
    assert worst_window([0.0, 0.5, 0.999, 3.0]) == 3


def test_silence_ends_with_what_is_accepted() -> None:
    """Refusals during a silence make it no longer."""
    assert silent_seconds([0.0, 5.0, 6.0], [1.0, 2.0]) == pytest.approx(4.0)
    assert silent_seconds([0.0, 5.0, 9.0], [1.0, 6.0]) == pytest.approx(7.0)
    assert silent_seconds([0.0], [1.0]) == 0.0


def request(mono: float, chat: int, status: int = 200, method: str = "sendMessage") -> dict[str, object]:
    """Return a request as the simulator logs it."""
    entry = {"kind": "request", "method": method, "mono": mono, "duration": 0.0, "status": status}
    return {**entry, "params": {"chat_id": chat, "text": TEXT}, "response": {"parameters": {"retry_after": 2}}}


def test_log_is_judged() -> None:
    """Who got it twice, who not, what came during a silence, and how long a press waited."""
    press = {"kind": "press", "callback_query_id": "1", "mono": 1.0}
    answer = {**request(1.5, 0, method="answerCallbackQuery"), "params": {"callback_query_id": "1"}}
    sends = [request(1.0, 1), request(2.0, 2, 429), request(3.0, 2), request(9.0, 1), request(10.0, 3)]
    found = judge([press, answer, *sends], people=4)
    assert (found.missing, found.twice, found.early, found.answers) == (1, 1, 1, (0.5,))
    assert found.lost == pytest.approx(1.0)


async def test_short_broadcast() -> None:
    """A few hundred people: no second holds too many, nothing comes in a silence, nobody is missed, a vote is answered.

    How fast it is depends on the machine, which has other things to do here; the bench itself shows that.
    """
    found = await measure("alvbot", 250)
    assert found.worst <= LIMIT
    assert (found.early, found.missing, found.twice) == (0, 0, 0)
    assert found.rate > LIMIT / 2
    assert found.answers
    assert found.p99 < 5.0
