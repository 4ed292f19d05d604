"""Pressed buttons that wait for their answer."""

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from simulator.chats import Chat
from simulator.errors import bad_request
from simulator.people import Bot, User
from simulator.signals import Signal

Json = dict[str, Any]

MAX_ANSWER = 200


@dataclass(eq=False)
class Press:
    """One callback query; ``answer`` is {text, show_alert, url, cache_time} once the bot answered."""

    user: User
    bot: Bot
    chat: Chat
    message_id: int
    data: str
    label: str | None
    pressed_at: str
    id: str = field(default_factory=lambda: str(secrets.randbits(62) + 2**62))
    started: float = field(default_factory=time.monotonic)
    answer: Json | None = None
    answered: Signal = field(default_factory=Signal)
    log_n: int = 0
    update_id: int | None = None


class Presses:
    """All presses by their query id."""

    def __init__(self) -> None:
        self.by_id: dict[str, Press] = {}

    def answer(self, bot: Bot, query_id: str, answer: Json, seconds: float) -> Press:
        """Give a press its answer; refuse an unknown, answered, or too old one (``seconds``), as Telegram does."""
        press = self.by_id.get(query_id)
        if press is None or press.bot is not bot or press.answer or time.monotonic() - press.started > seconds:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if len(answer["text"] or "") > MAX_ANSWER:
            raise bad_request("MESSAGE_TOO_LONG")
        url = answer["url"]
        if url and not url.startswith(
            (f"https://t.me/{bot.user.username}?start=", f"tg://resolve?domain={bot.user.username}&start=")
        ):
            raise bad_request("URL_INVALID")
        press.answer = answer
        press.answered.fire()
        return press
