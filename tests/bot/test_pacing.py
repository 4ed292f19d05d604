"""The limits on messages hold in every window, whatever the network does."""

import random
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pacing import AHEAD, GROUP, IN_STEP, MINUTE, SECOND, STEP, Pacing
from tests.support.windows import overflows

IN_FLIGHT = 16


class Hand:
    """A monotonic clock that the test turns."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        """Return the time."""
        return self.time


@dataclass
class Request:
    """One request: when it starts, when Telegram counts it, and when it ends."""

    chat: int
    start: float
    counted: float
    end: float


@dataclass
class Evening:
    """Sends through ``Pacing`` as the sender does, over a network that does what it likes.

    A request takes up to two seconds. Some are answered by a 429, others cut off because the process is killed; a new
    one then knows what was stored of the earlier ones.
    """

    chance: random.Random
    hand: Hand = field(default_factory=Hand)
    flying: list[Request] = field(default_factory=list)
    done: list[Request] = field(default_factory=list)
    silences: list[tuple[float, float]] = field(default_factory=list)
    silent_until: float = 0.0

    def __post_init__(self) -> None:
        self.pacing = Pacing(self.hand)

    def send(self, chats: list[int], *, silences: int = 0, kills: int = 0) -> None:
        """Send one message to each of ``chats`` in order."""
        waiting = list(chats)
        while waiting or self.flying:
            for request in [request for request in self.flying if request.end <= self.hand.time]:
                self.answer(request)
                if silences and self.chance.random() < 0.05:
                    silences -= 1
                    self.refuse(self.chance.choice([1, 3, 30]))
            if kills and self.chance.random() < 0.02:
                kills -= 1
                self.restart()
            self.start_what_may(waiting)
            moments = [request.end for request in self.flying]
            if waiting and (change := self.pacing.next_change()) is not None and len(self.flying) < IN_FLIGHT:
                moments.append(self.hand.time + change)
            self.hand.time = max(self.hand.time, min(moments)) if moments else self.hand.time

    def start_what_may(self, waiting: list[int]) -> None:
        """Start as much as the pacing lets through, as one claim would."""
        free, resting = min(self.pacing.free(), IN_FLIGHT - len(self.flying)), self.pacing.resting()
        while free > 0 and (chat := next((c for c in waiting if c not in resting), None)) is not None:
            waiting.remove(chat)
            self.pacing.start(chat)
            free, resting = free - 1, self.pacing.resting()
            takes = self.chance.choice([0.001, 0.05, self.chance.uniform(0, 2)])
            now = self.hand.time
            self.flying.append(Request(chat, now, now + self.chance.random() * takes, now + takes))

    def answer(self, request: Request) -> None:
        """Let a request end."""
        self.flying.remove(request)
        self.done.append(request)
        self.pacing.finish(request.chat)

    def refuse(self, seconds: float) -> None:
        """Let Telegram ask for silence in an answer."""
        self.silences.append((self.hand.time, self.hand.time + seconds))
        self.silent_until = max(self.silent_until, self.hand.time + seconds)
        self.pacing.silence(seconds)

    def restart(self) -> None:
        """Kill the process and start another one at once, which reads what is stored."""
        now = self.hand.time
        for request in self.flying:
            request.end, request.counted = now, min(request.counted, now)
        self.done, self.flying = self.done + self.flying, []
        self.pacing = Pacing(self.hand)
        for request in sorted(self.done, key=lambda request: request.end):
            if request.end > now - MINUTE:
                self.pacing.recall(request.chat, now - request.end, 1)
        self.pacing.silence(self.silent_until - now)

    def check(self) -> None:
        """No limit is exceeded, by starts, by ends, or by whenever Telegram counts; no silence is broken."""
        for seen in ("start", "counted", "end"):
            assert not overflows([getattr(request, seen) for request in self.done], 1.0, 30)
            for chat in {request.chat for request in self.done}:
                moments = [getattr(request, seen) for request in self.done if request.chat == chat]
                assert not overflows(moments, 1.0, 1)
                assert chat > 0 or not overflows(moments, 60.0, 20)
        starts = [request.start for request in self.done]
        assert not any(begin <= start < end for begin, end in self.silences for start in starts)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    messages=st.integers(1, 200),
    chats=st.sampled_from([(1, -10), (1, 2, 3, -10, -11), (*range(100, 160), -10)]),
    silences=st.integers(0, 3),
    kills=st.integers(0, 3),
)
def test_limits_hold_in_every_window(
    seed: int, messages: int, chats: tuple[int, ...], silences: int, kills: int
) -> None:
    """Whoever counts, and whatever the network, Telegram and the operator do: no window of any limit overflows."""
    chance = random.Random(seed)  # noqa: S311 - it only makes cases
    evening = Evening(chance)
    evening.send(chance.choices(chats, k=messages), silences=silences, kills=kills)
    assert len(evening.done) == messages
    evening.check()


@pytest.mark.parametrize("restart", [False, True])
def test_a_busy_group_and_a_crowd(restart: bool) -> None:
    """A hundred messages for one group and five hundred for a crowd, the case in which every limit is reached."""
    evening = Evening(random.Random(7))  # noqa: S311 - it only makes a case
    evening.send([*([-10] * 60), *range(100, 600)])
    if restart:
        evening.restart()
    evening.send([-10] * 40)
    assert len(evening.done) == 600
    evening.check()


@pytest.mark.parametrize(
    ("moments", "most", "expected"),
    [
        ([0, 0.5, 0.9], 3, False),
        ([0, 0.5, 0.9], 2, True),
        ([0, 1.0], 1, False),
        ([5, 0, 0.999], 1, True),
        ([], 0, False),
    ],
)
def test_the_counter_counts(moments: list[float], most: int, expected: bool) -> None:
    """What the tests above rely on: a window holds its start and not its end."""
    assert overflows(moments, SECOND, most) is expected


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


def test_album_takes_a_place_for_each_message() -> None:
    """An album of ten counts as ten overall, lets its chat rest ten seconds, and tells what still fits in a group."""
    hand = Hand()
    pacing = Pacing(hand)
    pacing.start(5, 10)
    pacing.start(-7, 10)
    assert pacing.room() == 10
    pacing.finish(5, 10)
    pacing.finish(-7, 10)
    assert pacing.short() == {}
    pacing.start(-7)
    pacing.finish(-7)
    assert pacing.short() == {-7: 9}
    hand.time += 1.0
    assert pacing.room() == 30
    assert pacing.resting() == {5, -7}
    hand.time += 8.99
    assert pacing.resting() == {5, -7}
    hand.time += 0.01
    assert 5 not in pacing.resting()
    hand.time += 60
    assert pacing.short() == {}


def test_prepared_before_its_place_is_free_and_started_after() -> None:
    """A message is prepared a moment early, counts until it starts, and waits for its place and its step."""
    hand = Hand()
    pacing = Pacing(hand)
    for chat in range(1, 31):
        pacing.start(chat)
        pacing.finish(chat)
    assert (pacing.room(), pacing.free_soon()) == (0, 0)
    hand.time += SECOND - AHEAD
    assert (pacing.room(), pacing.free_soon(), pacing.free()) == (30, IN_STEP, 0)
    pacing.prepare()
    assert (pacing.room(), pacing.free_soon()) == (29, IN_STEP - 1)
    assert pacing.wait() == pytest.approx(AHEAD)
    hand.time += AHEAD
    assert pacing.wait() == 0
    pacing.prepared()
    for chat in range(31, 31 + IN_STEP):
        pacing.start(chat)
    assert pacing.wait() == pytest.approx(STEP)
    pacing.silence(5)
    assert (pacing.wait(), pacing.room(), pacing.free_soon()) == (0, 0, 0)
