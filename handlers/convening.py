"""The convocation: sent, replied to and followed."""

from telegram import Update

import screens
from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    ConfirmReceipt,
    Convene,
    GiveReply,
    PreviewConvocation,
    SendLatePapers,
    ShowDeliveries,
)
from services import convening, papers, receipts, replies


async def on_preview(update: Update, context: AssemblyContext) -> None:
    """Show the convocation as it will be sent."""
    press = pressed(PreviewConvocation, update)
    await context.write(convening.preview_convocation, sender(update), press.meeting_id)
    await context.answer()


async def on_convene(update: Update, context: AssemblyContext) -> None:
    """Send the convocation."""
    press = pressed(Convene, update)
    await context.write(convening.convene, sender(update), press.meeting_id, pressed_message(update))
    await context.answer()


async def on_late_papers(update: Update, context: AssemblyContext) -> None:
    """Send the papers that came after the convocation."""
    press = pressed(SendLatePapers, update)
    await context.write(papers.send_late_papers, sender(update), press.meeting_id)
    await context.answer()


async def on_reply(update: Update, context: AssemblyContext) -> None:
    """Note the reply and say what stands now."""
    press = pressed(GiveReply, update)
    receipt = await context.write(replies.give_reply, sender(update), press.meeting_id, press.reply)
    await context.answer(screens.convening.noted(receipt, context.association))


async def on_receipt(update: Update, context: AssemblyContext) -> None:
    """Note that somebody read what it was told."""
    press = pressed(ConfirmReceipt, update)
    noted = await context.write(receipts.confirm_receipt, sender(update), press.meeting_id, press.round)
    await context.answer(screens.convening.receipt_noted(noted, context.association))


async def on_deliveries(update: Update, context: AssemblyContext) -> None:
    """Show who has the convocation and who replied."""
    press = pressed(ShowDeliveries, update)
    await context.write(replies.show_deliveries, sender(update), press.meeting_id)
    await context.answer()
