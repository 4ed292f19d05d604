"""Proxies: from choosing a holder to the end, and who carries whose vote."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    AcceptProxy,
    ChooseHolder,
    DeclineProxy,
    GrantProxy,
    PageHolders,
    RevokeProxy,
    ShowSeats,
    SignProxy,
    StartProxy,
)
from services import granting, proxies


async def on_command(update: Update, context: AssemblyContext) -> None:
    """Start granting a proxy for the current assembly."""
    await context.write(proxies.start, sender(update))


async def on_start(update: Update, context: AssemblyContext) -> None:
    """Start granting a proxy for a member."""
    press = pressed(StartProxy, update)
    await context.write(proxies.start, sender(update), press.meeting_id, press.member_id)
    await context.answer()


async def on_page(update: Update, context: AssemblyContext) -> None:
    """Leaf through the possible holders."""
    press = pressed(PageHolders, update)
    message_id = pressed_message(update)
    await context.write(proxies.page_holders, sender(update), press.meeting_id, press.member_id, press.page, message_id)
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
        press.holder_member_id,
        pressed_message(update),
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
        press.holder_member_id,
        pressed_message(update),
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


async def on_seats_command(update: Update, context: AssemblyContext) -> None:
    """Show who carries whose vote in the current assembly."""
    await context.write(proxies.show_seats, sender(update))


async def on_seats(update: Update, context: AssemblyContext) -> None:
    """Show who carries whose vote."""
    await context.write(proxies.show_seats, sender(update), pressed(ShowSeats, update).meeting_id)
    await context.answer()
