"""Voting before the assembly."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import CastAdvance, ShowAdvance, WithdrawAdvance
from services import advance


async def on_show(update: Update, context: AssemblyContext) -> None:
    """Show a page of what a member casts."""
    press = pressed(ShowAdvance, update)
    await context.write(
        advance.show_advance, sender(update), press.meeting_id, press.member_id, press.page, pressed_message(update)
    )
    await context.answer()


async def on_cast(update: Update, context: AssemblyContext) -> None:
    """Record what a member casts on an item."""
    press = pressed(CastAdvance, update)
    await context.write(advance.cast_in_advance, sender(update), press.item_id, press.member_id, press.choice)
    await context.answer()


async def on_withdraw(update: Update, context: AssemblyContext) -> None:
    """Withdraw what was cast on an item."""
    press = pressed(WithdrawAdvance, update)
    await context.write(advance.withdraw_in_advance, sender(update), press.item_id, press.member_id)
    await context.answer()
