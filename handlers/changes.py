"""After the convocation: changing and cancelling it, letters, consent, and the proof."""

from telegram import Update

import screens
from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    AskSentOn,
    CancelMeeting,
    ChangeMeeting,
    KeepAsItIs,
    MakeConvocationLetters,
    MakeProof,
    PrepareSecond,
    RecordConsent,
    SendChange,
    SentToday,
    ShowByLetter,
    ShowDispatch,
)
from services import changing, dispatches, proofs, second_meetings


async def on_change(update: Update, context: AssemblyContext) -> None:
    """Start changing the date or the place."""
    await context.write(changing.ask_change, sender(update), pressed(ChangeMeeting, update).meeting_id)
    await context.answer()


async def on_cancel(update: Update, context: AssemblyContext) -> None:
    """Start cancelling the assembly."""
    await context.write(changing.ask_cancel, sender(update), pressed(CancelMeeting, update).meeting_id)
    await context.answer()


async def on_keep(update: Update, context: AssemblyContext) -> None:
    """Leave the date, or the place, as it is."""
    await context.write(changing.keep, sender(update), pressed(KeepAsItIs, update).meeting_id)
    await context.answer()


async def on_send(update: Update, context: AssemblyContext) -> None:
    """Change or cancel the assembly and tell everybody."""
    press = pressed(SendChange, update)
    await context.write(changing.send_change, sender(update), press.meeting_id, pressed_message(update))
    await context.answer()


async def on_letters(update: Update, context: AssemblyContext) -> None:
    """Show the members that are convened by letter."""
    press = pressed(ShowByLetter, update)
    await context.write(dispatches.show_letters, sender(update), press.meeting_id, press.page, pressed_message(update))
    await context.answer()


async def on_make_letters(update: Update, context: AssemblyContext) -> None:
    """Make the letters."""
    await context.write(dispatches.make_letters, sender(update), pressed(MakeConvocationLetters, update).meeting_id)
    await context.answer()


async def on_dispatch(update: Update, context: AssemblyContext) -> None:
    """Show one member's letter and consent."""
    press = pressed(ShowDispatch, update)
    await context.write(
        dispatches.show_card, sender(update), press.meeting_id, press.member_id, pressed_message(update)
    )
    await context.answer()


async def on_ask_sent_on(update: Update, context: AssemblyContext) -> None:
    """Ask on which day it was sent."""
    press = pressed(AskSentOn, update)
    await context.write(dispatches.ask_sent_on, sender(update), press.meeting_id, press.member_id, press.means)
    await context.answer()


async def on_sent_today(update: Update, context: AssemblyContext) -> None:
    """Record that it was sent today."""
    press = pressed(SentToday, update)
    await context.write(dispatches.sent_today, sender(update), press.meeting_id, press.member_id, press.means)
    await context.answer()


async def on_record_consent(update: Update, context: AssemblyContext) -> None:
    """Note what a member said about being convened electronically."""
    press = pressed(RecordConsent, update)
    await context.write(
        dispatches.record_consent,
        sender(update),
        press.meeting_id,
        press.member_id,
        electronic=bool(press.electronic),
        pressed=pressed_message(update),
    )
    await context.answer()


async def on_give_consent(update: Update, context: AssemblyContext) -> None:
    """Note that the person's members agree to be convened electronically."""
    given = await context.write(dispatches.give_consent, sender(update))
    await context.answer(screens.dispatches.consent_noted(given, context.association))


async def on_proof(update: Update, context: AssemblyContext) -> None:
    """Hand out the proof of convocation."""
    await context.write(proofs.make_proof, sender(update), pressed(MakeProof, update).meeting_id)
    await context.answer()


async def on_second(update: Update, context: AssemblyContext) -> None:
    """Start preparing a second assembly."""
    await context.write(second_meetings.ask_second, sender(update), pressed(PrepareSecond, update).meeting_id)
    await context.answer()
