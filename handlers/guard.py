"""One road for refusals: whatever a handler does not catch is said to the person in Dutch, and nothing is stored.

A press that asks for a code of the second factor first is kept, so that it can be pressed again after the code. A text
is not, and is to be sent again: what it belongs to still waits for it.
"""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

import structlog
from telegram import Update

import screens
from assembly.errors import Refusal, SecondFactorNeeded
from handlers.context import AssemblyContext
from services import menus, second_factor

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
            await _refuse(update, context, refusal)

    return run


async def _refuse(update: Update, context: AssemblyContext, refusal: Refusal) -> None:
    query = update.callback_query
    if query is not None:
        if isinstance(refusal, SecondFactorNeeded):
            await context.write(second_factor.ask_code, query.from_user.id, refusal.act, query.data or "")
        await context.answer(screens.refusals.plain(refusal, context.association), alert=True)
    elif update.effective_user is not None and isinstance(refusal, SecondFactorNeeded):
        await context.write(second_factor.ask_code, update.effective_user.id, refusal.act)
    elif update.effective_user is not None:
        await context.write(menus.refuse, update.effective_user.id, refusal)
