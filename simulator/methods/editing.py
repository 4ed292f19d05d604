"""Changing messages that the bot sent."""

from typing import Any

from simulator.errors import bad_request
from simulator.keyboards import Keyboard, Markup, inline_only, read_markup
from simulator.messages import Content, Message
from simulator.methods.access import chat_to_write, check_fits, check_may_edit, is_group, message_in
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
    content, markup = read_text(call, too_long="MESSAGE_TOO_LONG"), _markup(call)
    message = _target(call)
    if message.content.is_media:
        raise bad_request("there is no text in the message to edit")
    return _change(call, message, content, markup)


@method("editMessageCaption")
def edit_message_caption(call: Call) -> Json:
    """Replace or remove the caption of a document or photo."""
    markup, caption = _markup(call), read_caption(call, too_long="MEDIA_CAPTION_TOO_LONG")
    message = _target(call)
    old = message.content
    if not old.is_media:
        raise bad_request("there is no caption in the message to edit")
    return _change(call, message, Content(caption, old.document, old.photo), markup)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(call: Call) -> Json:
    """Replace or remove the inline keyboard."""
    markup, message = _markup(call), _target(call)
    return _change(call, message, message.content, markup)


@method("editMessageMedia")
def edit_message_media(call: Call) -> Json:
    """Replace the document or photo and its caption; in an album its kind must stay."""
    markup = _markup(call)
    call.params.needed("media")
    content = read_media(call, call.params.json("media", "input media"))
    message = _target(call)
    if message.media_group_id and (content.photo is None) != (message.content.photo is None):
        raise bad_request("can't change media type in the album")
    return _change(call, message, content, markup)


def _markup(call: Call) -> Markup:
    return read_markup(call.params.text("reply_markup"))


def _target(call: Call) -> Message:
    """Return the message that a request is about, which must be one that the bot may edit."""
    if not call.params.text("chat_id") and not call.params.number("message_id"):
        if call.params.text("inline_message_id"):
            raise bad_request("MESSAGE_ID_INVALID")
        raise bad_request("message identifier is not specified")
    chat = chat_to_write(call)
    message = message_in(call, chat, "message to edit")
    check_may_edit(call, chat, message)
    return message


def _change(call: Call, message: Message, content: Content, markup: Markup) -> Json:
    keyboard: Keyboard = inline_only(markup)
    check_fits(markup, message.chat)
    if content == message.content and keyboard == message.keyboard:
        raise bad_request(_NOT_MODIFIED)
    call.world.limits.charge(call.bot.id, message.chat.id, group=is_group(message.chat))
    message.content, message.keyboard = content, keyboard
    message.edit_date = call.world.clock.timestamp()
    call.world.changed.fire()
    return message.api(call.world.files, call.bot.id)
