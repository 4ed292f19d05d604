"""One message through the Bot API: sent, or changed in place."""

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
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from screens.content import Button, CommandMenu, Content, MadeDocument, StoredDocument, StoredPhoto

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

_SAME = "message is not modified"
_NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "message_id_invalid",
)

_log = structlog.stdlib.get_logger(__name__)


async def post_commands(bot: Bot, chat_id: int, menu: CommandMenu) -> None:
    """Set which commands Telegram offers in this chat."""
    commands = [BotCommand(name, description) for name, description in menu.commands]
    await bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id))


async def post(bot: Bot, chat_id: int, content: Content, *, edit: int | None, silent: bool) -> int:
    """Show ``content`` in the chat and return the id of the message that shows it.

    The message ``edit`` is changed in place where Telegram allows that, otherwise a new one is sent. Raises PTB's
    errors.
    """
    if edit is not None and await _edit(bot, chat_id, edit, content):
        return edit
    message_id = await _send(bot, chat_id, content, silent=silent)
    if content.pin:
        await _pin(bot, chat_id, message_id)
    return message_id


async def _send(bot: Bot, chat_id: int, content: Content, *, silent: bool) -> int:
    if content.document is None:
        message = await bot.send_message(
            chat_id,
            content.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=_keyboard(content),
            disable_notification=silent,
        )
    elif isinstance(content.document, StoredPhoto):
        message = await bot.send_photo(
            chat_id,
            content.document.telegram_file_id,
            caption=content.text,
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(content),
            disable_notification=silent,
        )
    else:
        message = await bot.send_document(
            chat_id,
            _file(content.document),
            caption=content.text,
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(content),
            disable_notification=silent,
        )
    return message.message_id


async def _edit(bot: Bot, chat_id: int, message_id: int, content: Content) -> bool:
    """Change the message; return whether it shows ``content`` now."""
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
            media = _media(content.document, content.text)
            await bot.edit_message_media(media, chat_id, message_id, reply_markup=_keyboard(content))
    except BadRequest as error:
        words = error.message.lower()
        if _SAME in words:
            return True
        if any(reason in words for reason in _NOT_EDITABLE):
            return False
        raise
    return True


async def _pin(bot: Bot, chat_id: int, message_id: int) -> None:
    try:
        await bot.pin_chat_message(chat_id, message_id, disable_notification=True)
    except TelegramError as error:  # the message is there, which is what matters
        _log.warning("message not pinned", chat_id=chat_id, error=str(error))


def _media(document: StoredDocument | StoredPhoto | MadeDocument, text: str) -> InputMediaDocument | InputMediaPhoto:
    if isinstance(document, StoredPhoto):
        return InputMediaPhoto(document.telegram_file_id, text, parse_mode=ParseMode.HTML)
    return InputMediaDocument(_file(document), text, parse_mode=ParseMode.HTML)


def _file(document: StoredDocument | MadeDocument) -> str | InputFile:
    if isinstance(document, StoredDocument):
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
