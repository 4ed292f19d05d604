"""Answers to presses: by a request to Telegram, or carried by the response to the webhook that brought the press."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import structlog
from telegram import CallbackQuery
from telegram.error import BadRequest, TelegramError

from screens.refusals import ALERT_LIMIT
from screens.texts import clip

ANSWER_SECONDS = 5.0
"""An answer that takes longer is not worth the wait: what was pressed is stored, and the screen shows it."""

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Answer:
    """What a press is answered: a line on top of the chat, or with ``alert`` a box to close."""

    query: CallbackQuery
    text: str
    alert: bool

    async def send(self) -> None:
        """Send it; one that does not get through is let go, because the effect of the press is stored."""
        try:
            await self.query.answer(self.text or None, show_alert=self.alert, read_timeout=ANSWER_SECONDS)
            _log.info("answered")
        except BadRequest as error:
            _log.debug("press answered too late", error=str(error))
        except TelegramError as error:
            _log.warning("press not answered", error=str(error))

    def as_method(self) -> dict[str, Any]:
        """Return the Bot API's method with its parameters, as a response carries it."""
        method: dict[str, Any] = {"method": "answerCallbackQuery", "callback_query_id": self.query.id}
        if self.text:
            method |= {"text": self.text, "show_alert": self.alert}
        return method


class Carrier:
    """Holds the first answer back, so that a response can carry it. What comes after it goes by request, in order."""

    def __init__(self) -> None:
        self._taken = False
        self.held: Answer | None = None

    async def take(self, answer: Answer) -> None:
        """Hold ``answer`` back where it is the first, and send it otherwise."""
        if self._taken:
            await self.release()
            await answer.send()
        else:
            self._taken, self.held = True, answer
            _log.info("answered in the response")

    async def release(self) -> None:
        """Send by request what is held: no response will carry it."""
        held, self.held = self.held, None
        if held is not None:
            await held.send()


_carrier: ContextVar[Carrier | None] = ContextVar("carrier", default=None)


@contextmanager
def carrying() -> Iterator[Carrier]:
    """Let a carrier take the answers that are given in this block, also in the tasks that are started in it."""
    carrier = Carrier()
    before = _carrier.set(carrier)
    try:
        yield carrier
    finally:
        _carrier.reset(before)


async def answer_press(query: CallbackQuery, text: str, *, alert: bool = False) -> None:
    """Answer a press, after the commit."""
    answer = Answer(query, clip(text, ALERT_LIMIT), alert)
    carrier = _carrier.get()
    await (answer.send() if carrier is None else carrier.take(answer))
