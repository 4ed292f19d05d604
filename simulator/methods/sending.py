"""Sending, copying and forwarding."""

import secrets
from typing import Any

from simulator.chats import Chat
from simulator.errors import bad_request
from simulator.keyboards import Markup, read_markup
from simulator.messages import Content, Message
from simulator.methods.access import (
    chat_to_read,
    chat_to_write,
    check_fits,
    check_may_send,
    is_group,
    message_in,
)
from simulator.methods.contents import (
    read_album,
    read_caption,
    read_document,
    read_photo,
    read_reply_parameters,
    read_text,
)
from simulator.methods.registry import Call, method

Json = dict[str, Any]

_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note", "cancel", "record_audio",
    "upload_audio", "pick_up_location",
}  # fmt: skip


@method("sendMessage")
def send_message(call: Call) -> Json:
    """Send a text."""
    return _send_one(call, read_text(call))


@method("sendDocument")
def send_document(call: Call) -> Json:
    """Send a document, uploaded or by file_id."""
    return _send_one(call, read_document(call))


@method("sendPhoto")
def send_photo(call: Call) -> Json:
    """Send a photo, uploaded or by file_id."""
    return _send_one(call, read_photo(call))


@method("sendMediaGroup")
def send_media_group(call: Call) -> list[Json]:
    """Send 2 to 10 documents or photos as one album; each counts as a message."""
    sent = _send(call, read_album(call), media_group_id=str(secrets.randbits(53) + 10**16))
    return [message.api(call.world.files, call.bot.id) for message in sent]


@method("copyMessage")
def copy_message(call: Call) -> Json:
    """Send the content of a message again, with no link to the original; answers only the new id."""
    original = _original(call, "copy")
    content = original.content
    if "caption" in call.params.values and content.is_media:
        caption = read_caption(call, too_long="MEDIA_CAPTION_TOO_LONG")
        content = Content(caption, content.document, content.photo)
    return {"message_id": _send(call, [content])[0].id}


@method("forwardMessage")
def forward_message(call: Call) -> Json:
    """Forward a message; its keyboard does not go along."""
    original = _original(call, "forward")
    return _send(call, [original.content], forward_origin=origin(original))[0].api(call.world.files, call.bot.id)


@method("sendChatAction")
def send_chat_action(call: Call) -> bool:
    """Accept "is typing" and the like; nobody sees it here."""
    if call.params.text("action").lower() not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat_to_write(call)
    return True


def origin(original: Message) -> Json:
    """Say where a forwarded message came from; a forward of a forward names the first."""
    if original.forward_origin:
        return original.forward_origin
    if original.sender is None:
        return {
            "type": "channel",
            "date": original.date,
            "chat": original.chat.api(),
            "message_id": original.id,
        }
    return {"type": "user", "date": original.date, "sender_user": original.sender.api()}


def _original(call: Call, verb: str) -> Message:
    """Return the message that is to be copied or forwarded, which must be one that can be."""
    call.params.needed("from_chat_id")
    original = message_in(call, chat_to_read(call, "from_chat_id"), f"message to {verb}")
    # Protection keeps people, and the forwarding of bots, from passing a message on, but not a bot's copy.
    if original.service or (original.protected and verb == "forward"):
        raise bad_request("the message can't be copied" if verb == "copy" else "the message can't be forwarded")
    return original


def _send_one(call: Call, content: Content) -> Json:
    return _send(call, [content])[0].api(call.world.files, call.bot.id)


def _send(call: Call, contents: list[Content], **more: Any) -> list[Message]:  # noqa: ANN401 - passed on
    """Put messages of the bot into the chat of the request, if it may and its keyboard has a place there."""
    # An album has no keyboard, and a forward leaves it behind.
    markup = Markup() if more else read_markup(call.params.text("reply_markup"))
    chat = chat_to_write(call)
    replied = _replied(call, chat) if "forward_origin" not in more else None
    check_may_send(call, chat, contents)
    check_fits(markup, chat)
    return _post(call, chat, contents, markup, replied, **more)


def _replied(call: Call, chat: Chat) -> Message | None:
    reply = read_reply_parameters(call)
    if not reply:
        return None
    replied = chat.messages.get(int(reply["message_id"]))
    if replied is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return replied


def _post(
    call: Call,
    chat: Chat,
    contents: list[Content],
    markup: Markup,
    replied: Message | None,
    *,
    media_group_id: str | None = None,
    forward_origin: Json | None = None,
) -> list[Message]:
    """Put messages of the bot into a chat, within its limits."""
    call.world.limits.charge(call.bot.id, chat.id, len(contents), group=is_group(chat))
    anonymous = chat.type == "channel"
    return [
        call.world.put(
            Message(
                id=next(chat.ids),
                chat=chat,
                sender=None if anonymous else call.bot.user,
                date=call.world.clock.timestamp(),
                content=content,
                keyboard=markup.inline,
                has_other_markup=markup.other,
                reply_to=replied,
                media_group_id=media_group_id,
                forward_origin=forward_origin,
                silent=call.params.flag("disable_notification"),
                protected=call.params.flag("protect_content"),
                author=call.bot.user,
            )
        )
        for content in contents
    ]
