"""Proxies: from choosing a holder to the end, and who carries whose vote."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    AcceptProxy,
    AskReplacement,
    ChooseHolder,
    ChooseStanding,
    ChooseUntil,
    DeclineProxy,
    GrantInstructed,
    GrantProxy,
    GrantStanding,
    InstructProxy,
    PageHolders,
    ReplaceHolder,
    RevokeProxy,
    RevokeStanding,
    ShowSeats,
    SignProxy,
    SkipProxy,
    StartProxy,
    VoteSelf,
)
from services import granting, own_seats, proxies, replacing, standing


async def on_command(update: Update, context: AssemblyContext) -> None:
    """Start granting a proxy for the current assembly."""
    await context.write(proxies.start, sender(update))


async def on_start(update: Update, context: AssemblyContext) -> None:
    """Start granting a proxy for a member."""
    press = pressed(StartProxy, update)
    await context.write(proxies.start, sender(update), press.meeting_id, press.member_id)
    await context.answer()


async def on_page(update: Update, context: AssemblyContext) -> None:
    """Leaf through the possible holders, of this kind or another."""
    press = pressed(PageHolders, update)
    await context.write(
        proxies.page_holders,
        sender(update),
        press.member_id,
        press.kind,
        press.page,
        pressed_message(update),
        standing=bool(press.standing),
    )
    await context.answer()


async def on_choose(update: Update, context: AssemblyContext) -> None:
    """Choose a holder."""
    press = pressed(ChooseHolder, update)
    await context.write(
        proxies.choose_holder,
        sender(update),
        press.meeting_id,
        press.member_id,
        press.holder_id,
        press.holder_member_id or None,
        pressed_message(update),
    )
    await context.answer()


async def on_choose_standing(update: Update, context: AssemblyContext) -> None:
    """Choose the holder of a standing proxy."""
    press = pressed(ChooseStanding, update)
    await context.write(
        proxies.ask_until,
        sender(update),
        press.member_id,
        press.holder_id,
        press.holder_member_id or None,
        pressed_message(update),
    )
    await context.answer()


async def on_until(update: Update, context: AssemblyContext) -> None:
    """Choose the last day of a standing proxy."""
    press = pressed(ChooseUntil, update)
    await context.write(
        proxies.choose_holder,
        sender(update),
        None,
        press.member_id,
        press.holder_id,
        press.holder_member_id or None,
        pressed_message(update),
        until=press.until,
    )
    await context.answer()


async def on_grant(update: Update, context: AssemblyContext) -> None:
    """Grant the proxy that was shown."""
    press = pressed(GrantProxy, update)
    await context.write(
        granting.grant_proxy,
        sender(update),
        press.meeting_id,
        press.member_id,
        press.holder_id,
        press.holder_member_id or None,
        pressed_message(update),
    )
    await context.answer()


async def on_grant_instructed(update: Update, context: AssemblyContext) -> None:
    """Grant the proxy that was shown, with an instruction."""
    press = pressed(GrantInstructed, update)
    await context.write(
        granting.grant_proxy,
        sender(update),
        press.meeting_id,
        press.member_id,
        press.holder_id,
        press.holder_member_id or None,
        pressed_message(update),
        instructed=True,
    )
    await context.answer()


async def on_instruct(update: Update, context: AssemblyContext) -> None:
    """Let the positions go with a proxy, or not."""
    press = pressed(InstructProxy, update)
    await context.write(
        granting.instruct_proxy,
        sender(update),
        press.proxy_id,
        pressed_message(update),
        instructed=bool(press.instructed),
    )
    await context.answer()


async def on_grant_standing(update: Update, context: AssemblyContext) -> None:
    """Grant the standing proxy that was shown."""
    press = pressed(GrantStanding, update)
    await context.write(
        granting.grant_proxy,
        sender(update),
        None,
        press.member_id,
        press.holder_id,
        press.holder_member_id or None,
        pressed_message(update),
        until=press.until,
    )
    await context.answer()


async def on_sign(update: Update, context: AssemblyContext) -> None:
    """Sign a prepared proxy."""
    press = pressed(SignProxy, update)
    await context.write(granting.sign_proxy, sender(update), press.proxy_id, pressed_message(update))
    await context.answer()


async def on_accept(update: Update, context: AssemblyContext) -> None:
    """Accept a proxy."""
    press = pressed(AcceptProxy, update)
    await context.write(granting.accept_proxy, sender(update), press.proxy_id, pressed_message(update))
    await context.answer()


async def on_decline(update: Update, context: AssemblyContext) -> None:
    """Decline a proxy, or lay it down."""
    press = pressed(DeclineProxy, update)
    await context.write(granting.decline_proxy, sender(update), press.proxy_id, pressed_message(update))
    await context.answer()


async def on_revoke(update: Update, context: AssemblyContext) -> None:
    """Revoke a proxy."""
    press = pressed(RevokeProxy, update)
    await context.write(granting.revoke_proxy, sender(update), press.proxy_id, pressed_message(update))
    await context.answer()


async def on_skip(update: Update, context: AssemblyContext) -> None:
    """Do not confirm a standing proxy for this assembly."""
    press = pressed(SkipProxy, update)
    await context.write(granting.skip_proxy, sender(update), press.proxy_id, pressed_message(update))
    await context.answer()


async def on_ask_replacement(update: Update, context: AssemblyContext) -> None:
    """Show who could carry the vote instead."""
    await context.write(replacing.ask_replacement, sender(update), pressed(AskReplacement, update).proxy_id)
    await context.answer()


async def on_replace(update: Update, context: AssemblyContext) -> None:
    """Give the vote to another holder."""
    press = pressed(ReplaceHolder, update)
    await context.write(
        replacing.replace_holder,
        sender(update),
        press.proxy_id,
        press.holder_id,
        press.holder_member_id or None,
        pressed_message(update),
    )
    await context.answer()


async def on_vote_self(update: Update, context: AssemblyContext) -> None:
    """Take part oneself."""
    await context.write(replacing.vote_self, sender(update), pressed(VoteSelf, update).proxy_id)
    await context.answer()


async def on_revoke_standing(update: Update, context: AssemblyContext) -> None:
    """Revoke a standing proxy."""
    await context.write(standing.revoke_standing, sender(update), pressed(RevokeStanding, update).standing_id)
    await context.answer()


async def on_seats_command(update: Update, context: AssemblyContext) -> None:
    """Show who carries whose vote in the current assembly."""
    await context.write(own_seats.show_seats, sender(update))


async def on_seats(update: Update, context: AssemblyContext) -> None:
    """Show who carries whose vote."""
    await context.write(own_seats.show_seats, sender(update), pressed(ShowSeats, update).meeting_id)
    await context.answer()
