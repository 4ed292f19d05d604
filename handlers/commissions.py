"""Commissions: who is in them, as the secretariat keeps it."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    AskCommissionPerson,
    AskEndCommission,
    EndCommission,
    JoinCommission,
    LeaveCommission,
    ShowCommission,
)
from services import commissions


async def on_list(update: Update, context: AssemblyContext) -> None:
    """List the commissions."""
    await context.write(commissions.show_commissions, sender(update))
    await context.answer()


async def on_ask(update: Update, context: AssemblyContext) -> None:
    """Expect the name of a new commission."""
    await context.write(commissions.ask_commission, sender(update))
    await context.answer()


async def on_show(update: Update, context: AssemblyContext) -> None:
    """Show the people of a commission."""
    press, message_id = pressed(ShowCommission, update), pressed_message(update)
    await context.write(commissions.show_commission, sender(update), press.commission_id, press.page, message_id)
    await context.answer()


async def on_ask_person(update: Update, context: AssemblyContext) -> None:
    """Expect who joins."""
    await context.write(commissions.ask_person, sender(update), pressed(AskCommissionPerson, update).commission_id)
    await context.answer()


async def on_join(update: Update, context: AssemblyContext) -> None:
    """Let somebody join."""
    press = pressed(JoinCommission, update)
    await context.write(commissions.join, sender(update), press.commission_id, press.person_id)
    await context.answer()


async def on_leave(update: Update, context: AssemblyContext) -> None:
    """Let somebody leave."""
    press, message_id = pressed(LeaveCommission, update), pressed_message(update)
    await context.write(commissions.leave, sender(update), press.commission_id, press.person_id, message_id)
    await context.answer()


async def on_ask_end(update: Update, context: AssemblyContext) -> None:
    """Ask whether a commission is to be dissolved."""
    await context.write(commissions.ask_end, sender(update), pressed(AskEndCommission, update).commission_id)
    await context.answer()


async def on_end(update: Update, context: AssemblyContext) -> None:
    """Dissolve a commission."""
    press, message_id = pressed(EndCommission, update), pressed_message(update)
    await context.write(commissions.end, sender(update), press.commission_id, message_id)
    await context.answer()
