"""The limits on messages hold in every window, whatever the network does."""

import random
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pacing import GROUP, IN_STEP, MINUTE, OVERALL, SECOND, Pacing

IN_FLIGHT = 16


class Hand:
    """A monotonic clock that the test turns."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        """Return the time."""
        return self.time


def most_in_window(moments: list[float], window: float) -> int:
    """Return the largest number of ``moments`` within any half-open window."""
    ordered = sorted(moments)
    most = start = 0
    for end, moment in enumerate(ordered):
        while ordered[start] <= moment - window:
            start += 1
        most = max(most, end - start + 1)
    return most


def send_all(pacing: Pacing, hand: Hand, chats: list[int], chance: random.Random) -> dict[int, list[float]]:
    """Send one message to each of ``chats`` in order; return when Telegram counted them, by chat.

    A request takes up to two seconds and is counted at any moment before its answer.
    """
    waiting = list(chats)
    flying: list[tuple[float, int]] = []
    counted: dict[int, list[float]] = defaultdict(list)
    while waiting or flying:
        for answer in sorted(answer for answer in flying if answer[0] <= hand.time):
            flying.remove(answer)
            pacing.finish(answer[1])
        free, resting = min(pacing.free(), IN_FLIGHT - len(flying)), pacing.resting()
        while free > 0 and (chat := next((c for c in waiting if c not in resting), None)) is not None:
            waiting.remove(chat)
            pacing.start(chat)
            free, resting = free - 1, pacing.resting()
            takes = chance.choice([0.001, 0.05, chance.uniform(0, 2)])
            counted[chat].append(hand.time + chance.random() * takes)
            flying.append((hand.time + takes, chat))
        moments = [answer for answer, _ in flying]
        if waiting and (change := pacing.next_change()) is not None and len(flying) < IN_FLIGHT:
            moments.append(hand.time + change)
        hand.time = max(hand.time, min(moments)) if moments else hand.time
    return counted


@settings(max_examples=40, deadline=None)
@given(
    chats=st.lists(st.sampled_from([1, 2, 3, -10, *range(100, 160)]), min_size=1, max_size=150),
    seed=st.integers(0, 2**32),
)
def test_limits_hold_in_every_window(chats: list[int], seed: int) -> None:
    """Whenever Telegram counts a message between its start and its answer, no window of any limit overflows."""
    hand = Hand()
    counted = send_all(Pacing(hand), hand, chats, random.Random(seed))  # noqa: S311 - it only makes cases
    everything = [moment for moments in counted.values() for moment in moments]
    assert len(everything) == len(chats)
    assert most_in_window(everything, SECOND) <= OVERALL
    for chat, moments in counted.items():
        assert most_in_window(moments, SECOND) == 1
        if chat < 0:
            assert most_in_window(moments, MINUTE) <= GROUP


def test_speed_is_near_the_limit() -> None:
    """With quick answers nearly thirty messages a second go out: the limits are kept, not avoided."""
    hand = Hand()
    began = hand.time
    pacing = Pacing(hand)
    for chat in range(1, 301):
        while not pacing.free():
            change = pacing.next_change()
            assert change is not None
            hand.time += change
        pacing.start(chat)
        hand.time += 0.001
        pacing.finish(chat)
    assert 300 / (hand.time - began) > 25


def test_first_message_of_a_quiet_chat_goes_at_once() -> None:
    """A chat that got nothing lately does not wait, and rests a second after its answer."""
    hand = Hand()
    pacing = Pacing(hand)
    assert (pacing.free(), pacing.resting()) == (IN_STEP, set())
    pacing.start(7)
    assert pacing.resting() == {7}
    hand.time += 0.5
    pacing.finish(7)
    hand.time += 0.99
    assert pacing.resting() == {7}
    hand.time += 0.01
    assert pacing.resting() == set()


def test_group_takes_twenty_a_minute() -> None:
    """The twenty-first message to a group waits until a minute after the first one's answer."""
    hand = Hand()
    pacing = Pacing(hand)
    for _ in range(GROUP):
        assert pacing.resting() == set()
        pacing.start(-5)
        pacing.finish(-5)
        hand.time += SECOND
    assert pacing.resting() == {-5}
    hand.time += MINUTE - GROUP * SECOND - 0.01
    assert pacing.resting() == {-5}
    hand.time += 0.02
    assert pacing.resting() == set()


def test_silence_covers_everything() -> None:
    """After a 429 nothing starts in any chat before the time that Telegram asked for is over, answers or not."""
    hand = Hand()
    pacing = Pacing(hand)
    pacing.start(1)
    pacing.silence(3)
    pacing.silence(1)
    pacing.finish(1)
    assert pacing.free() == 0
    change = pacing.next_change()
    assert change is not None
    hand.time += 2.9
    assert pacing.free() == 0
    hand.time += 0.1
    assert pacing.free() == IN_STEP


def test_quiet_chats_are_forgotten() -> None:
    """A chat whose windows are over takes no memory."""
    hand = Hand()
    pacing = Pacing(hand)
    for chat in (1, -1):
        pacing.start(chat)
        pacing.finish(chat)
        hand.time += 1
    hand.time += MINUTE
    assert pacing.resting() == set()
    assert not pacing._chats
    assert pacing.next_change() is None


@pytest.mark.parametrize("chat", [1, -1])
def test_nothing_changes_by_itself_while_all_is_in_flight(chat: int) -> None:
    """Only an answer frees the chat of a request that is under way."""
    hand = Hand()
    pacing = Pacing(hand)
    pacing.start(chat)
    hand.time += 100
    assert pacing.next_change() is None
    assert pacing.resting() == {chat}
