"""Deleting messages: only for 48 hours, others' only in private chats or by an administrator."""

from simulator.chats import Chat, MemberChat
from simulator.errors import bad_request
from simulator.messages import Message
from simulator.methods.access import chat_to_write, message_in
from simulator.methods.registry import Call, method

_DELETABLE_SECONDS = 48 * 3600
_MOST = 100


@method("deleteMessage")
def delete_message(call: Call) -> bool:
    """Delete one message for everybody."""
    if not call.params.text("chat_id"):
        raise bad_request("chat identifier is not specified")
    if not call.params.number("message_id"):
        raise bad_request("message identifier is not specified")
    chat = chat_to_write(call)
    message = message_in(call, chat, "message to delete")
    _check(call, chat, message)
    chat.remove(message)
    call.world.changed.fire()
    return True


@method("deleteMessages")
def delete_messages(call: Call) -> bool:
    """Delete up to 100 messages; ids that are not there are passed over."""
    numbers = call.params.array("message_ids", "message_ids", "message identifiers")
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > _MOST:
        raise bad_request("too many message identifiers specified")
    if not all(isinstance(number, int) and number > 0 for number in numbers):
        raise bad_request("invalid message identifier specified")
    chat = chat_to_write(call)
    messages = [chat.messages[number] for number in numbers if isinstance(number, int) and number in chat.messages]
    for message in messages:
        _check(call, chat, message)
    for message in messages:
        chat.remove(message)
    call.world.changed.fire()
    return True


def _check(call: Call, chat: Chat, message: Message) -> None:
    manages = isinstance(chat, MemberChat) and chat.status(call.bot.id).manages
    own = message.author is call.bot.user
    if not own and isinstance(chat, MemberChat) and not manages:
        raise bad_request("message can't be deleted")
    if not manages and call.world.clock.timestamp() - message.date > _DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
