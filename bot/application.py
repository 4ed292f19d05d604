"""PTB's application, made to report what goes wrong instead of swallowing it."""

from typing import Any, cast

from telegram import Bot
from telegram.ext import Application, ApplicationBuilder, ContextTypes

from bot.drawings import Drawings
from bot.plays import Play, acted_on
from handlers.context import AssemblyContext, Data
from storage.engine import Storage


class AssemblyApplication(Application[Bot, AssemblyContext, Data, Data, Data, None]):
    """Dispatches one update at a time to the handlers; the intake decides what runs side by side.

    PTB's own ``process_update`` returns normally when a handler failed, so an update would be confirmed to Telegram
    whose effect is not stored. Here every exception leaves ``process_update``.
    """

    def __init__(self, *, storage: Storage, **kwargs: Any) -> None:  # noqa: ANN401 - handed on to PTB
        super().__init__(**kwargs)
        self.real = Play(storage)

    @property
    def storage(self) -> Storage:
        """The database that the update at hand acts on: the real one, or that of a rehearsal."""
        return (acted_on() or self.real).storage

    @property
    def drawings(self) -> Drawings:
        """The drawings beside it."""
        return (acted_on() or self.real).drawings

    async def process_error(
        self,
        update: object | None,  # noqa: ARG002 - PTB's signature
        error: Exception,
        job: Any = None,  # noqa: ANN401, ARG002 - same
        coroutine: Any = None,  # noqa: ANN401, ARG002 - same
    ) -> bool:
        """Raise ``error``, so that the intake sees it. Refusals are answered before this."""
        raise error


def build_application(bot: Bot, storage: Storage) -> AssemblyApplication:
    """Build the application on ``bot`` and ``storage``, without PTB's own polling and jobs; the routes bind to it."""
    builder = (
        ApplicationBuilder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=AssemblyContext))
        .application_class(AssemblyApplication, {"storage": storage})
    )
    return cast("AssemblyApplication", builder.build())
