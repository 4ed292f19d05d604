"""Putting to the vote, casting, closing, and the decision list."""

from telegram import Update

import screens
from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    CastBallot,
    ChooseMotion,
    CloseMotion,
    OpenMotion,
    PreviewMotion,
    PublishDecisions,
    ShowDecisions,
)
from services import ballots, motions, outcomes


async def on_choose(update: Update, context: AssemblyContext) -> None:
    """List what can be put to the vote."""
    press = pressed(ChooseMotion, update)
    await context.write(motions.choose_motion, sender(update), press.meeting_id, pressed_message(update))
    await context.answer()


async def on_preview(update: Update, context: AssemblyContext) -> None:
    """Show what would be put to the vote."""
    press = pressed(PreviewMotion, update)
    await context.write(motions.preview_motion, sender(update), press.item_id, pressed_message(update))
    await context.answer()


async def on_open(update: Update, context: AssemblyContext) -> None:
    """Open the vote."""
    press = pressed(OpenMotion, update)
    await context.write(motions.open_motion, sender(update), press.item_id, pressed_message(update), form=press.form)
    await context.answer()


async def on_cast(update: Update, context: AssemblyContext) -> None:
    """Record the pressed choice and tell the member what now stands."""
    press = pressed(CastBallot, update)
    receipt = await context.write(ballots.cast_ballot, sender(update), press.motion_id, press.member_id, press.choice)
    await context.answer(screens.voting.recorded(receipt, context.association))  # committed; the ballot is redrawn


async def on_close(update: Update, context: AssemblyContext) -> None:
    """Close the vote."""
    await context.write(outcomes.close_motion, sender(update), pressed(CloseMotion, update).motion_id)
    await context.answer()


async def on_decisions(update: Update, context: AssemblyContext) -> None:
    """Show the decision list."""
    await context.write(outcomes.show_decisions, sender(update), pressed(ShowDecisions, update).meeting_id)
    await context.answer()


async def on_publish(update: Update, context: AssemblyContext) -> None:
    """Send the decision list."""
    await context.write(outcomes.publish_decisions, sender(update), pressed(PublishDecisions, update).meeting_id)
    await context.answer()
