"""Votes outside a meeting."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    ChooseAbsent,
    CloseOutside,
    DropOutside,
    OpenOutside,
    ShowAbsent,
    ShowOutside,
    StartOutside,
)
from services import outside, outside_papers


async def on_list(update: Update, context: AssemblyContext) -> None:
    """List the votes outside a meeting."""
    await context.write(outside.show_votes, sender(update))
    await context.answer()


async def on_start(update: Update, context: AssemblyContext) -> None:
    """Start preparing one."""
    await context.write(outside.start, sender(update), pressed(StartOutside, update).kind)
    await context.answer()


async def on_show(update: Update, context: AssemblyContext) -> None:
    """Show one."""
    await context.write(outside.show_vote, sender(update), pressed(ShowOutside, update).meeting_id)
    await context.answer()


async def on_open(update: Update, context: AssemblyContext) -> None:
    """Open one to all members."""
    await context.write(outside.open_vote, sender(update), pressed(OpenOutside, update).meeting_id)
    await context.answer()


async def on_close(update: Update, context: AssemblyContext) -> None:
    """Close one before its moment."""
    await context.write(outside.close_vote, sender(update), pressed(CloseOutside, update).meeting_id)
    await context.answer()


async def on_drop(update: Update, context: AssemblyContext) -> None:
    """Drop one that was not opened."""
    await context.write(outside.drop_vote, sender(update), pressed(DropOutside, update).meeting_id)
    await context.answer()


async def on_absent(update: Update, context: AssemblyContext) -> None:
    """Show of which members a ballot on paper can be entered."""
    press = pressed(ShowAbsent, update)
    await context.write(outside_papers.show_absent, sender(update), press.meeting_id, pressed_message(update))
    await context.answer()


async def on_choose_absent(update: Update, context: AssemblyContext) -> None:
    """Ask what stands on the paper of a member."""
    press = pressed(ChooseAbsent, update)
    await context.write(
        outside_papers.choose_absent, sender(update), press.motion_id, press.member_id, pressed_message(update)
    )
    await context.answer()
