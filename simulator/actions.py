"""What people do in chats: write, send files, forward, change and delete."""

import re
import secrets
from typing import Any

from simulator.chats import Chat, MemberChat, PrivateChat
from simulator.errors import ApiError, ControlError
from simulator.files import Upload
from simulator.messages import Content, Message
from simulator.methods.sending import origin
from simulator.people import User
from simulator.text import FormattedText, finish, given_entities, utf16_length
from simulator.world import World

Json = dict[str, Any]

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MAX_TEXT = 4096
_MAX_CAPTION = 1024
_MAX_ALBUM = 10


def write(
    world: World, chat: Chat, user: User, text: str, *, entities: object = None, reply_to: int | None = None
) -> tuple[Message, int | None]:
    """Write a text message; return it and the id of the update about it, None if no bot was told."""
    formatted = _formatted(text, entities, _MAX_TEXT)
    if not formatted.text:
        raise ControlError("an empty message cannot be sent")
    return _post(world, chat, user, Content(formatted), reply_to=_replied(chat, reply_to))


def start(world: World, chat: Chat, user: User, payload: str) -> tuple[Message, int | None]:
    """Open a deep link: the payload is checked as Telegram does when the link is followed."""
    if payload and not _PAYLOAD.fullmatch(payload):
        raise ControlError("a start payload has 1 to 64 characters out of A-Z, a-z, 0-9, _ and -")
    return write(world, chat, user, f"/start {payload}".strip())


def send_files(
    world: World, chat: Chat, user: User, uploads: list[Upload], *, caption: str = "", photos: bool = False
) -> list[tuple[Message, int | None]]:
    """Send documents or photos; several are an album, whose caption is on the first."""
    if not uploads:
        raise ControlError("no file in the request")
    if len(uploads) > _MAX_ALBUM:
        raise ControlError(f"an album has at most {_MAX_ALBUM} files")
    store = world.files.add_photo if photos else world.files.add_document
    try:
        stored = [store(upload) for upload in uploads]
    except ApiError as refusal:
        raise ControlError(refusal.description) from None
    group_id = str(secrets.randbits(53) + 10**16) if len(stored) > 1 else None
    sent = []
    for number, file in enumerate(stored):
        text = _formatted(caption if number == 0 else "", None, _MAX_CAPTION)
        content = Content(text, photo=file) if photos else Content(text, document=file)
        sent.append(_post(world, chat, user, content, media_group_id=group_id))
    return sent


def forward(world: World, chat: Chat, user: User, source: Chat, message_id: int) -> tuple[Message, int | None]:
    """Forward a message that the person sees; the keyboard stays behind."""
    original = message_in(source, message_id)
    if original.service or original.protected:
        raise ControlError("this message cannot be forwarded", 403)
    return _post(world, chat, user, original.content, forward_origin=origin(original))


def edit(world: World, chat: Chat, user: User, message_id: int, text: str) -> tuple[Message, int | None]:
    """Change the text or caption of one's own message."""
    message = _own(chat, user, message_id)
    old = message.content
    limit = _MAX_CAPTION if old.is_media else _MAX_TEXT
    formatted = _formatted(text, None, limit)
    if not formatted.text and not old.is_media:
        raise ControlError("an empty message cannot be sent")
    message.content = Content(formatted, old.document, old.photo)
    message.edit_date = world.clock.timestamp()
    world.changed.fire()
    _note(world, "edit", user, message)
    return message, world.tell(message, edited=True)


def delete(world: World, chat: Chat, user: User, message_id: int) -> None:
    """Delete a message for everybody: one's own, anything in a private chat or as administrator. No bot is told."""
    message = message_in(chat, message_id)
    manages = isinstance(chat, MemberChat) and chat.status(user.id).manages
    if not (manages or isinstance(chat, PrivateChat) or message.author is user):
        raise ControlError("only one's own messages can be deleted here", 403)
    chat.remove(message)
    world.changed.fire()
    _note(world, "delete", user, message)


def message_in(chat: Chat, message_id: int) -> Message:
    """Return a message of a chat."""
    message = chat.messages.get(message_id)
    if message is None:
        raise ControlError(f"no message {message_id} in this chat", 404)
    return message


def _own(chat: Chat, user: User, message_id: int) -> Message:
    message = message_in(chat, message_id)
    if message.author is not user or message.service or message.forward_origin:
        raise ControlError("only one's own messages can be changed", 403)
    return message


def _replied(chat: Chat, message_id: int | None) -> Message | None:
    return None if message_id is None else message_in(chat, message_id)


def _formatted(text: str, entities: object, limit: int) -> FormattedText:
    try:
        formatted = finish(text, given_entities(entities))
    except ApiError as refusal:
        raise ControlError(refusal.description) from None
    if utf16_length(formatted.text) > limit:
        raise ControlError(f"longer than {limit} characters")
    return formatted


def _post(
    world: World,
    chat: Chat,
    user: User,
    content: Content,
    *,
    reply_to: Message | None = None,
    media_group_id: str | None = None,
    forward_origin: Json | None = None,
) -> tuple[Message, int | None]:
    """Put a person's message into a chat and tell the bots there."""
    _check_may_write(chat, user)
    anonymous = chat.type == "channel"
    message = Message(
        id=next(chat.ids),
        chat=chat,
        sender=None if anonymous else user,
        date=world.clock.timestamp(),
        content=content,
        reply_to=reply_to,
        media_group_id=media_group_id,
        forward_origin=forward_origin,
        author=user,
    )
    world.put(message)
    chat.read[user.id] = message.id
    _note(world, "forward" if forward_origin else "write", user, message)
    return message, world.tell(message)


def _note(world: World, action: str, user: User, message: Message) -> None:
    content = message.content
    file = content.document or content.photo
    world.log.add(
        "user",
        action=action,
        user=user.id,
        chat=message.chat.id,
        message_id=message.id,
        text=content.text.text,
        file=file.name if file else None,
    )


def _check_may_write(chat: Chat, user: User) -> None:
    if user.deleted:
        raise ControlError("this account was deleted", 403)
    if isinstance(chat, PrivateChat):
        if chat.blocked:
            raise ControlError("this person blocked the bot; unblock first", 403)
        chat.opened = True
        return
    if isinstance(chat, MemberChat):
        if chat.successor is not None:
            raise ControlError("the group became a supergroup", 403, migrate_to_chat_id=chat.successor.id)
        if not chat.status(user.id).inside:
            raise ControlError("not a member of this chat", 403)
        if chat.type == "channel" and not chat.status(user.id).manages:
            raise ControlError("only administrators write in a channel", 403)
