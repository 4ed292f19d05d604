"""PTB's application, made to report what goes wrong instead of swallowing it."""

from typing import Any, cast

from telegram import Bot
from telegram.ext import Application, ApplicationBuilder, ApplicationHandlerStop, ContextTypes

from handlers.context import AssemblyContext, Data
from storage.engine import Storage


class AssemblyApplication(Application[Bot, AssemblyContext, Data, Data, Data, None]):
    """Dispatches one update at a time to the handlers; the intake decides what runs side by side.

    PTB's own ``process_update`` returns normally when a handler failed, so an update would be confirmed to Telegram
    whose effect is not stored. Here every exception that no error handler claims leaves ``process_update``.
    """

    def __init__(self, *, storage: Storage, **kwargs: Any) -> None:  # noqa: ANN401 - handed on to PTB
        super().__init__(**kwargs)
        self.storage = storage

    async def process_error(
        self,
        update: object | None,
        error: Exception,
        job: Any = None,  # noqa: ANN401 - PTB's signature
        coroutine: Any = None,  # noqa: ANN401 - same
    ) -> bool:
        """Offer ``error`` to the error handlers. One that raises ``ApplicationHandlerStop`` has dealt with it.

        Raises ``error`` where none does, and whatever an error handler itself raises.
        """
        for on_error in self.error_handlers:
            context = AssemblyContext.from_error(update, error, self, job, coroutine)
            try:
                await on_error(update, context)
            except ApplicationHandlerStop:
                return True
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
