"""Positions: what a member wants its vote to be."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import AskDecision, SetAllFor, SetPosition, ShowPositions
from services import positions


async def on_show(update: Update, context: AssemblyContext) -> None:
    """Show a page of positions."""
    press = pressed(ShowPositions, update)
    await context.write(
        positions.show_positions,
        sender(update),
        press.meeting_id,
        press.member_id,
        press.page,
        pressed_message(update),
    )
    await context.answer()


async def on_set(update: Update, context: AssemblyContext) -> None:
    """Give a position on one item."""
    press = pressed(SetPosition, update)
    await context.write(positions.set_position, sender(update), press.item_id, press.member_id, press.stance)
    await context.answer()


async def on_all_for(update: Update, context: AssemblyContext) -> None:
    """Be in favour of everything."""
    press = pressed(SetAllFor, update)
    await context.write(positions.set_all_for, sender(update), press.meeting_id, press.member_id)
    await context.answer()


async def on_ask_decision(update: Update, context: AssemblyContext) -> None:
    """Ask for number and date of the college's decision."""
    press = pressed(AskDecision, update)
    await context.write(positions.ask_decision, sender(update), press.meeting_id, press.member_id)
    await context.answer()
