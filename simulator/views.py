"""Chats as people see them, in JSON for the control API and the page."""

from datetime import UTC, datetime
from typing import Any

from simulator.chats import Chat, MemberChat, PrivateChat
from simulator.clock import iso
from simulator.files import StoredFile
from simulator.keyboards import Keyboard
from simulator.messages import Message
from simulator.people import User
from simulator.presses import Press
from simulator.text import to_html
from simulator.world import World

Json = dict[str, Any]


def user_view(user: User) -> Json:
    """Describe a person."""
    return {**user.api(), "full_name": user.full_name, "deleted": user.deleted}


def chat_view(chat: Chat) -> Json:
    """Describe a chat; ``name`` is what the other side of it is called."""
    if isinstance(chat, PrivateChat):
        return {
            "id": chat.id,
            "type": "private",
            "key": str(chat.bot.id),
            "name": chat.bot.user.full_name,
            "bot": chat.bot.user.username,
            "description": chat.bot.texts.get(("description", "")),
            "opened": chat.opened,
            "blocked": chat.blocked,
        }
    rendered = {**chat.api(), "key": str(chat.id)}
    if isinstance(chat, MemberChat):
        rendered |= {
            "name": chat.title,
            "member_count": sum(status.inside for status in chat.members.values()),
            "migrated_to": chat.successor.id if chat.successor else None,
        }
    return rendered


def members_view(world: World, chat: Chat) -> list[Json]:
    """List who is or was in a group, with the standing; empty for a private chat."""
    if not isinstance(chat, MemberChat):
        return []
    return [{**user_view(world.users[number]), "status": status.value} for number, status in chat.members.items()]


def messages_view(world: World, chat: Chat) -> Json:
    """Describe a chat with all that is in it."""
    return {
        "chat": {**chat_view(chat), "members": members_view(world, chat)},
        "pinned": list(chat.pinned),
        "messages": [message_view(world, message) for message in chat.messages.values()],
    }


def message_view(world: World, message: Message) -> Json:
    """Describe a message; ``html`` is its text or caption, safe to show."""
    content = message.content
    plain = content.text.text or None
    origin = message.forward_origin
    return {
        "message_id": message.id,
        "date": _moment(message.date),
        "from": _sender(message),
        "text": None if content.is_media else plain,
        "caption": plain if content.is_media else None,
        "html": to_html(content.text),
        "entities": list(content.text.entities),
        "buttons": _buttons(message.keyboard),
        "document": _file_view(world, message, content.document),
        "photo": _file_view(world, message, content.photo),
        "media_group_id": message.media_group_id,
        "reply_to": message.reply_to.id if message.reply_to else None,
        "edited": message.edit_date is not None,
        "edit_date": _moment(message.edit_date) if message.edit_date else None,
        "pinned": message.id in message.chat.pinned,
        "deleted": False,
        "silent": message.silent,
        "protected": message.protected,
        "forwarded": _origin_name(origin) if origin else None,
        "service": _service_view(message),
    }


def chat_list(world: World, user: User) -> list[Json]:
    """List the chats of a person, the one with the newest message first, with what is unread."""
    chats: list[Chat] = [world.private_chat(user, bot) for bot in world.bots.values()]
    chats += [chat for chat in world.groups.values() if chat.status(user.id).inside and chat.successor is None]
    listed = []
    for chat in chats:
        last = next(reversed(chat.messages.values()), None)
        seen = chat.read.get(user.id, 0)
        unread = sum(item.id > seen and item.author is not user for item in chat.messages.values())
        summary = message_view(world, last) if last else None
        listed.append({**chat_view(chat), "last_message": summary, "unread": unread})
    return sorted(listed, key=lambda item: (item["last_message"] or {}).get("date") or "", reverse=True)


def press_view(press: Press) -> Json:
    """Describe a press and its answer."""
    return {
        "callback_query_id": press.id,
        "update_id": press.update_id,
        "user": press.user.id,
        "chat_id": press.chat.id,
        "message_id": press.message_id,
        "data": press.data,
        "label": press.label,
        "pressed_at": press.pressed_at,
        "answer": press.answer,
        "log_n": press.log_n,
    }


def _sender(message: Message) -> Json:
    if message.sender is None:
        return {"id": message.chat.id, "first_name": message.chat.api().get("title", ""), "is_bot": False}
    return {"id": message.sender.id, "first_name": message.sender.full_name, "is_bot": message.sender.is_bot}


def _buttons(keyboard: Keyboard) -> list[list[Json]]:
    return [
        [
            {
                "label": button["text"],
                "data": button.get("callback_data"),
                "url": button.get("url"),
                "copy": button.get("copy_text", {}).get("text"),
                "style": button.get("style"),
            }
            for button in row
        ]
        for row in keyboard
    ]


def _file_view(world: World, message: Message, file: StoredFile | None) -> Json | None:
    """Describe a file; its file_id is the one that the chat's (first) bot knows it by."""
    if file is None:
        return None
    bots = world.bots_in(message.chat)
    return {
        "file_id": world.files.file_id(bots[0].id, file) if bots else file.unique_id,
        "file_unique_id": file.unique_id,
        "file_name": file.name,
        "file_size": len(file.data),
        "mime_type": file.mime_type,
        "width": file.width,
        "height": file.height,
    }


def _origin_name(origin: Json) -> str:
    if origin["type"] == "channel":
        return str(origin["chat"]["title"])
    user = origin["sender_user"]
    return " ".join(filter(None, (user["first_name"], user.get("last_name"))))


def _service_view(message: Message) -> Json | None:
    """Describe a service message: its kind, and what it is about."""
    for kind, value in message.service.items():
        if isinstance(value, Message):
            return {"kind": kind, "message_id": value.id}
        if isinstance(value, list):
            return {"kind": kind, "names": [item["first_name"] for item in value]}
        return {"kind": kind, "names": [value["first_name"]]} if isinstance(value, dict) else {"kind": kind}
    return None


def _moment(timestamp: int) -> str:
    return iso(datetime.fromtimestamp(timestamp, UTC))
