"""What a handler gets: the road to the services, and the answer to the press at hand."""

from collections.abc import Awaitable, Callable
from typing import Any, Concatenate, ParamSpec, Protocol, Self, TypeVar, cast

import structlog
from telegram import Bot, Update
from telegram.ext import Application, CallbackContext

from assembly.association import Association
from handlers.answers import answer_press
from handlers.incoming import pressed_message, sender
from screens.content import Content
from screens.rehearsing import headed, headed_answer
from storage.engine import Storage
from storage.unit import Origin, Unit

P = ParamSpec("P")
T = TypeVar("T")
Service = Callable[Concatenate[Unit, P], Awaitable[T]]
Data = dict[Any, Any]

_log = structlog.stdlib.get_logger(__name__)


class Draws(Protocol):
    """Changes messages without storing what they show."""

    def put(self, chat_id: int, message_id: int, content: Content) -> None:
        """Have a message of a chat changed as soon as may be."""


class BotApplication(Protocol):
    """The application, as far as a handler may know it."""

    @property
    def storage(self) -> Storage:
        """The database that the update at hand acts on."""
        ...

    @property
    def drawings(self) -> Draws:
        """What is drawn beside it."""
        ...


class AssemblyContext(CallbackContext[Bot, Data, Data, Data]):
    """The context of one update. PTB's own data dictionaries stay empty: state lives in the database."""

    incoming: Update | None = None
    _written: bool = False

    @classmethod
    def from_update(cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]) -> Self:
        """Build the context of ``update``, as PTB asks."""
        context = super().from_update(update, application)
        if isinstance(update, Update):
            context.incoming = update
        return context

    @property
    def origin(self) -> Origin:
        """The update at hand as done-key: bot id and update id."""
        if self.incoming is None:
            raise RuntimeError("there is no update at hand")
        return Origin(self.bot.id, self.incoming.update_id)

    @property
    def association(self) -> Association:
        """The association that the bot serves."""
        return self._storage.association

    async def write(self, service: Service[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``service`` in one transaction that also notes the update as done; at most once per update.

        Raises what the service raises (a ``Refusal`` stores nothing, so another write may follow), ``AlreadyDone`` for
        an update that was delivered before, and ``StorageUnavailable``.
        """
        if self._written:
            raise RuntimeError("an update is written once: its done-key stands for everything that it does")
        result = await self._storage.write(service, *args, origin=self.origin, **kwargs)
        self._written = True
        _log.info("stored", service=service.__name__)
        return result

    async def read(self, service: Service[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a ``service`` that only reads, on what is committed."""
        return await self._storage.read(service, *args, **kwargs)

    async def answer(self, text: str = "", *, alert: bool = False) -> None:
        """Answer the press at hand, after the commit: a line on top of the chat, or with ``alert`` a box to close.

        Does nothing for a message, so that a command and a button can share a handler.
        """
        if self.incoming is not None and self.incoming.callback_query is not None:
            await answer_press(self.incoming.callback_query, headed_answer(text, self.association), alert=alert)

    def draw(self, content: Content) -> None:
        """Show ``content`` in the message under which was pressed, soon, and store nothing of it; see ``bot.drawings``.

        Only for what the database may not know. Under a message of another chat nothing is drawn.
        """
        message_id = None if self.incoming is None else pressed_message(self.incoming)
        if self.incoming is not None and message_id is not None:
            drawn = headed(content, self.association)
            if isinstance(drawn, Content):
                self._bot_application.drawings.put(sender(self.incoming), message_id, drawn)

    @property
    def _storage(self) -> Storage:
        return self._bot_application.storage

    @property
    def _bot_application(self) -> BotApplication:
        return cast("BotApplication", self.application)
