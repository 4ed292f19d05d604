"""The rehearsal: choosing who plays, beginning it, and erasing it."""

from telegram import Update

import screens
from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens import presses
from services import rehearsals


async def on_show(update: Update, context: AssemblyContext) -> None:
    """Show where the rehearsal stands, or plan one."""
    await context.write(rehearsals.show_card, sender(update), pressed(presses.ShowRehearsal, update).meeting_id)
    await context.answer()


async def on_page(update: Update, context: AssemblyContext) -> None:
    """Show a page of those who can play."""
    press = pressed(presses.PageRehearsal, update)
    await context.write(rehearsals.show_page, sender(update), press.rehearsal_id, press.page, pressed_message(update))
    await context.answer()


async def on_invite(update: Update, context: AssemblyContext) -> None:
    """Let somebody play, or not."""
    press = pressed(presses.InvitePlayer, update)
    await context.write(
        rehearsals.invite_player,
        sender(update),
        press.rehearsal_id,
        press.person_id,
        press.page,
        pressed_message(update),
        plays=press.plays > 0,
    )
    await context.answer()


async def on_invite_chat(update: Update, context: AssemblyContext) -> None:
    """Let a group or channel receive what is told to all, or not."""
    press = pressed(presses.InviteChat, update)
    await context.write(
        rehearsals.invite_chat,
        sender(update),
        press.rehearsal_id,
        press.chat,
        press.page,
        pressed_message(update),
        plays=press.plays > 0,
    )
    await context.answer()


async def on_ask(update: Update, context: AssemblyContext) -> None:
    """Show once more who plays."""
    press = pressed(presses.AskRehearsal, update)
    await context.write(rehearsals.ask_begin, sender(update), press.rehearsal_id, pressed_message(update))
    await context.answer()


async def on_begin(update: Update, context: AssemblyContext) -> None:
    """Begin the rehearsal."""
    await context.write(rehearsals.begin, sender(update), pressed(presses.BeginRehearsal, update).rehearsal_id)
    await context.answer()


async def on_drop(update: Update, context: AssemblyContext) -> None:
    """Do not rehearse."""
    await context.write(rehearsals.drop, sender(update), pressed(presses.DropRehearsal, update).rehearsal_id)
    await context.answer()


async def on_ask_erase(update: Update, context: AssemblyContext) -> None:
    """Ask whether the rehearsal is to be erased."""
    press = pressed(presses.AskEraseRehearsal, update)
    await context.write(rehearsals.ask_erase, sender(update), press.rehearsal_id, pressed_message(update))
    await context.answer()


async def on_erase(update: Update, context: AssemblyContext) -> None:
    """Erase the rehearsal."""
    await context.write(rehearsals.erase, sender(update), pressed(presses.EraseRehearsal, update).rehearsal_id)
    await context.answer(screens.rehearsals.being_erased())
