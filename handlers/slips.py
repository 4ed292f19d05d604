"""Ballot slips in a secret vote."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, sender
from screens.presses import AskTotals, ClearSlips, ConfirmSlips, MarkSlip, OpenSlips, TurnSlips
from services import slips


async def on_open(update: Update, context: AssemblyContext) -> None:
    """Show the slips."""
    await context.write(slips.open_slips, sender(update), pressed(OpenSlips, update).motion_id)
    await context.answer()


async def on_turn(update: Update, context: AssemblyContext) -> None:
    """Show another page."""
    press = pressed(TurnSlips, update)
    await context.write(slips.turn_slips, sender(update), press.motion_id, press.page)
    await context.answer()


async def on_mark(update: Update, context: AssemblyContext) -> None:
    """Note who handed a slip in."""
    press = pressed(MarkSlip, update)
    await context.write(slips.mark_slip, sender(update), press.motion_id, press.seat_id, handed=bool(press.handed))
    await context.answer()


async def on_clear(update: Update, context: AssemblyContext) -> None:
    """Begin anew."""
    await context.write(slips.clear_slips, sender(update), pressed(ClearSlips, update).motion_id)
    await context.answer()


async def on_ask_totals(update: Update, context: AssemblyContext) -> None:
    """Expect the totals."""
    await context.write(slips.ask_totals, sender(update), pressed(AskTotals, update).motion_id)
    await context.answer()


async def on_confirm(update: Update, context: AssemblyContext) -> None:
    """Count the slips with the other votes, and close the vote."""
    press = pressed(ConfirmSlips, update)
    await context.write(slips.confirm_slips, sender(update), press.motion_id, press.version)
    await context.answer()
