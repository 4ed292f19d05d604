"""Which chat a request means, and whether the bot may do there what it asks."""

from simulator.chats import Chat, MemberChat, PrivateChat, Status
from simulator.errors import bad_request, forbidden
from simulator.messages import Message
from simulator.methods.registry import Call

_MAX_USER_ID = 1 << 40


def chat_to_write(call: Call, name: str = "chat_id") -> Chat:
    """Return the chat of a parameter, refusing where the bot cannot write."""
    chat = _known_chat(call, name)
    if isinstance(chat, PrivateChat):
        if chat.user.deleted:
            raise forbidden("user is deactivated")
        if not chat.opened:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
    elif isinstance(chat, MemberChat):
        _check_member(call, chat)
        if chat.type == "channel" and not chat.status(call.bot.id).manages:
            raise bad_request("need administrator rights in the channel chat")
    return chat


def chat_to_read(call: Call, name: str = "chat_id") -> Chat:
    """Return the chat of a parameter, refusing where the bot sees nothing."""
    chat = _known_chat(call, name)
    if isinstance(chat, PrivateChat) and not chat.opened:
        raise bad_request("chat not found")
    if isinstance(chat, MemberChat):
        _check_member(call, chat)
    return chat


def message_in(call: Call, chat: Chat, what: str, name: str = "message_id") -> Message:
    """Return the message of a parameter; ``what`` names it in the error."""
    message = chat.messages.get(call.params.number(name))
    if message is None:
        raise bad_request(f"{what} not found")
    return message


def is_group(chat: Chat) -> bool:
    """Whether the limit per minute of groups holds here."""
    return chat.type != "private"


def _known_chat(call: Call, name: str) -> Chat:
    value = call.params.text(name)
    if not value:
        raise bad_request(f"{name} is empty")
    number = call.params.number(name)
    user = call.world.users.get(number)
    if user is not None and not user.is_bot and 0 < number < _MAX_USER_ID:
        return call.world.private_chat(user, call.bot)
    if user is not None and user.is_bot and user is not call.bot.user:
        raise forbidden("bot can't send messages to bots")
    group = call.world.groups.get(number)
    if group is None or call.bot.id not in group.members:
        raise bad_request("chat not found")
    return group


def _check_member(call: Call, chat: MemberChat) -> None:
    if chat.successor is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.successor.id)
    status = chat.status(call.bot.id)
    if status is Status.KICKED:
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if status is Status.LEFT:
        raise forbidden(f"bot is not a member of the {chat.type} chat")
