"""Opening and closing the assembly, checking in and out, and the attendance list."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import CheckIn, CheckOut, CloseMeeting, OpenMeeting, ShowAttendance
from services import attendance, attendance_list, sitting


async def on_open(update: Update, context: AssemblyContext) -> None:
    """Open the assembly."""
    await context.write(sitting.open_meeting, sender(update), pressed(OpenMeeting, update).meeting_id)
    await context.answer()


async def on_close(update: Update, context: AssemblyContext) -> None:
    """Close the assembly."""
    await context.write(sitting.close_meeting, sender(update), pressed(CloseMeeting, update).meeting_id)
    await context.answer()


async def on_command(update: Update, context: AssemblyContext) -> None:
    """Ask whether the sender is there."""
    await context.write(attendance.ask_check_in, sender(update))


async def on_check_in(update: Update, context: AssemblyContext) -> None:
    """Check the presser in."""
    press = pressed(CheckIn, update)
    await context.write(attendance.check_in, sender(update), press.meeting_id, press.mode, pressed_message(update))
    await context.answer()


async def on_check_out(update: Update, context: AssemblyContext) -> None:
    """Check the presser out."""
    press = pressed(CheckOut, update)
    await context.write(attendance.check_out, sender(update), press.meeting_id, pressed_message(update))
    await context.answer()


async def on_list(update: Update, context: AssemblyContext) -> None:
    """Show the attendance list."""
    press = pressed(ShowAttendance, update)
    await context.write(attendance_list.show_attendance, sender(update), press.meeting_id)
    await context.answer()
