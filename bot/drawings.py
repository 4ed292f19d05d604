"""Screens that are drawn in place under a press and stored nowhere.

Everything else goes through the outbox, which is on disk before it is sent and stays there. What somebody is about to
choose in a secret vote may not: it goes from the press to the message and no other way. Where it does not get there,
or the process ends first, the message is as it was, and who pressed presses again.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from screens.content import Content


@dataclass(frozen=True)
class Drawing:
    """What a message shows next."""

    chat_id: int
    message_id: int
    content: Content


class Drawings:
    """The drawings that wait for Telegram's pace: for each chat the newest."""

    def __init__(self) -> None:
        self._waiting: dict[int, Drawing] = {}
        self._callbacks: list[Callable[[], None]] = []

    def on_put(self, callback: Callable[[], None]) -> None:
        """Call ``callback`` for each drawing that comes; it may neither block nor raise."""
        self._callbacks.append(callback)

    def put(self, chat_id: int, message_id: int, content: Content) -> None:
        """Have a message of a chat changed as soon as may be."""
        self._waiting[chat_id] = Drawing(chat_id, message_id, content)
        for callback in self._callbacks:
            callback()

    def take(self, number: int, busy: Collection[int]) -> list[Drawing]:
        """Return at most ``number`` drawings, those that came first, of chats that are not ``busy``."""
        chats = [chat_id for chat_id in self._waiting if chat_id not in busy][: max(number, 0)]
        return [self._waiting.pop(chat_id) for chat_id in chats]
