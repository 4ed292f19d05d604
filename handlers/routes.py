"""The one file that binds updates to handlers. Nothing here runs beside another update of the same person."""

from typing import Any

from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from handlers import fallback, register, registration
from handlers.guard import Handler, guarded
from screens import presses
from screens.presses import Press

COMMANDS: dict[str, Handler] = {
    "start": registration.on_start,
    "menu": registration.on_menu,
    "help": registration.on_help,
    "privacy": registration.on_privacy,
    "annuleren": registration.on_cancel,
    "leden": register.on_ask,
}
"""Commands in a private chat."""

PRESSES: dict[type[Press], Handler] = {
    presses.OpenMenu: registration.on_menu,
    presses.Cancel: registration.on_cancel,
    presses.ConfirmRegistration: registration.on_confirm,
    presses.DenyRegistration: registration.on_deny,
    presses.AskRegister: register.on_ask,
    presses.ApplyRegister: register.on_apply,
    presses.ExportLinks: register.on_links,
}
"""Buttons, in whichever chat they are pressed: the service decides whether the presser may."""


def bind(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Add every handler; the first that matches takes the update."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    for command, handler in COMMANDS.items():
        application.add_handler(CommandHandler(command, guarded(handler), private))
    for press, handler in PRESSES.items():
        application.add_handler(CallbackQueryHandler(guarded(handler), press.matches))
    application.add_handler(CallbackQueryHandler(guarded(fallback.on_unknown_press)))
    application.add_handler(MessageHandler(private & filters.Document.ALL, guarded(register.on_document)))
    application.add_handler(MessageHandler(private & filters.TEXT & ~filters.COMMAND, guarded(fallback.on_text)))
    application.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, guarded(fallback.on_other)))
