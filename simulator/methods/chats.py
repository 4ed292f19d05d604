"""Facts about chats and their members."""

from typing import Any

from simulator.chats import PERMISSIONS, Chat, MemberChat, PrivateChat, Status
from simulator.errors import bad_request
from simulator.members import change_status, chat_member, member_api
from simulator.methods.access import chat_to_read
from simulator.methods.registry import Call, method

Json = dict[str, Any]

_ACCEPTED_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


@method("getChat")
def get_chat(call: Call) -> Json:
    """Describe a chat fully."""
    chat = chat_to_read(call)
    rendered: Json = {
        **chat.api(),
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_ACCEPTED_GIFTS, False),
    }
    if isinstance(chat, PrivateChat) and chat.user.username:
        rendered["active_usernames"] = [chat.user.username]
    if isinstance(chat, MemberChat) and chat.type != "channel":
        rendered["permissions"] = {right: right not in chat.lacks(None) for right in PERMISSIONS}
    if chat.pinned:
        rendered["pinned_message"] = chat.messages[chat.pinned[-1]].api(call.world.files, call.bot.id, with_reply=False)
    return rendered


@method("getChatMember")
def get_chat_member(call: Call) -> Json:
    """Say where somebody stands in a chat."""
    number = call.params.number("user_id")
    if number <= 0:
        raise bad_request("invalid user_id specified")
    chat = chat_to_read(call)
    user = call.world.users.get(number)
    if user is None:
        raise bad_request("member not found")
    if isinstance(chat, MemberChat):
        return chat_member(chat, user)
    if user.id not in (chat.id, call.bot.id):
        raise bad_request("member not found")
    return member_api(user, Status.MEMBER)


@method("getChatMemberCount")
def get_chat_member_count(call: Call) -> int:
    """Count who is in a chat, bots included."""
    chat = chat_to_read(call)
    if isinstance(chat, MemberChat):
        return sum(status.inside for status in chat.members.values())
    return 2


@method("getChatAdministrators")
def get_chat_administrators(call: Call) -> list[Json]:
    """List owner and administrators, other bots left out."""
    chat = _member_chat(chat_to_read(call), "there are no administrators in the private chat")
    managers = [call.world.users[number] for number, status in chat.members.items() if status.manages]
    return [chat_member(chat, user) for user in managers if not user.is_bot or user is call.bot.user]


@method("leaveChat")
def leave_chat(call: Call) -> bool:
    """Leave a group or channel."""
    chat = _member_chat(chat_to_read(call), "chat member status can't be changed in private chats")
    change_status(call.world, chat, call.bot.user, Status.LEFT, by=call.bot.user)
    return True


def _member_chat(chat: Chat, otherwise: str) -> MemberChat:
    if not isinstance(chat, MemberChat):
        raise bad_request(otherwise)
    return chat
