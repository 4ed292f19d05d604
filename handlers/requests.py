"""Requests for access: made by strangers, decided on by the secretariat."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    ApproveAsKnown,
    ApproveAsNew,
    AskRefusalReason,
    ChooseRequestMember,
    RefuseRequest,
    ShowRequest,
)
from services import decisions, requests


async def on_begin(update: Update, context: AssemblyContext) -> None:
    """Start asking for access."""
    user = update.effective_user
    name = f"{user.full_name} @{user.username}" if user and user.username else user.full_name if user else ""
    await context.write(requests.begin_request, sender(update), name)
    await context.answer()


async def on_member(update: Update, context: AssemblyContext) -> None:
    """Take for which member the stranger acts."""
    await context.write(requests.choose_member, sender(update), pressed(ChooseRequestMember, update).member_id)
    await context.answer()


async def on_restart(update: Update, context: AssemblyContext) -> None:
    """Ask everything again."""
    await context.write(requests.restart_request, sender(update))
    await context.answer()


async def on_send(update: Update, context: AssemblyContext) -> None:
    """Hand the request to the secretariat."""
    await context.write(requests.send_request, sender(update), pressed_message(update))
    await context.answer()


async def on_withdraw(update: Update, context: AssemblyContext) -> None:
    """Let go of the request."""
    await context.write(requests.withdraw_request, sender(update), pressed_message(update))
    await context.answer()


async def on_list(update: Update, context: AssemblyContext) -> None:
    """List the requests that wait."""
    await context.write(decisions.show_requests, sender(update))
    await context.answer()


async def on_request(update: Update, context: AssemblyContext) -> None:
    """Show a request."""
    await context.write(decisions.show_request, sender(update), pressed(ShowRequest, update).request_id)
    await context.answer()


async def on_approve_as_new(update: Update, context: AssemblyContext) -> None:
    """Let a stranger in as a new person."""
    press = pressed(ApproveAsNew, update)
    await context.write(decisions.approve_as_new, sender(update), press.request_id, press.role)
    await context.answer()


async def on_approve_as_known(update: Update, context: AssemblyContext) -> None:
    """Let a stranger in as somebody in the register."""
    press = pressed(ApproveAsKnown, update)
    await context.write(decisions.approve_as_known, sender(update), press.request_id, press.person_id)
    await context.answer()


async def on_refuse(update: Update, context: AssemblyContext) -> None:
    """Refuse a request."""
    await context.write(decisions.refuse_request, sender(update), pressed(RefuseRequest, update).request_id)
    await context.answer()


async def on_ask_reason(update: Update, context: AssemblyContext) -> None:
    """Expect why a request is refused."""
    await context.write(decisions.ask_reason, sender(update), pressed(AskRefusalReason, update).request_id)
    await context.answer()
