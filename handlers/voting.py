"""Putting to the vote, casting, closing, and the decision list."""

from telegram import Update

import screens
from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    AskOptions,
    CastAll,
    CastBallot,
    ChooseMotion,
    CloseMotion,
    DrawLot,
    GetRollCall,
    OpenMotion,
    OpenRound,
    OpenStraw,
    PreviewMotion,
    PublishDecisions,
    RemoveOption,
    SetPicks,
    ShowBallot,
    ShowDecisions,
    ShowOptions,
    ShowSeat,
)
from services import ballots, item_options, lots, motions, outcomes, roll_calls


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


async def on_cast_all(update: Update, context: AssemblyContext) -> None:
    """Record the pressed choice for every seat of the member, and tell what came of it."""
    press = pressed(CastAll, update)
    receipt = await context.write(ballots.cast_for_all, sender(update), press.motion_id, press.choice)
    await context.answer(screens.voting.recorded_for_all(receipt, context.association))


async def on_seat(update: Update, context: AssemblyContext) -> None:
    """Show the options for one seat."""
    press = pressed(ShowSeat, update)
    await context.write(ballots.show_seat, sender(update), press.motion_id, press.member_id, pressed_message(update))
    await context.answer()


async def on_ballot(update: Update, context: AssemblyContext) -> None:
    """Show the whole ballot again."""
    press = pressed(ShowBallot, update)
    await context.write(ballots.show_ballot, sender(update), press.motion_id, press.page, pressed_message(update))
    await context.answer()


async def on_open_straw(update: Update, context: AssemblyContext) -> None:
    """Open a straw poll."""
    press = pressed(OpenStraw, update)
    await context.write(motions.open_motion, sender(update), press.item_id, pressed_message(update), straw=True)
    await context.answer()


async def on_round(update: Update, context: AssemblyContext) -> None:
    """Open the next round."""
    press = pressed(OpenRound, update)
    await context.write(motions.open_round, sender(update), press.motion_id)
    await context.answer()


async def on_lot(update: Update, context: AssemblyContext) -> None:
    """Let the lot decide."""
    await context.write(lots.decide_by_lot, sender(update), pressed(DrawLot, update).motion_id)
    await context.answer()


async def on_options(update: Update, context: AssemblyContext) -> None:
    """Show what can be chosen under an item."""
    press = pressed(ShowOptions, update)
    await context.write(item_options.show_options, sender(update), press.item_id, pressed_message(update))
    await context.answer()


async def on_ask_options(update: Update, context: AssemblyContext) -> None:
    """Expect variants or candidates."""
    await context.write(item_options.ask_options, sender(update), pressed(AskOptions, update).item_id)
    await context.answer()


async def on_remove_option(update: Update, context: AssemblyContext) -> None:
    """Take a variant or a candidate away."""
    press = pressed(RemoveOption, update)
    await context.write(item_options.remove_option, sender(update), press.option_id, pressed_message(update))
    await context.answer()


async def on_picks(update: Update, context: AssemblyContext) -> None:
    """Set how many persons are to be chosen."""
    press = pressed(SetPicks, update)
    await context.write(item_options.set_picks, sender(update), press.item_id, press.picks, pressed_message(update))
    await context.answer()


async def on_close(update: Update, context: AssemblyContext) -> None:
    """Close the vote."""
    await context.write(outcomes.close_motion, sender(update), pressed(CloseMotion, update).motion_id)
    await context.answer()


async def on_decisions(update: Update, context: AssemblyContext) -> None:
    """Show the decision list."""
    await context.write(outcomes.show_decisions, sender(update), pressed(ShowDecisions, update).meeting_id)
    await context.answer()


async def on_roll_call(update: Update, context: AssemblyContext) -> None:
    """Send who voted what."""
    await context.write(roll_calls.ask_list, sender(update), pressed(GetRollCall, update).motion_id)
    await context.answer()


async def on_publish(update: Update, context: AssemblyContext) -> None:
    """Send the decision list."""
    await context.write(outcomes.publish_decisions, sender(update), pressed(PublishDecisions, update).meeting_id)
    await context.answer()
