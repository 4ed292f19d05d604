"""Whatever no other handler takes: it always gets an answer that says what to do."""

from telegram import Update

import screens
from assembly.errors import Gone
from handlers.context import AssemblyContext
from handlers.incoming import formatting, sender, written
from services import texts


async def on_text(update: Update, context: AssemblyContext) -> None:
    """Take a text for what the sender is busy with."""
    message = written(update)
    entities = formatting(message.entities)
    await context.write(texts.receive_text, sender(update), message.text or "", entities, message.message_id)


async def on_other(update: Update, context: AssemblyContext) -> None:
    """Say that a message belongs to nothing."""
    await context.write(texts.receive_other, sender(update))


async def on_unknown_press(_update: Update, context: AssemblyContext) -> None:
    """Say that a button is not of this version."""
    await context.answer(screens.refusals.plain(Gone(), context.association), alert=True)
