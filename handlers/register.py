"""The register file, and documents in general."""

from telegram import Update

import screens
from handlers.context import AssemblyContext
from handlers.incoming import formatting, pressed, pressed_message, sender, written
from screens.presses import ApplyRegister, PageChanges
from screens.texts import clean_name
from services import files, register, register_export, register_taking
from services.documents import IncomingFile

NAME_LENGTH = 128
"""UTF-16 units of what a document says of itself that are kept."""


async def on_ask_elections(update: Update, context: AssemblyContext) -> None:
    """Expect a file of who was elected."""
    await context.write(register.ask_elections, sender(update))
    await context.answer()


async def on_template(update: Update, context: AssemblyContext) -> None:
    """Send an empty register file."""
    await context.write(register_export.send_template, sender(update))
    await context.answer()


async def on_export(update: Update, context: AssemblyContext) -> None:
    """Send the register as a file."""
    await context.write(register_export.export_register, sender(update))
    await context.answer()


async def on_document(update: Update, context: AssemblyContext) -> None:
    """Take a document for what the sender is busy with."""
    message = written(update)
    document = message.document
    if document is None:
        return
    file = IncomingFile(
        document.file_id,
        document.file_unique_id[:NAME_LENGTH],
        clean_name(document.file_name or "", NAME_LENGTH) or "document",
        clean_name(document.mime_type or "", NAME_LENGTH) or "application/octet-stream",
        max(document.file_size or 0, 0),
        message.caption or "",
        formatting(message.caption_entities),
        album=message.media_group_id or "",
    )
    await context.write(files.receive_file, sender(update), file)


async def on_photo(update: Update, context: AssemblyContext) -> None:
    """Take a photo for what the sender is busy with; Telegram gives it in several sizes, the largest last."""
    message = written(update)
    largest = message.photo[-1]
    photo = IncomingFile(
        largest.file_id,
        largest.file_unique_id[:NAME_LENGTH],
        "",
        "image/jpeg",
        max(largest.file_size or 0, 0),
        message.caption or "",
        formatting(message.caption_entities),
        picture=True,
        album=message.media_group_id or "",
    )
    await context.write(files.receive_photo, sender(update), photo)


async def on_page(update: Update, context: AssemblyContext) -> None:
    """Show another page or part of what a register file would change."""
    press = pressed(PageChanges, update)
    message_id = pressed_message(update)
    await context.write(register.turn_page, sender(update), press.file_id, press.part, press.page, message_id)
    await context.answer()


async def on_apply(update: Update, context: AssemblyContext) -> None:
    """Take a part of the register file over; say so where it is not what was shown any more."""
    press = pressed(ApplyRegister, update)
    moved = await context.write(
        register_taking.apply_register,
        sender(update),
        press.file_id,
        press.part,
        press.mark,
        pressed_message(update),
    )
    if moved is None:
        await context.answer()
    else:
        await context.answer(screens.refusals.plain(moved, context.association), alert=True)
