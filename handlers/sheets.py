"""Hands in the room and voting cards, on a tally sheet."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, sender
from screens.presses import (
    ClearSheet,
    ConfirmSheet,
    MarkHand,
    MarkRest,
    OfferSheet,
    OpenSheet,
    PrintCards,
    ReturnSheet,
    TurnSheet,
)
from services import sheets, voting_cards


async def on_open(update: Update, context: AssemblyContext) -> None:
    """Show the sheet of the vote that is open."""
    press = pressed(OpenSheet, update)
    await context.write(sheets.open_sheet, sender(update), press.meeting_id, press.source)
    await context.answer()


async def on_print_cards(update: Update, context: AssemblyContext) -> None:
    """Hand out the voting cards."""
    await context.write(voting_cards.print_cards, sender(update), pressed(PrintCards, update).meeting_id)
    await context.answer()


async def on_turn(update: Update, context: AssemblyContext) -> None:
    """Show another page, or one seat."""
    press = pressed(TurnSheet, update)
    await context.write(sheets.turn_sheet, sender(update), press.sheet_id, press.page, press.seat_id or None)
    await context.answer()


async def on_mark(update: Update, context: AssemblyContext) -> None:
    """Enter what was seen of a seat."""
    press = pressed(MarkHand, update)
    await context.write(sheets.mark_hand, sender(update), press.sheet_id, press.seat_id, press.choice)
    await context.answer()


async def on_mark_rest(update: Update, context: AssemblyContext) -> None:
    """Enter what was seen of all other seats."""
    press = pressed(MarkRest, update)
    await context.write(sheets.mark_rest, sender(update), press.sheet_id, press.choice)
    await context.answer()


async def on_clear(update: Update, context: AssemblyContext) -> None:
    """Begin anew."""
    await context.write(sheets.clear_sheet, sender(update), pressed(ClearSheet, update).sheet_id)
    await context.answer()


async def on_offer(update: Update, context: AssemblyContext) -> None:
    """Offer the sheet for confirmation."""
    await context.write(sheets.offer_sheet, sender(update), pressed(OfferSheet, update).sheet_id)
    await context.answer()


async def on_return(update: Update, context: AssemblyContext) -> None:
    """Give the sheet back."""
    await context.write(sheets.return_sheet, sender(update), pressed(ReturnSheet, update).sheet_id)
    await context.answer()


async def on_confirm(update: Update, context: AssemblyContext) -> None:
    """Confirm the sheet."""
    await context.write(sheets.confirm_sheet, sender(update), pressed(ConfirmSheet, update).sheet_id)
    await context.answer()
