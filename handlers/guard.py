"""One road for refusals: whatever a handler does not catch is said to the person in Dutch, and nothing is stored."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

import structlog
from telegram import Update

import screens
from assembly.errors import Refusal
from handlers.context import AssemblyContext
from services import menus

_log = structlog.stdlib.get_logger(__name__)

Handler = Callable[[Update, AssemblyContext], Coroutine[Any, Any, None]]


def guarded(handler: Handler) -> Handler:
    """Answer a refusal of ``handler``: a press by an alert, a message by a message."""

    @wraps(handler)
    async def run(update: Update, context: AssemblyContext) -> None:
        try:
            await handler(update, context)
        except Refusal as refusal:
            _log.info("refused", reason=type(refusal).__name__)
            if update.callback_query is not None:
                await context.answer(screens.refusals.plain(refusal, context.association), alert=True)
            elif update.effective_user is not None:
                await context.write(menus.refuse, update.effective_user.id, refusal)

    return run
