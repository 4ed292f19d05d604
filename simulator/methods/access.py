"""Which chat a request means, and whether the bot may do there what it asks."""

from collections.abc import Iterable

from simulator.chats import Chat, MemberChat, PrivateChat, Status
from simulator.errors import bad_request, forbidden
from simulator.keyboards import Markup, inline_only
from simulator.messages import Content, Message
from simulator.methods.registry import Call
from simulator.params import Params

_MAX_USER_ID = 1 << 40
_DELETABLE_SECONDS = 48 * 3600


def chat_to_write(call: Call, name: str = "chat_id") -> Chat:
    """Return the chat of a parameter, refusing where the bot cannot write."""
    chat = _known_chat(call, call.params.text(name))
    if isinstance(chat, PrivateChat):
        if chat.user.deleted:
            raise forbidden("user is deactivated")
        if not chat.opened:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
    elif isinstance(chat, MemberChat):
        _check_member(call, chat)
    return chat


def chat_to_read(call: Call, name: str = "chat_id") -> Chat:
    """Return the chat of a parameter, refusing where the bot sees nothing."""
    return readable_chat(call, call.params.text(name))


def readable_chat(call: Call, value: str) -> Chat:
    """Return the chat that a value names, refusing where the bot sees nothing."""
    chat = _known_chat(call, value)
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


def check_may_send(call: Call, chat: Chat, contents: Iterable[Content]) -> None:
    """Refuse to send what the bot has no right to send there."""
    if not isinstance(chat, MemberChat):
        return
    if chat.type == "channel":
        if not _posts(call, chat):
            raise bad_request("need administrator rights in the channel chat")
        return
    for content in contents:
        kind = "documents" if content.document else "photos" if content.photo else "text messages"
        if not chat.may(call.bot.id, f"can_send_{kind.removeprefix('text ')}"):
            raise bad_request(f"not enough rights to send {kind} to the chat")


def check_fits(markup: Markup, chat: Chat) -> None:
    """Refuse a markup that has no place in a chat."""
    if markup.opens_web_app and not isinstance(chat, PrivateChat):
        raise bad_request("BUTTON_TYPE_INVALID")
    if chat.type == "channel":
        inline_only(markup)


def check_may_edit(call: Call, chat: Chat, message: Message) -> None:
    """Refuse to edit what is not the bot's own, or a post where it may not post any more."""
    own = message.author is call.bot.user and not message.service and not message.forward_origin
    if not own or message.has_other_markup or (isinstance(chat, MemberChat) and not _posts(call, chat)):
        raise bad_request("message can't be edited")


def check_may_delete(call: Call, chat: Chat, message: Message) -> None:
    """Refuse to delete what is older than 48 hours, and what is not the bot's own or the bot's to manage."""
    own, old = message.author is call.bot.user, call.world.clock.timestamp() - message.date > _DELETABLE_SECONDS
    if isinstance(chat, MemberChat) and chat.type != "group":
        manages = chat.may(call.bot.id, "can_delete_messages")
        if old or not (manages or (own and _posts(call, chat))):
            raise bad_request("message can't be deleted")
    elif isinstance(chat, MemberChat):
        if old or not ((own and not message.service) or chat.status(call.bot.id).manages):
            raise bad_request("message can't be deleted for everyone")
    elif old:
        raise bad_request("message can't be deleted for everyone")


def check_may_pin(call: Call, chat: Chat) -> None:
    """Refuse to pin and unpin in groups and channels unless the bot manages them."""
    if not isinstance(chat, MemberChat):
        return
    right = "can_edit_messages" if chat.type == "channel" else "can_pin_messages"
    appointed = chat.type != "group" or chat.status(call.bot.id).manages
    if not (appointed and chat.may(call.bot.id, right)):
        raise bad_request("not enough rights to manage pinned messages in the chat")


def _posts(call: Call, chat: MemberChat) -> bool:
    """Whether nothing keeps the bot from posting, which needs a right in channels only."""
    return chat.type != "channel" or chat.may(call.bot.id, "can_post_messages")


def _known_chat(call: Call, value: str) -> Chat:
    """Return a chat by id, if the bot ever met it: who never wrote to it nor shared a group with it does not exist."""
    if not value:
        raise bad_request("chat_id is empty")
    number = Params({"id": value}).number("id")
    user = call.world.users.get(number)
    if user is not None and user.is_bot and user is not call.bot.user:
        raise forbidden("bot can't send messages to bots")
    if user is not None and not user.is_bot and number < _MAX_USER_ID and call.world.met(user, call.bot):
        return call.world.private_chat(user, call.bot)
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
