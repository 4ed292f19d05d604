"""Changing messages that the bot sent."""

from typing import Any

from simulator.errors import bad_request
from simulator.keyboards import Keyboard, read_markup
from simulator.messages import Content, Message
from simulator.methods.access import chat_to_write, is_group, message_in
from simulator.methods.contents import read_caption, read_media, read_text
from simulator.methods.registry import Call, method

Json = dict[str, Any]

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


@method("editMessageText")
def edit_message_text(call: Call) -> Json:
    """Replace the text; a keyboard that is not given again disappears."""
    content = read_text(call)
    keyboard, message = _editable(call)
    if message.content.is_media:
        raise bad_request("there is no text in the message to edit")
    return _change(call, message, content, keyboard)


@method("editMessageCaption")
def edit_message_caption(call: Call) -> Json:
    """Replace or remove the caption of a document or photo."""
    caption = read_caption(call)
    keyboard, message = _editable(call)
    old = message.content
    if not old.is_media:
        raise bad_request("there is no caption in the message to edit")
    return _change(call, message, Content(caption, old.document, old.photo), keyboard)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(call: Call) -> Json:
    """Replace or remove the inline keyboard."""
    keyboard, message = _editable(call)
    return _change(call, message, message.content, keyboard)


@method("editMessageMedia")
def edit_message_media(call: Call) -> Json:
    """Replace the document or photo and its caption; in an album its kind must stay."""
    item = call.params.json("media", "media")
    if item is None:
        raise bad_request("input media is not specified")
    content = read_media(call, item)
    keyboard, message = _editable(call)
    if message.media_group_id and (content.photo is None) != (message.content.photo is None):
        raise bad_request("can't change media type in the album")
    return _change(call, message, content, keyboard)


def _editable(call: Call) -> tuple[Keyboard, Message]:
    """Return the new keyboard and the message, which must be one that the bot sent."""
    keyboard = read_markup(call.params.text("reply_markup"))
    if not call.params.text("chat_id") and not call.params.number("message_id"):
        if call.params.text("inline_message_id"):
            raise bad_request("MESSAGE_ID_INVALID")
        raise bad_request("message identifier is not specified")
    message = message_in(call, chat_to_write(call), "message to edit")
    if message.author is not call.bot.user or message.service or message.forward_origin:
        raise bad_request("message can't be edited")
    return keyboard, message


def _change(call: Call, message: Message, content: Content, keyboard: Keyboard) -> Json:
    if content == message.content and keyboard == message.keyboard:
        raise bad_request(_NOT_MODIFIED)
    call.world.limits.charge(call.bot.id, message.chat.id, group=is_group(message.chat))
    message.content, message.keyboard = content, keyboard
    message.edit_date = call.world.clock.timestamp()
    call.world.changed.fire()
    return message.api(call.world.files, call.bot.id)
