"""The second factor, what is kept about somebody, and messages that must not stay."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import ResetFactor
from services import menus, my_data, second_factor


async def on_show(update: Update, context: AssemblyContext) -> None:
    """Show whether the sender has a second factor."""
    await context.write(second_factor.show_security, sender(update))
    await context.answer()


async def on_set_up(update: Update, context: AssemblyContext) -> None:
    """Set a second factor up."""
    await context.write(second_factor.set_up, sender(update))
    await context.answer()


async def on_end(update: Update, context: AssemblyContext) -> None:
    """Take the presser's own second factor away."""
    await context.write(second_factor.end_factor, sender(update), pressed_message(update))
    await context.answer()


async def on_new_codes(update: Update, context: AssemblyContext) -> None:
    """Make new recovery codes."""
    await context.write(second_factor.new_codes, sender(update))
    await context.answer()


async def on_reset(update: Update, context: AssemblyContext) -> None:
    """Take somebody else's second factor away."""
    press = pressed(ResetFactor, update)
    await context.write(second_factor.reset_factor, sender(update), press.person_id, pressed_message(update))
    await context.answer()


async def on_erase(update: Update, context: AssemblyContext) -> None:
    """Take the pressed message out of the chat."""
    await context.write(menus.erase_message, sender(update), pressed_message(update))
    await context.answer()


async def on_my_data(update: Update, context: AssemblyContext) -> None:
    """Show what is kept about the sender."""
    await context.write(my_data.show_my_data, sender(update))
