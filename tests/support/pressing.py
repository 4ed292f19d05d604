"""Presses and commands through the real handlers and services, each undone before the next one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import count
from typing import Any, cast

from telegram import CallbackQuery, Chat, Message, Update, User

from assembly.association import Association
from assembly.errors import Refusal
from handlers.guard import Handler
from storage.engine import Storage
from storage.unit import Origin, Unit

_updates = count(10_000)


@dataclass
class Trial:
    """A handler's context in a transaction that others share: what it writes is undone at once."""

    unit: Unit
    args: list[str]

    @property
    def association(self) -> Association:
        """The association that the bot serves."""
        return self.unit.association

    async def write(self, service: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - any service
        """Run the service on the database, undo what it did, and return what it returned."""
        connection, origin = self.unit.connection, Origin(1, next(_updates))
        try:
            return await service(Unit(connection, self.unit.now, self.association, origin), *args, **kwargs)
        finally:
            await connection.exec_driver_sql("ROLLBACK TO SAVEPOINT untouched")

    async def read(self, service: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - any service
        """Run a service that only reads."""
        return await self.write(service, *args, **kwargs)

    def draw(self, content: object) -> None:
        """Draw nothing."""

    async def answer(self, text: str = "", *, alert: bool = False) -> None:
        """Say nothing: what counts is whether the service refused."""


async def outcomes(storage: Storage, uses: Iterable[tuple[Handler, Update]]) -> list[Refusal | None]:
    """Let handlers take updates, each of which finds what the first one found; return the refusals.

    ``None`` stands where an update went through. There are thousands, so one transaction serves them all.
    """
    found: list[Refusal | None] = []

    async def walk(unit: Unit) -> None:
        await unit.connection.exec_driver_sql("SAVEPOINT untouched")
        for handler, update in uses:
            found.append(await _outcome(unit, handler, update))

    await storage.write(walk)
    return found


async def _outcome(unit: Unit, handler: Handler, update: Update) -> Refusal | None:
    message = update.message
    arguments = message.text.split()[1:] if message is not None and message.text else []
    try:
        await handler(update, cast(Any, Trial(unit, arguments)))  # noqa: TC006 - a stand-in has no type of its own
    except Refusal as refusal:
        return refusal
    return None


def press(telegram_id: int, data: str) -> Update:
    """Return the update of a press in a private chat."""
    message = _message(telegram_id)
    assert message.from_user is not None
    return Update(next(_updates), callback_query=CallbackQuery("1", message.from_user, "1", message, data))


def command(telegram_id: int, name: str) -> Update:
    """Return the update of a command in a private chat."""
    return Update(next(_updates), message=_message(telegram_id, f"/{name}"))


@cache
def _message(telegram_id: int, text: str | None = None) -> Message:
    at = datetime.fromtimestamp(1, UTC)
    return Message(7, at, Chat(telegram_id, "private"), User(telegram_id, "Iemand", is_bot=False), text=text)
