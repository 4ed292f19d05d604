"""The register file, and documents in general."""

from telegram import Update

from handlers.context import AssemblyContext
from handlers.incoming import pressed, pressed_message, sender, written
from screens.presses import ApplyRegister
from services import files, register
from services.documents import IncomingFile


async def on_ask(update: Update, context: AssemblyContext) -> None:
    """Expect a register file."""
    await context.write(register.ask_register, sender(update))
    await context.answer()


async def on_document(update: Update, context: AssemblyContext) -> None:
    """Take a document for what the sender is busy with."""
    message = written(update)
    document = message.document
    if document is None:
        return
    file = IncomingFile(
        document.file_id,
        document.file_unique_id,
        (document.file_name or "document")[:200],
        document.mime_type or "application/octet-stream",
        document.file_size or 0,
        message.caption or "",
        message.caption_html or "",
    )
    await context.write(files.receive_file, sender(update), file)


async def on_apply(update: Update, context: AssemblyContext) -> None:
    """Take the register file over."""
    press = pressed(ApplyRegister, update)
    await context.write(register.apply_register, sender(update), press.file_id, pressed_message(update))
    await context.answer()
