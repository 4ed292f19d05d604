"""Preparing an assembly, and its console."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, sender
from screens.presses import EditMeeting
from services import meetings


async def on_show(update: Update, context: AssemblyContext) -> None:
    """Show the console of the assembly."""
    await context.write(meetings.show_console, sender(update))
    await context.answer()


async def on_create(update: Update, context: AssemblyContext) -> None:
    """Start preparing an assembly."""
    await context.write(meetings.ask_title, sender(update))
    await context.answer()


async def on_edit(update: Update, context: AssemblyContext) -> None:
    """Fill in anew what the assembly is called, when it is and where."""
    press = pressed(EditMeeting, update)
    await context.write(meetings.ask_changes, sender(update), press.meeting_id)
    await context.answer()
