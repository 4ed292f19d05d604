"""Registering, and finding one's way."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import ConfirmRegistration, DenyRegistration
from services import menus, registration


async def on_start(update: Update, context: AssemblyContext) -> None:
    """Open a registration link, or show the menu."""
    if context.args:
        await context.write(registration.open_link, sender(update), context.args[0])
    else:
        await context.write(menus.show_menu, sender(update))


async def on_confirm(update: Update, context: AssemblyContext) -> None:
    """Bind the account to the person of the link."""
    press = pressed(ConfirmRegistration, update)
    await context.write(registration.confirm_registration, sender(update), press.link_id, pressed_message(update))
    await context.answer()


async def on_deny(update: Update, context: AssemblyContext) -> None:
    """Let go of a link that reached somebody else."""
    press = pressed(DenyRegistration, update)
    await context.write(registration.deny_registration, sender(update), press.link_id, pressed_message(update))
    await context.answer()


async def on_menu(update: Update, context: AssemblyContext) -> None:
    """Show what can be done now."""
    await context.write(menus.show_menu, sender(update))
    await context.answer()


async def on_help(update: Update, context: AssemblyContext) -> None:
    """Show what the bot is for."""
    await context.write(menus.show_help, sender(update))


async def on_privacy(update: Update, context: AssemblyContext) -> None:
    """Show what is kept about people."""
    await context.write(menus.show_privacy, sender(update))


async def on_cancel(update: Update, context: AssemblyContext) -> None:
    """Leave what the person is busy with."""
    await context.write(menus.cancel, sender(update))
    await context.answer()
