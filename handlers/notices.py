"""Notices, from the first word to the last delivery, and what can be done about them afterwards."""

from datetime import UTC, datetime

from telegram import Update

import screens
from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender
from screens.presses import (
    AskCorrection,
    AskNoticeMoment,
    AskWithdrawal,
    ConfirmNotice,
    CorrectNotice,
    ExportReport,
    ForgetNoticeMoment,
    PageNotices,
    PageReport,
    PlanNotice,
    PreviewNotice,
    RepeatNotice,
    SendNotice,
    ShowNotice,
    ToggleReceipt,
    ToggleSilent,
    UnplanNotice,
    WithdrawNotice,
)
from services import notice_changes, notice_progress, notice_sending, notices

LAST_MINUTE = int(datetime(9999, 1, 1, tzinfo=UTC).timestamp()) // 60
"""A forged button may name a minute that no calendar has."""


async def on_start(update: Update, context: AssemblyContext) -> None:
    """Expect a notice."""
    await context.write(notices.start_notice, sender(update))
    await context.answer()


async def on_past(update: Update, context: AssemblyContext) -> None:
    """Show a page of the notices that were sent or planned."""
    press, message_id = pressed(PageNotices, update), pressed_message(update)
    await context.write(notice_progress.show_past, sender(update), press.page, message_id)
    await context.answer()


async def on_preview(update: Update, context: AssemblyContext) -> None:
    """Show the notice as it will be sent."""
    await context.write(notice_sending.preview_notice, sender(update), pressed(PreviewNotice, update).notice_id)
    await context.answer()


async def on_silent(update: Update, context: AssemblyContext) -> None:
    """Let the notice arrive without a sound, or with one."""
    press, message_id = pressed(ToggleSilent, update), pressed_message(update)
    await context.write(notice_sending.toggle_silent, sender(update), press.notice_id, message_id)
    await context.answer()


async def on_receipt(update: Update, context: AssemblyContext) -> None:
    """Ask the readers to confirm, or not."""
    press, message_id = pressed(ToggleReceipt, update), pressed_message(update)
    await context.write(notice_sending.toggle_receipt, sender(update), press.notice_id, message_id)
    await context.answer()


async def on_ask_moment(update: Update, context: AssemblyContext) -> None:
    """Expect when the notice is to be sent."""
    await context.write(notice_sending.ask_moment, sender(update), pressed(AskNoticeMoment, update).notice_id)
    await context.answer()


async def on_forget_moment(update: Update, context: AssemblyContext) -> None:
    """Send at once after all, once that is confirmed."""
    press, message_id = pressed(ForgetNoticeMoment, update), pressed_message(update)
    await context.write(notice_sending.forget_moment, sender(update), press.notice_id, message_id)
    await context.answer()


async def on_send(update: Update, context: AssemblyContext) -> None:
    """Send the notice."""
    press, message_id = pressed(SendNotice, update), pressed_message(update)
    any_hour = bool(press.any_hour)
    await context.write(notice_sending.send_notice, sender(update), press.notice_id, message_id, at_any_hour=any_hour)
    await context.answer()


async def on_plan(update: Update, context: AssemblyContext) -> None:
    """Let the notice go out by itself."""
    press, message_id = pressed(PlanNotice, update), pressed_message(update)
    moment = datetime.fromtimestamp(min(press.minute, LAST_MINUTE) * 60, UTC)
    any_hour = bool(press.any_hour)
    await context.write(
        notice_sending.plan_notice, sender(update), press.notice_id, moment, message_id, at_any_hour=any_hour
    )
    await context.answer()


async def on_unplan(update: Update, context: AssemblyContext) -> None:
    """Do not send a planned notice."""
    await context.write(notice_sending.unplan_notice, sender(update), pressed(UnplanNotice, update).notice_id)
    await context.answer()


async def on_show(update: Update, context: AssemblyContext) -> None:
    """Show how a notice fares."""
    await context.write(notice_progress.show_notice, sender(update), pressed(ShowNotice, update).notice_id)
    await context.answer()


async def on_report(update: Update, context: AssemblyContext) -> None:
    """Show a page of the report per person."""
    press, message_id = pressed(PageReport, update), pressed_message(update)
    await context.write(notice_progress.show_report, sender(update), press.notice_id, press.page, message_id)
    await context.answer()


async def on_export(update: Update, context: AssemblyContext) -> None:
    """Send the report as a file."""
    await context.write(notice_progress.export_report, sender(update), pressed(ExportReport, update).notice_id)
    await context.answer()


async def on_ask_correction(update: Update, context: AssemblyContext) -> None:
    """Expect other words for a notice."""
    await context.write(notice_changes.ask_correction, sender(update), pressed(AskCorrection, update).notice_id)
    await context.answer()


async def on_correct(update: Update, context: AssemblyContext) -> None:
    """Replace the words of a notice."""
    press, message_id = pressed(CorrectNotice, update), pressed_message(update)
    await context.write(notice_changes.correct_notice, sender(update), press.notice_id, message_id)
    await context.answer()


async def on_ask_withdrawal(update: Update, context: AssemblyContext) -> None:
    """Ask whether a notice is to be deleted."""
    await context.write(notice_changes.ask_withdrawal, sender(update), pressed(AskWithdrawal, update).notice_id)
    await context.answer()


async def on_withdraw(update: Update, context: AssemblyContext) -> None:
    """Delete a notice wherever it was sent."""
    press, message_id = pressed(WithdrawNotice, update), pressed_message(update)
    await context.write(notice_changes.withdraw_notice, sender(update), press.notice_id, message_id)
    await context.answer()


async def on_repeat(update: Update, context: AssemblyContext) -> None:
    """Send a notice once more to whom it did not reach."""
    press, message_id = pressed(RepeatNotice, update), pressed_message(update)
    await context.write(notice_changes.repeat_notice, sender(update), press.notice_id, message_id)
    await context.answer()


async def on_confirm(update: Update, context: AssemblyContext) -> None:
    """Note that the reader confirms."""
    await context.write(notice_changes.confirm_receipt, sender(update), pressed(ConfirmNotice, update).notice_id)
    await context.answer(screens.notices.confirmed())
