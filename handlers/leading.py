"""Leading an assembly while it sits: its agenda, and the life of a vote from its suspension to its correction."""

from telegram import Update

import screens
from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    Acclaim,
    AskAmendment,
    AskExclusion,
    AskOrder,
    AskOtherwise,
    AskRectification,
    AskVoid,
    BreakTie,
    DisputeOutcome,
    HoldOver,
    LiftExclusion,
    NextItem,
    ObjectToAcclamation,
    PauseMeeting,
    Pronounce,
    SetClosing,
    ShowCourse,
    ShowExclusions,
    SuspendMotion,
    TakeUpItem,
    VoteAgain,
)
from services import acclaiming, amending, closing, disputing, excluding, interrupting, leading, outcomes, rectifying


async def on_next(update: Update, context: AssemblyContext) -> None:
    """Go on to the next item."""
    await context.write(leading.next_item, sender(update), pressed(NextItem, update).item_id)
    await context.answer()


async def on_course(update: Update, context: AssemblyContext) -> None:
    """Show the agenda as far as it is dealt with."""
    press = pressed(ShowCourse, update)
    await context.write(leading.show_course, sender(update), press.meeting_id, press.page, pressed_message(update))
    await context.answer()


async def on_take_up(update: Update, context: AssemblyContext) -> None:
    """Take an item up."""
    press = pressed(TakeUpItem, update)
    await context.write(leading.take_up, sender(update), press.item_id, pressed_message(update))
    await context.answer()


async def on_pause(update: Update, context: AssemblyContext) -> None:
    """Suspend the assembly, or let it go on."""
    press = pressed(PauseMeeting, update)
    await context.write(leading.pause, sender(update), press.meeting_id, paused=bool(press.paused))
    await context.answer()


async def on_hold_over(update: Update, context: AssemblyContext) -> None:
    """Hold an item over."""
    await context.write(leading.hold_over, sender(update), pressed(HoldOver, update).item_id)
    await context.answer()


async def on_ask_amendment(update: Update, context: AssemblyContext) -> None:
    """Expect another text of a proposal."""
    await context.write(amending.ask_amendment, sender(update), pressed(AskAmendment, update).item_id)
    await context.answer()


async def on_ask_order(update: Update, context: AssemblyContext) -> None:
    """Expect a procedural motion."""
    await context.write(amending.ask_order, sender(update), pressed(AskOrder, update).meeting_id)
    await context.answer()


async def on_acclaim(update: Update, context: AssemblyContext) -> None:
    """Adopt an item without a vote, unless somebody objects."""
    press = pressed(Acclaim, update)
    await context.write(acclaiming.acclaim, sender(update), press.item_id, pressed_message(update))
    await context.answer()


async def on_object(update: Update, context: AssemblyContext) -> None:
    """Note an objection: a vote is held."""
    await context.write(acclaiming.object_to, sender(update), pressed(ObjectToAcclamation, update).motion_id)
    await context.answer(screens.vote_cards.objected())


async def on_suspend(update: Update, context: AssemblyContext) -> None:
    """Suspend a vote, or let it go on."""
    press = pressed(SuspendMotion, update)
    service = interrupting.suspend if press.suspended else interrupting.resume
    await context.write(service, sender(update), press.motion_id)
    await context.answer()


async def on_ask_void(update: Update, context: AssemblyContext) -> None:
    """Expect why a vote is void."""
    await context.write(interrupting.ask_void, sender(update), pressed(AskVoid, update).motion_id)
    await context.answer()


async def on_closing(update: Update, context: AssemblyContext) -> None:
    """Let a vote close by itself."""
    press = pressed(SetClosing, update)
    await context.write(closing.set_closing, sender(update), press.motion_id, press.minutes)
    await context.answer()


async def on_pronounce(update: Update, context: AssemblyContext) -> None:
    """Pronounce an outcome."""
    await context.write(outcomes.pronounce, sender(update), pressed(Pronounce, update).motion_id)
    await context.answer()


async def on_break_tie(update: Update, context: AssemblyContext) -> None:
    """Let the chair's vote decide."""
    press = pressed(BreakTie, update)
    await context.write(outcomes.break_tie, sender(update), press.motion_id, adopted=bool(press.adopt))
    await context.answer()


async def on_ask_otherwise(update: Update, context: AssemblyContext) -> None:
    """Expect why an outcome is pronounced otherwise."""
    await context.write(outcomes.ask_otherwise, sender(update), pressed(AskOtherwise, update).motion_id)
    await context.answer()


async def on_dispute(update: Update, context: AssemblyContext) -> None:
    """Note that somebody disputes an outcome."""
    standing = await context.write(disputing.dispute, sender(update), pressed(DisputeOutcome, update).motion_id)
    await context.answer(screens.vote_cards.disputed(standing))


async def on_vote_again(update: Update, context: AssemblyContext) -> None:
    """Hold a vote again."""
    await context.write(disputing.vote_again, sender(update), pressed(VoteAgain, update).motion_id)
    await context.answer()


async def on_ask_rectification(update: Update, context: AssemblyContext) -> None:
    """Expect the correction of an outcome."""
    await context.write(rectifying.ask_rectification, sender(update), pressed(AskRectification, update).motion_id)
    await context.answer()


async def on_exclusions(update: Update, context: AssemblyContext) -> None:
    """Show who is excluded from the vote on an item."""
    press = pressed(ShowExclusions, update)
    await context.write(excluding.show, sender(update), press.item_id, press.page, pressed_message(update))
    await context.answer()


async def on_ask_exclusion(update: Update, context: AssemblyContext) -> None:
    """Expect why a member is excluded."""
    press = pressed(AskExclusion, update)
    await context.write(excluding.ask_reason, sender(update), press.item_id, press.member_id)
    await context.answer()


async def on_lift_exclusion(update: Update, context: AssemblyContext) -> None:
    """Let a member vote after all."""
    press = pressed(LiftExclusion, update)
    await context.write(excluding.lift, sender(update), press.item_id, press.member_id, pressed_message(update))
    await context.answer()
