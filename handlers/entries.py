"""What is entered on behalf of members, and what becomes of it."""

from telegram import Update

import screens
from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    ConfirmEntry,
    EnterBallot,
    EnterFor,
    EnterHolder,
    EnterHolders,
    EnterPresence,
    EnterReply,
    EnterSignature,
    EnterStanding,
    EnterUntil,
    ObjectToEntry,
    PageEntryMembers,
    PickEntered,
    RejectEntry,
    ShowEntries,
    ShowEntry,
)
from services import entering, entries


async def on_command(update: Update, context: AssemblyContext) -> None:
    """Ask for which member something is entered."""
    await context.write(entering.open_members, sender(update))


async def on_page(update: Update, context: AssemblyContext) -> None:
    """Show a page of members."""
    press = pressed(PageEntryMembers, update)
    await context.write(entering.open_members, sender(update), press.page, pressed_message(update))
    await context.answer()


async def on_member(update: Update, context: AssemblyContext) -> None:
    """Show what can be entered for a member."""
    press = pressed(EnterFor, update)
    await context.write(entering.choose_member, sender(update), press.member_id, pressed_message(update))
    await context.answer()


async def on_reply(update: Update, context: AssemblyContext) -> None:
    """Enter a reply."""
    press = pressed(EnterReply, update)
    await context.write(entering.enter_reply, sender(update), press.member_id, press.reply, pressed_message(update))
    await context.answer()


async def on_holders(update: Update, context: AssemblyContext) -> None:
    """Leaf through the possible holders of a proxy."""
    press = pressed(EnterHolders, update)
    await context.write(
        entering.page_holders,
        sender(update),
        press.member_id,
        press.kind,
        press.page,
        pressed_message(update),
        standing=bool(press.standing),
    )
    await context.answer()


async def on_holder(update: Update, context: AssemblyContext) -> None:
    """Enter a proxy for this assembly."""
    press = pressed(EnterHolder, update)
    await context.write(
        entering.enter_proxy,
        sender(update),
        press.member_id,
        press.holder_id,
        press.holder_member_id or None,
        pressed_message(update),
    )
    await context.answer()


async def on_standing(update: Update, context: AssemblyContext) -> None:
    """Ask for the last day of a standing proxy."""
    press = pressed(EnterStanding, update)
    await context.write(
        entering.ask_until,
        sender(update),
        press.member_id,
        press.holder_id,
        press.holder_member_id or None,
        pressed_message(update),
    )
    await context.answer()


async def on_until(update: Update, context: AssemblyContext) -> None:
    """Enter a standing proxy."""
    press = pressed(EnterUntil, update)
    await context.write(
        entering.enter_proxy,
        sender(update),
        press.member_id,
        press.holder_id,
        press.holder_member_id or None,
        pressed_message(update),
        until=press.until,
    )
    await context.answer()


async def on_signature(update: Update, context: AssemblyContext) -> None:
    """Enter that a proxy is signed, or revoked."""
    press = pressed(EnterSignature, update)
    await context.write(
        entering.enter_signature,
        sender(update),
        press.member_id,
        press.proxy_id,
        pressed_message(update),
        signs=bool(press.signs),
    )
    await context.answer()


async def on_presence(update: Update, context: AssemblyContext) -> None:
    """Enter that somebody is in the room, or leaves."""
    press = pressed(EnterPresence, update)
    await context.write(
        entering.enter_presence,
        sender(update),
        press.member_id,
        press.person_id,
        pressed_message(update),
        present=bool(press.present),
    )
    await context.answer()


async def on_ballot(update: Update, context: AssemblyContext) -> None:
    """Enter a vote."""
    press = pressed(EnterBallot, update)
    await context.write(
        entering.enter_ballot, sender(update), press.motion_id, press.member_id, press.choice, pressed_message(update)
    )
    await context.answer()


async def on_names(update: Update, context: AssemblyContext) -> None:
    """Show what was picked from a paper until now."""
    press = pressed(PickEntered, update)
    await context.write(
        entering.pick_names, sender(update), press.motion_id, press.member_id, press.choice, pressed_message(update)
    )
    await context.answer()


async def on_list(update: Update, context: AssemblyContext) -> None:
    """Show what was entered."""
    press = pressed(ShowEntries, update)
    await context.write(entries.show_entries, sender(update), press.meeting_id, press.page, pressed_message(update))
    await context.answer()


async def on_entry(update: Update, context: AssemblyContext) -> None:
    """Show an entry with its paper."""
    press = pressed(ShowEntry, update)
    await context.write(entries.show_one, sender(update), press.entry_id)
    await context.answer()


async def on_reject(update: Update, context: AssemblyContext) -> None:
    """Ask why an entry is not confirmed."""
    press = pressed(RejectEntry, update)
    await context.write(entries.ask_rejection, sender(update), press.entry_id)
    await context.answer()


async def on_object(update: Update, context: AssemblyContext) -> None:
    """Object to an entry."""
    press = pressed(ObjectToEntry, update)
    await context.write(entries.object_to_entry, sender(update), press.entry_id)
    await context.answer()


async def on_confirm(update: Update, context: AssemblyContext) -> None:
    """Confirm an entry; say why where it lapsed instead."""
    refusal = await context.write(entries.confirm_entry, sender(update), pressed(ConfirmEntry, update).entry_id)
    if refusal is None:
        await context.answer()
    else:
        await context.answer(screens.refusals.plain(refusal, context.association), alert=True)
