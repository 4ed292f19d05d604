"""Presses and commands through the real handlers and services, each in a transaction that is undone afterwards."""

from dataclasses import dataclass
from itertools import count
from typing import Any, cast

from telegram import Update

from assembly.association import Association
from assembly.errors import Refusal
from handlers.guard import Handler
from storage.engine import Storage
from storage.unit import Origin, Unit

_updates = count(10_000)


class _Undone(Exception):  # noqa: N818 - carries the result out of the transaction, and rolls it back
    def __init__(self, result: Any) -> None:  # noqa: ANN401 - the service's own
        super().__init__("undone")
        self.result = result


async def _undo(unit: Unit, service: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - any service
    raise _Undone(await service(unit, *args, **kwargs))


@dataclass
class Trial:
    """A handler's context whose writes are undone."""

    storage: Storage
    args: list[str]

    @property
    def association(self) -> Association:
        """The association that the bot serves."""
        return self.storage.association

    async def write(self, service: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - any service
        """Run the service on the database, return what it returned, and roll back."""
        try:
            await self.storage.write(_undo, service, *args, origin=Origin(1, next(_updates)), **kwargs)
        except _Undone as undone:
            return undone.result
        raise AssertionError("a trial is always undone")

    async def answer(self, text: str = "", *, alert: bool = False) -> None:
        """Say nothing: what counts is whether the service refused."""


async def outcome(storage: Storage, handler: Handler, update: Update) -> Refusal | None:
    """Let a handler take an update; return the refusal, or ``None`` where it went through."""
    message = update.message
    arguments = message.text.split()[1:] if message is not None and message.text else []
    try:
        await handler(update, cast(Any, Trial(storage, arguments)))  # noqa: TC006 - a stand-in has no type of its own
    except Refusal as refusal:
        return refusal
    return None


def press(telegram_id: int, data: str) -> Update:
    """Return the update of a press in a private chat."""
    return _update(telegram_id, callback_query={"id": "1", "chat_instance": "1", "data": data})


def command(telegram_id: int, name: str) -> Update:
    """Return the update of a command in a private chat."""
    return _update(telegram_id, message={"text": f"/{name}"})


def _update(telegram_id: int, **parts: dict[str, Any]) -> Update:
    user = {"id": telegram_id, "is_bot": False, "first_name": "Iemand"}
    message = {"message_id": 7, "date": 1, "chat": {"id": telegram_id, "type": "private"}}
    if "callback_query" in parts:
        parts["callback_query"] |= {"from": user, "message": message}
    else:
        parts["message"] |= {"from": user, **message}
    return Update.de_json({"update_id": next(_updates), **parts}, None)
