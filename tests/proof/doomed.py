"""The bot as a process that kills itself at a chosen point, without a word of this in the bot."""

import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import UpdateBase

from bot import cli, sender
from bot.client import AssemblyBot
from bot.receiving import Receiver
from bot.transport import Transport
from tests.support.house import Unpaced

POINTS = (
    "write before",
    "write after",
    "commit before",
    "commit after",
    "send before",
    "send after",
    "answer before",
    "answer after",
    "confirm before",
    "confirm after",
)
"""Where the process can die: around each statement that writes, each COMMIT, each message, each answer to a press, and
around what confirms updates to Telegram (the next getUpdates, or the response to the webhook)."""

Async = Callable[..., Awaitable[Any]]


@dataclass(frozen=True)
class Doom:
    """Die at the ``count``-th passing of ``point``; or, without a point, ``count`` milliseconds after the start."""

    point: str
    count: int
    environment: dict[str, str]
    log: str


class Executioner:
    """Counts the passings of one point."""

    def __init__(self, doom: Doom) -> None:
        self._point = doom.point
        self._left = doom.count

    def passes(self, point: str) -> None:
        """Die here, if this is the place and the time."""
        if point == self._point:
            self._left -= 1
            if self._left <= 0:
                die()

    def around(self, name: str, original: Async, counts: Callable[..., bool] = lambda *_args, **_more: True) -> Async:
        """Return ``original`` with a point before and one after it, where ``counts`` says that the call is one."""

        async def watched(*args: Any, **more: Any) -> Any:  # noqa: ANN401 - of any function
            if not counts(*args, **more):
                return await original(*args, **more)
            self.passes(f"{name} before")
            result = await original(*args, **more)
            self.passes(f"{name} after")
            return result

        return watched


def die() -> None:
    """Be gone at once, with everything that is in memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def run(doom: Doom) -> None:
    """Run the bot until it dies, or is told to stop; in a process that was forked for it."""
    os.environ.update(doom.environment)
    output = os.open(doom.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if not doom.point and doom.count:
        threading.Timer(doom.count / 1000, die).start()
    sender.__dict__["Pacing"] = Unpaced  # a thousand kills at Telegram's pace would take a night
    executioner = Executioner(doom)
    targets: tuple[tuple[type, str, str, Callable[..., bool]], ...] = (
        (AsyncConnection, "execute", "write", _writes),
        (AsyncConnection, "commit", "commit", lambda *_: True),
        (Transport, "do_request", "send", _sends),
        (Transport, "do_request", "answer", _answers),
        (AssemblyBot, "raw_updates", "confirm", lambda _bot, offset, **_more: offset > 0),
        (Receiver, "receive", "confirm", lambda *_: True),
    )
    for owner, method, name, counts in targets:
        setattr(owner, method, executioner.around(name, getattr(owner, method), counts))
    sys.argv = ["alvbot", "run"]
    cli.main()


def _writes(_connection: AsyncConnection, statement: object, *_args: object, **_more: object) -> bool:
    return isinstance(statement, UpdateBase)


def _sends(_transport: Transport, url: str, *_args: object, **_more: object) -> bool:
    return url.rpartition("/")[2].startswith(("send", "edit"))


def _answers(_transport: Transport, url: str, *_args: object, **_more: object) -> bool:
    return url.endswith("/answerCallbackQuery")
