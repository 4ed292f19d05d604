"""Votes outside a meeting."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    AskOutsideFiles,
    ChooseAbsent,
    CloseOutside,
    DropOutside,
    OpenOutside,
    PlanOutside,
    RemoveOutsideFile,
    ShowAbsent,
    ShowOutside,
    StartOutside,
    UnplanOutside,
)
from services import outside, outside_files, outside_papers, outside_plans


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


async def on_plan(update: Update, context: AssemblyContext) -> None:
    """Expect when one opens by itself."""
    await context.write(outside_plans.ask_opening, sender(update), pressed(PlanOutside, update).meeting_id)
    await context.answer()


async def on_unplan(update: Update, context: AssemblyContext) -> None:
    """Do not let one open by itself."""
    await context.write(outside_plans.unplan, sender(update), pressed(UnplanOutside, update).meeting_id)
    await context.answer()


async def on_ask_files(update: Update, context: AssemblyContext) -> None:
    """Expect papers for one."""
    await context.write(outside_files.ask_files, sender(update), pressed(AskOutsideFiles, update).meeting_id)
    await context.answer()


async def on_remove_file(update: Update, context: AssemblyContext) -> None:
    """Take a paper of one away."""
    await context.write(outside_files.remove_paper, sender(update), pressed(RemoveOutsideFile, update).paper_id)
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
