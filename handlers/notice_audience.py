"""To whom a notice goes."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    PageNoticeMembers,
    ShowAudience,
    ToggleChat,
    ToggleCircle,
    ToggleCommission,
    ToggleLack,
    ToggleNoticeMember,
)
from services import notice_audience


async def on_audience(update: Update, context: AssemblyContext) -> None:
    """Show what can be chosen."""
    press, message_id = pressed(ShowAudience, update), pressed_message(update)
    await context.write(notice_audience.show_audience, sender(update), press.notice_id, message_id)
    await context.answer()


async def on_circle(update: Update, context: AssemblyContext) -> None:
    """Add people by what they are, or take them away."""
    press, message_id = pressed(ToggleCircle, update), pressed_message(update)
    await context.write(notice_audience.toggle_circle, sender(update), press.notice_id, press.circle, message_id)
    await context.answer()


async def on_commission(update: Update, context: AssemblyContext) -> None:
    """Add the people of a commission, or take them away."""
    press, message_id = pressed(ToggleCommission, update), pressed_message(update)
    await context.write(
        notice_audience.toggle_commission, sender(update), press.notice_id, press.commission_id, message_id
    )
    await context.answer()


async def on_lack(update: Update, context: AssemblyContext) -> None:
    """Leave only who has not done something, or everybody again."""
    press, message_id = pressed(ToggleLack, update), pressed_message(update)
    await context.write(notice_audience.toggle_lack, sender(update), press.notice_id, press.lack, message_id)
    await context.answer()


async def on_chat(update: Update, context: AssemblyContext) -> None:
    """Add a group or channel, or take it away."""
    press, message_id = pressed(ToggleChat, update), pressed_message(update)
    await context.write(notice_audience.toggle_chat, sender(update), press.notice_id, -press.chat, message_id)
    await context.answer()


async def on_members(update: Update, context: AssemblyContext) -> None:
    """Show a page of members to choose from."""
    press, message_id = pressed(PageNoticeMembers, update), pressed_message(update)
    await context.write(notice_audience.show_members, sender(update), press.notice_id, press.page, message_id)
    await context.answer()


async def on_member(update: Update, context: AssemblyContext) -> None:
    """Choose a member by hand, or no longer."""
    press, message_id = pressed(ToggleNoticeMember, update), pressed_message(update)
    await context.write(
        notice_audience.toggle_member, sender(update), press.notice_id, press.member_id, press.page, message_id
    )
    await context.answer()
