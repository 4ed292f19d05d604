"""Asking for the floor, and giving it."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, sender
from screens.presses import AskFloor, AskFloorNote, EndTurn, GiveFloor, ShowFloor, WithdrawFloor
from services import floor


async def on_ask(update: Update, context: AssemblyContext) -> None:
    """Put the presser on a list of speakers."""
    press = pressed(AskFloor, update)
    await context.write(floor.ask_floor, sender(update), press.meeting_id, press.round)
    await context.answer()


async def on_withdraw(update: Update, context: AssemblyContext) -> None:
    """Take the presser off its list."""
    await context.write(floor.withdraw_floor, sender(update), pressed(WithdrawFloor, update).turn_id)
    await context.answer()


async def on_ask_note(update: Update, context: AssemblyContext) -> None:
    """Ask what the presser wants to speak about."""
    await context.write(floor.ask_note, sender(update), pressed(AskFloorNote, update).turn_id)
    await context.answer()


async def on_show(update: Update, context: AssemblyContext) -> None:
    """Show who wants to speak."""
    await context.write(floor.show_floor, sender(update), pressed(ShowFloor, update).meeting_id)
    await context.answer()


async def on_give(update: Update, context: AssemblyContext) -> None:
    """Give somebody the floor."""
    await context.write(floor.give_floor, sender(update), pressed(GiveFloor, update).turn_id)
    await context.answer()


async def on_end(update: Update, context: AssemblyContext) -> None:
    """Take somebody off the list."""
    await context.write(floor.end_turn, sender(update), pressed(EndTurn, update).turn_id)
    await context.answer()
