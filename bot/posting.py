"""One request of the Bot API: a message is sent, one is changed in place, or commands are set."""

from datetime import UTC, datetime
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
    MessageEntity,
    User,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from assembly.formatting import Entity
from screens.content import (
    Album,
    Button,
    CommandMenu,
    Content,
    Erasure,
    MadeDocument,
    MadePicture,
    StoredDocument,
    StoredPicture,
)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

_SAME = "message is not modified"
_NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "message_id_invalid",
)

_GONE = "message to delete not found"
_NOT_ERASABLE = (_GONE, "message can't be deleted", "message identifier is not specified")

_log = structlog.stdlib.get_logger(__name__)


async def post_commands(bot: Bot, chat_id: int, menu: CommandMenu) -> None:
    """Set which commands Telegram offers in this chat."""
    commands = [BotCommand(name, description) for name, description in menu.commands]
    await bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id))


async def erase(bot: Bot, chat_id: int, erasure: Erasure, edited: int | None) -> None:
    """Take a message out of the chat. One that is gone, or too old for Telegram to delete, stays as it is.

    ``edited`` is the message that is meant where the erasure names none; then it is an error if it is too old.
    """
    named = erasure.message_id
    message_id, borne = (edited, (_GONE,)) if named is None else (named, _NOT_ERASABLE)
    if message_id is None:
        return
    try:
        await bot.delete_message(chat_id, message_id)
    except BadRequest as error:
        if not any(reason in error.message.lower() for reason in borne):
            raise
        _log.info("message not erased", chat_id=chat_id, error=str(error))


async def send_album(bot: Bot, chat_id: int, album: Album, *, silent: bool) -> tuple[int, ...]:
    """Send an album and return the ids of its messages. Raises PTB's errors."""
    captions = [album.caption or None, *([None] * len(album.files))]
    media = [
        (InputMediaPhoto if isinstance(file, StoredPicture) else InputMediaDocument)(file.telegram_file_id, caption)
        for file, caption in zip(album.files, captions, strict=False)
    ]
    return tuple(
        message.message_id for message in await bot.send_media_group(chat_id, media, disable_notification=silent)
    )


async def send(bot: Bot, chat_id: int, content: Content, *, silent: bool) -> Message:
    """Send a message and return it. Raises PTB's errors."""
    options: dict[str, Any] = {
        "reply_markup": _keyboard(content),
        "disable_notification": silent,
        "protect_content": content.protect,
    }
    if content.document is None:
        options |= {"link_preview_options": NO_PREVIEW, **_formatting(content, "entities")}
        message = await bot.send_message(chat_id, content.text, **options)
    else:
        options |= {"caption": content.text, **_formatting(content, "caption_entities")}
        is_picture = isinstance(content.document, MadePicture | StoredPicture)
        send_file = bot.send_photo if is_picture else bot.send_document
        message = await send_file(chat_id, _file(content.document), **options)
    return message


async def edit(bot: Bot, chat_id: int, message_id: int, content: Content) -> bool:
    """Change a message; return ``False`` where Telegram does not allow that any more. Raises PTB's errors."""
    try:
        if content.document is None:
            await bot.edit_message_text(
                content.text,
                chat_id,
                message_id,
                link_preview_options=NO_PREVIEW,
                reply_markup=_keyboard(content),
                **_formatting(content, "entities"),
            )
        else:
            is_picture = isinstance(content.document, MadePicture | StoredPicture)
            kind = InputMediaPhoto if is_picture else InputMediaDocument
            media = kind(_file(content.document), content.text, **_formatting(content, "caption_entities"))
            await bot.edit_message_media(media, chat_id, message_id, reply_markup=_keyboard(content))
    except BadRequest as error:
        words = error.message.lower()
        if _SAME in words:
            return True
        if any(reason in words for reason in _NOT_EDITABLE):
            return False
        raise
    return True


def _formatting(content: Content, name: str) -> dict[str, Any]:
    """Return what tells Telegram how the text is formatted: that it is HTML, or the entities under their ``name``."""
    if content.entities is None:
        return {"parse_mode": ParseMode.HTML}
    return {name: [_entity(entity) for entity in content.entities]}


def _entity(entity: Entity) -> MessageEntity:
    more: dict[str, Any] = {}
    match entity.kind:
        case MessageEntity.TEXT_LINK:
            more = {"url": entity.value}
        case MessageEntity.PRE if entity.value:
            more = {"language": entity.value}
        case MessageEntity.CUSTOM_EMOJI:
            more = {"custom_emoji_id": entity.value}
        case MessageEntity.TEXT_MENTION:
            more = {"user": User(int(entity.value), "–", is_bot=False)}
        case MessageEntity.DATE_TIME:
            moment = datetime.fromtimestamp(int(entity.value), UTC)
            more = {"unix_time": moment, "date_time_format": entity.form or None}
    return MessageEntity(entity.kind, entity.offset, entity.length, **more)


def _file(document: StoredDocument | StoredPicture | MadeDocument | MadePicture) -> str | InputFile:
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
