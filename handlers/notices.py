"""Notices, from the first word to the last delivery."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import ChooseAudience, SendNotice
from services import notices


async def on_start(update: Update, context: AssemblyContext) -> None:
    """Expect a notice."""
    await context.write(notices.start_notice, sender(update))
    await context.answer()


async def on_audience(update: Update, context: AssemblyContext) -> None:
    """Show the notice as the chosen audience will see it."""
    press = pressed(ChooseAudience, update)
    await context.write(notices.choose_audience, sender(update), press.audience)
    await context.answer()


async def on_send(update: Update, context: AssemblyContext) -> None:
    """Send the notice."""
    press = pressed(SendNotice, update)
    await context.write(notices.send_notice, sender(update), press.notice_id, pressed_message(update))
    await context.answer()
