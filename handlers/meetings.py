"""Preparing an assembly, and its console."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import EditMeeting, FilterMembers, ShowMembers, ShowRoom
from services import meetings, overviews, room


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


async def on_members(update: Update, context: AssemblyContext) -> None:
    """Show how all members stand."""
    await context.write(overviews.show_members, sender(update), pressed(ShowMembers, update).meeting_id)
    await context.answer()


async def on_filter_members(update: Update, context: AssemblyContext) -> None:
    """Show other members in the overview."""
    press = pressed(FilterMembers, update)
    await context.write(
        overviews.filter_members,
        sender(update),
        press.meeting_id,
        press.filter,
        press.page,
        pressed_message(update),
    )
    await context.answer()


async def on_room(update: Update, context: AssemblyContext) -> None:
    """Tell where the page for the screen in the room is."""
    await context.write(room.show_room, sender(update), pressed(ShowRoom, update).meeting_id)
    await context.answer()
