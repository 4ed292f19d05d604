"""The people of a member: seen, invited, replaced and ended by its coordinators."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    AskEndColleague,
    ChooseInviteRole,
    ConfirmInvite,
    EndColleague,
    InviteColleague,
    LinkColleague,
    PageColleagues,
    ReplaceColleague,
    ShowColleague,
)
from services import colleagues, inviting


async def on_show(update: Update, context: AssemblyContext) -> None:
    """Show the people of the sender's member."""
    await context.write(colleagues.show_colleagues, sender(update))
    await context.answer()


async def on_page(update: Update, context: AssemblyContext) -> None:
    """Show a page of the people of a member."""
    press = pressed(PageColleagues, update)
    await context.write(colleagues.show_colleagues, sender(update), press.member_id, press.page)
    await context.answer()


async def on_colleague(update: Update, context: AssemblyContext) -> None:
    """Show somebody's card."""
    press = pressed(ShowColleague, update)
    await context.write(colleagues.show_colleague, sender(update), press.member_id, press.person_id, None)
    await context.answer()


async def on_link(update: Update, context: AssemblyContext) -> None:
    """Make a new link for a colleague."""
    press = pressed(LinkColleague, update)
    await context.write(colleagues.link_colleague, sender(update), press.member_id, press.person_id)
    await context.answer()


async def on_invite(update: Update, context: AssemblyContext) -> None:
    """Start inviting somebody."""
    await context.write(inviting.ask_role, sender(update), pressed(InviteColleague, update).member_id)
    await context.answer()


async def on_role(update: Update, context: AssemblyContext) -> None:
    """Take the role of the invited."""
    press = pressed(ChooseInviteRole, update)
    await context.write(inviting.ask_name, sender(update), press.member_id, press.role)
    await context.answer()


async def on_replace(update: Update, context: AssemblyContext) -> None:
    """Start replacing somebody."""
    press = pressed(ReplaceColleague, update)
    await context.write(inviting.ask_successor, sender(update), press.member_id, press.person_id)
    await context.answer()


async def on_confirm(update: Update, context: AssemblyContext) -> None:
    """Invite as the preview showed."""
    press = pressed(ConfirmInvite, update)
    await context.write(inviting.invite, sender(update), press.number, pressed_message(update))
    await context.answer()


async def on_ask_end(update: Update, context: AssemblyContext) -> None:
    """Show what ending somebody's roles would do."""
    press = pressed(AskEndColleague, update)
    message_id = pressed_message(update)
    await context.write(colleagues.ask_end, sender(update), press.member_id, press.person_id, message_id)
    await context.answer()


async def on_end(update: Update, context: AssemblyContext) -> None:
    """End somebody's roles."""
    press = pressed(EndColleague, update)
    message_id = pressed_message(update)
    await context.write(colleagues.end_colleague, sender(update), press.member_id, press.person_id, message_id)
    await context.answer()
