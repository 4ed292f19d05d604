"""Pinned messages."""

from simulator.chats import Chat
from simulator.errors import bad_request
from simulator.messages import Message
from simulator.methods.access import chat_to_write, check_may_pin, message_in
from simulator.methods.registry import Call, method


@method("pinChatMessage")
def pin_chat_message(call: Call) -> bool:
    """Pin a message; a service message about it appears, which the bot receives too."""
    chat = _pinnable(call)
    message = message_in(call, chat, "message to pin")
    if message.service:
        raise bad_request("service messages can't be pinned")
    if message.id in chat.pinned:
        return True
    chat.pinned.append(message.id)
    note = Message(
        id=next(chat.ids),
        chat=chat,
        sender=None if chat.type == "channel" else call.bot.user,
        date=call.world.clock.timestamp(),
        service={"pinned_message": message},
        silent=call.params.flag("disable_notification"),
        author=call.bot.user,
    )
    call.world.tell(call.world.put(note))
    return True


@method("unpinChatMessage")
def unpin_chat_message(call: Call) -> bool:
    """Unpin one message, the newest pinned one if none is named."""
    chat = _pinnable(call)
    if call.params.number("message_id"):
        message = message_in(call, chat, "message to unpin")
        if message.id in chat.pinned:
            chat.pinned.remove(message.id)
    elif chat.pinned:
        chat.pinned.pop()
    else:
        raise bad_request("message to unpin not found")
    call.world.changed.fire()
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(call: Call) -> bool:
    """Unpin everything."""
    _pinnable(call).pinned.clear()
    call.world.changed.fire()
    return True


def _pinnable(call: Call) -> Chat:
    chat = chat_to_write(call)
    check_may_pin(call, chat)
    return chat
