"""One request of the Bot API: a message is sent, one is changed in place, or commands are set."""

from typing import Any

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from screens.content import Button, CommandMenu, Content, MadeDocument, MadePicture, StoredDocument, StoredPicture

_Document = StoredDocument | StoredPicture | MadeDocument | MadePicture

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

_SAME = "message is not modified"
_NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "message_id_invalid",
)

_NOT_ERASABLE = ("message to delete not found", "message can't be deleted", "message identifier is not specified")

_log = structlog.stdlib.get_logger(__name__)


async def post_commands(bot: Bot, chat_id: int, menu: CommandMenu) -> None:
    """Set which commands Telegram offers in this chat."""
    commands = [BotCommand(name, description) for name, description in menu.commands]
    await bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id))


async def erase(bot: Bot, chat_id: int, message_id: int) -> None:
    """Take a message out of the chat. One that is gone, or too old for Telegram to delete, stays as it is."""
    try:
        await bot.delete_message(chat_id, message_id)
    except BadRequest as error:
        if not any(reason in error.message.lower() for reason in _NOT_ERASABLE):
            raise
        _log.info("message not erased", chat_id=chat_id, error=str(error))


async def send(bot: Bot, chat_id: int, content: Content, *, silent: bool) -> Message:
    """Send a message and return it. Raises PTB's errors."""
    options: dict[str, Any] = {
        "parse_mode": ParseMode.HTML,
        "reply_markup": _keyboard(content),
        "disable_notification": silent,
        "protect_content": content.protect,
    }
    if content.document is None:
        message = await bot.send_message(chat_id, content.text, link_preview_options=NO_PREVIEW, **options)
    elif isinstance(content.document, MadePicture | StoredPicture):
        message = await bot.send_photo(chat_id, _file(content.document), caption=content.text, **options)
    else:
        message = await bot.send_document(chat_id, _file(content.document), caption=content.text, **options)
    return message


async def edit(bot: Bot, chat_id: int, message_id: int, content: Content) -> bool:
    """Change a message; return ``False`` where Telegram does not allow that any more. Raises PTB's errors."""
    try:
        if content.document is None:
            await bot.edit_message_text(
                content.text,
                chat_id,
                message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=_keyboard(content),
            )
        else:
            kind = InputMediaPhoto if isinstance(content.document, MadePicture | StoredPicture) else InputMediaDocument
            media = kind(_file(content.document), content.text, parse_mode=ParseMode.HTML)
            await bot.edit_message_media(media, chat_id, message_id, reply_markup=_keyboard(content))
    except BadRequest as error:
        words = error.message.lower()
        if _SAME in words:
            return True
        if any(reason in words for reason in _NOT_EDITABLE):
            return False
        raise
    return True


def _file(document: _Document) -> str | InputFile:
    if isinstance(document, StoredDocument | StoredPicture):
        return document.telegram_file_id
    made = InputFile(document.content, filename=document.name, attach=True)
    made.mimetype = document.mime_type
    return made


def _keyboard(content: Content) -> InlineKeyboardMarkup | None:
    if not content.keyboard:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in content.keyboard])


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(button.label, url=button.url, callback_data=button.data, style=button.style)
