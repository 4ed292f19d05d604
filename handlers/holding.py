"""What was queued before a restore: sent after all, or not."""

from telegram import Update

import screens
from handlers.context import AssemblyContext
from handlers.incoming import pressed, sender
from screens.presses import DropHeld, SendHeld
from services import holding


async def on_send(update: Update, context: AssemblyContext) -> None:
    """Send after all what is held."""
    press = pressed(SendHeld, update)
    count = await context.write(holding.send_held, sender(update), press.last)
    await context.answer(screens.holding.outcome(count, sent=True))


async def on_drop(update: Update, context: AssemblyContext) -> None:
    """Never send what is held."""
    press = pressed(DropHeld, update)
    count = await context.write(holding.drop_held, sender(update), press.last)
    await context.answer(screens.holding.outcome(count, sent=False))
