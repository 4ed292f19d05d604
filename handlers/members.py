"""Members as the secretariat works with them: the list and a member's card."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import PageMembers, ShowMember
from services import members


async def on_list(update: Update, context: AssemblyContext) -> None:
    """Show the members, and expect a name to search for or a register file."""
    await context.write(members.open_list, sender(update))
    await context.answer()


async def on_page(update: Update, context: AssemblyContext) -> None:
    """Show another page of members."""
    press = pressed(PageMembers, update)
    await context.write(members.turn_list, sender(update), press.page, pressed_message(update))
    await context.answer()


async def on_member(update: Update, context: AssemblyContext) -> None:
    """Show a member's card."""
    press = pressed(ShowMember, update)
    await context.write(members.show_member, sender(update), press.member_id, pressed_message(update))
    await context.answer()
