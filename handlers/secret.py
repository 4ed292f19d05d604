"""Secret ballots: what is chosen is shown and stored nowhere, until it is confirmed and counted."""

from telegram import Update

import screens
from assembly.options import parted
from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import CastSecret, ChooseSecret, ShowChoice, ShowSecret
from services import secret_ballots


async def on_show(update: Update, context: AssemblyContext) -> None:
    """Show the ballot again, or the seats to choose for."""
    press = pressed(ShowSecret, update)
    ballot = await context.read(secret_ballots.view_secret, sender(update), press.motion_id)
    draw = screens.secret.by_seat if press.by_seat else screens.secret.for_all
    context.draw(draw(ballot, context.association))
    await context.answer()


async def on_pick(update: Update, context: AssemblyContext) -> None:
    """Show what can be chosen."""
    press = pressed(ShowChoice, update)
    ballot = await context.read(secret_ballots.view_secret, sender(update), press.motion_id, press.member_id)
    context.draw(screens.secret.choosing(ballot, press.member_id, (), context.association))
    await context.answer()


async def on_choose(update: Update, context: AssemblyContext) -> None:
    """Show what is chosen, to be confirmed."""
    press = pressed(ChooseSecret, update)
    ballot = await context.read(
        secret_ballots.view_secret, sender(update), press.motion_id, press.member_id, press.choice
    )
    context.draw(screens.secret.choosing(ballot, press.member_id, parted(press.choice), context.association))
    await context.answer()


async def on_cast(update: Update, context: AssemblyContext) -> None:
    """Put the vote in the box and say that it is in."""
    press = pressed(CastSecret, update)
    receipt = await context.write(
        secret_ballots.cast_secret,
        sender(update),
        press.motion_id,
        press.member_id,
        press.choice,
        pressed_message(update),
    )
    await context.answer(screens.secret.vote_in(receipt, context.association))
